// What a provider does with each field of a request body, and the body that goes through. Pure: no page, no network.

import { filterBody } from "./body-filter.js";
import { modelVerdict, wholeVerdicts } from "./request-rules.js";

// Characters of a body that is read; one that is cut short would be no JSON, so a longer one is not read at all.
// A conversation of 128,000 tokens has some 500,000; what is longer has pictures in it.
export const LONGEST = 1_000_000;

// Reads a pasted body. `tables` is the provider's table of requests, `routeName` one of its routes.
// Answers {problem}: "long", "json" or "object", for text that is too long, or no JSON object; and else
// {rows, body, changed}: a row {path, verdict} for each field, `path` being its place in the body, with the verdicts of
// body-filter.js, those of a value: `type`, `range`, `value` (with what was `expected`), `ignored`, `deprecated`, and
// `missing`, and those of request-rules.js, of the model and the request as a whole; `body` is the pasted text without what is refused, and null where a person has to decide.
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
    if (row.verdict === "accepted") return judged(shown, JSON.parse(values.get(row.field)), fields[row.field]);
    if (row.verdict !== "renamed" || given.has(row.instead)) return [shown];
    return [shown, ...judged({ path: row.instead }, JSON.parse(values.get(row.instead)), fields[row.instead])];
  });
  for (const [name, field] of Object.entries(fields)) {
    if (field.required && !values.has(name)) rows.push({ path: name, verdict: "missing" });
  }
  const route = tables.routes[routeName];
  const sent = JSON.parse(found.body ?? text);
  const model = modelVerdict(sent.model, tables);
  if (model) rows.push({ path: "model", ...model });
  if (!rules.messages && route.roles.length && Array.isArray(sent.messages)) rows.push(...ofRoles(sent.messages, route.roles));
  const whole = wholeVerdicts(sent, route, tables);
  const told = new Set(whole.map((row) => row.path));
  const plain = rows.filter((row) => row.verdict !== "undocumented" || !told.has(row.path));
  return { rows: [...plain, ...whole], body: found.body, changed: found.changed };
}

// Every message of a role that the route does not know, where it checks the roles alone.
function ofRoles(messages, roles) {
  return messages.flatMap((message, index) => (typeof message?.role === "string" && !roles.includes(message.role)
    ? [{ path: `messages[${index}].role`, verdict: "role", expected: roles.join(", ") }] : []));
}

// A field's row, and one for each field inside of it that is known and not as it should be.
function judged(shown, value, field) {
  const row = { ...shown, ...ofValue(value, field) };
  if (!field.fields || value === null || typeof value !== "object") return [row];
  const objects = Array.isArray(value) ? value.map((entry, index) => [`${shown.path}[${index}]`, entry]) : [[shown.path, value]];
  const inner = objects.flatMap(([path, entry]) => (entry === null || typeof entry !== "object" || Array.isArray(entry) ? []
    : Object.entries(field.fields).flatMap(([name, known]) => {
      const at = `${path}.${name}`;
      if (Object.hasOwn(entry, name)) return judged({ path: at, verdict: "accepted" }, entry[name], known);
      return known.required ? [{ path: at, verdict: "missing" }] : [];
    })));
  return [row, ...inner.filter(({ verdict }) => verdict !== "accepted")];
}

// Whether a value is of the type and within the bounds that are known of its field.
function ofValue(value, field) {
  if (value === null) return { verdict: "accepted" };
  const types = field.type ? field.type.split(" or ") : [];
  const type = Array.isArray(value) ? "array" : typeof value;
  const fits = types.includes(type) || (type === "number" && types.includes("integer") && Number.isInteger(value));
  if (types.length && !fits) return { verdict: "type", expected: types.join(" / ") };
  if (type === "number" && (value < field.min || value > field.max || value <= field.above)) {
    const least = field.above === undefined ? field.min ?? "−∞" : `> ${field.above}`;
    return { verdict: "range", expected: `${least} … ${field.max ?? "∞"}` };
  }
  if (type === "string" && field.values && !field.values.includes(value)) {
    return { verdict: "value", expected: field.values.join(", ") };
  }
  if (field.state === "ignored") return { verdict: "ignored" };
  return { verdict: field.deprecated ? "deprecated" : "accepted" };
}
