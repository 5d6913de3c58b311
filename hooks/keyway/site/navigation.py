"""The navigation, the `nav` of mkdocs.yml: what it names exists, and it names every page that readers can open.

Only that part of mkdocs.yml is read, as strictly as the data; the rest belongs to the generator.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from ..pages.routes import BRACKET, Nav, Page
from ..pages.translations import SOURCE
from ..schema.words import NeededWord
from ..source.document import Path as Place
from ..source.document import SourceFile
from ..source.problem import CatalogueError, Problem
from ..source.reader import read_source

FILE = "mkdocs.yml"
WORDS = "nav"
"""The group of words that the titles of sections are keys of."""
SECTION = re.compile(rf"^{WORDS}:.*\n(?:[ #\n].*\n?|\n)*", re.MULTILINE)
"""The `nav` of mkdocs.yml: up to the next key that begins a line."""
REPEATED = ("provider",)
"""What a section can be repeated for, in brackets as its title."""


def read_navigation(root: Path) -> SourceFile:
    """The `nav` of `root`/mkdocs.yml with the places of its entries; raises CatalogueError where it cannot be read."""
    try:
        text = (root / FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError([Problem(FILE, 1, 1, f"the file cannot be read ({error}); restore it")]) from None
    found = SECTION.search(text)
    if not found:
        raise CatalogueError([Problem(FILE, 1, 1, "there is no `nav`; add the list of pages that readers can open")])
    source = read_source(FILE, ("\n" * text.count("\n", 0, found.start()) + found[0]).encode())
    if source.problems:
        raise CatalogueError(source.problems)
    return source


def nav_entries(nav: SourceFile) -> Nav:
    """What `nav` lists; nothing where it is no list, so that every page is missing from it."""
    entries = nav.data[WORDS]
    return entries if isinstance(entries, list) else []


def navigation_problems(
    root: Path, nav: SourceFile, shown: Mapping[str, Page], words: Collection[str]
) -> Iterator[Problem]:
    """What the navigation names and is not there, and which page it leaves out.

    `shown` has each page that it has to list, by its path; `words` are the titles of sections.
    """
    prose = root / "docs" / SOURCE
    routes = {path.relative_to(prose).as_posix() for path in prose.rglob("*.md") if BRACKET.search(path.as_posix())}
    listed: set[str] = set()
    for place, entry, is_title in _entries(nav_entries(nav), (WORDS,)):
        brackets = BRACKET.findall(entry)
        if not is_title:
            listed.add(entry)
            if entry not in (routes if brackets else shown):
                yield nav.problem(place, f"no file in docs/ makes the page {entry}; check the name, or delete the line")
        elif brackets:
            if brackets[0] not in REPEATED:
                yield nav.problem(place, f"a section cannot be repeated for {entry}; write [{'] or ['.join(REPEATED)}]")
        elif entry not in words:
            yield nav.problem(place, NeededWord(WORDS, entry).missing(), key=True)
    for path, page in shown.items():
        if path not in listed and page.layout not in listed:
            message = f"the page is not in the navigation; add a line `- {path}` to `nav` of {FILE}"
            yield Problem(f"docs/{SOURCE}/{page.template}", 1, 1, message)


def _entries(items: object, place: Place) -> Iterator[tuple[Place, str, bool]]:
    """(place, text, whether it is the title of a section) of everything that the navigation names."""
    for number, item in enumerate(items if isinstance(items, list) else ()):
        here = (*place, number)
        if isinstance(item, str):
            yield here, item, False
        elif isinstance(item, dict):
            for title, below in item.items():
                yield (*here, title), title, True
                yield from _entries(below, (*here, title))
