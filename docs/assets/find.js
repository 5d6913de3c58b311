// Search. Nothing is fetched before the reader opens it; the index is that of the page's language.

const dialog = document.getElementById("kw-find");
const query = dialog.querySelector(".kw-find__query");
const state = dialog.querySelector(".kw-find__state");
const results = dialog.querySelector(".kw-find__results");
const MOST = 12;
const PAUSE = 120; // milliseconds without a key press before a search starts

let index;

function open() {
  if (!dialog.open) dialog.showModal();
  query.focus();
  index ??= import(new URL(dialog.dataset.index, document.baseURI)).then(async (pagefind) => {
    await pagefind.init();
    return pagefind;
  });
  index.catch(() => {
    index = undefined;
    state.textContent = dialog.dataset.failed;
  });
}

// Pagefind marks what it found with <mark> in text that it has escaped; anything else stays text.
function excerpt(html) {
  const paragraph = document.createElement("p");
  for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
    const piece = document.createElement(node.nodeName === "MARK" ? "mark" : "span");
    piece.textContent = node.textContent;
    paragraph.append(piece);
  }
  return paragraph;
}

function entry(found) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = found.url;
  link.textContent = found.meta.title;
  item.append(link, excerpt(found.excerpt));
  return item;
}

async function search() {
  const words = query.value.trim();
  if (!words) {
    results.replaceChildren();
    state.textContent = "";
    return;
  }
  const pagefind = await index;
  const search = await pagefind.debouncedSearch(words, {}, PAUSE);
  if (search === null) return; // a newer one has begun
  const found = await Promise.all(search.results.slice(0, MOST).map((result) => result.data()));
  if (query.value.trim() !== words) return;
  state.textContent = found.length ? "" : `${dialog.dataset.none} ${words}`;
  results.replaceChildren(...found.map(entry));
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
query.addEventListener("input", search);
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
query.form.addEventListener("submit", (event) => {
  const first = results.querySelector("a");
  if (event.submitter === null || document.activeElement === query) {
    event.preventDefault();
    first?.click();
  }
});
