// A request body with what an API would refuse put right on the way, where that can be done: a role, a reasoning effort,
// the ids of tool calls. Pure. Only the values that are mended change; all other text stays letter for letter.

import { entriesOf, membersOf, skipSpace } from "./json-text.js";

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

// Mends the text of a body, a JSON object. `mend` is the route's: {roles, efforts, id_length}, `roles` from a role to the
// one to send, `efforts` a list of {models, values} with `values` from an effort to the one to send, `id_length` the
// number of letters and digits that a tool call's id has to have.
// Answers {text, mended}: the names of what was mended, each once.
export function mendBody(text, mend) {
  const edits = [];
  const { members } = membersOf(text, skipSpace(text, 0));
  const last = (name, list) => list.findLast((member) => member.name === name);
  const textOf = (member) => (member && text[member.from] === '"' ? JSON.parse(text.slice(member.from, member.to)) : null);
  const set = (name, member, value) => {
    if (value !== undefined) edits.push({ name, from: member.from, to: member.to, text: JSON.stringify(value) });
  };
  const own = (table, key) => (key !== null && Object.hasOwn(table, key) ? table[key] : undefined);
  const effort = last("reasoning_effort", members);
  const model = textOf(last("model", members));
  const efforts = mend.efforts?.find(({ models }) => models.includes(model));
  if (effort && efforts) set("reasoning_effort", effort, own(efforts.values, textOf(effort)));
  const shortened = (member, name) => {
    const id = textOf(member);
    if (id !== null && mend.id_length && !fits(id, mend.id_length)) set(name, member, idOf(id, mend.id_length));
  };
  const messages = last("messages", members);
  const objects = (member) => (member && text[member.from] === "[" ? entriesOf(text, member.from) : [])
    .filter(({ from }) => text[from] === "{").map(({ from }) => membersOf(text, from).members);
  for (const message of objects(messages)) {
    const role = last("role", message);
    if (role) set("messages[].role", role, own(mend.roles ?? {}, textOf(role)));
    shortened(last("tool_call_id", message), "messages[].tool_call_id");
    for (const call of objects(last("tool_calls", message))) shortened(last("id", call), "messages[].tool_calls[].id");
  }
  edits.sort((a, b) => a.from - b.from);
  let from = 0;
  const parts = [];
  for (const edit of edits) {
    parts.push(text.slice(from, edit.from), edit.text);
    from = edit.to;
  }
  return { text: parts.join("") + text.slice(from), mended: [...new Set(edits.map(({ name }) => name))] };
}

function fits(id, length) {
  return id.length === length && /^[0-9A-Za-z]*$/.test(id);
}

// An id of the wanted length for `id`, the same each time, so that a call and its result still belong together and
// nothing has to be kept: FNV-1a over its characters, once for each letter.
function idOf(id, length) {
  let made = "";
  for (let place = 0; place < length; place += 1) {
    let hash = 0x811c9dc5 ^ place;
    for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
    made += LETTERS[(hash >>> 16) % LETTERS.length];
  }
  return made;
}
