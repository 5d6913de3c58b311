"""One edition of the site: everything read, judged and rendered on one day, ready for a page builder.

What a builder (MkDocs today) needs to know and nothing of how it works.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from markupsafe import escape

from ..evidence.recording import read_recordings
from ..exports.downloads import downloads
from ..reading.read import read
from .context import Names
from .facts import Facts
from .lines import close
from .policy import secure
from .publications import feed_path, publications
from .render import Rendered, render_site
from .routes import Page, expand_nav
from .search import index

__all__ = ["Edition", "close", "feed_path", "make", "secure"]


@dataclass(frozen=True)
class Edition:
    """The pages of all languages; `shown` are the paths that the navigation lists."""

    facts: Facts
    texts: Mapping[str, Mapping[str, Rendered]]
    shown: frozenset[str]

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page, once; the languages have the same ones."""
        return tuple(text.page for text in self.texts["en"].values())

    def text(self, language: str, path: str) -> Rendered:
        """The page at `path` in `language`."""
        return self.texts[language][path]

    def description(self, language: str) -> str:
        """What the site is, in one sentence: the home page's own description."""
        return self.texts[language]["index.md"].meta["description"]

    def words(self, language: str) -> Names:
        """What the theme says around the pages, escaped."""
        return Names({name: escape(text[language]) for name, text in self.facts.catalogue.words["site"].items()})

    def nav(self, template: list, language: str) -> list:
        """The navigation tree of mkdocs.yml with its brackets filled and its titles in `language`, escaped."""
        texts = self.texts[language]
        titles = {path: escape(texts[path].meta.get("short") or texts[path].meta["title"]) for path in self.shown}
        words = self.facts.catalogue.words["nav"]

        def section(kind: str, value: str) -> str:
            if kind == "provider":
                return escape(self.facts.catalogue.providers[value].name[language])
            return escape(words[value][language])

        return expand_nav(template, self.pages, titles, section)

    def finish(self, site: Path, address: str) -> None:
        """Write what stands beside the pages: files to download, documents and feeds for programs, the search index."""
        files = {**downloads(self.facts.catalogue, self.facts.offered), **publications(self.facts, address)}
        for name, text in files.items():
            file = site / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        index(site)


def make(root: Path, day: date) -> Edition:
    """Read `root`, and render every page as of `day`.

    Raises CatalogueError with every problem of the data, or of the templates, at once.
    """
    facts = Facts(read(root), read_recordings(root), day)
    texts = render_site(root, facts)
    hidden = {
        path
        for path, text in texts["en"].items()
        if "alias" in text.page.subjects or "error" in text.page.subjects or _past(facts, text.page)
    }
    return Edition(facts, texts, frozenset(texts["en"].keys() - hidden))


def _past(facts: Facts, page: Page) -> bool:
    """Whether the page is of a model that no longer answers; such pages are found by search and links."""
    if "model" not in page.subjects:
        return False
    model = facts.catalogue.models[page.subjects["provider"]][page.subjects["model"]]
    return facts.status(model) not in ("listed", "deprecated", "account", "by-name")
