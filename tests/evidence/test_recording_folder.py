"""The recordings of a stranger: every problem at once at its place, and nothing that is opened in vain."""

import os
import socket
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from keyway.cli import main
from keyway.evidence.recording_folder import read_recordings
from keyway.site.inputs import read_inputs
from keyway.source.problem import CatalogueError
from support.ordinary_user import keyway
from support.projects import load_cases, recorded_project

CASES = load_cases("recordings")
OTHER = "data/recordings/mistral/2026-10-09.json"


def said(root: Path) -> str:
    """Every problem of catalogue and recordings."""
    try:
        read_inputs(root)
    except CatalogueError as error:
        return f"{error}\n"
    return ""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with one good recording."""
    return recorded_project(tmp_path, [])


@pytest.mark.parametrize("name", CASES)
def test_every_problem_of_a_recording_is_told_at_its_place(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    assert said(recorded_project(tmp_path, case.get("changes", []))) == case["expected"]


@pytest.mark.parametrize("name", CASES)
def test_every_mistake_is_told_and_nothing_else(name: str) -> None:
    assert (CASES[name]["expected"] == "") == name.startswith("well")


def test_what_stands_beside_a_mistake_is_read(tmp_path: Path) -> None:
    """The names of files, folders and the rows of others are judged although one file is no JSON at all."""
    changes = [
        {"file": "data/recordings/deepseek/2026-10-08.json", "content": "{"},
        {"file": "data/recordings/mistral/2026-10-09.JSON", "content": "{}"},
        {"file": "data/recordings/mistrl/x", "content": ""},
    ]
    places = [line.split(":")[0] for line in said(recorded_project(tmp_path, changes)).splitlines()]
    assert places == [change["file"].removesuffix("/x") for change in changes]


def test_a_recording_is_not_of_a_day_that_has_not_come(project: Path) -> None:
    assert read_recordings(project, until=date(2026, 10, 8)).keys() == {"mistral"}
    with pytest.raises(CatalogueError) as caught:
        read_recordings(project, until=date(2026, 10, 7))
    message = "this is of 2026-10-08, after 2026-10-07; check the day of the file and in it"
    assert str(caught.value) == f"data/recordings/mistral/2026-10-08.json:1:1: {message}"


def device(path: Path) -> None:
    try:
        os.mknod(path, 0o20644, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root makes devices")


def listening(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


@pytest.mark.parametrize("make", [os.mkfifo, device, listening])
def test_what_is_no_ordinary_file_is_refused_unopened(
    make: Callable[[Path], None], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a process of its own, which is ended where it waits for a pipe."""
    monkeypatch.chdir(project)  # a socket's path may be short only
    make(Path(OTHER))
    done = keyway("check", "--no-pages", "--root", project)
    assert done.stdout == f"{OTHER}:1:1: this is not an ordinary file; put a recording here\n"
    assert done.returncode == 2


def test_a_pipe_among_the_data_is_refused_as_well(project: Path) -> None:
    (project / "data/models/mistral.yml").unlink()
    os.mkfifo(project / "data/models/mistral.yml")
    done = keyway("check", "--no-pages", "--root", project)
    assert done.stdout == "data/models/mistral.yml:1:1: this is not an ordinary file; put a YAML file here\n"


def test_a_file_of_many_gigabytes_is_not_read(project: Path) -> None:
    with (project / OTHER).open("wb") as file:
        file.truncate(1 << 40)
    assert said(project) == f"{OTHER}:1:1: the file has more than 2000000 bytes; split it, or remove what is not data\n"


def test_what_may_not_be_read_is_named(project: Path) -> None:
    (project / OTHER).write_text("{}")
    (project / OTHER).chmod(0)
    (project / "data/recordings/deepseek").mkdir()
    (project / "data/recordings/deepseek").chmod(0)
    done = keyway("check", "--no-pages", "--root", project)
    (project / "data/recordings/deepseek").chmod(0o755)
    assert done.stdout == (
        "data/recordings/deepseek:1:1: the folder cannot be read (Permission denied); check its permissions\n"
        f"{OTHER}:1:1: the file cannot be read (Permission denied); check its permissions\n"
    )
    assert done.returncode == 2


def test_a_project_without_recordings_has_none(tmp_path: Path) -> None:
    assert read_recordings(tmp_path) == {}


def test_no_output_of_a_name_moves_the_cursor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("name-escape", "name-bidi", "key-control"):
        project = recorded_project(tmp_path / name, CASES[name]["changes"])
        for form in ("text", "json", "github"):
            assert main(["check", "--no-pages", "--root", str(project), "--format", form]) == 2
    out, err = capsys.readouterr()
    assert "mistral" in out
    assert all(character == "\n" or character.isprintable() for character in out + err)
