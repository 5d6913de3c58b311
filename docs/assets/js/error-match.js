// Which known error a pasted one is, and what the ids in it mean. Pure: no page, no network.

import { parseError } from "./error-parse.js";

// How much each sign tells: a condition of the catalogue more than wording, and the page's provider where all is equal.
const WEIGHT = { condition: 10, wording: 5, home: 1 };
const MOST_IDS = 8;

// Answers {facts, matches, ids, moreIds}. `home` is the provider of the page; which ids answer, and what takes the
// place of one that does not, is as of the day on which the tables were made.
// A match is {provider, error, header, byStatus}: the errors that fit best, most telling first. One that needs a header
// which the paste lacks comes beside the error that it would otherwise be, with the header's name; `byStatus` tells
// that nothing but the status fits. Of many ids the first are explained; `moreIds` says how many are not.
export function decode(pasted, tables, home) {
  const facts = parseError(pasted, headersIn(tables), tables.sentences);
  facts.plain = [facts.text, ...facts.messages].join("\n").replace(/\s+/g, " ").toLowerCase();
  facts.words = wordsIn(facts.text);
  const evident = providersIn(facts, tables);
  const candidates = Object.entries(tables.providers)
    .filter(([provider]) => evident.size === 0 || evident.has(provider))
    .flatMap(([provider, table]) => Object.entries(table.errors)
      .map(([error, answer]) => ({ provider, error, ...held(answer, facts, table) }))
      .filter((candidate) => candidate.met > 0)
      .map((candidate) => ({
        ...candidate,
        score: candidate.met * WEIGHT.condition + candidate.worded * WEIGHT.wording
          + (provider === home ? WEIGHT.home : 0),
      })));
  const certain = candidates.filter((candidate) => candidate.open === null).sort((a, b) => b.score - a.score);
  const matches = [];
  if (certain.length) matches.push(certain[0]);
  for (const candidate of candidates.sort((a, b) => b.score - a.score)) {
    if (candidate.open === null || (certain.length && !rivals(candidate, certain[0], tables))) continue;
    if (matches.length < 3) matches.push(candidate);
  }
  const place = evident.size === 0 || evident.has(home) ? home : [...evident][0];
  if (matches.length === 0) matches.push(...byStatus(facts, tables, place));
  const of = matches[0]?.provider ?? place;
  const found = idsIn(facts, tables);
  const ids = found.slice(0, MOST_IDS).map((id) => resolve(id, tables, of, facts));
  return {
    facts,
    matches: matches.map(({ provider, error, open }) => ({
      provider, error, header: open?.header ?? null, byStatus: open?.status ?? false,
    })),
    ids: ids.flatMap((id) => (id.kind === "slug" ? [id, resolve(id.model, tables, of, facts)] : [id])),
    moreIds: found.length - ids.length,
  };
}

// The errors of a provider that share the paste's status, for a paste that says little more than that.
function byStatus(facts, tables, provider) {
  if (facts.status === null || facts.types.size || facts.codes.size || facts.refused.size) return [];
  // What is said of a model needs one: a 404 without any is more likely a wrong path.
  const fits = ({ status, match }) => status.includes(facts.status)
    && (!match.message?.includes("{model}") || idsIn(facts, tables).length > 0);
  return Object.entries(tables.providers[provider].errors)
    .filter(([, answer]) => fits(answer))
    .map(([error]) => ({ provider, error, open: { status: true } }));
}

// Whether `open` would be the case instead of `sure` if the missing header were there.
function rivals(open, sure, tables) {
  if (open.provider !== sure.provider || !open.open.header) return false;
  const [narrow, wide] = [open, sure].map((one) => tables.providers[one.provider].errors[one.error]);
  return narrow.status.some((status) => wide.status.includes(status)) && narrow.match.type === wide.match.type;
}

// How far an error's conditions hold: {met, worded, open}; met is 0 where one is contradicted, `open` names a
// condition that the paste can neither confirm nor deny.
function held(answer, facts, table) {
  const { match } = answer;
  const no = { met: 0, worded: 0, open: null };
  if (answer.status.length === 0 && Object.keys(match).length === 0) return unanswered(facts, table);
  if (facts.status !== null && !answer.status.includes(facts.status)) return no;
  const worded = answer.says.some((sentence) => includes(facts.plain, sentence)) ? 1 : 0;
  let met = facts.status === null ? 0 : 0.5;
  let open = null;
  for (const [known, wanted] of [[facts.types, match.type], [facts.codes, match.code]]) {
    if (wanted === undefined) continue;
    if (known.has(wanted) || new RegExp(`(?<![\\w-])${escaped(wanted)}(?![\\w-])`).test(facts.text)) met += 1;
    else if (worded) met += 0.5;
    else return no;
  }
  if (match.message !== undefined) {
    if (includes(facts.plain, match.message)) met += 1;
    else if (worded) met += 0.5;
    else return no;
  }
  for (const [header, wanted] of Object.entries(match.headers ?? {})) {
    if (facts.headers.get(header) === wanted) met += 1;
    else if (facts.headers.has(header) || facts.sawHeaders) return no;
    else open = { header };
  }
  return met >= 1 || worded ? { met: Math.max(met, 1), worded, open } : no;
}

