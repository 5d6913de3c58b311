// What a page does by itself: colours, copying, menus that close, and the heading one is at.

const root = document.documentElement;

// Colours: the system's until the reader chooses.
const scheme = document.querySelector("[data-kw-scheme]");
const night = matchMedia("(prefers-color-scheme: dark)");
const dark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : night.matches);

function nameScheme() {
  const name = dark() ? scheme.dataset.light : scheme.dataset.dark;
  scheme.setAttribute("aria-label", name);
  scheme.title = name;
}

scheme.hidden = false;
scheme.addEventListener("click", () => {
  root.dataset.scheme = dark() ? "light" : "dark";
  try {
    localStorage.setItem("keyway.scheme", root.dataset.scheme);
  } catch {
    // Storage is switched off: the choice holds for this page.
  }
  nameScheme();
});
night.addEventListener("change", nameScheme);
nameScheme();

// Menus close on Escape and on a click elsewhere.
const menus = document.querySelectorAll(".kw-languages");
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) {
    if (menu.open && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
});

// Copying what is to be pasted.
const { copy, copied } = document.querySelector("script[data-copy]").dataset;
const SHOWN = 1600; // milliseconds that "copied" stays
export function offerCopy(block) {
  if (!navigator.clipboard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "kw-copy";
  button.textContent = copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(block.querySelector("code").textContent.trimEnd());
    button.textContent = copied;
    setTimeout(() => (button.textContent = copy), SHOWN);
  });
  block.append(button);
}
document.querySelectorAll(".highlight").forEach(offerCopy);

// Code wider than its block can be scrolled by keyboard.
for (const code of document.querySelectorAll("pre > code")) if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;

// The table of contents marks the last heading above the upper third of the window.
const entries = new Map(
  [...document.querySelectorAll(".kw-side--toc a")].map((link) => [document.getElementById(decodeURIComponent(link.hash.slice(1))), link]),
);
if (entries.size) {
  const mark = () => {
    let here;
    for (const [heading, link] of entries) {
      if (heading && heading.getBoundingClientRect().top < innerHeight / 3) here = link;
      link.removeAttribute("aria-current");
    }
    here?.setAttribute("aria-current", "location");
  };
  const watcher = new IntersectionObserver(mark, { rootMargin: "0px 0px -66%" });
  for (const heading of entries.keys()) if (heading) watcher.observe(heading);
}
