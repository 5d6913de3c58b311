"""`keyway stale`: which facts are older than they may get, the most urgent first."""

import argparse
import json
import sys
from datetime import UTC, date, datetime

from ..evidence.aged import Aged, aged
from ..evidence.verdict import DIFFERENT, OURS, SAME
from ..schema.catalogue import Catalogue
from ..site.inputs import read_inputs
from ..source.problem import CatalogueError
from ..source.problem_formats import formatted

SUMMARY = "List the facts that are older than data/ages.yml lets them get, oldest and most used first."
WHAT = {
    "list": "the models list was recorded",
    "prices": "the price was read",
    "free_plans": "what a free account gets was seen",
    "plans": "the terms were seen",
    "labels": "the labels were read",
    "built_in_models": "the built-in ids were read",
}
"""Kind -> what happened on the day that a line names."""


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="as of this day (default: today, UTC)"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text for people, json for programs")


def run(arguments: argparse.Namespace) -> int:
    """0 when nothing is too old, 1 when something is, which is listed, 2 when our data is wrong."""
    day = arguments.day or datetime.now(UTC).date()
    try:
        catalogue, recordings = read_inputs(arguments.root)
    except CatalogueError as error:
        sys.stderr.write(formatted(error.problems, "text"))
        return OURS
    found = aged(catalogue, recordings, day)
    if arguments.format == "json":
        lines = [{**vars(one), "keys": list(one.keys), "line": _line(catalogue, one)} for one in found]
        sys.stdout.write(json.dumps(lines, indent=1) + "\n")
    else:
        sys.stdout.write("".join(f"{_sentence(catalogue, one)}\n" for one in found) or "Nothing is too old.\n")
    return DIFFERENT if found else SAME


def _line(catalogue: Catalogue, one: Aged) -> int:
    return catalogue.line(one.file, *one.keys) or 1


def _sentence(catalogue: Catalogue, one: Aged) -> str:
    about = f"{one.keys[-1]}: " if one.keys else ""
    pages = f"{one.pages} {'page' if one.pages == 1 else 'pages'}"
    when = f"{WHAT[one.kind]} {one.age} days ago ({one.seen}; {one.limit} are allowed)"
    return f"{one.file}:{_line(catalogue, one)}: {about}{when}, on {pages}"
