// What a pasted error says: status, headers, error objects, ids. Pure: no page, no network, no catalogue.
// It takes what people have in their clipboard: curl's output with or without headers, a bare body, a line of a log,
// an exception of a client library with the body as Python or JavaScript prints it.
// Linear time: twice the text is twice the work, whatever it is. A regular expression here starts once in a run of the
// letters that it takes, or takes a bounded number of them, and never has two ways to take the same ones.

import { valuesIn } from "./printed-values.js";

const STATUS_LINE = /^[<\s]*HTTP\/[\d.]+ (\d{3})\b/;
const HEADER_LINE = /^[<\s]*([A-Za-z][A-Za-z0-9-]*):(.*)$/s;
// In prose, a number counts as a status only beside a word or a bracket that says so.
const STATUS_WORDS = [
  /\bHTTP\/[\d.]{1,3}["']{0,2}\s{1,5}([45]\d\d)\b/i,
  /\b(?:status(?:[ _-]?code)?|statuscode|http|\w*error(?:[ _-]?code)?|response|request rejected)\b["']?\s{0,5}[:=(]?\s{0,5}["']?([45]\d\d)\b/i,
  /(?:状态码|错误码|错误代码|报错|返回|响应码|ステータス(?:コード)?|エラー(?:コード)?|応答)\s{0,5}[:：=（(]?\s{0,5}([45]\d\d)(?!\d)/,
  /^\s*["'[(]?([45]\d\d)(?![\w.-])/,
  /\b(?:code|returned|returns|got|answered|failed with|rejected with|with)\b["']?\s{0,5}[:=(]?\s{0,5}["']?([45]\d\d)(?![\d.])/i,
  /[[(（【]([45]\d\d)[\])）】]/,
  /\w(?:exception|error)\s{0,3}[-–:]\s{0,3}([45]\d\d)(?![\w.-])/i,
  /(?:^|[\n:>-])\s{0,5}[A-Za-z][\w.]{1,30} ([45]\d\d)(?![\w.-])/,
];
const CODE = /(?:code|错误码|错误代码|业务码|报错|コード|エラー|error|[[(（【])["'\\\s:：=#]{0,8}(\d{3,5})(?!\d)/gi;
const ADDRESS = /https?:\/\/[^\s"'`<>(){}[\]\\，。；、）】]{1,400}/gi;
const NO_ANSWER = /timed?[ -]?out|ETIMEDOUT|deadline exceeded|no response|hang(?:s|ing)?\b|超时|无响应|タイムアウト|応答が(?:ない|ありません)/i;
const REFUSED_LINE = /(?<![\w.])([\w.]{1,80})\s{0,5}[:\n]\s{0,5}Extra inputs are not permitted/gi;
// What fits after "field" or stands before the sentence; a program's own "Error:" before it names no field.
const REFUSED_AFTER = /Extra inputs are not permitted,?\s{1,5}field:?\s{0,5}["'`]?([\w.]{1,80})/gi;
const NO_FIELD = /^(?:\w*error|exception|message|detail|msg|reason|body)$/i;
const MODEL_SAID = /\b(?:invalid model:?|unknown model:?|you passed|model[=:]|model_not_found:?|模型[：:]?|モデル[：:]?)\s{0,5}[`'"]{0,2}(\w[\w./:-]{0,98}\w)/gi;
const MODEL_NAMED = /\bmodel:?\s{1,5}[`'"]?(\w[\w./:-]{0,98}\w)[`'"]?\s{1,5}(?:is deprecated|was not found|not found|does not exist|is not|not exist)/gi;

// Characters that are read of a paste. An error with its headers has some hundreds; a whole log can wait.
export const LONGEST = 100_000;
const DEEPEST = 12; // values inside values; error bodies have up to six
const MOST_WALKS = 6; // times the text that may be walked over in search of objects: a body that is cut short takes three
const FREE_WALK = 10_000; // characters beside that, which cost nothing: a short text may be as wild as it likes

// Reads what was pasted: {status, headers, sawHeaders, noAnswer, types, codes, messages, refused, models, addresses,
// words, text}; status is null where none is given, `sawHeaders` tells whether an answer's headers are there at all, and
// `text` is the part that was read. `headerNames` are the headers that count when a log names them in passing,
// `sentences` the members of an error object that hold its sentences, `phrases` a status to what HTTP calls it.
export function parseError(pasted, headerNames, sentences, phrases = {}) {
  const text = narrow(pasted.slice(0, LONGEST));
  const block = lastAnswer(text);
  const facts = {
    status: block.status, headers: block.headers, sawHeaders: block.headers.size > 0, noAnswer: NO_ANSWER.test(text),
    types: new Set(), codes: new Set(), messages: new Set(), refused: new Set(), models: new Set(), text,
    addresses: Array.from(text.matchAll(ADDRESS), ([address]) => address.replace(/[.,;:!?]+$/, "")), words: wordsIn(text),
  };
  for (const [, name, value] of looseHeaders(text, headerNames)) {
    if (!facts.headers.has(name.toLowerCase())) facts.headers.set(name.toLowerCase(), value);
  }
  const search = { sentences, left: MOST_WALKS * text.length + FREE_WALK };
  for (const value of valuesIn(text, search)) collect(value, facts, search, 0);
  // An object inside of a string, of which the rest is not there: its quotes have a backslash before them.
  const bare = /[{[]\s{0,9}\\"/.test(text) ? text.replaceAll('\\"', '"').replaceAll("\\\\", "\\") : "";
  for (const value of valuesIn(bare, search)) collect(value, facts, search, 0);
  for (const [, field] of text.matchAll(REFUSED_AFTER)) facts.refused.add(field);
  for (const [, field] of text.matchAll(REFUSED_LINE)) {
    if (!NO_FIELD.test(field) && !/^[\d.]+$/.test(field)) facts.refused.add(field.replace(/^body\./, ""));
  }
  facts.status ??= statusInWords(text, phrases) ?? statusInCodes(facts.codes);
  // An answer of success can carry an error (Anthropic's form does): its status then says nothing.
  if (facts.status !== null && facts.status < 400) facts.status = null;
  for (const [, code] of text.matchAll(CODE)) facts.codes.add(code);
  if (/^\s*\d{3,5}\s*$/.test(text)) facts.codes.add(text.trim());
  for (const pattern of [MODEL_NAMED, MODEL_SAID]) for (const [, id] of text.matchAll(pattern)) facts.models.add(id);
  return facts;
}

// A text, or a sentence of the catalogue, in the form in which the two are compared: small letters without spaces and
// quotes, so that neither a terminal's line breaks nor a language's way of printing strings comes between them.
export function compact(text) {
  return text.toLowerCase().replace(/\\[nrt]|&(?:quot|apos|#34|#39);/g, "").replace(/[\s"'`ˋ‘’“”\\]+/g, "");
}

// Digits, letters and signs of full width as the ASCII ones that they stand for.
function narrow(text) {
  return text.replace(/[！-～]/g, (sign) => ("（），：；！？".includes(sign) ? sign : String.fromCharCode(sign.charCodeAt(0) - 0xfee0)));
}

// Every word of the text that can be an id, in small letters, without the full stop that ends a sentence.
function wordsIn(text) {
  return new Set(Array.from(text.toLowerCase().matchAll(/[\w.-]+/g), ([word]) => word.replace(/\.(?!\w).*$/, "")));
}

// The status and headers of the last answer in the text; what comes before it (100, a proxy's 200) is on the way there.
function lastAnswer(text) {
  let found = { status: null, headers: new Map() };
  let open = false;
  for (const line of text.split(/\r?\n/)) {
    const status = STATUS_LINE.exec(line);
    if (status && !line.startsWith(">")) {
      open = Number(status[1]) >= 200;
      if (open) found = { status: Number(status[1]), headers: new Map() };
      continue;
    }
    if (!open) continue;
    const header = HEADER_LINE.exec(line);
    if (header) found.headers.set(header[1].toLowerCase(), header[2].trim());
    else if (line.replace("<", "").trim() === "" || /^\s*[{[]/.test(line)) open = false;
  }
  return found;
}

// Headers outside of an answer's own: name and value as a log, a dictionary or a sentence puts them.
function looseHeaders(text, names) {
  if (names.length === 0) return [];
  const name = names.map((each) => each.replace(/[^\w-]/g, "\\$&")).join("|");
  return text.matchAll(new RegExp(`(?<![\\w-])(${name})["']?\\s{0,5}[:=]\\s{0,5}["']?([^\\s"',}]+)`, "gi"));
}

// The status that the text names, by number or, where it has none, in the words of HTTP alone.
function statusInWords(text, phrases) {
  const named = Object.entries(phrases);
  for (const [status, phrase] of named) {
    const beside = new RegExp(`\\b${status}\\b["']?[\\s:,-]{0,5}${phrase}`, "i");
    if (beside.test(text)) return Number(status);
  }
  for (const pattern of STATUS_WORDS) {
    const found = pattern.exec(text);
    if (found) return Number(found[1]);
  }
  const said = named.find(([, phrase]) => new RegExp(`(?:^|[:>"'(-])\\s{0,3}${phrase}\\b(?! for)`, "im").test(text));
  return said ? Number(said[0]) : null;
}

function statusInCodes(codes) {
  const found = [...codes].find((code) => /^[45]\d\d$/.test(code));
  return found ? Number(found) : null;
}

// Goes through a value and notes what errors are told apart by.
function collect(value, facts, search, depth) {
  if (depth > DEEPEST || value === null || typeof value !== "object") return;
  if (Array.isArray(value)) {
    for (const inner of value) collect(inner, facts, search, depth + 1);
    return;
  }
  if (value.type === "extra_forbidden" && Array.isArray(value.loc)) {
    const named = value.loc.filter((part) => typeof part === "string" || typeof part === "number");
    facts.refused.add(named.join(".").replace(/^body\./, ""));
  }
  for (const [name, inner] of Object.entries(value)) {
    const text = typeof inner === "string" || typeof inner === "number" ? String(inner) : null;
    if (text !== null) note(name, text, facts, search, depth);
    else collect(inner, facts, search, depth + 1);
  }
}

function note(name, text, facts, search, depth) {
  if (name === "type") facts.types.add(text);
  if (name === "code") facts.codes.add(text);
  if (name === "model") facts.models.add(text);
  if (["status", "status_code", "statusCode", "raw_status_code"].includes(name) && /^[45]\d\d$/.test(text)) {
    facts.status ??= Number(text);
  }
  // A body inside a body, as text, alone or behind a program's own words.
  const inside = /[{[]\s{0,3}["'{[]/.test(text) ? valuesIn(text, search) : [];
  for (const inner of inside) collect(inner, facts, search, depth + 1);
  if ((inside.length === 0 || !/^\s*[{[]/.test(text)) && search.sentences.includes(name)) facts.messages.add(text);
}
