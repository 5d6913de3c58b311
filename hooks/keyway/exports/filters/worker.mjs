// A filter before an API that refuses request fields it does not know, as a Cloudflare Worker.
// Version 1.1.0 · SPDX-License-Identifier: MIT · made by Keyway
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
const OWN_HEADERS = [];
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
  // "on" puts right what the API would refuse and can be put right: roles, reasoning efforts, ids of tool calls. What
  // was changed stands in the answer's header x-keyway-mended.
  MEND: "off",
};

// A Worker has 128 MB, and a body is in it up to four times at once (bytes, text, checked value, new text).
const LARGEST_BODY = 20 * 1024 * 1024;

// All that goes on to the API. Cookies, client addresses and whatever else a browser or a proxy adds stay here.
const FORWARDED = ["accept", "authorization"];

// What an answer may not bring along: cookies of the API's host, its own CORS rules, and the framing of a body that
// the runtime has already unpacked. Nor headers of this filter's own kind, which say what was done here.
const WITHHELD = ["set-cookie", "set-cookie2", "content-encoding", "content-length", "transfer-encoding", "connection",
  "keep-alive", "alt-svc", "strict-transport-security"];
const WITHHELD_KINDS = ["access-control-", "x-keyway-"];

// Answer headers that scripts in pages may read; every further x-ratelimit-… that an answer has is added to these.
const EXPOSED = ["retry-after", ...OWN_HEADERS, "x-keyway-dropped", "x-keyway-renamed", "x-keyway-duplicate", "x-keyway-mended"];

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
  if (!methodsOf(route).includes(request.method)) {
    const allow = methodsOf(route).join(", ");
    throw new Refusal(404, `${url.pathname} takes ${route.method} only.`, "not_found", null, { allow });
  }
  if (!mayAsk(request, settings)) throw forbiddenOrigin();
  if (route.method === "GET") return list(request, url.pathname + url.search);

  const text = await bodyText(request);
  const found = filtered(text, route, settings.disputed === "drop", settings);
  const response = await forward(request, url.pathname, found);
  const tried = found.rows.some((row) => row.verdict === "disputed" && !row.out);
  if (response.status !== 422 || !tried || settings.disputed !== "try" || settings.strict) return response;

  await response.body?.cancel();
  return forward(request, url.pathname, filtered(text, route, true, settings));
}

// A HEAD request is a GET whose body stays here: not every API knows HEAD, and the two must have the same headers.
async function list(request, path) {
  const response = await forward(request, path, { rows: [], body: null });
  if (request.method !== "HEAD") return response;
  await response.body?.cancel();
  return new Response(null, response);
}

function methodsOf(route) {
  return route.method === "GET" ? ["GET", "HEAD"] : [route.method];
}

// ---------------------------------------------------------------------------------------------------- to the API

async function forward(request, path, { rows, body, mended = [] }) {
  const headers = new Headers();
  for (const name of FORWARDED) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  headers.set("user-agent", "keyway-worker/1.1.0");
  // Unpacked, so that nothing on the way gathers a stream into larger pieces.
  headers.set("accept-encoding", "identity");
  if (body !== null) headers.set("content-type", "application/json");
  let upstream;
  try {
    upstream = await fetch(UPSTREAM + path, {
      method: body === null ? "GET" : "POST",
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
    const withheld = WITHHELD.includes(name) || WITHHELD_KINDS.some((kind) => name.startsWith(kind));
    if (!withheld) kept.append(name, value);
  }
  writeReport(kept, rows, mended);
  // The body is handed on as a stream: the first token leaves as soon as it arrives.
  return new Response(upstream.body, { status: upstream.status, statusText: upstream.statusText, headers: kept });
}

// ------------------------------------------------------------------------------------------------- request bodies

async function bodyText(request) {
  const packing = request.headers.get("content-encoding");
  if (packing && packing.toLowerCase() !== "identity") {
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

// The body as the API takes it, with the rows that say what became of its fields.
function filtered(text, route, dropDisputed, settings) {
  let found = filterBody(text, route, SPENDING_LIMITS, dropDisputed);
  if (found.problem === "json") throw invalidBody("json_invalid", "JSON decode error");
  if (found.problem) {
    throw invalidBody("model_attributes_type",
      "Input should be a valid dictionary or object to extract fields from");
  }
  if (settings.mend && route.mend) {
    const { text: better, mended } = mendBody(text, route.mend);
    if (mended.length) found = { ...filterBody(better, route, SPENDING_LIMITS, dropDisputed), mended };
  }
  // Better no answer than one that costs more than its sender agreed to.
  for (const { field, verdict, instead } of found.rows) {
    if (verdict === "limit") {
      throw new Refusal(400, `${field} limits what a request may cost. ${PROVIDER} does not take it here, and ` +
        "leaving it out would lift the limit; use a limit that the API knows.", "spending_limit", field);
    }
    if (verdict === "conflict") {
      throw new Refusal(400, `${instead} and ${field} are both given, and are not both numbers.`, "spending_limit", field);
    }
  }
  const wrong = namesOf(found.rows, (row) => row.out || row.verdict === "duplicate");
  if (settings.strict && wrong.length) {
    throw new Refusal(400, `Not accepted by ${PROVIDER}, or given twice: ${wrong.join(", ")}.`, "unknown_fields", wrong[0]);
  }
  return found;
}

// ------------------------------------------- which fields go on: the same code as the checker's on Keyway's own pages

// keyway:module body-filter.js
// keyway:end

// keyway:module body-mend.js
// keyway:end

// keyway:module json-text.js
// keyway:end

// ------------------------------------------------------------------------------------------ what was done to a body

function writeReport(headers, rows, mended) {
  const dropped = namesOf(rows, (row) => row.out);
  const renames = rows.filter((row) => row.verdict === "renamed").map((row) => `${plain(row.field)}=${plain(row.instead)}`);
  const duplicates = namesOf(rows, (row) => row.verdict === "duplicate");
  for (const [name, names] of Object.entries({ dropped, renamed: renames, duplicate: duplicates, mended })) {
    if (names.length) headers.set(`x-keyway-${name}`, shortened(names));
  }
}

// The names in those rows, each once; in a message, whichever it is, they are called messages[].….
function namesOf(rows, which) {
  const names = rows.filter(which).map((row) => (row.message === undefined ? row.field : `messages[].${row.field}`));
  return [...new Set(names)].map(plain);
}

// A field's name comes from the request: only letters, digits and a few signs may stand in a header as they are.
function plain(name) {
  return [...name].map((sign) => (/[\w.[\]-]/.test(sign) ? sign : encodeURIComponent(sign.toWellFormed()))).join("");
}

function shortened(names) {
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
      allow: [...methodsOf(route), "OPTIONS"].join(", "),
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
    mend: ["on", "true", "1", "yes"].includes(value("MEND").toLowerCase()),
  };
}
