"""The files of prose in `docs/`, before any is rendered: there in every language, readable, with checked links.

It reads text and knows no template. What it passes cannot make the generator warn of a link or stop at a file.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from ..schema.fields import LANGUAGES
from ..source.problem import CatalogueError, Problem
from ..source.reader import decoded
from .routes import BRACKET, ROUTES

NO_PROSE = re.compile(
    r"\A---\n.*?^---$"  # front matter
    r"|^ *(?P<fence>```+|~~~+).*?^ *(?P=fence)[`~]*$"
    r"|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
    r"|\{\{.*?\}\}|\{%.*?%\}|\{##.*?##\}",
    re.DOTALL | re.MULTILINE,
)
"""What Markdown takes no link from: front matter, code, and what a template puts in."""
LINK = re.compile(r"\]\(\s*<?(?P<inline>[^)\s>]+)|^ {0,3}\[[^\]]+\]:\s*<?(?P<named>[^\s>]+)", re.MULTILINE)
"""A Markdown link or image, or the definition of a named one."""
BLANK = "¤"
"""Stands for a character of what is no prose."""
OUTWARD = re.compile(r"https?://|mailto:")


def prose_problems(root: Path) -> list[Problem]:
    """What is wrong with the files in `root`/docs whatever their templates say."""
    return [*_missing(root), *_unreadable(root), *_unknown_routes(root), *_texts(root)]


def _missing(root: Path) -> Iterator[Problem]:
    """One problem for each file that some language lacks: a page is in every language or in none."""
    files = {
        language: {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}
        for language in LANGUAGES
        for folder in [root / "docs" / language]
    }
    for language in LANGUAGES:
        for other in LANGUAGES:
            for file in sorted(files[other] - files[language]):
                message = f"the file is missing; docs/{other}/{file} has no counterpart"
                yield Problem(f"docs/{language}/{file}", 1, 1, message)


def _unreadable(root: Path) -> Iterator[Problem]:
    """Every link that leads nowhere; the generator would stop at it while it copies files."""
    for path in sorted((root / "docs").rglob("*")):
        if path.is_symlink() and not path.exists():
            file = path.relative_to(root).as_posix()
            yield Problem(file, 1, 1, "this is a symbolic link to what is not there; delete it, or put the file here")


def _unknown_routes(root: Path) -> Iterator[Problem]:
    """Every file whose brackets name what the catalogue has no records of."""
    for language in LANGUAGES:
        folder = root / "docs" / language
        for path in sorted(folder.rglob("*.md")):
            brackets = tuple(BRACKET.findall(path.relative_to(folder).as_posix()))
            if brackets and brackets not in ROUTES:
                known = ", ".join("/".join(f"[{kind}]" for kind in route) for route in ROUTES)
                message = f"no records fill these brackets; name the file with one of {known}"
                yield Problem(path.relative_to(root).as_posix(), 1, 1, message)


def _texts(root: Path) -> Iterator[Problem]:
    for language in LANGUAGES:
        for path in sorted((root / "docs" / language).rglob("*.md")):
            file = path.relative_to(root).as_posix()
            try:
                text = decoded(file, path.read_bytes())
            except CatalogueError as error:
                yield from error.problems
            except OSError as error:
                yield Problem(file, 1, 1, f"the file cannot be read ({error.strerror}); make it an ordinary file")
            else:
                yield from _links(file, text)


def _links(file: str, text: str) -> Iterator[Problem]:
    """Every Markdown link to a place on this site: nothing of ours would see that it leads nowhere."""
    prose = NO_PROSE.sub(lambda match: re.sub(r"[^\n]", BLANK, match[0]), text)
    for link in LINK.finditer(prose):
        start, end = link.span("inline" if link["inline"] else "named")
        target = text[start:end]
        if not OUTWARD.match(target):
            line = prose.count("\n", 0, link.start()) + 1
            column = link.start() - prose.rfind("\n", 0, link.start())
            advice = 'write {{ parts.link.page("errors", "the text", "decoder") }}, which is checked'
            yield Problem(file, line, column, f"here is a link to {target} in Markdown; {advice}")
