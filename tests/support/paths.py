"""Where things stand in the project, and the ids that its file names are: cheap enough for every module to import."""

from pathlib import Path

TESTS = Path(__file__).parents[1]
PROJECT = TESTS.parent
CASES = TESTS / "cases"
"""Inputs with their full expected output, a folder for each area."""
LONGEST = ("site/test_serve.py", "site/test_hostile.py", "clients/test_clients.py")
"""Test files that take longest, begun first: at the end of a parallel run no worker is left alone with one of them."""

PROVIDERS = tuple(sorted(path.stem for path in (PROJECT / "data" / "providers").glob("*.yml")))
CLIENTS = tuple(sorted(path.stem for path in (PROJECT / "data" / "clients").glob("*.yml")))
RECORDED = tuple(sorted({path.parent.name for path in (PROJECT / "data" / "recordings").glob("*/*.json")}))
"""For `parametrize`: the fixture `catalogue` has the records, but only when tests run, not while they are collected."""
LISTED = tuple(
    name
    for name in RECORDED
    if any(
        '"complete": true' in path.read_text("utf-8") for path in (PROJECT / "data/recordings" / name).glob("*.json")
    )
)
"""Those of RECORDED of which some recording is a whole list."""
