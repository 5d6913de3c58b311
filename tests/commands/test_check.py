"""`keyway check` as a contributor and a workflow run it: as a process, in the project's folder."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from keyway.cli import main
from keyway.commands import check as command_check
from keyway.source.problem import Problem
from keyway.source.problem_formats import MOST_IN_A_FILE, annotation, formatted
from support.paths import PROJECT
from support.projects import BASE, changed_project, load_cases

MALFORMED = load_cases("malformed")
SEVERAL = MALFORMED["several-files"]


def keyway(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in `cwd` as its own process."""
    return subprocess.run(
        [sys.executable, "-m", "keyway", *arguments],
        cwd=cwd, env={**os.environ, "PYTHONPATH": str(PROJECT / "hooks"), **environment},
        capture_output=True, check=False,
    )  # fmt: skip


def test_a_valid_project_is_counted_and_what_it_leaves_out_too() -> None:
    done = keyway("check", "--no-pages", cwd=BASE)
    words = sum(map(len, yaml.safe_load((BASE / "data" / "words.yml").read_text(encoding="utf-8")).values()))
    counted = f"All is well: 4 models, 2 providers, 2 clients, {words} words.\n"
    advised = keyway("check", "--no-pages", "--advice", cwd=BASE).stdout.decode().splitlines()[1:]
    left_out = f"Pages leave out {len(advised)} things for want of data; `keyway check --advice` names them.\n"
    assert (done.returncode, done.stdout.decode(), done.stderr) == (0, counted + left_out, b"")


def test_advice_names_what_would_make_a_page_fuller_and_finds_no_fault() -> None:
    done = keyway("check", "--no-pages", "--advice", cwd=BASE)
    lines = done.stdout.decode().splitlines()[1:]
    assert done.returncode == 0
    assert "data/providers/deepseek.yml:1:1: `plans` are missing; say what it costs, with who saw it and when" in lines
    assert any(line.startswith("data/providers/mistral.yml:1:1: nobody has recorded its models list") for line in lines)
    assert any(line.startswith("data/clients/zoo-code.yml:1:1: it has neither a form nor a file") for line in lines)
    objects = json.loads(keyway("check", "--no-pages", "--advice", "--format", "json", cwd=BASE).stdout)
    assert [f"{one['file']}:{one['line']}:{one['column']}: {one['message']}" for one in objects] == lines
    notices = keyway("check", "--no-pages", "--advice", "--format", "github", cwd=BASE).stdout.decode()
    assert notices.count("::notice ") == len(lines)
    assert json.loads(keyway("check", "--no-pages", "--format", "json", cwd=BASE).stdout) == []


@pytest.mark.slow
def test_the_project_itself_is_valid() -> None:
    done = keyway("check", cwd=PROJECT)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"All is well: 1")


def test_every_problem_is_listed_and_counted(tmp_path: Path) -> None:
    done = keyway("check", cwd=changed_project(tmp_path, SEVERAL))
    assert done.returncode == 2
    assert done.stdout.decode() == SEVERAL["expected"]
    assert done.stderr == b"5 problems in 4 files\n"


def test_the_folder_can_be_named(tmp_path: Path) -> None:
    project = changed_project(tmp_path / "a project", SEVERAL)
    done = keyway("check", "--root", str(project), cwd=tmp_path)
    assert (done.returncode, done.stdout.decode()) == (2, SEVERAL["expected"])


def test_json_has_every_problem_as_an_object(tmp_path: Path) -> None:
    done = keyway("check", "--format", "json", cwd=changed_project(tmp_path, MALFORMED["rule-sources-exist"]))
    assert done.returncode == 2
    assert json.loads(done.stdout) == [
        {
            "file": "data/models/mistral.yml", "line": 23, "column": 13, "rule": "sources-exist",
            "message": "there is no source `doc` in data/providers/mistral.yml; did you mean docs?",
        }
    ]  # fmt: skip


def test_json_of_a_valid_project_is_an_empty_list() -> None:
    done = keyway("check", "--no-pages", "--format", "json", cwd=BASE)
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


