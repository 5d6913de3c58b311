// A filter before an API that refuses request fields it does not know, as a Cloudflare Worker.
// Version 1.0.0 · SPDX-License-Identifier: MIT · made by Keyway
//
// Point a client's base URL at this Worker instead of at the API. It sends each request on to one API, over https,
// without the fields that the API refuses, and says in the answer's headers which fields it left out.
// It keeps no key, writes no log and reads nothing of the answer.

// keyway:tables — from here to keyway:end the file is generated from Keyway's catalogue
const PROVIDER = "example";
const FACTS_SEEN = "2026-01-01";
const UPSTREAM = "https://api.example.com";
const ROUTES = {};
const SPENDING_LIMITS = [];
const FLAT_ERRORS = true;
// keyway:end

// What you may want to change. A variable of the same name in the Worker's settings wins over the value here.
const SETTINGS = {
  // Web pages that may use this Worker: origins such as "https://chat.example.org", separated by spaces or commas.
  // "*" lets every page in, which gives nothing away: a page still has to bring a key of its own.
  ALLOWED_ORIGINS: "*",
  // "on" answers 400 to a request with an unknown field instead of sending it on without the field.
  STRICT: "off",
  // What to do with fields of which sources disagree whether the API takes them. "try" sends them, and once more
  // without them where the API answers 422 (a refused request costs nothing); "pass" and "drop" do as they say.
  DISPUTED_FIELDS: "try",
};

// A Worker has 128 MB, and a body is in it up to four times at once (bytes, text, checked value, new text).
const LARGEST_BODY = 20 * 1024 * 1024;

// All that goes on to the API. Cookies, client addresses and whatever else a browser or a proxy adds stay here.
const FORWARDED = ["accept", "authorization"];

// What an answer may not bring along: cookies of the API's host, its own CORS rules, and the framing of a body that
// the runtime has already unpacked.
const WITHHELD = ["set-cookie", "set-cookie2", "content-encoding", "content-length", "transfer-encoding", "connection",
  "keep-alive", "alt-svc", "strict-transport-security"];

// Answer headers that scripts in pages may read; every further x-ratelimit-… that an answer has is added to these.
const EXPOSED = ["retry-after", "mistral-correlation-id", "x-ratelimit-limit-req-minute",
  "x-ratelimit-remaining-req-minute", "x-ratelimit-limit-tokens-minute", "x-ratelimit-remaining-tokens-minute",
  "x-keyway-dropped", "x-keyway-renamed", "x-keyway-duplicate"];

// Request headers that a preflight allows when it names none.
const ALLOWED_HEADERS = "authorization, content-type, accept";

// Browsers keep a preflight's answer no longer than this many seconds anyway.
const PREFLIGHT_SECONDS = "7200";

// Header values have a limit on their way; a list of names longer than this is cut and says so.
const LONGEST_LIST = 1500;

export default {
  async fetch(request, env) {
    const settings = settingsOf(env);
    let response;
    try {
      response = await answer(request, settings);
    } catch (problem) {
      // An unforeseen fault says nothing of itself: its text could hold parts of a request.
      response = (problem instanceof Refusal ? problem
        : new Refusal(502, "The filter could not handle the request.", "filter_error")).response();
    }
    // In one place, so that no answer can miss them: a page must be able to read errors as well.
    crossOrigin(response.headers, request, settings);
    return response;
  },
};

async function answer(request, settings) {
  const url = new URL(request.url);
  // Exact paths only: no prefix, no decoding, no slash more or less can reach another part of the API.
  const route = ROUTES[url.pathname];
  if (!route) throw new Refusal(404, `There is no route ${url.pathname} here.`, "not_found");
  if (request.method === "OPTIONS") return preflight(request, route, settings);
  if (request.method !== route.method) {
    throw new Refusal(404, `${url.pathname} takes ${route.method} only.`, "not_found", null, { allow: route.method });
  }
  if (!mayAsk(request, settings)) throw forbiddenOrigin();
  if (route.method === "GET") return forward(request, url.pathname + url.search, null, new Report());

  const text = await bodyText(request);
  const report = new Report();
  const response = await forward(request, url.pathname, filtered(text, route, settings, report), report);
  if (response.status !== 422 || !report.disputed || settings.disputed !== "try" || settings.strict) return response;

  await response.body?.cancel();
  const second = new Report();
  const body = filtered(text, route, { ...settings, disputed: "drop" }, second);
  return forward(request, url.pathname, body, second);
}

// ---------------------------------------------------------------------------------------------------- to the API

