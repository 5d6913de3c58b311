"""The built site in memory: everything read, judged and rendered on one day, ready for a static site generator.

It is all that a generator (MkDocs today) needs to know, and it knows nothing of the generator.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from markupsafe import escape

from ..evidence.recording import read_recordings
from ..loading.load import load_catalogue
from ..pages.queries import Queries
from ..pages.render import Rendered, render_site
from ..pages.routes import Page, expand_nav
from ..pages.words import THEME, Names, missing_words
from ..source.problem import CatalogueError, Problem
from .cjk import join_lines
from .csp import with_policy
from .files import feed_path, site_files
from .html_blocks import with_blocks, without_blocks
from .search import build_index


@dataclass(frozen=True)
class Site:
    """The pages of all languages; `shown` are the paths that the navigation lists."""

    query: Queries
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
        texts = self.query.catalogue.words[THEME]
        return Names({name: escape(text[language]) for name, text in texts.items()}, THEME)

    def nav(self, template: list, language: str) -> list:
        """The navigation tree of mkdocs.yml with its brackets filled and its titles in `language`, escaped."""
        texts = self.texts[language]
        titles = {path: escape(texts[path].meta.get("short") or texts[path].meta["title"]) for path in self.shown}
        words = self.query.catalogue.words["nav"]

        def section(kind: str, value: str) -> str:
            if kind == "provider":
                return escape(self.query.catalogue.providers[value].name[language])
            return escape(words[value][language])

        try:
            return expand_nav(template, self.pages, titles, section)
        except KeyError as error:
            raise CatalogueError(
                [Problem("mkdocs.yml", 1, 1, f"`nav` names {error.args[0]}, which is no page and no word of `nav`")]
            ) from None

    def feed_path(self, language: str) -> str:
        """Where the Atom feed of `language` stands below the site's root."""
        return feed_path(language)

    def markdown(self, language: str, path: str) -> str:
        """What the generator is to make HTML of: the page's Markdown without its blocks of finished HTML."""
        return without_blocks(self.text(language, path).markdown)[0]

    def content_html(self, html: str, language: str, path: str) -> str:
        """The page's content: what the generator made of `markdown`, its blocks back in place, CJK lines joined."""
        blocks = without_blocks(self.text(language, path).markdown)[1]
        return join_lines(with_blocks(html, blocks))

    def page_html(self, html: str, *, served: bool) -> str:
        """A whole page with its content security policy; `served` pages get the generator's live reload script."""
        return with_policy(html, served=served)

    def finish(self, site: Path, address: str) -> None:
        """Write what stands beside the pages: files to download, documents and feeds for programs, the search index."""
        for name, text in site_files(self.query, address).items():
            file = site / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        build_index(site)


def build_site(root: Path, day: date) -> Site:
    """Read `root`, and render every page as of `day`.

    Raises CatalogueError with every problem of the data, or of the templates, at once.
    """
    query = Queries(load_catalogue(root), read_recordings(root), day)
    if missing := missing_words(root, query.catalogue.words):
        raise CatalogueError(missing)
    texts = render_site(root, query)
    hidden = {
        path
        for path, text in texts["en"].items()
        if "alias" in text.page.params or "error" in text.page.params or _past(query, text.page)
    }
    return Site(query, texts, frozenset(texts["en"].keys() - hidden))


def _past(query: Queries, page: Page) -> bool:
    """Whether the page is of a model that no longer answers; such pages are found by search and links."""
    if "model" not in page.params:
        return False
    model = query.catalogue.models[page.params["provider"]][page.params["model"]]
    return not query.answers(model)
