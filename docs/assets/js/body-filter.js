// A request body without what an API refuses: which of its fields go, stay, or get another name. Pure.
// The checker on Keyway's pages and the Worker that stands before an API run this same text, so that the one shows
// what the other sends. Members are cut out of the body's text or get another name in it; nothing is read into numbers
// and written again, so 1.0, 1e2 and integers beyond 2^53 stay as they were sent.

import { entriesOf, membersOf, skipSpace } from "./json-text.js";

// Reads the text of a body. `rules` are a route's: {closed, accept, refuse, disputed, rename, messages}, lists of
// names, `rename` from a name to another, and `messages` from a role to {accept, refuse}; `limits` are the names of the
// fields that bound what a request may cost; `dropDisputed` says whether disputed fields are left out.
//
// Answers {problem}, "json" (with the parser's words as `detail`) or "object", for text that is no JSON object, and
// else {rows, fields, body, changed}.
// A row is {field, verdict, out}: a name, what becomes of it, and whether it is left out; `message` is the number of
// the message that it stands in, `instead` another field's name. The verdicts:
//   accepted      the API takes it                  undocumented  the API may ignore it
//   disputed      sources disagree                  duplicate     given twice: only the last one counts
//   refused       the API is known to refuse it     unknown       the API refuses what it does not know
//   renamed       is called `instead` there         superseded    the same, but `instead` is given as well
//   limit         refused, and without it a request may cost more: a person has to decide
//   conflict      it and `instead` are the same limit, and not both are numbers: a person has to decide
//   role          a message's role that the API does not know
// `fields` are those of the new body, [{field, text}]; `body` is null where a person has to decide.
export function filterBody(text, rules, limits, dropDisputed) {
  const unread = problemOf(text);
  if (unread) return unread;
  const start = skipSpace(text, 0);
  const { members, tail, end } = membersOf(text, start);
  const rows = [];
  const byName = new Map(lastOfEach(members, undefined, rows).map((member) => [member.name, member]));
  for (const member of [...byName.values()]) rows.push(judged(text, member, byName, rules, limits, dropDisputed));
  const messages = byName.get("messages");
  if (messages && rules.messages) messages.text = withMessages(text, messages, rules.messages, rows);

  const kept = [...byName.values()];
  const changed = kept.length !== members.length || kept.some((member) => member.renamed || member.text !== undefined);
  const blocked = rows.some(({ verdict }) => verdict === "limit" || verdict === "conflict");
  return {
    rows,
    fields: kept.map((member) => ({ field: member.name, text: member.text ?? valueOf(text, member) })),
    body: blocked ? null : changed ? text.slice(0, start) + objectText(text, kept, tail, end) + text.slice(end) : text,
    changed,
  };
}

// The value itself is let go at once: what follows works on the text.
function problemOf(text) {
  try {
    const value = JSON.parse(text);
    return value === null || typeof value !== "object" || Array.isArray(value) ? { problem: "object" } : null;
  } catch (error) {
    return { problem: "json", detail: error.message };
  }
}

// What becomes of one field, as its row; takes it out of `byName` or gives it another name there.
function judged(text, member, byName, rules, limits, dropDisputed) {
  const { name } = member;
  if (Object.hasOwn(rules.rename, name)) return renamed(text, member, rules.rename[name], byName, limits);
  const refused = rules.refuse.includes(name);
  if (rules.disputed.includes(name) && !refused) {
    if (dropDisputed) byName.delete(name);
    return { field: name, verdict: "disputed", out: dropDisputed };
  }
  if (!refused && rules.accept.includes(name)) return { field: name, verdict: "accepted", out: false };
  if (!refused && !rules.closed) return { field: name, verdict: "undocumented", out: false };
  byName.delete(name);
  // Without a limit that the client set, a request may cost more than its sender agreed to.
  const lifted = limits.includes(name) && valueOf(text, member) !== "null";
  return { field: name, verdict: lifted ? "limit" : refused ? "refused" : "unknown", out: true };
}

// A field under the name that the API knows. Where both names are given, the API's own one stays; of two limits the
// smaller one, so that neither of them is exceeded.
function renamed(text, member, to, byName, limits) {
  const row = { field: member.name, verdict: "renamed", out: false, instead: to };
  const target = byName.get(to);
  if (!target) {
    // In the place where it stood, so that the body keeps its order.
    const others = [...byName].map(([name, kept]) =>
      (kept === member ? [to, { ...kept, name: to, renamed: true }] : [name, kept]));
    byName.clear();
    for (const [name, kept] of others) byName.set(name, kept);
    return row;
  }
  byName.delete(member.name);
  if (!limits.includes(member.name)) return { ...row, verdict: "superseded", out: true };
  const [ours, theirs] = [target.text ?? valueOf(text, target), valueOf(text, member)];
  if (theirs === "null") return row;
  if (ours !== "null" && (Number.isNaN(Number(ours)) || Number.isNaN(Number(theirs)))) return { ...row, verdict: "conflict" };
  if (ours === "null" || Number(theirs) < Number(ours)) target.text = theirs;
  return row;
}

// The text of the list of messages, each without the fields that messages of its role may not have; undefined where
// nothing changes. What is no list, or no message, is left for the API to refuse.
function withMessages(text, member, roles, rows) {
  if (text[member.from] !== "[") return undefined;
  const parts = [];
  let from = member.from;
  for (const [message, entry] of entriesOf(text, member.from).entries()) {
    if (text[entry.from] !== "{") continue;
    const { members, tail, end } = membersOf(text, entry.from);
    const single = lastOfEach(members, message, rows);
    const role = single.find((field) => field.name === "role");
    const roleName = role && text[role.from] === '"' ? JSON.parse(valueOf(text, role)) : "";
    const known = Object.hasOwn(roles, roleName) ? roles[roleName] : null;
    // For a role that it does not know the API has an answer of its own; guessing its fields would only hide that.
    if (!known) rows.push({ field: "role", message, verdict: "role", out: false });
    const kept = known ? single.filter((field) => known.accept.includes(field.name)) : single;
    for (const { name } of known ? single : []) {
      if (known.accept.includes(name)) continue;
      rows.push({ field: name, message, verdict: known.refuse.includes(name) ? "refused" : "unknown", out: true });
    }
    if (kept.length === members.length) continue;
    parts.push(text.slice(from, entry.from), objectText(text, kept, tail, end));
    from = end;
  }
  return parts.length ? parts.join("") + text.slice(from, member.to) : undefined;
}

// Of members with the same name the last one counts, as in every JSON reader of note; sending on both would let the
// API read another value than the one that was looked at here. Nothing is taken out of the map and put back: what
// V8 takes out stays in the chain of its bucket, and thousands of the same name would be walked over and over.
function lastOfEach(members, message, rows) {
  const last = new Map();
  for (const [index, { name }] of members.entries()) {
    if (last.has(name)) rows.push({ field: name, message, verdict: "duplicate", out: false });
    last.set(name, index);
  }
  return members.filter(({ name }, index) => last.get(name) === index);
}

function objectText(text, members, tail, end) {
  const inner = members.map((member) => {
    const key = member.renamed ? JSON.stringify(member.name) : text.slice(member.key, member.keyEnd);
    return text.slice(member.lead, member.key) + key + text.slice(member.keyEnd, member.from)
      + (member.text ?? valueOf(text, member));
  });
  return `{${inner.join(",")}${text.slice(tail, end)}`;
}

function valueOf(text, member) {
  return text.slice(member.from, member.to);
}
