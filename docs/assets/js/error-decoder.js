// The error decoder: paste an error, see which it is, whose, and what to do. Everything stays in the page.
// It fills each <div class="kw-decoder" data-source="…/errors.json" data-provider="…" data-details="…"
// data-between="…">, where details is the address of an error's page with {provider} and {error} in it, and between that
// of the page of what stands between, with the same; each may be left out. What is missing is told to the repository
// that the page's foot names.

import { afterPause, coded, element, fill, number, shortened, shortList, sourceOf } from "./dom.js";
import { decode } from "./error-match.js";
import { LONGEST } from "./error-parse.js";

for (const place of document.querySelectorAll(".kw-decoder")) show(place);

async function show(place) {
  const { tables, words } = await sourceOf(place);
  if (!tables) return;
  const language = document.documentElement.lang.slice(0, 2);
  const repository = document.querySelector("[data-repository]")?.href.replace(/\/$/, "");
  const report = repository && `${repository}/issues/new?template=wrong-fact.yml`;
  const view = { tables, words, links: { ...place.dataset, report }, text: (localized) => localized[language] ?? localized.en };
  const choice = element("select", { id: "kw-decoder-provider", class: "kw-panel__choice" },
    element("option", { value: "" }, words.any_provider));
  for (const [id, table] of Object.entries(tables.providers)) choice.append(element("option", { value: id }, view.text(table.name)));
  choice.value = place.dataset.provider ?? "";
  const input = element("textarea", {
    id: "kw-decoder-input", class: "kw-panel__input", rows: 5, spellcheck: "false", autocapitalize: "off",
    "aria-describedby": "kw-decoder-hint",
  });
  const answer = element("div", { role: "status", class: "kw-panel__answer" });
  const update = () => answer.replaceChildren(...(input.value.trim() ? explain(input.value, choice.value || null, view) : []));
  // Of a paste the answer is brought into view, which on a phone is below the edge; typing moves nothing.
  let pasted = false;
  input.addEventListener("paste", () => { pasted = true; });
  input.addEventListener("input", afterPause(() => {
    update();
    if (pasted) answer.scrollIntoView({ block: "nearest" });
    pasted = false;
  }));
  choice.addEventListener("change", update);
  place.replaceChildren(
    element("label", { for: input.id, class: "kw-panel__label" }, words.label), input,
    element("p", { id: "kw-decoder-hint", class: "kw-panel__hint" }, words.hint),
    element("label", { for: choice.id, class: "kw-panel__label" }, words.choose), choice, answer,
  );
}

function explain(pasted, chosen, view) {
  const { tables, words } = view;
  const found = decode(pasted, tables, chosen);
  const sure = found.matches.filter((match) => match.doubt === null);
  const parts = [];
  const say = (sentence) => parts.push(element("p", { class: "kw-panel__summary" }, sentence));
  if (pasted.length > LONGEST) {
    parts.push(element("p", { class: "kw-panel__hint" }, fill(words.long, { count: number(LONGEST) })));
  }
  if (sure.length > 1) say(sure.some((match) => match.header) ? words.several : words.together);
  for (const match of sure) parts.push(error(match, view));
  if (found.addresses.length) {
    parts.push(element("ul", { class: "kw-panel__rows" }, ...found.addresses.map((one) =>
      row(one.kind, fill(words[`address_${one.kind}`], one), one.address))));
  }
  if (found.general) {
    say(words.general);
    parts.push(error(found.general, view));
  }
  for (const doubt of ["common", "code", "status"]) {
    const doubtful = found.matches.filter((match) => match.doubt === doubt);
    if (doubtful.length) say(words[`perhaps_${doubt}`]);
    for (const match of doubtful) parts.push(error(match, view));
  }
  if (found.matches.length === 0 && !found.general) say(words.unknown);
  if (found.facts.refused.size) {
    parts.push(shortList([...found.facts.refused], (field) => row("refused", fieldWords(field, found, view), field), words));
  }
  if (found.ids.length) {
    const rows = shortList(found.ids, (id) => row(id.kind, idWords(id, view), id.id), words, found.moreIds);
    parts.push(element("p", { class: "kw-panel__label" }, words.ids), rows);
  }
  for (const name of found.through) {
    const { name: title, does } = tables.intermediaries[name];
    parts.push(element("p", { class: "kw-panel__hint", "data-through": name }, `${fill(words.through, { name: view.text(title) })} `, ...coded(view.text(does))));
  }
  if (!sure.some((match) => match.provider)) parts.push(...further(found, chosen, view));
  return parts;
}

// What else there is to do where no error of a provider is certain: whom to ask, the vendor's own list, a report.
function further(found, chosen, { tables, words, links, text }) {
  const items = [];
  if (found.pointed.length === 0 && !chosen && found.matches.every((match) => !match.between)) items.push([words.which]);
  for (const provider of found.pointed) {
    const { list, name } = tables.providers[provider];
    if (list) items.push([element("a", { href: text(list), rel: "noopener" }, fill(words.list, { provider: text(name) }))]);
  }
  if (links.report) items.push([element("a", { href: links.report }, words.report)]);
  return items.length ? [element("ul", { class: "kw-panel__notes" }, ...items.map((item) => element("li", {}, ...item)))] : [];
}

function error(match, { tables, words, links, text }) {
  const owner = match.provider ? tables.providers[match.provider] : tables.intermediaries[match.between];
  const { title, retry, seen, match: told, meaning, steps } = owner.errors[match.error];
  const name = match.provider ?? match.between;
  const address = (match.provider ? links.details ?? "#{error}" : links.between ?? "#{provider}-{error}")
    .replace("{provider}", name).replace("{error}", match.error);
  const heading = element("p", { class: "kw-panel__summary" }, element("a", { href: address }, text(title)));
  const notes = element("ul", { class: "kw-panel__notes" });
  if (!owner.any_provider) notes.append(element("li", {}, fill(words.provider, { provider: text(owner.name) })));
  notes.append(element("li", {}, words[`retry_${retry}`]));
  if (match.header) {
    const values = { header: match.header, value: told.headers[match.header] };
    notes.append(element("li", {}, fill(words.header, values)));
  }
  const parts = [heading, notes];
  if (meaning) parts.push(element("p", {}, ...coded(text(meaning))));
  if (steps) parts.push(element("ol", { class: "kw-panel__steps" }, ...steps.map((step) => element("li", {}, ...coded(text(step))))));
  if (!owner.any_provider) parts.push(element("p", { class: "kw-panel__hint" }, fill(words.seen, { day: seen })));
  return element("div", { class: `kw-panel__match kw-panel__match--${retry}`, "data-error": `${name}/${match.error}` }, ...parts);
}

function fieldWords(field, found, { tables, words }) {
  const provider = found.matches.find((match) => match.provider)?.provider ?? found.pointed[0];
  const renames = provider ? tables.providers[provider].renames : {};
  const instead = Object.hasOwn(renames, field) ? renames[field] : null;
  return instead ? fill(words.field_rename, { instead }) : words.field_remove;
}

function idWords(id, { tables, words, text }) {
  const values = { ...id, provider: id.provider ? text(tables.providers[id.provider].name) : "" };
  if (id.kind === "retired" && !id.replacement) return fill(words.id_retired, values);
  if (id.kind === "retired") return fill(words.id_replaced, values);
  if (id.kind === "unknown" && id.nearest) return fill(words.id_nearest, values);
  return fill(words[`id_${id.kind}`], values);
}

function row(kind, explanation, code) {
  return element("li", { class: `kw-panel__row kw-panel__row--${kind}` }, element("code", {}, shortened(code)), " ", explanation);
}
