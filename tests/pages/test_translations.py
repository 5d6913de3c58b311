"""A translation knows which English text it is of, and says when that has changed."""

import re
from pathlib import Path

import pytest
from keyway.cli import main
from keyway.pages.translations import translations, version

ENGLISH = "---\ntitle: T\n---\n\n# Hello\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for language in ("en", "zh", "ja"):
        (tmp_path / "docs" / language).mkdir(parents=True)
        (tmp_path / "docs" / language / "index.md").write_text(ENGLISH, encoding="utf-8")
        (tmp_path / "docs" / language / "_part.md").write_text("1. A step.\n", encoding="utf-8")
    return tmp_path


def stale(root: Path) -> list[str]:
    return [made.file for made in translations(root) if made.stale]


def test_a_file_that_names_no_version_is_stale(root: Path) -> None:
    assert stale(root) == ["docs/zh/_part.md", "docs/zh/index.md", "docs/ja/_part.md", "docs/ja/index.md"]


def test_stamped_files_are_up_to_date_until_the_english_changes(root: Path) -> None:
    assert main(["translations", "--root", str(root), "--stamp"]) == 0
    assert stale(root) == []
    (root / "docs/en/index.md").write_text(ENGLISH + "More.\n", encoding="utf-8")
    assert stale(root) == ["docs/zh/index.md", "docs/ja/index.md"]


def test_the_stamp_stands_in_the_front_matter_or_in_a_comment_and_once(root: Path) -> None:
    for _ in range(2):
        main(["translations", "--root", str(root), "--stamp"])
    (root / "docs/en/_part.md").write_text("1. Another step.\n", encoding="utf-8")
    main(["translations", "--root", str(root), "--stamp"])
    page = (root / "docs/zh/index.md").read_text(encoding="utf-8")
    assert page.startswith(f"---\ntranslates: {version(ENGLISH)}\ntitle: T\n---")
    part = (root / "docs/zh/_part.md").read_text(encoding="utf-8")
    assert part == f"{{## translates: {version('1. Another step.' + chr(10))} ##}}\n1. A step.\n"


def test_a_version_that_looks_like_a_number_is_quoted_in_the_front_matter(root: Path) -> None:
    """Else the strict reader of front matter would refuse the page that was just marked as done."""
    texts = (f"{ENGLISH}{number}\n" for number in range(10_000))
    english = next(text for text in texts if re.fullmatch("[0-9]+e[0-9]+", version(text)))
    (root / "docs/en/index.md").write_text(english, encoding="utf-8")
    for _ in range(2):
        main(["translations", "--root", str(root), "--stamp"])
        page = (root / "docs/zh/index.md").read_text(encoding="utf-8")
        assert page.startswith(f'---\ntranslates: "{version(english)}"\ntitle: T\n---')
    assert stale(root) == []


def test_only_the_named_files_are_stamped(root: Path) -> None:
    main(["translations", "--root", str(root), "--stamp", "docs/zh/index.md"])
    assert "docs/zh/index.md" not in stale(root)
    assert "docs/ja/index.md" in stale(root)


def test_the_command_lists_stale_files_and_says_so_by_its_exit_code(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["translations", "--root", str(root)]) == 1
    assert "docs/ja/index.md: is of an unknown version" in capsys.readouterr().out
    main(["translations", "--root", str(root), "--stamp"])
    assert main(["translations", "--root", str(root)]) == 0
    assert "4 of 4 translated files are up to date." in capsys.readouterr().out
