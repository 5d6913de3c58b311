"""The parts of the style sheet are joined in their layers; what cannot be joined is said with its place."""

from pathlib import Path
from typing import Any

import pytest
from keyway.site.stylesheet import ENTRY, read_stylesheet
from keyway.source.problem import CatalogueError
from support.projects import named_cases

CASES = named_cases("stylesheet")
JOINED = {name: case for name, case in CASES.items() if "joined" in case}
REFUSED = {name: case for name, case in CASES.items() if "problems" in case}


def project_with(folder: Path, case: dict[str, Any]) -> Path:
    for name, text in case["files"].items():
        file = (folder / ENTRY).parent / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


@pytest.mark.parametrize("name", JOINED)
def test_the_parts_are_joined_in_their_layers(name: str, tmp_path: Path) -> None:
    assert read_stylesheet(project_with(tmp_path, JOINED[name])) == JOINED[name]["joined"]


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_joined_is_said_with_its_place(name: str, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as refusal:
        read_stylesheet(project_with(tmp_path, REFUSED[name]))
    assert [str(problem) for problem in refusal.value.problems] == REFUSED[name]["problems"]


def test_a_project_without_an_entry_says_so(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"keyway\.css cannot be read"):
        read_stylesheet(tmp_path)
