"""No sentence stands twice: what two files of a language share, one of them takes from the other."""

from collections import defaultdict
from pathlib import Path

import pytest
from support.paths import PROJECT

RUN = 5
"""Equal lines in a row that are no longer chance; the frames of pages of one kind share up to four."""


def repeated(folder: Path, run: int = RUN) -> dict[tuple[str, ...], list[str]]:
    """Files below `folder` -> the runs of `run` lines, blank ones aside, that each of them has."""
    files = defaultdict(set)
    for path in sorted(folder.rglob("*.md")):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        length = min(run, len(lines)) or 1
        for start in range(len(lines) - length + 1):
            files["\n".join(lines[start : start + length])].add(path.relative_to(folder).as_posix())
    shared: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for text, names in files.items():
        if len(names) > 1:
            shared[tuple(sorted(names))].append(text)
    return shared


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
def test_no_two_files_of_a_language_share_a_run_of_lines(language: str) -> None:
    assert repeated(PROJECT / "docs" / language) == {}


def test_a_copied_passage_is_found(tmp_path: Path) -> None:
    passage = "\n\n".join(f"Line {number}." for number in range(RUN))
    (tmp_path / "a.md").write_text(f"First.\n{passage}\n", encoding="utf-8")
    (tmp_path / "b.md").write_text(f"{passage}\nLast.\n", encoding="utf-8")
    assert list(repeated(tmp_path)) == [("a.md", "b.md")]
    (tmp_path / "b.md").write_text(passage.replace("Line 2.", "Line two."), encoding="utf-8")
    assert repeated(tmp_path) == {}


def test_short_files_that_are_equal_are_found(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("One line.\n", encoding="utf-8")
    assert list(repeated(tmp_path)) == [("a.md", "b.md")]


def test_no_file_of_sentences_has_the_name_of_a_file_of_macros_for_all_languages() -> None:
    """`parts.card` would be the one in `overrides/parts/`, and the other would never be run."""
    shared = {path.stem for path in (PROJECT / "overrides" / "parts").glob("*.html")}
    sentences = {path.stem for path in (PROJECT / "docs").glob("*/_parts/*.md")}
    assert shared
    assert sentences
    assert shared & sentences == set()
