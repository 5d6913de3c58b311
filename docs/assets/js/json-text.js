// JSON as the text it is: where its members stand, so that one can be cut out and all others stay letter for letter.
// The text has been read by JSON.parse before, so nothing here looks for mistakes.

// Every member of the object at `start`: its name, where its key and value stand, and where the space before it begins.
export function membersOf(text, start) {
  const members = [];
  let lead = start + 1;
  let at = skipSpace(text, lead);
  while (text[at] !== "}") {
    const keyEnd = skipString(text, at);
    const from = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const to = skipValue(text, from);
    members.push({ name: JSON.parse(text.slice(at, keyEnd)), lead, key: at, keyEnd, from, to });
    lead = skipSpace(text, to);
    if (text[lead] === ",") lead += 1;
    at = skipSpace(text, lead);
  }
  const last = members.at(-1);
  return { members, tail: last ? last.to : start + 1, end: at + 1 };
}

// Every entry of the array at `start`: where it stands.
export function entriesOf(text, start) {
  const entries = [];
  let at = skipSpace(text, start + 1);
  while (text[at] !== "]") {
    const to = skipValue(text, at);
    entries.push({ from: at, to });
    at = skipSpace(text, to);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return entries;
}

export function skipSpace(text, at) {
  while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") at += 1;
  return at;
}

function skipString(text, at) {
  for (at += 1; text[at] !== '"'; at += 1) if (text[at] === "\\") at += 1;
  return at + 1;
}

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
