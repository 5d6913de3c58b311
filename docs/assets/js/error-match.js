// Which known error a pasted one is, whose it is, and what the ids and addresses in it mean. Pure: no page, no network.

import { addressesIn } from "./error-address.js";
import { fromSlug, idsIn, resolve } from "./error-ids.js";
import { compact, parseError } from "./error-parse.js";

// How much each sign tells: a sentence or condition of the catalogue, the provider that the text points to, the status.
const WEIGHT = { alone: 12, condition: 10, wording: 5, pointed: 3, status: 2 };
const LEAST_SENTENCE = 15; // characters; "Unauthorized" and the like are words of every server
const MOST_IDS = 8;
const MOST_MATCHES = 4; // a log can hold several errors; more than these nobody reads
const MOST_BY_STATUS = 4; // of more errors with one status none can be picked: the provider's list says them all
// How surely a text points to a provider: the reader says so, or it has its host or header; its name; an id of it alone.
const POINTS = { sure: 3, name: 2, id: 1 };

// Answers {facts, matches, general, through, pointed, addresses, ids, moreIds}. `chosen` is the provider that the reader
// or the page names, or null; which ids answer, and what takes the place of one that does not, is as of the day on which
// the tables were made.
// A match is {provider, between, error, header, doubt}: the errors that fit, most telling first, each of a provider or
// of what stands `between`. One that needs a header which the paste lacks comes beside the error that it would otherwise
// be, with the header's name. `doubt` tells that nothing but the "status" or the "code" fits, or that the words are those
// of others too, "common", and nothing else points to this provider; null for none. `general` is what words and status
// say, whoever answers, where nothing more certain is known; `through` are the programs that the text came through;
// `pointed` the providers that it points to. Of many ids the first are explained; `moreIds` says how many are not.
export function decode(pasted, tables, chosen) {
  const facts = parseError(pasted, headersIn(tables), tables.sentences, tables.phrases);
  facts.dense = compact([facts.text, ...facts.messages].join("\n"));
  facts.lower = facts.text.toLowerCase();
  const pointed = providersIn(facts, tables, chosen);
  facts.elsewhere = pointed.size > 0;
  const found = [...candidatesOf(tables.providers, "provider", facts, pointed), ...candidatesOf(tables.intermediaries, "between", facts, pointed)];
  const ranked = found.sort((a, b) => b.score - a.score);
  const silent = ranked.some((one) => one.provider && one.unanswered);
  const certain = ranked.filter((one) => one.open === null && !(silent && one.between && one.answer.status.length === 0)
    && !ranked.some((other) => covers(other, one)));
  const matches = certain.slice(0, MOST_MATCHES);
  for (const candidate of ranked) {
    if (candidate.open === null || matches.length >= MOST_MATCHES) continue;
    if (certain.length === 0 || certain.some((sure) => rivals(candidate, sure))) matches.push(candidate);
  }
  const addresses = addressesIn(facts, tables);
  if (!certain.some((match) => match.provider) && addresses.length === 0) {
    for (const [provider, sure] of pointed) if (sure >= POINTS.name) matches.push(...byStatus(facts, tables, provider, matches));
  }
  const order = [...new Set([...matches.map((match) => match.provider).filter(Boolean), ...pointed.keys()])];
  const refusedModel = matches.some((match) => doubtOf(match) === null && saysModel(match, tables));
  const names = idsIn(facts, tables);
  const ids = names.slice(0, MOST_IDS).map((id) => resolve(id, tables, order, facts, refusedModel));
  return {
    facts,
    matches: matches.map((match) => ({
      provider: match.provider ?? null, between: match.between ?? null, error: match.error,
      header: match.open?.header ?? null, doubt: doubtOf(match),
    })),
    general: certain.every((match) => match.byCode) ? generalOf(facts, tables) : null,
    through: throughOf(facts, tables),
    pointed: [...pointed.keys()],
    addresses,
    ids: ids.flatMap((id) => (id.kind === "slug" ? [id, resolve(id.model, tables, [id.provider], facts, false)] : [id])),
    moreIds: names.length - ids.length,
  };
}

function doubtOf({ open, byCode }) {
  return open?.doubt ?? (byCode ? "code" : null);
}

// Every error of `owners` of which something fits; `kind` says what an owner is.
function candidatesOf(owners, kind, facts, pointed) {
  return Object.entries(owners).flatMap(([owner, table]) => (table.any_provider ? [] : Object.entries(table.errors)
    .map(([error, answer]) => ({ [kind]: owner, error, answer, ...held(answer, facts, table, pointed.get(owner) ?? 0, kind) }))
    .filter((candidate) => candidate.score > 0)));
}