def test_annotations_name_file_line_and_column(tmp_path: Path) -> None:
    done = keyway("check", "--format", "github", cwd=changed_project(tmp_path, MALFORMED["field-unknown-near"]))
    assert done.returncode == 2
    assert done.stdout.decode() == (
        "::error file=data/models/mistral.yml,line=5,col=3::"
        "there is no field `temprature` here; did you mean temperature?\n"
    )


def test_annotations_escape_what_would_begin_another_command() -> None:
    problem = Problem("data/a,b:c%.yml", 1, 2, "100%\r\n::error::x")
    assert annotation(problem) == "::error file=data/a%2Cb%3Ac%25.yml,line=1,col=2::100%25%0D%0A::error::x"


def test_a_recording_that_cannot_be_used_is_a_problem_too(tmp_path: Path) -> None:
    project = changed_project(tmp_path, {"file": "data/recordings/mistral/2026-10-08.json", "content": "{"})
    done = keyway("check", cwd=project)
    assert done.returncode == 2
    assert done.stdout.startswith(b"data/recordings/mistral/2026-10-08.json:1:2: the file is not JSON")


def test_a_folder_without_data_is_named(tmp_path: Path) -> None:
    done = keyway("check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == (
        f"keyway: there is no folder data/ in {tmp_path.resolve()}; "
        "run this in the project's folder, or name it with --root\n"
    )


def test_many_problems_of_one_file_are_cut_and_counted() -> None:
    problems = [Problem("a.yml", line, 1, "x; y") for line in range(1, MOST_IN_A_FILE + 8)] + [
        Problem("b.yml", 1, 1, "x; y")
    ]
    lines = formatted(problems, "text").splitlines()
    assert lines[MOST_IN_A_FILE - 1 :] == [f"a.yml:{MOST_IN_A_FILE}:1: x; y", "a.yml: and 7 more", "b.yml:1:1: x; y"]
    assert len(json.loads(formatted(problems, "json"))) == len(problems)


def test_a_terminal_that_is_not_utf8_still_shows_every_message(tmp_path: Path) -> None:
    case = MALFORMED["words-missing"]
    done = keyway("check", cwd=changed_project(tmp_path, case), PYTHONIOENCODING="ascii")
    assert done.returncode == 2
    assert b"add a line `ja: \\u2026` (in Japanese)\n" in done.stdout
    assert done.stdout == case["expected"].encode("ascii", "backslashreplace")


def test_a_reader_that_leaves_early_causes_no_traceback(tmp_path: Path) -> None:
    project = changed_project(tmp_path, {"file": "data/models/mistral.yml", "content": "x y: z\n", "times": 5000})
    command = [sys.executable, "-m", "keyway", "check", "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "hooks")}
    with subprocess.Popen(
        command, cwd=project, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        errors = process.stderr.read()
    assert process.returncode == 2
    assert b"Traceback" not in errors


def test_a_wrong_call_is_exit_code_two() -> None:
    done = keyway("check", "--format", "xml", cwd=BASE)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_an_unexpected_error_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(root: Path, until: object) -> None:
        raise RuntimeError("the reader has a fault")

    monkeypatch.setattr(command_check, "read_inputs", broken)
    assert main(["check", "--no-pages", "--root", str(BASE)]) == 2
    assert capsys.readouterr().err == (
        "keyway: this should not happen: RuntimeError: the reader has a fault; please report it\n"
    )


def test_what_was_seen_after_the_day_of_the_check_is_a_problem(capsys: pytest.CaptureFixture[str]) -> None:
    """Only where a day is given: without one the same files get the same answer on every day."""
    check = ["check", "--no-pages", "--root", str(BASE)]
    assert main(check) == 0
    assert main([*check, "--day", "2026-10-06"]) == 0
    capsys.readouterr()
    assert main([*check, "--day", "2026-10-05"]) == 2
    out = capsys.readouterr().out
    assert "data/providers/mistral.yml:66:51: `seen` is 2026-10-06, after 2026-10-05; check the year" in out
