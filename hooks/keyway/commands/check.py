"""`keyway check`: every problem that would stop a build for a reason in `data/` or `docs/`."""

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from ..schema.catalogue import Catalogue
from ..schema.fields import LANGUAGES
from ..site.inputs import read_inputs
from ..source.characters import objection
from ..source.problem import CatalogueError, Problem
from ..source.problem_formats import FORMATS, annotation, formatted
from .advice import wanting

SUMMARY = "Read the whole catalogue, fill every page with it, and list every problem with its place and its remedy."

ADDRESS = "https://keyway.example/"
"""Stands for the site's own address, so that the files are made that only a site with an address has."""


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="text for people, json for programs, github for annotations"
    )
    parser.add_argument(
        "--no-pages", action="store_true", help="leave out the pages: check what data/ says by itself, in a second"
    )
    parser.add_argument(
        "--advice",
        action="store_true",
        help="name what is missing for full pages and guides, each with its place; it is no problem, and the code is 0",
    )
    parser.add_argument(
        "--day",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="the day of what is checked, after which nobody can have seen anything, such as that of a commit; without"
        " it no day is too late, so that the same files always get the same answer",
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when all is well, 2 with every problem listed."""
    if not (arguments.root / "data").is_dir():
        advice = "run this in the project's folder, or name it with --root"
        print(f"keyway: there is no folder data/ in {arguments.root.absolute()}; {advice}", file=sys.stderr)
        return 2
    try:
        catalogue, recordings = read_inputs(arguments.root, arguments.day)
        if not arguments.no_pages:
            fill_pages(arguments.root)
    except CatalogueError as error:
        sys.stdout.write(formatted(error.problems, arguments.format))
        sys.stdout.flush()
        files = len({problem.file for problem in error.problems})
        print(f"{_count(len(error.problems), 'problem')} in {_count(files, 'file')}", file=sys.stderr)
        return 2
    lines = wanting(arguments.root, catalogue, recordings)
    if arguments.format == "json":
        sys.stdout.write(formatted(lines if arguments.advice else [], "json"))
        return 0
    print(f"All is well: {summary(catalogue)}.")
    if arguments.advice and arguments.format == "github":
        print("\n".join(annotation(line, "notice") for line in lines))
    elif arguments.advice:
        print("\n".join(str(line) for line in lines))
    elif lines:
        print(f"Pages leave out {_count(len(lines), 'thing')} for want of data; `keyway check --advice` names them.")
    return 0


def fill_pages(root: Path) -> None:
    """Make everything that a build writes, in memory.

    Raises CatalogueError with every problem there is.
    """
    # Here and not above: templates and colours of code take as long to import as the data take to read.
    from ..site.build import build_day, build_site

    site = build_site(root, build_day())
    made = [
        (f"docs/{language}/{one.page.template}", "\n".join((one.markdown, *map(str, one.meta.values()))))
        for language, pages in site.texts.items()
        for one in pages.values()
    ]
    made += [("data", text) for text in site.files(ADDRESS).values()]
    raise_for_unwritable(made)
    for language in LANGUAGES:
        site.nav(language)
        site.words(language)
        site.description(language)


def raise_for_unwritable(texts: Iterable[tuple[str, str]]) -> None:
    """Raise CatalogueError for each of `texts`, (where it comes from, text), that no file can hold."""
    problems = []
    for file, text in texts:
        try:
            text.encode()
        except UnicodeEncodeError as error:
            problems.append(Problem(file, 1, 1, f"here is {objection(text[error.start])}"))
    if problems:
        raise CatalogueError(problems)


def summary(catalogue: Catalogue) -> str:
    """`107 models, 3 providers, 4 clients, 210 words`."""
    numbers = {
        "model": sum(map(len, catalogue.models.values())),
        "provider": len(catalogue.providers),
        "client": len(catalogue.clients),
        "word": sum(map(len, catalogue.words.values())),
    }
    return ", ".join(_count(number, noun) for noun, number in numbers.items())


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
