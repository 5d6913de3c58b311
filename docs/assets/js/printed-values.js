// Objects and lists out of any text, as JSON, Python or JavaScript prints them: a lenient parser. Pure.
// It goes one way and stops at the first sign that fits no value, so that text which is none costs next to nothing.

const NOTHING = Symbol("no value here");
const DEEPEST = 60; // values inside values; one more costs stack, and bodies that echo a request have some twenty
const CONSTANTS = new Map([
  ["null", null], ["None", null], ["undefined", null], ["true", true], ["True", true], ["false", false], ["False", false],
]);
const SPACE = " \t\n\r";
const WORD = /[\w$.+-]+/y;
const ESCAPE = /\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|([\s\S]))/g;
const ESCAPED = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

// Every outermost object or list in the text. Where a bracket opens none, or one that does not end, the next bracket
// in it is tried, so that a text may be walked over many times: each character that is walked over counts against
// `patience.left`, and when that is at an end, so is the search.
export function valuesIn(text, patience) {
  const found = [];
  for (let at = 0; at < text.length && patience.left > 0; at += 1) {
    if (text[at] !== "{" && text[at] !== "[") continue;
    const parser = new Parser(text, at);
    const value = parser.value(0);
    patience.left -= parser.at - at + 1;
    if (value === NOTHING) continue;
    found.push(value);
    at = parser.at - 1;
  }
  return found;
}

// One value of `text` from `at` on; after it, `at` stands behind the value, or where reading it came to its end.
class Parser {
  constructor(text, at) {
    this.text = text;
    this.at = at;
  }

  value(depth) {
    const sign = this.text[this.at];
    if (sign === '"' || sign === "'") return this.string();
    if (depth < DEEPEST && sign === "{") return this.object(depth);
    if (depth < DEEPEST && sign === "[") return this.list(depth);
    return this.plain();
  }

  // Without a prototype, so that `__proto__` is a name like others.
  object(depth) {
    const members = Object.create(null);
    for (this.step(); this.text[this.at] !== "}"; this.comma()) {
      const name = "\"'".includes(this.text[this.at]) ? this.string() : this.word() || NOTHING;
      if (name === NOTHING || this.text[this.skip()] !== ":") return NOTHING;
      this.step();
      const value = this.value(depth + 1);
      if (value === NOTHING || !",}".includes(this.text[this.skip()] ?? "x")) return NOTHING;
      members[name] = value;
    }
    this.at += 1;
    return members;
  }

  list(depth) {
    const entries = [];
    for (this.step(); this.text[this.at] !== "]"; this.comma()) {
      const value = this.value(depth + 1);
      if (value === NOTHING || !",]".includes(this.text[this.skip()] ?? "x")) return NOTHING;
      entries.push(value);
    }
    this.at += 1;
    return entries;
  }

  string() {
    const quote = this.text[this.at];
    const from = this.at + 1;
    let escapes = false;
    for (this.at = from; this.text[this.at] !== quote; this.at += 1) {
      if (this.at >= this.text.length) return NOTHING;
      if (this.text[this.at] !== "\\") continue;
      escapes = true;
      this.at += 1;
    }
    const inner = this.text.slice(from, this.at);
    this.at += 1;
    return escapes ? inner.replace(ESCAPE, (_, four, two, sign) =>
      (sign === undefined ? String.fromCharCode(parseInt(four ?? two, 16)) : ESCAPED[sign] ?? sign)) : inner;
  }

  // A number or a constant.
  plain() {
    const word = this.word();
    if (CONSTANTS.has(word)) return CONSTANTS.get(word);
    const number = word === "" ? NaN : Number(word);
    return Number.isNaN(number) ? NOTHING : number;
  }

  // A word without quotes; "" where none stands.
  word() {
    WORD.lastIndex = this.at;
    const word = WORD.exec(this.text)?.[0] ?? "";
    this.at += word.length;
    return word;
  }

  step() {
    this.at += 1;
    return this.skip();
  }

  skip() {
    while (this.at < this.text.length && SPACE.includes(this.text[this.at])) this.at += 1;
    return this.at;
  }

  comma() {
    if (this.text[this.at] === ",") this.step();
  }
}
