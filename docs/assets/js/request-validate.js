// What a provider does with each field of a request body, and the body that goes through. Pure: no page, no network.

import { filterBody } from "./body-filter.js";

// Characters of a body that is read; one that is cut short would be no JSON, so a longer one is not read at all.
// A conversation of 128,000 tokens has some 500,000; what is longer has pictures in it.
export const LONGEST = 1_000_000;

// Reads a pasted body. `tables` is the provider's table of requests, `routeName` one of its routes.
// Answers {problem}: "long", "json" or "object", for text that is too long, or no JSON object; and else
// {rows, body, changed}: a row {path, verdict} for each field, `path` being its place in the body, with the verdicts of
// body-filter.js and those of a value: `type`, `range`, `value` (with what was `expected`), `deprecated`, and `missing`;
// `body` is the pasted text without what is refused, and null where a person has to decide.
export function checkBody(text, tables, routeName) {
  if (text.length > LONGEST) return { problem: "long" };
  const { rules, fields } = tables.routes[routeName];
  const found = filterBody(text, rules, tables.limits, false);
  if (found.problem) return found;
  const values = new Map(found.fields.map((kept) => [kept.field, kept.text]));
  const given = new Set(found.rows.filter((row) => row.message === undefined).map((row) => row.field));
  const rows = found.rows.flatMap((row) => {
    const path = row.message === undefined ? row.field : `messages[${row.message}].${row.field}`;
    const shown = { path, verdict: row.verdict, ...(row.instead && { instead: row.instead }) };
    if (row.verdict === "role") return [{ ...shown, expected: Object.keys(rules.messages).join(", ") }];
    if (row.verdict === "accepted") return [{ ...shown, ...ofValue(values.get(row.field), fields[row.field]) }];
    if (row.verdict !== "renamed" || given.has(row.instead)) return [shown];
    return [shown, { path: row.instead, ...ofValue(values.get(row.instead), fields[row.instead]) }];
  });
  for (const [name, field] of Object.entries(fields)) {
    if (field.required && !values.has(name)) rows.push({ path: name, verdict: "missing" });
  }
  return { rows, body: found.body, changed: found.changed };
}

// Whether a value, given as its JSON, is of the type and within the bounds that are known of its field.
function ofValue(text, field) {
  const value = JSON.parse(text);
  if (value === null) return { verdict: "accepted" };
  const types = field.type ? field.type.split(" or ") : [];
  const type = Array.isArray(value) ? "array" : typeof value;
  const fits = types.includes(type) || (type === "number" && types.includes("integer") && Number.isInteger(value));
  if (types.length && !fits) return { verdict: "type", expected: types.join(" / ") };
  if (type === "number" && (value < field.min || value > field.max)) {
    return { verdict: "range", expected: `${field.min ?? "−∞"} … ${field.max ?? "∞"}` };
  }
  if (type === "string" && field.values && !field.values.includes(value)) {
    return { verdict: "value", expected: field.values.join(", ") };
  }
  return { verdict: field.deprecated ? "deprecated" : "accepted" };
}
