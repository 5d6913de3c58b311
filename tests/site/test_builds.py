"""Languages built side by side: the same site as in turn; what is wrong in one of them is said and stops the build."""

import filecmp
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from keyway.site.processes import CORES
from support.built_site import SITE_PATH, build_site
from support.paths import PROJECT
from support.projects import small_site

pytestmark = pytest.mark.slow


def files(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def test_languages_built_side_by_side_make_the_same_site_as_in_turn(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte for byte, each file of it; so two builds of one project are the same site, too."""
    monkeypatch.setenv(CORES, "1")
    in_turn = tmp_path / SITE_PATH
    build_site(in_turn)
    assert files(site) == files(in_turn)
    assert filecmp.cmpfiles(site, in_turn, files(site), shallow=False)[1:] == ([], [])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small whole project with the real code, to be broken."""
    root = small_site(tmp_path / "project")
    for name in ("hooks", "docs/assets"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT / name, root / name, ignore=ignored, dirs_exist_ok=True)
    return root


def built(project: Path, cores: int) -> tuple[int, str]:
    """Exit code of a strict build, and what it says."""
    settings = {CORES: str(cores), "NO_MKDOCS_2_WARNING": "1", "SITE_URL": "", "REPO_URL": ""}
    build = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=project,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    return build.returncode, build.stdout + build.stderr


def put(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(("language", "cores"), [("en", 3), ("zh", 3), ("ja", 1)])
def test_a_warning_in_one_language_stops_a_strict_build(project: Path, language: str, cores: int) -> None:
    put(project / f"docs/{language}/index.md", "\n# ", "\n[lost]{% if true %}(nowhere.md){% endif %}\n\n# ")
    code, said = built(project, cores)
    assert code == 1
    assert f"'{language}/index.md' contains a link 'nowhere.md'" in said
    assert said.count("WARNING") == 1
    assert "Aborted with 1 warnings in strict mode!" in said


def test_an_error_in_the_theme_that_one_language_meets_stops_the_build(project: Path) -> None:
    broken = "{% if lang.t('language') == 'ja' %}{{ nothing.at.all }}{% endif %}<!doctype html>"
    put(project / "overrides/main.html", "<!doctype html>", broken)
    code, said = built(project, 3)
    assert code == 1
    assert re.search(r"overrides/main\.html:\d+: UndefinedError: 'nothing' is undefined", said)


def test_problems_of_all_languages_are_said_at_once(project: Path) -> None:
    for language in ("en", "ja"):
        put(project / f"docs/{language}/index.md", "\n# ", "\n# {{ nonsense }} ")
    code, said = built(project, 3)
    assert code == 1
    assert "docs/en/index.md:" in said
    assert "docs/ja/index.md:" in said
