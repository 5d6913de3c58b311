"""The built site in memory: everything read, judged and rendered on one day, ready for a static site generator.

It is all that a generator (MkDocs today) needs to know, and it knows nothing of the generator.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from markupsafe import escape

from ..pages.queries import Queries
from ..pages.render import Rendered, render_site
from ..pages.routes import Nav, Page, expand_nav
from ..pages.words import HERE, THEME, Names, missing_words
from ..schema.fields import TAGS
from ..source.problem import CatalogueError
from .cjk import join_lines
from .csp import with_policy
from .edit_links import EditLinks, edit_links
from .files import feed_path, site_files
from .html_blocks import with_blocks, without_blocks
from .inputs import read_inputs
from .navigation import WORDS as NAVIGATION
from .navigation import nav_entries, navigation_problems, read_navigation
from .processes import Begun, side_by_side
from .search import build_index
from .stylesheet import read_stylesheet

T = TypeVar("T")
HEADING_LINK = 'title="Permanent link"'
"""What the generator writes into the link of every heading, in every language."""


@dataclass(frozen=True)
class Site:
    """The pages of all languages; `shown` are the paths in the navigation, `entries` the `nav` of mkdocs.yml."""

    query: Queries
    texts: Mapping[str, Mapping[str, Rendered]]
    shown: frozenset[str]
    entries: Nav
    stylesheet: str

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page, once; the languages have the same ones."""
        return tuple(text.page for text in self.texts["en"].values())

    def text(self, language: str, path: str) -> Rendered:
        """The page at `path` in `language`."""
        return self.texts[language][path]

    def description(self, language: str) -> str:
        """What the site is, in one sentence: the home page's own description."""
        return str(self.texts[language]["index.md"].meta["description"])

    def tag(self, language: str) -> str:
        """The tag of `language` for the attribute `lang`."""
        return TAGS[language]

    def words(self, language: str) -> Names:
        """What the theme says around the pages, escaped."""
        texts = self.query.catalogue.words[THEME]
        return Names({name: escape(text[language]) for name, text in texts.items()}, THEME)

    def nav(self, language: str) -> Nav:
        """The navigation tree of mkdocs.yml with its brackets filled and its titles in `language`, escaped."""
        texts = self.texts[language]
        titles = {path: escape(texts[path].meta.get("short") or texts[path].meta["title"]) for path in self.shown}
        words = self.query.catalogue.words[NAVIGATION]

        def section(kind: str, value: str) -> str:
            if kind == "provider":
                return escape(self.query.catalogue.providers[value].name[language])
            return escape(words[value][language])

        return expand_nav(self.entries, self.pages, titles, section)

    def edit_links(self, language: str, path: str, folder: str) -> tuple[EditLinks, ...]:
        """Where the files of the page at `path` are changed; `folder` is the address that edits the project's files."""
        return edit_links(self.query, self.text(language, path), language, folder)

    def feed_path(self, language: str) -> str:
        """Where the Atom feed of `language` stands below the site's root."""
        return feed_path(language)

    def markdown(self, language: str, path: str) -> str:
        """What the generator is to make HTML of: the page's Markdown without its blocks of finished HTML."""
        return without_blocks(self.text(language, path).markdown)[0]

    def content_html(self, html: str, language: str, path: str) -> str:
        """The page's content: what the generator made of `markdown`, its blocks back in place, CJK lines joined.

        The generator words the links of headings in English; they get the language's word.
        """
        blocks = without_blocks(self.text(language, path).markdown)[1]
        here = f'title="{self.words(language)[HERE.name]}"'
        return join_lines(with_blocks(html.replace(HEADING_LINK, here), blocks))

    def page_html(self, html: str, *, served: bool) -> str:
        """A whole page with its content security policy; `served` pages get the generator's live reload script."""
        return with_policy(html, served=served)

    def files(self, address: str) -> Mapping[str, str]:
        """Path below the site's root -> text of what stands beside the pages: downloads, documents and feeds.

        `address` is the site's own, with a slash at its end, or empty; without it there are no feeds.
        """
        return site_files(self.query, self.pages, address)

    def begin(self, task: Callable[[], T]) -> Begun[T]:
        """Begin a part of the build in a process of its own, which has this site."""
        return Begun(task)

    def finish(self, site: Path, files: Mapping[str, str]) -> None:
        """Write `files` beside the pages, and the search index."""
        for name, text in files.items():
            file = site / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        build_index(site)


def build_day() -> date:
    """The day that pages speak of: SOURCE_DATE_EPOCH where a reproducible build sets it, else today (UTC)."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(stamp), UTC) if stamp else datetime.now(UTC)).date()


def build_site(root: Path, day: date) -> Site:
    """Read `root`, and render every page as of `day`.

    Raises CatalogueError with every problem of the data, or of templates, navigation and style sheet, at once.
    """
    query = Queries(*read_inputs(root), day)
    problems = missing_words(root, query.catalogue.words)
    try:
        nav = read_navigation(root)
    except CatalogueError as error:
        problems += error.problems
    try:
        stylesheet = read_stylesheet(root)
    except CatalogueError as error:
        problems += error.problems
    if problems:
        raise CatalogueError(problems)
    texts = render_site(root, query, side_by_side)
    hidden = {
        path
        for path, text in texts["en"].items()
        if "alias" in text.page.params or "error" in text.page.params or _past(query, text.page)
    }
    shown = {path: text.page for path, text in texts["en"].items() if path not in hidden}
    if problems := list(navigation_problems(root, nav, shown, query.catalogue.words[NAVIGATION])):
        raise CatalogueError(problems)
    return Site(query, texts, frozenset(shown), nav_entries(nav), stylesheet)


def _past(query: Queries, page: Page) -> bool:
    """Whether the page is of a model that no longer answers; such pages are found by search and links."""
    if "model" not in page.params:
        return False
    model = query.catalogue.models[page.params["provider"]][page.params["model"]]
    return not query.answers(model)
