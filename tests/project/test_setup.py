"""What a newcomer's clone relies on: the locked packages, the commands that the documents name, what is left out."""

import json
import os
import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from shutil import copy, copytree, which

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from support.leaving_out import leave_out
from support.locks import LOCKS, asked, locked
from support.paths import LONGEST, TESTS

PYTHONS = ("3.11.2", "3.11.7", "3.12.0", "3.13.0", "3.14.0")
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "SECURITY.md")
ADDRESS = re.compile(r"[a-z+]+://|(?<![\w.])/\w+/")


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_we_ask_for_says_why(project, name):
    assert [requirement for requirement, reason in asked(project, name).items() if len(reason.split()) < 3] == []


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_has_what_we_ask_for(project, name):
    pins = {(canonicalize_name(requirement.name), requirement.specifier) for requirement, _ in locked(project, name)}
    wanted = {(canonicalize_name(w.name), w.specifier) for w in map(Requirement, asked(project, name))}
    assert wanted - pins == set()


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_one_exact_version_and_hashes(project, name):
    for requirement, hashes in locked(project, name):
        assert [part.operator for part in requirement.specifier] == ["=="], requirement
        assert hashes, requirement


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_package_twice_for_one_python(project, name, python):
    machine = {"python_full_version": python, "python_version": python.rpartition(".")[0], "sys_platform": "linux"}
    names = [
        requirement.name
        for requirement, _ in locked(project, name)
        if requirement.marker is None or requirement.marker.evaluate(machine)
    ]
    assert sorted(names) == sorted(set(names))


def test_the_readme_asks_for_the_oldest_pip_that_environments_are_tried_with(project):
    pips = [
        Version(pin.version) for requirement, _ in locked(project, "requirements-pip") for pin in requirement.specifier
    ]
    assert f"with pip ({min(pips)} or newer)" in (project / "README.md").read_text(encoding="utf-8")


def test_no_lock_says_where_packages_were_fetched_from(project):
    for name in LOCKS:
        assert ADDRESS.findall((project / f"{name}.txt").read_text(encoding="utf-8")) == []
    for lock in project.glob("tests/*/package-lock.json"):
        packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
        assert [name for name, package in packages.items() if "resolved" in package] == []
        assert [name for name, package in packages.items() if name and "integrity" not in package] == []


def commands(project: Path, pattern: str) -> set[str]:
    text = "\n".join((project / document).read_text(encoding="utf-8") for document in DOCUMENTS)
    return set(re.findall(pattern, text))


def test_every_make_command_in_the_documents_is_there(project):
    targets = commands(project, r"(?:`|^)make ([a-z-]+)")
    assert targets >= {"serve", "test", "test-quick", "build", "check", "lint", "lock"}
    for target in targets:
        subprocess.run(["make", "--dry-run", target], cwd=project, check=True, capture_output=True)


def test_every_keyway_command_in_the_documents_is_there(project):
    from keyway.cli import parser

    offered = set(re.findall(r"^    ([a-z]+)(?: |$)", parser().format_help(), re.MULTILINE))
    assert commands(project, r"keyway ([a-z]+)") - offered == set()


def test_the_command_keyway_is_what_the_engine_offers(project):
    commands = [entry.value for entry in entry_points(group="console_scripts", name="keyway")]
    if not commands:
        leave_out("the project is not installed in this Python: run `make environment`")
    assert commands == ["keyway.cli:main"]


def test_every_file_that_the_documents_link_to_is_there(project):
    for document in DOCUMENTS:
        links = re.findall(r"\]\((?!https:)([^)#]+)\)", (project / document).read_text(encoding="utf-8"))
        assert links
        assert [link for link in links if not (project / link).exists()] == []


def test_what_takes_longest_is_collected_first(project):
    assert [name for name in LONGEST if not (TESTS / name).is_file()] == []
    options = ["--collect-only", "--quiet", "--no-header", "-p", "no:cacheprovider"]
    files = ["tests/source/test_strictjson.py", f"tests/{LONGEST[0]}"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *files], cwd=project, capture_output=True, text=True, check=False
    )
    assert run.stdout.startswith(f"tests/{LONGEST[0]}::")


def without_a_browser(project: Path, folder: Path, **environment: str) -> subprocess.CompletedProcess:
    """Run one browser test where no program can be found at all."""
    (folder / "bin").mkdir()
    (folder / "tests").mkdir()
    copy(project / "pyproject.toml", folder)
    for name in ("conftest.py", "browser/conftest.py"):
        (folder / "tests" / name).parent.mkdir(exist_ok=True)
        copy(project / "tests" / name, folder / "tests" / name)
    copytree(project / "tests" / "support", folder / "tests" / "support")
    (folder / "tests" / "browser" / "test_page.py").write_text("def test_page(browser):\n    pass\n", encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if name not in ("CI", "PYTEST_ADDOPTS")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"],
        cwd=folder,
        env=clean | {"PATH": str(folder / "bin")} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_browser_its_tests_are_left_out_and_say_so(project, tmp_path):
    run = without_a_browser(project, tmp_path)
    assert run.returncode == 0
    assert "no Chromium here: `make test` installs what is missing" in run.stdout
    assert "1 skipped" in run.stdout


def test_in_ci_a_missing_browser_is_a_failure(project, tmp_path):
    run = without_a_browser(project, tmp_path, CI="true")
    assert run.returncode == 1
    assert "1 error" in run.stdout


def test_who_is_not_root_is_told_the_command_and_goes_on(project, tmp_path):
    for program in ("sh", "make", "grep"):
        (tmp_path / program).symlink_to(which(program))
    for program, answer in {"id": "echo 1000", "apt-get": "echo must not run; exit 1", "dpkg-query": "exit 1"}.items():
        (tmp_path / program).write_text(f"#!{which('sh')}\n{answer}\n", encoding="utf-8")
        (tmp_path / program).chmod(0o755)
    run = subprocess.run(
        ["make", "--silent", "system"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": str(tmp_path)},
    )
    assert run.returncode == 0
    assert run.stdout.endswith("sudo apt-get install --no-install-recommends chromium fonts-noto-cjk libatomic1\n")