// An error that is the lack of an answer: a request timed out, and names a retired id.
function unanswered(facts, table) {
  const retired = Object.entries(table.models).some(([id, model]) =>
    model.state === "retired" && [id, ...model.aliases].some((name) => facts.words.has(name)));
  const fits = facts.status === null && facts.noAnswer && retired;
  return { met: fits ? 1 : 0, worded: 0, open: null };
}

// The providers that the paste itself names: by a host, or by a header that only they send.
function providersIn(facts, tables) {
  const found = new Set();
  for (const [provider, table] of Object.entries(tables.providers)) {
    const named = Object.keys(table.hosts).some((host) => facts.text.includes(host));
    if (named || table.own_headers.some((header) => facts.headers.has(header))) found.add(provider);
  }
  return found;
}

// ------------------------------------------------------------------------------------------------------------- ids

// The ids that the paste speaks of: what it calls a model, and every word that is a known id.
function idsIn(facts, tables) {
  const found = new Set([...facts.models].filter((id) => /^[\w][\w.:/-]{1,99}$/.test(id)));
  for (const table of Object.values(tables.providers)) {
    for (const [id, model] of Object.entries(table.models)) {
      for (const name of [id, ...model.aliases]) if (facts.words.has(name)) found.add(name);
    }
  }
  // An id with a library's prefix stands for the one without it.
  const prefixed = new Set([...found].filter((id) => id.includes("/")).map((id) => id.split("/").at(-1)));
  return [...found].filter((id) => !prefixed.has(id));
}

// What `id` means: {id, kind, provider, model, day, replacement, host, nearest}. Kinds: current, alias, ending,
// retired, slug, other (another provider's), host (not served at the host in the paste), unknown.
function resolve(id, tables, home, facts) {
  const name = id.split("/").at(-1).toLowerCase();
  const order = [home, ...Object.keys(tables.providers).filter((provider) => provider !== home)];
  for (const provider of order) {
    const table = tables.providers[provider];
    const model = modelOf(name, table);
    if (!model) continue;
    const meaning = meaningOf(id, name, model, provider, table, facts);
    return provider === home ? meaning : { ...meaning, kind: meaning.kind === "retired" ? "retired" : "other" };
  }
  const table = tables.providers[home];
  const slug = fromSlug(name, table);
  if (slug) return { id, kind: "slug", provider: home, model: slug };
  return { id, kind: "unknown", provider: home, nearest: nearest(name, table) };
}

function modelOf(name, table) {
  if (Object.hasOwn(table.models, name)) return name;
  return Object.keys(table.models).find((id) => table.models[id].aliases.includes(name)) ?? null;
}

function meaningOf(id, name, model, provider, table, facts) {
  const { state, retired, successor } = table.models[model];
  const meaning = { id, provider, model };
  if (state === "retired") return { ...meaning, kind: "retired", day: retired, replacement: successor ?? null };
  const host = Object.keys(table.hosts).find((known) => facts.text.includes(known));
  if (host && table.hosts[host] !== "all" && !table.hosts[host].includes(model)) return { ...meaning, kind: "host", host };
  if (retired) return { ...meaning, kind: "ending", day: retired };
  return { ...meaning, kind: name === model ? "current" : "alias" };
}

// The id behind the name of a page of the documentation: mistral-small-4-0-26-03 is mistral-small-2603 there.
function fromSlug(name, table) {
  const parts = /^(.+?)-(\d\d)-(\d\d)$/.exec(name);
  if (!parts) return null;
  const [, stem, year, month] = parts;
  const family = stem.split("-").filter((part) => !/^\d+$/.test(part)).join("-");
  const ending = `-${family}-${year}${month}`;
  // The page may leave out what the id begins with, a company's name or a kind: of several ids the shortest.
  const fitting = Object.keys(table.models).filter((id) => `-${id}`.endsWith(ending));
  return fitting.sort((a, b) => a.length - b.length)[0] ?? null;
}

// The known name closest to `name`, where at most a third of it differs; of equals a model that still answers.
function nearest(name, table) {
  let best = null;
  for (const [id, model] of Object.entries(table.models)) {
    for (const known of [id, ...model.aliases]) {
      const ended = model.state === "retired" ? 0.5 : 0;
      const most = Math.max(known.length, name.length) / 3;
      if (Math.abs(known.length - name.length) > most) continue;
      const far = distance(name, known) + ended;
      if (far <= most && (!best || far < best.far)) best = { known, far };
    }
  }
  return best?.known ?? null;
}

function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}

// ------------------------------------------------------------------------------------------------------------ text

// The headers that tell something, of all providers.
function headersIn(tables) {
  const all = Object.values(tables.providers).flatMap((table) => [
    ...table.own_headers, ...Object.values(table.errors).flatMap((answer) => Object.keys(answer.match.headers ?? {})),
  ]);
  return [...new Set(all)];
}

// Every word of the text that can be an id, in small letters, without the full stop that ends a sentence.
function wordsIn(text) {
  return new Set(Array.from(text.toLowerCase().matchAll(/[\w.-]+/g), ([word]) => word.replace(/\.(?!\w).*$/, "")));
}

// Whether `text` has `sentence`, in which {model} stands for any id. With bounds on the id and its quotes, so that what
// nearly fits everywhere is not walked over again from each place.
function includes(text, sentence) {
  const parts = sentence.toLowerCase().replace(/\s+/g, " ").split("{model}");
  return new RegExp(parts.map(escaped).join("[`'\"\\\\]{0,4}[\\w./:-]{1,100}[`'\"\\\\]{0,4}")).test(text);
}

function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
