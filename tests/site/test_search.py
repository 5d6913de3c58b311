"""The search index: whole when a build ends, or the build fails; the same bytes each time."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from keyway.site.search import ENTRY, FOLDER, BrokenIndex, build_index, index_faults

LANGUAGES = {"en": "A key for every model.", "zh": "每个模型都有密钥。", "ja": "すべてのモデルにキーがあります。"}


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A small site in three languages."""
    for language, sentence in LANGUAGES.items():
        (tmp_path / language).mkdir()
        (tmp_path / language / "index.html").write_text(
            f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Page</title>'
            f"<body><main data-pagefind-body><h1>Page</h1><p>{sentence}</p></main>",
            encoding="utf-8",
        )
    return tmp_path


def whole(folder: Path) -> None:
    """An index as small as one can be."""
    folder.mkdir()
    (folder / ENTRY).write_text(json.dumps({"languages": {"en": {"hash": "en_1"}}}), encoding="utf-8")
    for name in ("pagefind.en_1.pf_meta", "en_1.pf_fragment"):
        (folder / name).write_bytes(gzip.compress(b"words " * 100))


FAULTS: dict[str, Callable[[Path], object]] = {
    f"{ENTRY} is empty": lambda folder: (folder / ENTRY).write_bytes(b""),
    f"{ENTRY} cannot be read": lambda folder: (folder / ENTRY).write_bytes(b'{"languages"'),
    f"{ENTRY} names no index that is there": lambda folder: (folder / "pagefind.en_1.pf_meta").unlink(),
    "en_1.pf_fragment is cut short": lambda folder: (folder / "en_1.pf_fragment").write_bytes(gzip.compress(b"w")[:-4]),
    "pagefind-worker.js is empty": lambda folder: (folder / "pagefind-worker.js").write_bytes(b""),
}


def test_a_small_site_has_a_whole_index_in_each_language(pages: Path) -> None:
    build_index(pages)
    assert list(index_faults(pages / FOLDER)) == []
    assert set(json.loads((pages / FOLDER / ENTRY).read_text(encoding="utf-8"))["languages"]) == set(LANGUAGES)


def test_two_builds_of_one_site_have_the_same_index(pages: Path) -> None:
    def built() -> dict[str, bytes]:
        build_index(pages)
        folder = pages / FOLDER
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    assert built() == built()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_an_index_is_seen(tmp_path: Path, fault: str) -> None:
    whole(tmp_path / FOLDER)
    assert list(index_faults(tmp_path / FOLDER)) == []
    FAULTS[fault](tmp_path / FOLDER)
    assert fault in list(index_faults(tmp_path / FOLDER))


def test_a_broken_index_is_made_once_more(tmp_path: Path) -> None:
    runs: list[Path] = []

    def broken_at_first(site: Path) -> None:
        whole(site / FOLDER)
        if not runs:
            (site / FOLDER / ENTRY).write_bytes(b"")
        runs.append(site)

    build_index(tmp_path, broken_at_first)
    assert len(runs) == 2


def test_an_index_that_stays_broken_fails_the_build(tmp_path: Path) -> None:
    def broken(site: Path) -> None:
        whole(site / FOLDER)
        (site / FOLDER / "en_1.pf_fragment").write_bytes(b"")

    with pytest.raises(BrokenIndex, match=r"en_1\.pf_fragment is empty; build again"):
        build_index(tmp_path, broken)


def test_a_program_that_fails_fails_the_build(tmp_path: Path) -> None:
    with pytest.raises(BrokenIndex, match="Pagefind ended with"):
        build_index(tmp_path / "nowhere")