async function forward(request, path, body, report) {
  const headers = new Headers();
  for (const name of FORWARDED) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  headers.set("user-agent", "keyway-worker/1.0.0");
  // Unpacked, so that nothing on the way gathers a stream into larger pieces.
  headers.set("accept-encoding", "identity");
  if (body !== null) headers.set("content-type", "application/json");
  let upstream;
  try {
    upstream = await fetch(UPSTREAM + path, {
      method: request.method,
      headers,
      body,
      // A redirect would carry the key to a place that is not in this file.
      redirect: "manual",
      // When the client hangs up, the API may stop writing. Cloudflare's runtime ends the request by itself then; this
      // says so to others.
      signal: request.signal,
    });
  } catch {
    throw new Refusal(502, `${PROVIDER} could not be reached.`, "upstream_unreachable");
  }
  if (upstream.status >= 300 && upstream.status < 400 && upstream.status !== 304) {
    await upstream.body?.cancel();
    throw new Refusal(502, `${PROVIDER} answered with a redirect, which this filter does not follow.`,
      "upstream_redirect");
  }
  const kept = new Headers();
  for (const [name, value] of upstream.headers) {
    if (!WITHHELD.includes(name) && !name.startsWith("access-control-")) kept.append(name, value);
  }
  report.write(kept);
  // The body is handed on as a stream: the first token leaves as soon as it arrives.
  return new Response(upstream.body, { status: upstream.status, statusText: upstream.statusText, headers: kept });
}

// ------------------------------------------------------------------------------------------------- request bodies

async function bodyText(request) {
  const packing = request.headers.get("content-encoding");
  if (packing && packing !== "identity") {
    throw new Refusal(415, "A packed request body cannot be filtered; send it as it is.", "unsupported_encoding");
  }
  const tooLarge = () => new Refusal(413, `The body is larger than ${LARGEST_BODY} bytes.`, "body_too_large");
  if (Number(request.headers.get("content-length")) > LARGEST_BODY) throw tooLarge();
  const chunks = [];
  let size = 0;
  // Counted while it arrives, for a body may announce no length, or a wrong one.
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > LARGEST_BODY) throw tooLarge();
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  if (size === 0) throw invalidBody("missing", "Field required");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw invalidBody("json_invalid", "JSON decode error");
  }
}

// The new body, as text. Members are cut out of the text or get another name in it; nothing is read into numbers and
// written again, so 1.0, 1e2 and integers beyond 2^53 arrive as they were sent.
function filtered(text, route, settings, report) {
  let whole;
  try {
    whole = JSON.parse(text);
  } catch {
    throw invalidBody("json_invalid", "JSON decode error");
  }
  if (whole === null || typeof whole !== "object" || Array.isArray(whole)) {
    throw invalidBody("model_attributes_type",
      "Input should be a valid dictionary or object to extract fields from");
  }
  whole = undefined;

  const start = skipSpace(text, 0);
  const { members, end } = membersOf(text, start);
  let kept = lastOfEach(members, "", report);
  kept = renamed(text, kept, route, report);
  kept = kept.filter((member) => passes(text, member, route, settings, report));
  if (route.messages) {
    kept = kept.map((member) => (member.name === "messages" ? withMessages(text, member, route, report) : member));
  }
  if (settings.strict) report.refuseUnknown();
  return report.changed ? text.slice(0, start) + objectText(text, kept) + text.slice(end) : text;
}

function passes(text, member, route, settings, report) {
  if (route.refuse.includes(member.name)) return dropped(text, member, report);
  if (route.disputed.includes(member.name)) {
    if (settings.disputed === "drop") return dropped(text, member, report);
    report.disputed = true;
    return true;
  }
  return !route.closed || route.accept.includes(member.name) || dropped(text, member, report);
}

function dropped(text, member, report) {
  // Without a limit that the client set, a request may cost more than its sender agreed to: better no answer.
  if (SPENDING_LIMITS.includes(member.name) && valueOf(text, member) !== "null") {
    throw new Refusal(400, `${member.name} limits what a request may cost. ${PROVIDER} does not take it here, and ` +
      "leaving it out would lift the limit; use a limit that the API knows.", "spending_limit", member.name);
  }
  report.drop(member.name);
  return false;
}

// Fields under the name that the API knows. Where both names are given, the API's own one stays; of two limits the
// smaller one, so that neither of them is exceeded.
function renamed(text, members, route, report) {
  const byName = new Map(members.map((member) => [member.name, member]));
  for (const [from, to] of Object.entries(route.rename)) {
    const source = byName.get(from);
    if (!source) continue;
    byName.delete(from);
    const target = byName.get(to);
    if (!target) {
      byName.set(to, { ...source, name: to, renamed: true });
      report.rename(from, to);
    } else if (SPENDING_LIMITS.includes(from)) {
      byName.set(to, smaller(text, target, source));
      report.rename(from, to);
    } else {
      report.drop(from);
    }
  }
  return [...byName.values()];
}

