// A client's configuration for the endpoint and the model that the reader chooses. Every text was written, coloured
// and tested where the site was built; here its lines are only put in place. Without this script, or without its data,
// the page has the recommended variant and a few more.

import { offerCopy } from "./theme.js";
import { element, sourceOf } from "./dom.js";

for (const place of document.querySelectorAll(".kw-snippet")) show(place);

async function show(place) {
  const { tables, words } = await sourceOf(place);
  if (!tables) return;
  const language = document.documentElement.lang.slice(0, 2);
  const endpoints = new Map(tables.endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const shown = place.querySelector(".kw-snippet__shown");
  const spare = shown.querySelector(".kw-snippet__block").cloneNode(true);

  const names = tables.endpoints.map((endpoint) => option(endpoint.id, endpoint.name[language] ?? endpoint.name.en));
  const endpoint = element("select", { id: "kw-snippet-endpoint", class: "kw-panel__choice" }, ...names);
  const model = element("select", { id: "kw-snippet-model", class: "kw-panel__choice" });
  const status = element("p", { class: "kw-sr", role: "status" });
  endpoint.value = tables.start;

  const fill = () => {
    const { models, start } = endpoints.get(endpoint.value);
    const wanted = model.value;
    model.replaceChildren(...models.map((each) => {
      const ids = Object.keys(each.ids).map((id) => option(id, id));
      return element("optgroup", { label: each.name }, ...ids);
    }));
    model.value = models.some((each) => wanted in each.ids) ? wanted : start;
  };
  const update = () => {
    const { models, variable } = endpoints.get(endpoint.value);
    const numbers = models.find((each) => model.value in each.ids).ids[model.value];
    const key = shown.querySelector(".kw-snippet__key");
    key.hidden = !variable;
    key.querySelector("code").textContent = variable;
    const places = [...shown.querySelectorAll(".kw-snippet__block")];
    numbers.forEach((number, place) => fillBlock(places[place] ?? added(shown, spare), tables, tables.blocks[number], words));
    for (const left of places.slice(numbers.length)) left.remove();
    status.textContent = `${endpoint.selectedOptions[0].textContent}, ${model.value}`;
  };
  endpoint.addEventListener("change", () => { fill(); update(); });
  model.addEventListener("change", update);

  fill();
  const choices = element("div", { class: "kw-snippet__choices" });
  if (tables.endpoints.length > 1) choices.append(field(words.endpoint, endpoint));
  choices.append(field(words.model, model), status);
  place.prepend(choices);
  for (const other of place.querySelectorAll(".kw-snippet__other")) other.hidden = true; // the choices have them all
}

const option = (value, text) => element("option", { value }, text);
const field = (name, choice) => element("p", {}, element("label", { for: choice.id, class: "kw-panel__label" }, name), choice);

function added(shown, spare) {
  const block = spare.cloneNode(true);
  block.querySelector(".kw-copy")?.remove();
  shown.append(block);
  offerCopy(block.querySelector(".highlight"));
  return block;
}

function fillBlock(place, tables, block, words) {
  const title = place.querySelector(".kw-snippet__title");
  title.querySelector("span").textContent = words[block.title];
  title.querySelector("code").textContent = block.file ?? "";
  title.querySelector("code").hidden = !block.file;
  const code = place.querySelector("pre code");
  code.replaceChildren();
  for (const number of block.lines) {
    const line = tables.lines[number];
    for (let part = 0; part < line.length; part += 2) {
      code.append(line[part] ? element("span", { class: line[part] }, line[part + 1]) : line[part + 1]);
    }
    code.append("\n");
  }
}
