// The error decoder: paste an error, see which it is and what the ids in it mean. Everything stays in the page.
// It fills each <div class="kw-decoder" data-source="…/errors.json" data-provider="…" data-details="…">, where details
// is the address of an error's page with {provider} and {error} in it; without it, the page's own text explains.

import { afterPause, element, fill, number, shortened, shortList, sourceOf } from "./dom.js";
import { decode } from "./error-match.js";
import { LONGEST } from "./error-parse.js";

for (const place of document.querySelectorAll(".kw-decoder")) show(place);

async function show(place) {
  const { tables, words } = await sourceOf(place);
  if (!tables) return;
  const input = element("textarea", {
    id: "kw-decoder-input", class: "kw-panel__input", rows: 8, spellcheck: "false", autocapitalize: "off",
    "aria-describedby": "kw-decoder-hint",
  });
  const answer = element("div", { role: "status" });
  const home = place.dataset.provider ?? Object.keys(tables.providers)[0];
  input.addEventListener("input", afterPause(() => {
    const parts = input.value.trim() ? explain(input.value, { tables, words, home, details: place.dataset.details }) : [];
    answer.replaceChildren(...parts);
  }));
  place.replaceChildren(
    element("label", { for: input.id, class: "kw-panel__label" }, words.label), input,
    element("p", { id: "kw-decoder-hint", class: "kw-panel__hint" }, words.hint), answer,
  );
}

function explain(pasted, view) {
  const { tables, words, home } = view;
  const found = decode(pasted, tables, home);
  const parts = [];
  if (pasted.length > LONGEST) {
    parts.push(element("p", { class: "kw-panel__hint" }, fill(words.long, { count: number(LONGEST) })));
  }
  if (found.matches.length === 0) parts.push(element("p", { class: "kw-panel__summary" }, words.unknown));
  const doubt = found.matches.length > 1 ? words.several : found.matches[0]?.byStatus && words.perhaps;
  if (doubt) parts.push(element("p", { class: "kw-panel__summary" }, doubt));
  for (const match of found.matches) parts.push(error(match, view));
  if (found.facts.refused.size) {
    parts.push(shortList([...found.facts.refused], (field) => row("refused", fieldWords(field, found, view), field), words));
  }
  if (found.ids.length) {
    const rows = shortList(found.ids, (id) => row(id.kind, idWords(id, view), id.id), words, found.moreIds);
    parts.push(element("p", { class: "kw-panel__label" }, words.ids), rows);
  }
  return parts;
}

function error(match, { tables, words, home, details }) {
  const { title, retry, seen, match: told } = tables.providers[match.provider].errors[match.error];
  const language = document.documentElement.lang.slice(0, 2);
  const address = (details ?? "#{error}").replace("{provider}", match.provider).replace("{error}", match.error);
  const heading = element("p", { class: "kw-panel__summary" });
  heading.append(details || match.provider === home ? element("a", { href: address }, text(title, language)) : text(title, language));
  const notes = element("ul", { class: "kw-panel__notes" }, element("li", {}, words[`retry_${retry}`]));
  if (match.header) {
    const values = { header: match.header, value: told.headers[match.header] };
    notes.append(element("li", {}, fill(words.header, values)));
  }
  if (match.provider !== home) {
    notes.prepend(element("li", {}, fill(words.provider, { provider: text(tables.providers[match.provider].name, language) })));
  }
  notes.append(element("li", {}, fill(words.seen, { day: seen })));
  return element("div", { class: `kw-panel__match kw-panel__match--${retry}`, "data-error": `${match.provider}/${match.error}` },
    heading, notes);
}

function fieldWords(field, found, { tables, words, home }) {
  const table = tables.providers[found.matches[0]?.provider ?? home];
  const instead = Object.hasOwn(table.renames, field) ? table.renames[field] : null;
  return instead ? fill(words.field_rename, { instead }) : words.field_remove;
}

function idWords(id, { tables, words }) {
  const language = document.documentElement.lang.slice(0, 2);
  const values = { ...id, provider: text(tables.providers[id.provider].name, language) };
  if (id.kind === "retired" && !id.replacement) return fill(words.id_retired, values);
  if (id.kind === "retired") return fill(words.id_replaced, values);
  if (id.kind === "unknown" && id.nearest) return fill(words.id_nearest, values);
  return fill(words[`id_${id.kind}`], values);
}

function row(kind, explanation, code) {
  return element("li", { class: `kw-panel__row kw-panel__row--${kind}` }, element("code", {}, shortened(code)), " ", explanation);
}

function text(localized, language) {
  return localized[language] ?? localized.en;
}
