"""`keyway check`: every problem of the catalogue."""

import argparse
import sys

from ..evidence.recording import recording_problems
from ..loading.load import load_catalogue
from ..schema.catalogue import Catalogue
from ..source.problem import CatalogueError
from ..source.problem_formats import FORMATS, formatted

SUMMARY = "Read the whole catalogue and list every problem, with its place and what to write instead."


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="text for people, json for programs, github for annotations"
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when all is well, 2 with every problem listed."""
    if not (arguments.root / "data").is_dir():
        advice = "run this in the project's folder, or name it with --root"
        print(f"keyway: there is no folder data/ in {arguments.root.absolute()}; {advice}", file=sys.stderr)
        return 2
    problems = recording_problems(arguments.root)
    try:
        catalogue = load_catalogue(arguments.root)
    except CatalogueError as error:
        problems += error.problems
    if problems:
        sys.stdout.write(formatted(problems, arguments.format))
        sys.stdout.flush()
        files = len({problem.file for problem in problems})
        print(f"{_count(len(problems), 'problem')} in {_count(files, 'file')}", file=sys.stderr)
        return 2
    print("[]" if arguments.format == "json" else f"All is well: {summary(catalogue)}.")
    return 0


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
