"""Every cell of every table of models, in every language, says what the record says."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from keyway.loading.load import load_catalogue
from keyway.pages.queries import Queries
from keyway.pages.render import Rendered, Renderer
from support.cells import PageCells
from support.paths import PROJECT
from support.projects import apply, load_cases

LANGUAGES = {"en": "", "zh": "zh/", "ja": "ja/"}
CELLS = 8_000
"""Fewer in a language would mean that tables went unread."""
MUTATIONS: dict[str, dict[str, Any]] = load_cases("cells")["mutations"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rendered_cell_says_what_the_record_says(
    language: str, rendered: Mapping[str, Mapping[str, Rendered]], queries: Queries
) -> None:
    pages = {page.page.url: page.markdown for page in rendered[language].values()}
    assert wrong_cells(pages, language, queries) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_of_the_site_says_what_the_record_says(language: str, site: Path, queries: Queries) -> None:
    home = site / LANGUAGES[language]
    files = {file.parent.relative_to(home).as_posix(): file for file in home.rglob("index.html")}
    own = {path: file for path, file in files.items() if path.split("/")[0] not in LANGUAGES or path == "."}
    pages = {"" if path == "." else f"{path}/": file.read_text(encoding="utf-8") for path, file in own.items()}
    assert wrong_cells(pages, language, queries) == []


def wrong_cells(pages: Mapping[str, str], language: str, queries: Queries) -> list[str]:
    """Every cell on `pages` (address below the language -> text) that does not say what the record says."""
    read, wrong = 0, []
    for path, text in pages.items():
        cells = PageCells(text, path, language, queries)
        wrong += [f"{path}: {problem}" for problem in cells.problems()]
        read += cells.read
    assert read > CELLS
    return wrong


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mistake_in_a_cell_is_seen(name: str, tmp_path: Path, queries: Queries) -> None:
    case = MUTATIONS[name]
    before, after = (first_problem(root, case, queries) for root in (PROJECT, mutated(tmp_path, case)))
    assert (before, after) == (None, case["expected"])


def mutated(root: Path, case: Mapping[str, Any]) -> Path:
    """A copy of the project in `root` with the mistake of `case` in it."""
    shutil.copytree(PROJECT / "data", root / "data", ignore=shutil.ignore_patterns("recordings"))
    shutil.copytree(PROJECT / "overrides", root / "overrides")
    (root / "docs").symlink_to(PROJECT / "docs")
    for change in case.get("changes", [case]):
        apply(root / case["file"], change)
    return root


def first_problem(root: Path, case: Mapping[str, Any], queries: Queries) -> str | None:
    """What the reader of cells says first of the page of `case`, as the project in `root` makes it."""
    made = replace(queries, catalogue=load_catalogue(root)) if case["file"].startswith("data/") else queries
    renderer = Renderer(root, case["language"], made)
    (page,) = [page for page in renderer.pages if page.path == case["page"]]
    cells = PageCells(renderer.render(page).markdown, page.url, case["language"], queries)
    return next(cells.problems(), None)
