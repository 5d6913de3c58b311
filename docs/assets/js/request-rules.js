// What a provider does with a request as a whole: its model, values against that model, the order of messages, ids and
// names inside of lists. The rules stand in the catalogue, each with its source. Pure: no page, no network.
// Linear in the body: each rule walks along its places once.

import { fromSlug } from "./error-ids.js";

const MOST = 200; // rows of one rule; a conversation with more faults of one kind has the same cure

// What is said of the model that `name` asks for, as a row's verdict with what belongs to it; null for nothing.
// Verdicts: model_retired, model_replaced (with `instead`), model_ending, model_slug, model_prefix, model_other (another
// provider's), model_unknown.
export function modelVerdict(name, tables) {
  if (typeof name !== "string") return null;
  const model = modelOf(name, tables);
  if (model) {
    const { state, retired, successor, weights } = tables.models[model];
    if (weights) return { verdict: "model_weights" };
    if (state === "retired") return { verdict: successor ? "model_replaced" : "model_retired", day: retired, instead: successor };
    return retired ? { verdict: "model_ending", day: retired } : null;
  }
  const bare = name.split("/").at(-1);
  if (bare !== name && modelOf(bare, tables)) return { verdict: "model_prefix", instead: bare };
  const other = Object.entries(tables.others).find(([, names]) => names.includes(name) || names.includes(bare));
  if (other) return { verdict: "model_other", provider: other[0] };
  const slug = fromSlug(name.toLowerCase(), tables);
  return slug ? { verdict: "model_slug", instead: slug } : { verdict: "model_unknown" };
}

export function modelOf(name, tables) {
  if (Object.hasOwn(tables.models, name)) return name;
  return Object.keys(tables.models).find((id) => tables.models[id].aliases.includes(name)) ?? null;
}

// Every rule of the route that speaks of this body, as rows {path, verdict, says, error}; the verdicts are the rule's
// severities: rule_refused, rule_ignored, rule_changed.
export function wholeVerdicts(body, route, tables) {
  const model = typeof body.model === "string" ? modelOf(body.model, tables) : null;
  const rows = [];
  for (const rule of route.whole) {
    if (rule.models && !rule.models.includes(model)) continue;
    if (rule.without && !(model && tables.models[model].lacks.includes(rule.without))) continue;
    const [first, ...others] = Object.entries(rule.when);
    if (!others.every(([place, condition]) => placesOf(body, place).some(({ value }) => holds(value, condition)))) continue;
    const found = placesOf(body, first[0]).filter(({ value }) => holds(value, first[1]));
    for (const { path } of found.slice(0, MOST)) {
      rows.push({ path, verdict: `rule_${rule.severity}`, says: rule.says, ...(rule.error && { error: rule.error }) });
    }
  }
  return route.order && Array.isArray(body.messages) ? [...rows, ...orderVerdicts(body.messages, route.order, route.roles)] : rows;
}

// Every place of a body that a path of the catalogue names: {path, value}; a missing member of an object that is there
// has the value undefined, and so have those inside of it.
function placesOf(body, place) {
  let here = [{ path: "", value: body }];
  for (const step of place.split(".")) {
    const [, name, list, wanted] = /^(\w+)(\[([a-z_]*)\])?$/.exec(step);
    const next = [];
    for (const { path, value } of here) {
      const at = path ? `${path}.${name}` : name;
      if (value === undefined && !list) next.push({ path: at, value });
      if (value === undefined || value === null || typeof value !== "object" || Array.isArray(value)) continue;
      const inner = Object.hasOwn(value, name) ? value[name] : undefined;
      if (!list) next.push({ path: at, value: inner });
      else if (Array.isArray(inner)) {
        inner.forEach((entry, index) => {
          if (!wanted || entry?.role === wanted || entry?.type === wanted) next.push({ path: `${at}[${index}]`, value: entry });
        });
      }
    }
    here = next;
  }
  return here;
}

function holds(value, { given, equals, differs, above, unlike, kind }) {
  const there = value !== undefined && value !== null;
  if (given !== undefined && given !== there) return false;
  if (equals?.length && !equals.includes(value)) return false;
  if (differs?.length && differs.includes(value)) return false;
  if (above !== undefined && !(typeof value === "number" && value > above)) return false;
  if (unlike !== undefined && !(typeof value === "string" && !new RegExp(unlike).test(value))) return false;
  return kind === undefined || (Array.isArray(value) ? "array" : there ? typeof value : "") === kind;
}

// What speaks against the order of messages, as rows: order_first, order_last, order_after, results_missing (a call
// without its result) and results_extra (a result without its call).
function orderVerdicts(messages, order, known) {
  const rows = [];
  const roles = messages.map((message) => (typeof message?.role === "string" ? message.role : ""));
  const say = (index, verdict, kind, more = {}) => {
    if (rows.length < MOST) rows.push({ path: `messages[${index}]`, verdict, ...more, ...(order.errors?.[kind] && { error: order.errors[kind] }) });
  };
  const last = roles.length - 1;
  // Of a role that the route does not know, that is what there is to say.
  if (last < 0 || roles.some((role) => known.length && !known.includes(role))) return rows;
  if (order.first?.length && !order.first.includes(roles[0])) say(0, "order_first", "first", { expected: order.first.join(", ") });
  const excused = messages[last]?.[order.last_with?.[roles[last]]] === true;
  if (order.last?.length && !order.last.includes(roles[last]) && !excused) say(last, "order_last", "last", { expected: order.last.join(", ") });
  for (let index = 1; index <= last; index += 1) {
    if (order.not_after?.[roles[index]]?.includes(roles[index - 1])) say(index, "order_after", "not_after", { expected: roles[index - 1] });
  }
  if (!order.results) return rows;
  const open = new Map();
  messages.forEach((message, index) => {
    for (const call of Array.isArray(message?.tool_calls) ? message.tool_calls : []) {
      if (typeof call?.id === "string") open.set(call.id, index);
    }
    if (roles[index] !== "tool") return;
    if (open.get(message.tool_call_id) === undefined) say(index, "results_extra", "results");
    else open.set(message.tool_call_id, undefined); // not taken out: see lastOfEach of body-filter.js
  });
  for (const index of new Set(open.values())) if (index !== undefined) say(index, "results_missing", "results");
  return rows;
}
