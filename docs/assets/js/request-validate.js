// What a provider does with each field of a request body, and the body that goes through. Pure: no page, no network.

import { entriesOf, membersOf, skipSpace } from "./json-text.js";

// Characters of a body that is read; one that is cut short would be no JSON, so a longer one is not read at all.
// A conversation of 128,000 tokens has some 500,000; what is longer has pictures in it.
export const LONGEST = 1_000_000;

// Reads a pasted body. `tables` is the provider's table of requests, `routeName` one of its routes.
// Answers {problem}, "long", "json" (with the message of the reader of JSON as `detail`) or "object", for text that is
// too long, or no JSON object, and else
// {rows, body, changed}: one row for each field that is not simply accepted, one {path, verdict: "accepted"} for each
// other; `body` is the pasted text without what is refused, and null where a limit stands in the way.
export function checkBody(text, tables, routeName) {
  if (text.length > LONGEST) return { problem: "long" };
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: "json", detail: error.message };
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) return { problem: "object" };

  const route = tables.routes[routeName];
  const limits = new Set(tables.limits);
  const rows = [];
  const start = skipSpace(text, 0);
  const { members, tail, end } = membersOf(text, start);
  const single = lastOfEach(members, "", rows);
  const byName = new Map(single.map((member) => [member.name, member]));
  for (const member of single) judge(text, member, byName, route, limits, rows);
  for (const [name, field] of Object.entries(route.fields)) {
    if (field.required && !byName.has(name)) rows.push({ path: name, verdict: "missing" });
  }
  const messages = byName.get("messages");
  if (messages && route.messages) messages.text = withMessages(text, messages, route, rows);

  const blocked = rows.some((row) => row.verdict === "limit");
  const kept = [...byName.values()];
  const changed = kept.length !== members.length || kept.some((member) => member.renamed || member.text !== undefined);
  if (blocked) return { rows, body: null, changed };
  if (!changed) return { rows, body: text, changed };
  return { rows, body: text.slice(0, start) + objectText(text, kept, tail, end) + text.slice(end), changed };
}

// One field: adds its row, and takes it out of `byName` or gives it another name there.
function judge(text, member, byName, route, limits, rows) {
  const { name } = member;
  const field = Object.hasOwn(route.fields, name) ? route.fields[name] : null;
  if (field?.state === "refused" && field.instead) return rename(text, member, field.instead, byName, limits, rows);
  if (field?.state === "refused" || (!field && route.closed)) {
    const unlimited = limits.has(name) && valueText(text, member) !== "null";
    rows.push({ path: name, verdict: unlimited ? "limit" : field ? "refused" : "unknown" });
    byName.delete(name);
    return;
  }
  if (!field) {
    rows.push({ path: name, verdict: "undocumented" });
  } else if (field.state === "disputed") {
    rows.push({ path: name, verdict: "disputed" });
  } else {
    rows.push({ path: name, ...ofValue(JSON.parse(valueText(text, member)), field) });
  }
}

function rename(text, member, to, byName, limits, rows) {
  const target = byName.get(to);
  rows.push({ path: member.name, verdict: "renamed", instead: to });
  if (!target) {
    // In the place where it stood, so that the body keeps its order.
    const renamed = [...byName].map(([name, kept]) =>
      (kept === member ? [to, { ...kept, name: to, renamed: true }] : [name, kept]));
    byName.clear();
    for (const [name, kept] of renamed) byName.set(name, kept);
    return;
  }
  byName.delete(member.name);
  if (!limits.has(member.name) || valueText(text, member) === "null") return;
  const [ours, theirs] = [valueText(text, target), valueText(text, member)];
  // Of two limits the smaller one, so that neither of them is exceeded.
  if (ours === "null" || Number(theirs) < Number(ours)) Object.assign(target, { text: theirs });
}

// Whether a value is of the type and within the bounds that are known of its field.
function ofValue(value, field) {
  if (value === null) return { verdict: "accepted" };
  const types = field.type ? field.type.split(" or ") : [];
  const type = Array.isArray(value) ? "array" : typeof value;
  const fits = types.includes(type) || (type === "number" && types.includes("integer") && Number.isInteger(value));
  if (types.length && !fits) return { verdict: "type", expected: field.type };
  if (type === "number" && (value < field.min || value > field.max)) {
    return { verdict: "range", expected: `${field.min ?? "−∞"} … ${field.max ?? "∞"}` };
  }
  if (type === "string" && field.values && !field.values.includes(value)) {
    return { verdict: "value", expected: field.values.join(", ") };
  }
  return { verdict: field.deprecated ? "deprecated" : "accepted" };
}

// The text of the list of messages without the fields that messages of their role may not have; undefined where
// nothing changes.
function withMessages(text, member, route, rows) {
  if (text[member.from] !== "[") return undefined;
  let result = "";
  let from = member.from;
  for (const [index, entry] of entriesOf(text, member.from).entries()) {
    if (text[entry.from] !== "{") continue;
    const { members, tail, end } = membersOf(text, entry.from);
    const single = lastOfEach(members, `messages[${index}].`, rows);
    const role = single.find((field) => field.name === "role");
    const roleName = role && text[role.from] === '"' ? JSON.parse(valueText(text, role)) : "";
    const shape = Object.hasOwn(route.messages, roleName) ? route.messages[roleName] : null;
    if (!shape) rows.push({ path: `messages[${index}].role`, verdict: "role", expected: Object.keys(route.messages).join(", ") });
    const passes = (field) => !shape || shape.fields.includes(field.name);
    const kept = single.filter(passes);
    for (const field of single) {
      if (passes(field)) continue;
      const verdict = shape.refused.includes(field.name) ? "refused" : "unknown";
      rows.push({ path: `messages[${index}].${field.name}`, verdict });
    }
    if (kept.length === members.length) continue;
    result += text.slice(from, entry.from) + objectText(text, kept, tail, end);
    from = end;
  }
  return from === member.from ? undefined : result + text.slice(from, member.to);
}

// Of fields with the same name the last one counts; the row says which was given twice.
function lastOfEach(members, prefix, rows) {
  const last = new Map();
  for (const member of members) {
    if (last.delete(member.name)) rows.push({ path: prefix + member.name, verdict: "duplicate" });
    last.set(member.name, member);
  }
  return [...last.values()];
}

function objectText(text, members, tail, end) {
  const inner = members.map((member) => {
    const key = member.renamed ? JSON.stringify(member.name) : text.slice(member.key, member.keyEnd);
    return text.slice(member.lead, member.key) + key + text.slice(member.keyEnd, member.from)
      + (member.text ?? valueText(text, member));
  });
  return `{${inner.join(",")}${text.slice(tail, end)}`;
}

function valueText(text, member) {
  return text.slice(member.from, member.to);
}