function smaller(text, target, source) {
  const [ours, theirs] = [valueOf(text, target), valueOf(text, source)];
  if (theirs === "null") return target;
  const chosen = { ...source, name: target.name, renamed: true };
  if (ours === "null") return chosen;
  const [a, b] = [Number(ours), Number(theirs)];
  if (Number.isNaN(a) || Number.isNaN(b)) {
    throw new Refusal(400, `${target.name} and ${source.name} are both given, and are not both numbers.`,
      "spending_limit", source.name);
  }
  return b < a ? chosen : target;
}

// The list of messages, each without the fields that messages of its role may not have.
function withMessages(text, member, route, report) {
  if (text[member.from] !== "[") return member;
  const parts = [];
  let at = skipSpace(text, member.from + 1);
  while (text[at] !== "]") {
    const end = skipValue(text, at);
    parts.push(text[at] === "{" ? message(text, at, route, report) : text.slice(at, end));
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return { ...member, text: `[${parts.join(",")}]` };
}

function message(text, start, route, report) {
  const { members, end } = membersOf(text, start);
  const single = lastOfEach(members, "messages[].", report);
  const role = single.find((member) => member.name === "role");
  const roleName = role && text[role.from] === '"' ? JSON.parse(valueOf(text, role)) : "";
  // The API answers for a role that it does not know; guessing its fields would only hide that answer.
  const fields = Object.hasOwn(route.messages, roleName) ? route.messages[roleName] : null;
  const kept = fields ? single.filter((member) => fields.includes(member.name)) : single;
  for (const member of single) if (!kept.includes(member)) report.drop(`messages[].${member.name}`);
  return kept.length === members.length ? text.slice(start, end) : objectText(text, kept);
}

// Of members with the same name the last one counts, as in every JSON reader of note; sending on both would let the
// API read another value than the one that was checked here.
function lastOfEach(members, prefix, report) {
  const last = new Map();
  for (const member of members) {
    if (last.delete(member.name)) report.duplicate(prefix + member.name);
    last.set(member.name, member);
  }
  return [...last.values()];
}

// -------------------------------------------------------------------------------------- a JSON object, as its text
// The text has been read by JSON.parse before, so these need not look for mistakes.

// Every member of the object at `start`: its name, and where its key and its value stand in the text.
function membersOf(text, start) {
  const members = [];
  let at = skipSpace(text, start + 1);
  while (text[at] !== "}") {
    const keyEnd = skipString(text, at);
    const from = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const to = skipValue(text, from);
    // Through JSON.parse, for "max\u005ftokens" is max_tokens.
    members.push({ name: JSON.parse(text.slice(at, keyEnd)), key: at, from, to });
    at = skipSpace(text, to);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return { members, end: at + 1 };
}

function objectText(text, members) {
  return `{${members.map((member) => {
    if (member.text !== undefined) return `${JSON.stringify(member.name)}:${member.text}`;
    return member.renamed ? `${JSON.stringify(member.name)}:${valueOf(text, member)}` : text.slice(member.key, member.to);
  }).join(",")}}`;
}

function valueOf(text, member) {
  return text.slice(member.from, member.to);
}

function skipSpace(text, at) {
  while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") at += 1;
  return at;
}

function skipString(text, at) {
  for (at += 1; text[at] !== '"'; at += 1) if (text[at] === "\\") at += 1;
  return at + 1;
}

// Counts brackets instead of calling itself, so that a deeply nested value costs no stack.
function skipValue(text, at) {
  let depth = 0;
  do {
    const sign = text[at];
    if (sign === '"') {
      at = skipString(text, at);
    } else if (sign === "{" || sign === "[") {
      depth += 1;
      at += 1;
    } else if (sign === "}" || sign === "]") {
      depth -= 1;
      at += 1;
    } else if (depth === 0) {
      while (at < text.length && !",]} \n\r\t".includes(text[at])) at += 1;
    } else {
      at += 1;
    }
  } while (depth > 0);
  return at;
}

// ------------------------------------------------------------------------------------------ what was done to a body

class Report {
  constructor() {
    this.dropped = new Set();
    this.renames = new Map();
    this.duplicates = new Set();
    this.disputed = false;
  }

  drop(name) {
    this.dropped.add(name);
  }

  rename(from, to) {
    this.renames.set(from, to);
  }

  duplicate(name) {
    this.duplicates.add(name);
  }

  get changed() {
    return this.dropped.size + this.renames.size + this.duplicates.size > 0;
  }

  refuseUnknown() {
    const names = [...this.dropped, ...this.duplicates];
    if (names.length === 0) return;
    throw new Refusal(400, `Not accepted by ${PROVIDER}, or given twice: ${names.map(plain).join(", ")}.`,
      "unknown_fields", plain(names[0]));
  }

  write(headers) {
    const pairs = [...this.renames].map(([from, to]) => `${plain(from)}=${plain(to)}`);
    if (this.dropped.size) headers.set("x-keyway-dropped", list([...this.dropped].map(plain)));
    if (pairs.length) headers.set("x-keyway-renamed", list(pairs));
    if (this.duplicates.size) headers.set("x-keyway-duplicate", list([...this.duplicates].map(plain)));
  }
}

// A field's name comes from the request: only letters, digits and a few signs may stand in a header as they are.
function plain(name) {
  return [...name].map((sign) => (/[\w.[\]-]/.test(sign) ? sign : encodeURIComponent(sign.toWellFormed()))).join("");
}

function list(names) {
  let text = "";
  for (const [index, name] of names.entries()) {
    const next = text ? `${text}, ${name}` : name;
    if (next.length > LONGEST_LIST) return `${text}${text ? ", " : ""}and ${names.length - index} more`;
    text = next;
  }
  return text;
}

// --------------------------------------------------------------------------------------------------------- refusals

class Refusal extends Error {
  constructor(status, message, code, param = null, headers = {}) {
    super(typeof message === "string" ? message : "");
    Object.assign(this, { status, detail: message, code, param, headers });
  }

  // In the API's own shape, so that clients show it as they show the API's errors.
  response() {
    const type = this.status === 502 ? "upstream_error" : "invalid_request_error";
    const problem = { message: this.detail, type, param: this.param, code: this.code };
    const body = FLAT_ERRORS ? { object: "error", ...problem } : { error: problem };
    return new Response(JSON.stringify(body), {
      status: this.status,
      headers: { "content-type": "application/json", ...this.headers },
    });
  }
}

// What the API answers to a body that it cannot read as an object: 422, with the reason in a list.
function invalidBody(type, msg) {
  return new Refusal(422, FLAT_ERRORS ? { detail: [{ type, loc: ["body"], msg }] } : msg, FLAT_ERRORS ? null : type);
}

function forbiddenOrigin() {
  return new Refusal(403, "Pages of this origin may not use this filter.", "origin_not_allowed");
}

// ------------------------------------------------------------------------------------------------------- web pages

function preflight(request, route, settings) {
  if (!mayAsk(request, settings)) throw forbiddenOrigin();
  const asked = request.headers.get("access-control-request-headers");
  return new Response(null, {
    status: 204,
    headers: {
      allow: `${route.method}, OPTIONS`,
      "access-control-allow-methods": `${route.method}, OPTIONS`,
      // Client libraries add headers of their own (x-stainless-…). A browser may send them here; they go no further.
      "access-control-allow-headers": asked && /^[\w!#$%&'*+.^`|~, -]+$/.test(asked) ? asked : ALLOWED_HEADERS,
      "access-control-max-age": PREFLIGHT_SECONDS,
    },
  });
}

function crossOrigin(headers, request, settings) {
  // Also where every origin is let in: a cache must never give one page's answer to another after a change.
  headers.append("vary", "Origin");
  if (request.method === "OPTIONS") headers.append("vary", "Access-Control-Request-Headers");
  const origin = allowedOrigin(request, settings);
  if (!origin) return;
  headers.set("access-control-allow-origin", origin);
  const limits = [...headers.keys()].filter((name) => name.startsWith("x-ratelimit"));
  headers.set("access-control-expose-headers", [...new Set([...EXPOSED, ...limits])].join(", "));
}

// What to answer in access-control-allow-origin; null where no page on the list asks.
function allowedOrigin(request, settings) {
  const origin = request.headers.get("origin");
  if (settings.origins.includes("*")) return "*";
  return settings.origins.includes(origin) ? origin : null;
}

// Programs that are no web page send no origin, and are not what the list is for.
function mayAsk(request, settings) {
  return request.headers.get("origin") === null || allowedOrigin(request, settings) !== null;
}

function settingsOf(env) {
  const value = (name) => String(env?.[name] ?? SETTINGS[name]).trim();
  return {
    origins: value("ALLOWED_ORIGINS").split(/[\s,]+/).filter(Boolean),
    strict: ["on", "true", "1", "yes"].includes(value("STRICT").toLowerCase()),
    disputed: value("DISPUTED_FIELDS").toLowerCase(),
  };
}
