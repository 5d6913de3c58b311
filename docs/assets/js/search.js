// Search. Nothing is fetched before the reader opens it; the index is that of the page's language.

const dialog = document.getElementById("kw-find");
const query = dialog.querySelector(".kw-find__query");
const state = dialog.querySelector(".kw-find__state");
const results = dialog.querySelector(".kw-find__results");
const MOST = 12;
const MOST_ASKED = 36; // pages fetched to be asked for a word that the index cannot be asked for
const BEGINNING = 3; // letters of one of the words that a page must have to be an answer
const PAUSE = 120; // milliseconds without a key press before a search starts
const RANKING = { pageLength: 0.2 }; // a guide names a model among many words, and is not worth less for it

let index;

function open() {
  if (!dialog.open) dialog.showModal();
  query.select();
  query.focus();
  index ??= import(new URL(dialog.dataset.index, document.baseURI)).then(async (pagefind) => {
    await pagefind.options({ ranking: RANKING });
    await pagefind.init();
    return pagefind;
  });
  index.catch(() => {
    index = undefined;
    state.textContent = dialog.dataset.failed;
  });
}

function part(name, className, ...content) {
  const element = document.createElement(name);
  element.className = className;
  element.append(...content);
  return element;
}

// Pagefind marks what it found with <mark> in text that it has escaped; anything else stays text.
function excerpt(html) {
  const pieces = [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
  return part(
    "span",
    "kw-find__text",
    ...pieces.map((piece) => (piece.nodeName === "MARK" ? part("mark", "", piece.textContent) : piece.textContent)),
  );
}

function entry(found) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const home = new URL(dialog.dataset.home, document.baseURI).pathname;
  link.href = found.url;
  link.append(
    part("span", "kw-find__title", found.meta.title),
    part("span", "kw-find__where", new URL(link.href).pathname.replace(home, "").replace(/\/$/, "").replaceAll("/", " / ")),
    excerpt(found.excerpt),
  );
  item.append(link);
  return item;
}

// The browser cuts some Chinese words into single characters (密, 钥) that the index holds as one (密钥), and then
// finds nothing. So each such run is looked up by its first character, and the pages are asked for the whole run.
function loosened(words) {
  const runs = [];
  let run = "";
  let loose = "";
  const segments = globalThis.Intl?.Segmenter
    ? [...new Intl.Segmenter(document.documentElement.lang, { granularity: "word" }).segment(words)].map((piece) => piece.segment)
    : [words];
  for (const segment of [...segments, ""]) {
    if (/^\p{Script=Han}$/u.test(segment)) {
      run += segment;
      continue;
    }
    if (run.length > 1) runs.push(run);
    loose += (run ? ` ${run[0]} ` : "") + segment;
    run = "";
  }
  return { loose, runs };
}

// For a word that it does not have, the index answers with shorter ones, down to one letter ("z" for "zzqqxxyy").
function hasBeginning(page, words) {
  const text = `${page.meta.title} ${page.content}`.toLowerCase();
  const parts = words.toLowerCase().match(/[\p{Script=Latin}\d]+/gu) ?? [""];
  return parts.some((part) => text.includes(part.slice(0, BEGINNING)));
}

async function lookUp(pagefind, words) {
  const { loose, runs } = loosened(words);
  const search = await pagefind.debouncedSearch(runs.length ? loose : words, {}, PAUSE);
  if (search === null) return null; // a newer one has begun
  const found = await Promise.all(search.results.slice(0, runs.length ? MOST_ASKED : MOST).map((result) => result.data()));
  return found
    .filter((page) => runs.every((run) => page.content.includes(run)) && hasBeginning(page, words))
    .slice(0, MOST);
}

async function search() {
  const words = query.value.trim();
  if (!words) {
    results.replaceChildren();
    state.textContent = "";
    return;
  }
  const pagefind = await index;
  const found = await lookUp(pagefind, words);
  if (found === null) return;
  if (query.value.trim() !== words) return;
  state.textContent = found.length ? "" : `${dialog.dataset.none} ${words}`;
  results.replaceChildren(...found.map(entry));
}

// The arrows go through the field and the results in a ring.
function step(by) {
  const stops = [query, ...results.querySelectorAll("a")];
  const here = Math.max(stops.indexOf(document.activeElement), 0);
  stops[(here + by + stops.length) % stops.length].focus();
}

for (const button of document.querySelectorAll("[data-kw-find]")) {
  button.hidden = false;
  button.addEventListener("click", open);
}
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.nodeName) || event.target.isContentEditable;
  const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (slash || (event.key === "k" && (event.ctrlKey || event.metaKey))) {
    event.preventDefault();
    open();
  }
});
dialog.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) {
    event.preventDefault(); // browsers would empty the field first, and close only then
    dialog.close();
    return;
  }
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || event.isComposing) return;
  event.preventDefault();
  step(by);
});
query.addEventListener("input", () =>
  search().catch(() => {
    state.textContent = dialog.dataset.failed;
  }),
);
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
query.form.addEventListener("submit", (event) => {
  if (event.submitter?.classList.contains("kw-find__close") && document.activeElement !== query) return;
  event.preventDefault();
  results.querySelector("a")?.click();
});