// How far an error fits: {score, signs, open, byCode, unanswered}; score is 0 where it does not, `open` names what the
// paste can neither confirm nor deny: a header, or whose words these are.
function held(answer, facts, table, pointed, kind) {
  const { match } = answer;
  const none = { score: 0, signs: [], open: null, byCode: false, unanswered: false };
  if (answer.status.length === 0 && Object.keys(match).length === 0) {
    return kind === "provider" && unanswered(facts, table) ? { ...none, score: 3 * WEIGHT.condition, unanswered: true } : none;
  }
  const alone = [
    ...(match.says ?? []).filter((sentence) => includes(facts, sentence)).map((sentence) => `says ${compact(sentence)}`),
    ...(match.addresses ?? []).filter((part) => facts.addresses.some((address) => address.includes(part))).map((part) => `at ${part}`),
  ];
  // A sentence that is told by the provider alone: of a few words, or longer than a status has.
  const worded = pointed >= POINTS.name ? answer.says.filter((sentence) => sentence.length >= LEAST_SENTENCE && includes(facts, sentence)) : [];
  const conditions = conditionsOf(match, facts, worded.length > 0);
  let open = headersOf(match, facts);
  const headed = open === null && Object.keys(match.headers ?? {}).length > 0 && facts.types.size === 0 && facts.messages.size === 0;
  if (open === "denied" || (alone.length === 0 && conditions === null && !headed)) return none;
  if (match.common && alone.length === 0 && pointed < (modelIn(answer) ? POINTS.id : POINTS.name)) {
    // Words are anybody's; the shape of a body is worth a hint.
    if (facts.elsewhere || !match.message?.includes('"')) return none;
    open = { doubt: "common" };
  }
  const signs = [...alone, ...(conditions ?? []), ...worded.map((sentence) => `says ${compact(sentence)}`),
    ...(open ? [] : Object.keys(match.headers ?? {}).map((name) => `header ${name}`))];
  const coded = alone.length === 0 && !headed && worded.length === 0 && conditions.every((sign) => sign.startsWith("code "));
  const fits = facts.status === null || answer.status.includes(facts.status);
  // Where nothing but a number fits, another status speaks against it, and so do words that are not its own; words
  // decide before the status.
  if (coded && ((!fits && answer.status.length) || (pointed === 0 && facts.messages.size > 0))) return none;
  const score = alone.length * WEIGHT.alone + (conditions ?? []).length * WEIGHT.condition + (worded.length ? WEIGHT.wording : 0)
    + Math.min(pointed, 1) * WEIGHT.pointed + (fits && facts.status !== null ? WEIGHT.status : 0)
    + (open ? 0 : Object.keys(match.headers ?? {}).length * WEIGHT.condition);
  return { ...none, score, signs, open, pointed, byCode: coded && pointed === 0 };
}

// The conditions that hold, as signs; null where one does not, or there is none. They may be missing where the
// provider that the text points to is known to say so in these words.
function conditionsOf(match, facts, worded) {
  const signs = [];
  const codes = match.codes ?? (match.code === undefined ? [] : [match.code]);
  const wanted = [
    [match.type !== undefined, () => (facts.types.has(match.type) || facts.words.has(match.type.toLowerCase()) ? [`type ${match.type}`] : [])],
    [codes.length > 0, () => codes.filter((code) => facts.codes.has(code)).map((code) => `code ${code}`)],
    [match.message !== undefined, () => (includes(facts, match.message) ? [`says ${compact(match.message)}`] : [])],
  ];
  for (const [given, found] of wanted) {
    if (!given) continue;
    const here = found();
    if (here.length === 0 && !worded) return null;
    signs.push(...here);
  }
  return signs.length || worded ? signs : null;
}

// What the headers of an error say: null where all are there or none is asked for, {header} for one that is open,
// "denied" where one has another value.
function headersOf(match, facts) {
  let open = null;
  for (const [header, wanted] of Object.entries(match.headers ?? {})) {
    if (facts.headers.get(header) === wanted) continue;
    if (facts.headers.has(header) || facts.sawHeaders) return "denied";
    open = { header };
  }
  return open;
}

// Whether everything that tells `one` tells `other` as well, and more does; a sentence of the same provider tells more
// than a type or a code.
function covers(other, one) {
  if (other === one || other.open !== null || other.between && one.provider) return false;
  const within = (small, large) => small.signs.every((sign) => large.signs.some((each) => each === sign || (isSaid(sign) && isSaid(each) && each.includes(sign.slice(5))))
    || (isSaid(sign) && large.answer.says.some((sentence) => compact(sentence).includes(sign.slice(5))))
    || (sign.startsWith("code ") && large.answer.codes.includes(sign.slice(5)))
    || (sign.startsWith("type ") && large.answer.types.includes(sign.slice(5))));
  if (other.provider && one.provider && other.provider !== one.provider) {
    return other.pointed > one.pointed && within(one, other);
  }
  if (within(one, other) && (!within(other, one) || other.score > one.score)) return true;
  const said = (candidate) => candidate.signs.some(isSaid);
  if (other.provider && one.between && other.error === one.error) return true;
  return Boolean(other.provider) && other.provider === one.provider && said(other) && !said(one) && !one.unanswered;
}

function isSaid(sign) {
  return sign.startsWith("says ");
}

