// The request checker: paste a body, see what becomes of each field. Everything stays in the page.
// It fills each <div class="kw-checker" data-source="….requests.json" data-details="…">, where details is the address of
// an error's page with {error} in it; without the script, the page's tables say the same.

import { afterPause, coded, element, fill, number, shortened, shortList, sourceOf } from "./dom.js";
import { checkBody, LONGEST } from "./request-validate.js";

for (const place of document.querySelectorAll(".kw-checker")) show(place);

async function show(place) {
  const { tables, words } = await sourceOf(place);
  if (!tables) return;
  const pathOf = (name) => Object.values(tables.endpoints).find(({ routes }) => routes[name])?.routes[name];
  const route = element("select", { id: "kw-checker-route", class: "kw-panel__choice" });
  for (const name of Object.keys(tables.routes)) {
    route.append(element("option", { value: name }, pathOf(name) ? `POST ${pathOf(name)}` : name));
  }
  const input = element("textarea", {
    id: "kw-checker-input", class: "kw-panel__input", rows: 10, spellcheck: "false", autocapitalize: "off",
    "aria-describedby": "kw-checker-hint",
  });
  const summary = element("p", { class: "kw-panel__summary", role: "status" });
  const findings = element("div");
  const result = element("div", { class: "kw-panel__result" });

  const update = () => {
    const text = input.value.trim() ? input.value : "";
    const found = text ? checkBody(text, tables, route.value) : {};
    const rows = (found.rows ?? []).filter((row) => row.verdict !== "accepted");
    summary.textContent = text ? summaryOf(found, words) : "";
    findings.replaceChildren(...(rows.length ? [shortList(rows, (row) => line(row, words, place.dataset.details), words)] : []));
    result.replaceChildren(...(found.body ? bodyOf(found, words) : []));
  };
  input.addEventListener("input", afterPause(update));
  route.addEventListener("change", update);

  place.replaceChildren(
    element("label", { for: route.id, class: "kw-panel__label" }, words.route), route,
    element("label", { for: input.id, class: "kw-panel__label" }, words.label), input,
    element("p", { id: "kw-checker-hint", class: "kw-panel__hint" }, words.hint),
    summary, findings, result,
  );
}

function summaryOf(found, words) {
  if (found.problem === "long") return fill(words.long, { count: number(LONGEST) });
  if (found.problem === "json") return `${words.not_json} ${found.detail}`;
  if (found.problem) return words.not_object;
  if (found.body === null) return words.blocked;
  if (found.changed) return hasFaults(found) ? words.mended : words.changed;
  if (hasFaults(found)) return words.faults;
  return found.rows.some(({ verdict }) => DOUBTS.includes(verdict)) ? words.doubts : words.unchanged;
}

// What speaks against a request although no field of it is refused, and what leaves a doubt.
const FAULTS = ["missing", "type", "range", "value", "role", "model_retired", "model_replaced", "model_slug", "model_prefix",
  "model_other", "model_weights", "rule_refused", "order_first", "order_last", "order_after", "results_missing", "results_extra"];
const DOUBTS = ["model_unknown", "model_ending", "disputed", "undocumented", "deprecated", "ignored", "rule_ignored", "rule_changed"];

// Whether something is wrong that no other name mends.
function hasFaults(found) {
  return found.rows.some((row) => FAULTS.includes(row.verdict));
}

function line(row, words, details) {
  const said = row.says ? coded(row.says[document.documentElement.lang.slice(0, 2)] ?? row.says.en) : [fill(words[row.verdict], row)];
  const marked = row.says ? [`${words[row.verdict]} `, ...said] : said;
  const link = row.error && details ? [" ", element("a", { href: details.replace("{error}", row.error) }, words.error_page)] : [];
  return element("li", { class: `kw-panel__row kw-panel__row--${row.verdict}` },
    element("code", {}, shortened(row.path)), " ", ...marked, ...link);
}

function bodyOf(found, words) {
  const text = found.body.trim();
  const button = element("button", { type: "button", class: "kw-panel__copy" }, words.copy);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = words.copied;
    } catch {
      getSelection().selectAllChildren(code);
    }
  });
  const code = element("code", {}, text);
  return [element("p", { class: "kw-panel__label" }, hasFaults(found) ? words.result_names : words.result), element("pre", { tabindex: 0 }, code), button];
}
