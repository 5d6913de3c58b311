"""`keyway new provider`: a skeleton that the reader takes, and that overwrites nothing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support.paths import PROJECT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the commands read and write: data and code."""
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    shutil.copytree(PROJECT / "hooks", tmp_path / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def keyway(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command of the copied project, with the copied code."""
    environment = {**os.environ, "PYTHONPATH": str(project / "hooks"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "keyway", *arguments]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def test_the_skeleton_is_valid_at_once(project: Path) -> None:
    before = keyway(project, "check", "--no-pages")
    begun = keyway(project, "new", "provider", "acme-cloud")
    assert (begun.returncode, begun.stderr) == (0, "")
    assert begun.stdout.splitlines()[:3] == [
        "data/providers/acme-cloud.yml",
        "data/models/acme-cloud.yml",
        "hooks/keyway/schema/hosts.py",
    ]
    assert "Put the real host for api.acme-cloud.example into both" in begun.stdout
    after = keyway(project, "check", "--no-pages")
    assert (after.returncode, after.stderr) == (0, "")
    assert after.stdout != before.stdout


@pytest.mark.slow
def test_the_site_builds_with_the_skeleton_in_every_language(project: Path) -> None:
    """Also for a provider that no client names: every guide has words for the compatible way."""
    keyway(project, "new", "provider", "acme-cloud")
    for name in ("docs", "overrides", "mkdocs.yml"):
        source = PROJECT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, project / name)
    build = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(project / "site")],
        cwd=project,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert build.returncode == 0, build.stderr[-3000:]
    for language in ("", "zh/", "ja/"):
        assert (project / "site" / f"{language}providers/acme-cloud/zoo-code/index.html").is_file()


@pytest.mark.slow
def test_the_tests_of_data_and_pages_pass_with_the_skeleton(project: Path) -> None:
    """A provider whose list nobody has recorded yet is a provider: its guides are whole, and its key has its line."""
    for name in (".github", "docs", "overrides", "tests", "mkdocs.yml", "pyproject.toml", "Makefile"):
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, project / name, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
        else:
            shutil.copy(source, project / name)
    assert ".github/workflows/drift.yml" in keyway(project, "new", "provider", "acme-cloud").stdout.splitlines()
    suite = [f"tests/{name}" for name in ("evidence", "exports", "loading/test_free.py", "pages")]
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-m",
            "not (live or browser or clients or slow)",
        ]
        + [*suite, "tests/project/test_workflows.py"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project / "hooks"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout[-5000:]


def test_a_service_of_the_free_list_is_told_to_leave_it(project: Path) -> None:
    begun = keyway(project, "new", "provider", "openrouter", "--host", "openrouter.ai")
    assert "Delete openrouter from data/free.yml" in begun.stdout
    assert "real host" not in begun.stdout


def test_the_host_and_the_variable_can_be_given(project: Path) -> None:
    begun = keyway(project, "new", "provider", "acme", "--host", "api.acme.dev", "--variable", "ACME_TOKEN")
    assert begun.returncode == 0
    assert '    "acme": {"api.acme.dev": "ACME_TOKEN"},\n' in (project / "hooks/keyway/schema/hosts.py").read_text()
    assert "base_url: https://api.acme.dev/v1" in (project / "data/providers/acme.yml").read_text()
    assert keyway(project, "check", "--no-pages").returncode == 0


def test_its_key_is_given_to_it_alone_by_the_daily_workflow(project: Path) -> None:
    workflow = project / ".github" / "workflows" / "drift.yml"
    shutil.copytree(PROJECT / ".github", project / ".github")
    keyway(project, "new", "provider", "acme", "--variable", "ACME_TOKEN")
    flow = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]["drift"]
    assert flow["strategy"]["matrix"]["provider"][-1] == "acme"
    (given,) = [step["env"]["ACME_TOKEN"] for step in flow["steps"] if "ACME_TOKEN" in step.get("env", {})]
    assert given == "${{ matrix.provider == 'acme' && secrets.ACME_TOKEN || '' }}"


def test_nothing_is_overwritten(project: Path) -> None:
    file = project / "data/providers/mistral.yml"
    before = file.read_bytes()
    begun = keyway(project, "new", "provider", "mistral")
    assert begun.returncode == 2
    assert "mistral is there already: data/providers/mistral.yml" in begun.stderr
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["Acme"], "keyway: Acme has capital letters; write acme\n"),
        (["mistra1"], "keyway: mistra1 looks like mistral, which is a provider already; choose a name that nobody"),
        (["../acme"], "keyway: ../acme is not an id; write a-z and 0-9 with single `.`, `_` or `-` between them,"),
        (["acme", "--host", "https://acme.dev"], "keyway: acme cannot have the host https://acme.dev; write it alone,"),
        (["acme", "--variable", 'X"}'], 'keyway: acme cannot have the variable X"}; name one with --variable,'),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(project: Path, arguments: list[str], message: str) -> None:
    before = sorted(project.rglob("*"))
    begun = keyway(project, "new", "provider", *arguments)
    assert begun.returncode == 2
    assert begun.stderr.startswith(message)
    assert sorted(project.rglob("*")) == before