// Whether `open` would be the case instead of `sure` if the missing header were there.
function rivals(open, sure) {
  if (open.provider !== sure.provider || !open.open.header) return false;
  return open.answer.status.some((status) => sure.answer.status.includes(status)) && open.answer.match.type === sure.answer.match.type;
}

// The errors of a provider that share the paste's status, for a paste that says little more than that.
function byStatus(facts, tables, provider, known) {
  const codes = [...facts.codes].filter((code) => Number(code) !== facts.status);
  if (facts.status === null || facts.types.size || codes.length || facts.refused.size) return [];
  // What is said of a model needs one: a 404 without any is more likely a wrong path.
  const named = idsIn(facts, tables).length > 0;
  const fits = Object.entries(tables.providers[provider].errors).filter(([, answer]) =>
    answer.status.includes(facts.status) && (named || !modelIn(answer)) && !answer.match.message?.includes('"'));
  if (fits.length > MOST_BY_STATUS) return [];
  return fits.map(([error, answer]) => ({ provider, error, answer, open: { doubt: "status" } }))
    .filter((one) => !known.some((other) => other.provider === provider && other.error === one.error));
}

function modelIn({ match }) {
  return [match.message ?? "", ...(match.says ?? [])].some((sentence) => sentence.includes("{model}"));
}

function saysModel({ provider, error }, tables) {
  return Boolean(provider) && modelIn(tables.providers[provider].errors[error]);
}

// What words or, without such, the status say, whoever answers: {between, error}, or null.
function generalOf(facts, tables) {
  for (const [between, table] of Object.entries(tables.intermediaries)) {
    if (!table.any_provider) continue;
    const errors = Object.entries(table.errors);
    const said = errors.find(([, answer]) => answer.match.says?.some((sentence) => includes(facts, sentence)));
    const found = said ?? errors.find(([, answer]) => answer.status.includes(facts.status));
    if (found) return { between, error: found[0] };
  }
  return null;
}

// The programs that the text came through.
function throughOf(facts, tables) {
  return Object.keys(tables.intermediaries).filter((name) =>
    tables.intermediaries[name].marks.some((mark) => facts.lower.includes(mark.toLowerCase())));
}

// An error that is the lack of an answer: a request timed out, and names a retired id.
function unanswered(facts, table) {
  const retired = Object.entries(table.models).some(([id, model]) =>
    model.state === "retired" && [id, ...model.aliases].some((name) => facts.words.has(name.toLowerCase())));
  return facts.status === null && facts.noAnswer && retired;
}

// The providers that the paste points to, with how surely; where one is pointed to more surely, it alone.
function providersIn(facts, tables, chosen) {
  const found = new Map();
  const owners = new Map();
  for (const [provider, table] of Object.entries(tables.providers)) {
    const host = Object.keys(table.hosts).some((one) => facts.lower.includes(one));
    if (provider === chosen) found.set(provider, POINTS.sure);
    else if (host || table.own_headers.some((header) => facts.headers.has(header))) found.set(provider, POINTS.sure + 1);
    else if (table.called.some((name) => hasName(facts.lower, name.toLowerCase()))) found.set(provider, POINTS.name);
    for (const [id, model] of Object.entries(table.models)) {
      for (const name of model.weights ? [] : [id, ...model.aliases]) {
        if (facts.words.has(name.toLowerCase())) owners.set(name, [...(owners.get(name) ?? []), provider]);
      }
    }
  }
  for (const id of facts.models) {
    const slug = Object.keys(tables.providers).filter((provider) => fromSlug(id.toLowerCase(), tables.providers[provider]));
    if (slug.length) owners.set(id, slug);
  }
  const single = [...owners.values()].filter((list) => new Set(list).size === 1).map(([provider]) => provider);
  if (new Set(single).size === 1 && !found.has(single[0])) found.set(single[0], POINTS.id);
  const best = Math.max(0, ...found.values());
  return new Map([...found].filter(([, sure]) => sure === best));
}

// Whether `name` stands in the text as a word, and not as a part of an id or of its prefix.
function hasName(text, name) {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    if (!/[\w.-]/.test(text[at - 1] ?? " ") && !/[\w/-]/.test(text[at + name.length] ?? " ")) return true;
  }
  return false;
}

// The headers that tell something, of all providers.
function headersIn(tables) {
  const all = Object.values(tables.providers).flatMap((table) => [
    ...table.own_headers, ...Object.values(table.errors).flatMap((answer) => Object.keys(answer.match.headers ?? {})),
  ]);
  return [...new Set(all)];
}

// Whether the text has `sentence`, in which {model} stands for any id; a single word has to be one of the text. With
// bounds on the id, so that what nearly fits everywhere is not walked over again from each place.
function includes(facts, sentence) {
  if (/^[\w.-]+$/.test(sentence)) return facts.words.has(sentence.toLowerCase());
  const parts = sentence.split("{model}").map(compact);
  if (parts.length === 1) return parts[0] !== "" && facts.dense.includes(parts[0]);
  return new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")).join("[\\w./:-]{1,100}")).test(facts.dense);
}
