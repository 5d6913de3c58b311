// What a pasted error says: status, headers, error objects, ids. Pure: no page, no network, no catalogue.
// It takes what people have in their clipboard: curl's output with or without headers, a bare body, a line of a log,
// an exception of a client library with the body as Python or JavaScript prints it.

const STATUS_LINE = /^[<\s]*HTTP\/[\d.]+ (\d{3})\b/;
const HEADER_LINE = /^[<\s]*([A-Za-z][A-Za-z0-9-]*):[ \t]*(.*)$/;
// In prose, a number counts as a status only beside a word that says so.
const STATUS_WORDS = [
  /\b(?:status(?:[ _-]?code)?|statuscode|http|\w*error(?: code)?|response)\b["']?\s{0,5}[:=(]?\s{0,5}["']?([45]\d\d)\b/i,
  /\b([45]\d\d)\b\s{0,5}[-:]?\s{0,5}(?:bad request|unauthorized|payment required|forbidden|not found|unprocessable|too many)/i,
  /(?:状态码|错误码|ステータス(?:コード)?|エラー(?:コード)?)\s{0,5}[:：=]?\s{0,5}([45]\d\d)\b/,
  /^\s*([45]\d\d)\b/,
];
const NO_ANSWER = /timed?[ -]?out|ETIMEDOUT|deadline exceeded|no response|hang(?:s|ing)?\b|超时|无响应|タイムアウト|応答が(?:ない|ありません)/i;
const LOOSE_HEADER = /["']?\b(x-ratelimit[\w-]*|retry-after|mistral-correlation-id)["']?\s{0,5}[:=]\s{0,5}["']?([^\s"',}]+)/gi;
const REFUSED_LINE = /(?<![\w.])([\w.]{1,80})\s{0,5}[:\n]\s{0,5}Extra inputs are not permitted/gi;
const DEEPEST = 12;
const MOST_STEPS = 3_000_000; // each bracket that never closes costs a walk to the end of the text
const LONGEST = 200_000; // characters; an error is never longer, and a pasted file should not hold up the page

// {status, headers, sawHeaders, values, types, codes, messages, refused, models, text}; status is null where none is
// given, `sawHeaders` tells whether an answer's headers are there at all.
export function readError(pasted) {
  const text = pasted.slice(0, LONGEST);
  const block = lastAnswer(text);
  const facts = {
    status: block.status, headers: block.headers, sawHeaders: block.headers.size > 0, noAnswer: NO_ANSWER.test(text),
    types: new Set(), codes: new Set(), messages: new Set(), refused: new Set(), models: new Set(), text,
  };
  for (const [, name, value] of text.matchAll(LOOSE_HEADER)) {
    if (!facts.headers.has(name.toLowerCase())) facts.headers.set(name.toLowerCase(), value);
  }
  for (const value of jsonIn(text)) collect(value, facts, 0);
  for (const [, field] of text.matchAll(REFUSED_LINE)) facts.refused.add(field.replace(/^body\./, ""));
  facts.status ??= statusInWords(text) ?? statusInCodes(facts.codes);
  // An answer of success can carry an error (Anthropic's form does): its status then says nothing.
  if (facts.status !== null && facts.status < 400) facts.status = null;
  for (const [, id] of text.matchAll(/\bmodel:?\s+[`'"]?([\w][\w./:-]*\w)[`'"]?\s+(?:is deprecated|was not found|not found|does not exist|is not)/gi)) {
    facts.models.add(id);
  }
  return facts;
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
    else if (line.replace("<", "").trim() === "" || /^[\s]*[{[]/.test(line)) open = false;
  }
  return found;
}

function statusInWords(text) {
  for (const pattern of STATUS_WORDS) {
    const found = pattern.exec(text);
    if (found) return Number(found[1]);
  }
  return null;
}

function statusInCodes(codes) {
  const found = [...codes].find((code) => /^[45]\d\d$/.test(code));
  return found ? Number(found) : null;
}

// Every object or list in the text, read as JSON, or as the way Python or JavaScript prints one.
function jsonIn(text) {
  const found = [];
  let patience = MOST_STEPS;
  for (let at = 0; at < text.length && patience > 0; at += 1) {
    if (text[at] !== "{" && text[at] !== "[") continue;
    const end = closing(text, at);
    patience -= (end < 0 ? text.length : end) - at;
    const value = end < 0 ? undefined : parsed(text.slice(at, end));
    if (value === undefined) continue;
    found.push(value);
    at = end - 1;
  }
  return found;
}

function parsed(text) {
  for (const form of [text, text.replaceAll('\\"', '"').replaceAll("\\\\", "\\"), quoted(text)]) {
    try {
      return JSON.parse(form);
    } catch {
      // Then it is written in another way.
    }
  }
  return undefined;
}

// Where the bracket at `start` closes; quotes of either kind hide brackets. -1 where it does not.
function closing(text, start) {
  let depth = 0;
  let quote = null;
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at];
    if (quote) {
      if (sign === "\\") at += 1;
      else if (sign === quote) quote = null;
    } else if (sign === '"' || (sign === "'" && /[\s{[,:(]/.test(text[at - 1]))) {
      quote = sign;
    } else if (sign === "{" || sign === "[") {
      depth += 1;
    } else if (sign === "}" || sign === "]") {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

// The way Python prints a dictionary, or JavaScript an object, as JSON.
function quoted(text) {
  const words = { None: "null", undefined: "null", True: "true", False: "false" };
  const pieces = /'((?:[^'\\]|\\.)*)'|"(?:[^"\\]|\\.)*"|\b(None|True|False|undefined)\b|([A-Za-z_]\w*)(?=\s*:)/g;
  return text.replace(pieces, (whole, single, word, key) => {
    if (word) return words[word];
    if (key) return JSON.stringify(key);
    return single === undefined ? whole : JSON.stringify(single.replace(/\\(['"\\])/g, "$1"));
  });
}

// Goes through a value and notes what errors are told apart by.
function collect(value, facts, depth) {
  if (depth > DEEPEST || value === null || typeof value !== "object") return;
  if (Array.isArray(value)) {
    for (const inner of value) collect(inner, facts, depth + 1);
    return;
  }
  if (value.type === "extra_forbidden" && Array.isArray(value.loc)) {
    facts.refused.add(value.loc.filter((part, index) => index > 0 || part !== "body").join("."));
  }
  for (const [name, inner] of Object.entries(value)) {
    const text = typeof inner === "string" || typeof inner === "number" ? String(inner) : null;
    if (text !== null) note(name, text, facts, depth);
    else collect(inner, facts, depth + 1);
  }
}

function note(name, text, facts, depth) {
  if (name === "type") facts.types.add(text);
  if (name === "code") facts.codes.add(text);
  if (name === "model") facts.models.add(text);
  if (["message", "detail", "error", "msg", "error_message"].includes(name)) facts.messages.add(text);
  if (["status", "status_code", "statusCode", "raw_status_code"].includes(name) && /^[45]\d\d$/.test(text)) {
    facts.status ??= Number(text);
  }
  // A body inside a body, as text.
  if (/^\s*[{[]/.test(text)) for (const inner of jsonIn(text)) collect(inner, facts, depth + 1);
}
