// What the tools on pages share: elements made of text only, and their data with the words of the page's language.

// An element with attributes and children; strings become text, never markup.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

// The pieces of a sentence of the catalogue: what stands between backquotes is code.
export function coded(sentence) {
  return sentence.split("`").map((piece, index) => (index % 2 ? element("code", {}, piece) : piece));
}

// Work put off until nothing was typed for a moment, so that no key press waits for it.
const PAUSE = 150; // milliseconds
export function afterPause(work) {
  let waiting;
  return () => {
    clearTimeout(waiting);
    waiting = setTimeout(work, PAUSE);
  };
}

// A pasted name as far as a line can show it.
const LONGEST_NAME = 100; // characters; no provider has a field or an id of half of this
export function shortened(name) {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}

// A sentence with the values that stand in it in braces.
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

// A list of the first items, each a line that `line` makes; the last line says how many there are beside them: what
// is left of the items, and `unseen` more.
const MOST_LINES = 50; // more than that nobody reads, and a page with 100,000 of them does not scroll
export function shortList(items, line, words, unseen = 0) {
  const list = element("ul", { class: "kw-panel__rows" }, ...items.slice(0, MOST_LINES).map(line));
  const count = Math.max(items.length - MOST_LINES, 0) + unseen;
  if (count) list.append(element("li", { class: "kw-panel__row" }, fill(words.more, { count: number(count) })));
  return list;
}

// A number as the page's language writes it.
export function number(value) {
  return value.toLocaleString(document.documentElement.lang);
}

// The tables that `place` names in data-source, and the words of the page's language; a tool whose data cannot be
// loaded leaves its place as the page has it.
export async function sourceOf(place) {
  try {
    const answer = await fetch(new URL(place.dataset.source, document.baseURI));
    if (!answer.ok) return {};
    const { words: languages, ...tables } = await answer.json();
    return { tables, words: languages[document.documentElement.lang.slice(0, 2)] ?? languages.en };
  } catch {
    return {};
  }
}
