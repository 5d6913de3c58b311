"""What `keyway check` passes can be built; what cannot be built it refuses, at the same places in the same words."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from keyway.cli import main
from keyway.site.build import build_site
from keyway.source.problem import CatalogueError
from support.paths import PROJECT
from support.projects import apply, load_cases, small_site

pytestmark = pytest.mark.slow

CASES = load_cases("check_and_build")
DAY, SECONDS = date(2026, 10, 15), "1792022400"
ADDRESS = "https://keyway.example/"


def built(project: Path) -> str:
    """What a build says: nothing, or its problems. Only what a page generator does with pages is left out."""
    try:
        site = build_site(project, DAY)
        texts = [page.markdown for pages in site.texts.values() for page in pages.values()]
        for text in (*texts, *site.files(ADDRESS).values()):
            text.encode()
    except CatalogueError as error:
        return f"{error}\n"
    return ""


def placed(said: str) -> str:
    """What was said, without the lines of files that are the real project's: they move with every edit."""
    return re.sub(r"((?:overrides/[\w./-]+|data/words\.yml|mkdocs\.yml)):\d+(:\d+)?", r"\1:N", said)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small whole project, to be changed."""
    return small_site(tmp_path)


def checked(project: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    """Exit code and output of the command."""
    return main(["check", "--root", str(project), *options]), capsys.readouterr().out


@pytest.mark.parametrize("name", CASES)
def test_check_and_build_agree_on_what_is_wrong(
    name: str, project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", SECONDS)
    case = CASES[name]
    for change in case.get("changes", [case]):
        apply(project / change["file"], change)
    code, said = checked(project, capsys)
    if case["expected"]:
        assert (code, placed(said)) == (2, case["expected"])
    else:
        assert (code, said[:12]) == (0, "All is well:")
    assert placed(built(project)) == case["expected"]


def test_the_real_pages_need_no_recording_and_no_free_model(tmp_path: Path) -> None:
    """What is said of one provider in particular copes with their absence, too."""
    for name in ("data", "docs", "overrides", "mkdocs.yml"):
        source = PROJECT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    shutil.rmtree(tmp_path / "data" / "recordings")
    for file in (tmp_path / "data" / "providers").glob("*.yml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"^recommended_free: .*\n", "", text, flags=re.MULTILINE), encoding="utf-8")
    assert built(tmp_path) == ""


def test_pages_can_be_left_out(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    apply(project / "docs/ja/index.md", {"content": "{% if %}"})
    assert checked(project, capsys, "--no-pages")[0] == 0
    apply(project / "data/models/mistral.yml", {"old": "temperature: 0.7", "new": "temperature: warm"})
    assert checked(project, capsys, "--no-pages") == (
        2,
        'data/models/mistral.yml:27:16: `temperature` is "warm"; write a number, without quotes\n',
    )
