// What the tools on pages share: elements made of text only, and their data with the words of the page's language.

// An element with attributes and children; strings become text, never markup.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

// The tables that `place` names in data-source, and the words of the page's language; a tool whose data cannot be
// loaded leaves its place as the page has it.
export async function sourceOf(place) {
  try {
    const answer = await fetch(new URL(place.dataset.source, document.baseURI));
    if (!answer.ok) return {};
    const tables = await answer.json();
    const language = document.documentElement.lang.slice(0, 2);
    return { tables, words: tables.words[language] ?? tables.words.en };
  } catch {
    return {};
  }
}
