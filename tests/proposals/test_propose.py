"""`keyway drift --write`: what is safe is written, byte for byte what was meant, or nothing is."""

import difflib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from keyway.cli import main
from keyway.evidence.recording import newest_complete
from keyway.evidence.recording_folder import read_recordings
from keyway.loading.load import load_catalogue
from keyway.source import atomic
from support.mutations import altered, flag, gain, lose, moved, put
from support.ordinary_user import keyway
from support.paths import PROJECT
from support.projects import mistral_alone

FILE = "data/models/mistral.yml"
Rows = list[dict]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return mistral_alone(tmp_path)


def rows() -> Rows:
    return [dict(row.said) for row in newest_complete(read_recordings(PROJECT)["mistral"]).rows]


def family(listed: Rows, name: str) -> set[str]:
    row = next(row for row in listed if row["id"] == name)
    return {name, *row["aliases"]}


def changed(name: str, *changes: Callable[[dict], None]) -> Rows:
    """The list with the rows of one model, its aliases' too, changed."""
    listed = rows()
    names = family(listed, name)
    for change in changes:
        listed = [altered(row, change) if row["id"] in names else row for row in listed]
    return listed


def write(project: Path, listed: Rows, form: str) -> int:
    """The exit code of `drift --write` with this list."""
    file = project / "answer.json"
    file.write_text(json.dumps({"object": "list", "data": listed}))
    arguments = ("--recording", str(file), "--day", "2026-10-08", "--format", form, "--root", str(project))
    return main(["drift", "mistral", "--write", *arguments])


def written(project: Path, listed: Rows, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit code and whole output of `drift --write` with this list."""
    code = write(project, listed, "text")
    out, err = capsys.readouterr()
    return code, out + err


def difference(project: Path) -> list[str]:
    """The lines that are otherwise in the project's models than in ours: `-` and `+`."""
    old, new = (root.joinpath(FILE).read_bytes().decode().splitlines(keepends=True) for root in (PROJECT, project))
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [
        line
        for kind, a, b, c, d in steps
        if kind != "equal"
        for line in (*(f"-{line}" for line in old[a:b]), *(f"+{line}" for line in new[c:d]))
    ]


SAFE = [
    (
        "a temperature",
        "codestral-2508",
        [put("default_model_temperature", 0.5)],
        ["-  temperature: 0.3\n", "+  temperature: 0.5\n"],
    ),
    ("a flag", "codestral-2508", [flag("vision", True)], ["-  vision: false\n", "+  vision: true\n"]),
    ("fim", "codestral-2508", [flag("completion_fim", False)], ["-  fim: true\n", "+  fim: false\n"]),
    (
        "context",
        "codestral-2508",
        [put("max_context_length", 300000)],
        ["-  context: 256000\n", "+  context: 300000\n"],
    ),
    ("retirement", "ministral-14b-2512", [put("deprecation", "2027-03-31T12:00:00Z")], ["+  retired: 2027-03-31\n"]),
    (
        "several",
        "ministral-3b-2512",
        [put("default_model_temperature", 1.0), flag("reasoning", True)],
        ["-  temperature: 0.3\n", "+  temperature: 1.0\n", "-  reasoning: false\n", "+  reasoning: true\n"],
    ),
]


@pytest.mark.parametrize(("model", "changes", "lines"), [case[1:] for case in SAFE], ids=[case[0] for case in SAFE])
def test_a_safe_change_is_written_and_no_other_byte(
    model: str, changes: list, lines: list[str], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = changed(model, *changes)
    code, said = written(project, listed, capsys)
    assert code == 1
    assert "Written:" in said
    assert difference(project) == lines
    once = (project / FILE).read_bytes()
    code, said = written(project, listed, capsys)
    assert (code, "Nothing to write." in said) == (0, True)
    assert (project / FILE).read_bytes() == once


def test_an_alias_that_moved_goes_from_one_model_to_the_other(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alias, listed = "magistral-small-latest", rows()
    medium = next(row for row in listed if row["id"] == "mistral-medium-2604")
    listed = moved(listed, alias, medium)
    assert written(project, listed, capsys)[0] == 1
    assert difference(project) == [
        f"+    - {alias}\n",
        "-  aliases: [mistral-small-latest, mistral-vibe-cli-fast, magistral-small-latest]\n",
        "+  aliases: [mistral-small-latest, mistral-vibe-cli-fast]\n",
    ]
    assert written(project, listed, capsys)[0] == 0


def test_an_alias_that_came_and_one_that_went_are_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = changed("codestral-2508", gain("codestral-now"), lose("mistral-code-latest"))
    own = next(row for row in listed if row["id"] == "codestral-2508")
    listed = [row for row in listed if row["id"] != "mistral-code-latest"]
    listed.append(
        altered(
            own,
            lambda row: row.update(
                id="codestral-now", aliases=["codestral-2508", "codestral-latest", "mistral-code-fim-latest"]
            ),
        )
    )
    assert written(project, listed, capsys)[0] == 1
    assert difference(project) == [
        "-  aliases: [codestral-latest, mistral-code-latest, mistral-code-fim-latest]\n",
        "+  aliases: [codestral-latest, mistral-code-fim-latest, codestral-now]\n",
    ]
    assert written(project, listed, capsys)[0] == 0


def test_a_new_model_is_an_entry_that_can_be_pasted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = [*rows(), altered(rows()[0], lambda row: row.update(id="codestral-2611", aliases=[]))]
    code, said = written(project, listed, capsys)
    assert code == 1
    assert difference(project) == []
    lines = said.splitlines()
    start = lines.index("      codestral-2611:")
    entry = [line[6:] for line in lines[start : lines.index("", start)]]
    assert entry == [
        "codestral-2611:",
        "  name: codestral-2611                # the vendor's own name for it",
        "  temperature: 0.3",
        "  function_calling: true",
        "  vision: false",
        "  fim: true",
        "  reasoning: false",
        "  context: 256000",
        "  sources: [list-2026-10-08]",
    ]
    with (project / FILE).open("a") as file:
        file.write("\n" + "\n".join(entry) + "\n")
    assert load_catalogue(project).models["mistral"]["codestral-2611"].context == 256000
    assert written(project, listed, capsys)[0] == 0


def test_a_model_that_is_not_listed_any_more_is_left_to_a_person(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = [row for row in rows() if row["id"] != "mistral-moderation-2603"]
    code, said = written(project, listed, capsys)
    assert (code, difference(project)) == (1, [])
    assert "Ask for it by its id." in said


def test_what_would_break_a_rule_is_left_to_a_person_and_the_rest_is_written(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = changed("codestral-2508", put("deprecation", "2020-01-01T00:00:00Z"), flag("vision", True))
    code, said = written(project, listed, capsys)
    assert code == 1
    assert difference(project) == ["-  vision: false\n", "+  vision: true\n"]
    assert (
        "mistral: codestral-2508: retired is 2020-01-01, and we say not given\n    Not written, since then:\n" in said
    )
    once = (project / FILE).read_bytes()
    assert written(project, listed, capsys)[0] == 1
    assert (project / FILE).read_bytes() == once


def test_a_file_that_cannot_be_edited_so_is_left_as_it_is(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A value that the reader would take for another: more digits than a number of the catalogue has."""
    code, said = written(project, changed("codestral-2508", put("default_model_temperature", 0.1 + 0.2)), capsys)
    assert (code, difference(project)) == (1, [])
    assert "Not written, since then:" in said


def test_json_stays_json_when_writing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(project, changed("codestral-2508", flag("vision", True)), "json")
    found = [one for one in json.loads(capsys.readouterr().out) if one["verdict"] != "same"]
    assert [
        (one["verdict"], one["provider"], one["id"], one["field"], one["ours"], one["theirs"]) for one in found
    ] == [("different", "mistral", "codestral-2508", "vision", False, True)]


def test_mode_and_neighbours_stay(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / FILE).chmod(0o640)
    before = sorted((project / FILE).parent.iterdir())
    written(project, changed("codestral-2508", flag("vision", True)), capsys)
    assert (project / FILE).stat().st_mode & 0o777 == 0o640
    assert sorted((project / FILE).parent.iterdir()) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from keyway.source import atomic

left = int(sys.argv[1])

def watch(frame, event, _):
    global left
    if frame.f_code.co_filename != atomic.__file__:
        return None
    if event == "line":
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return watch

sys.settrace(watch)
if sys.argv[2] in ("replace", "hidden"):
    if sys.argv[2] == "hidden":
        atomic.NAMELESS = 0
    atomic.replace_files({Path(sys.argv[3]): Path(sys.argv[4]).read_bytes()})
else:
    from keyway.cli import main
    sys.exit(main(sys.argv[3:]))
"""


def killed(step: int, *arguments: str) -> bool:
    """Whether a process that was to be killed before the given line of `atomic.py` was."""
    child = subprocess.run(
        [sys.executable, "-c", KILLED, str(step), *arguments],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(PROJECT / "hooks")},
    )
    assert child.returncode in (-signal.SIGKILL, 0, 1), child.stderr
    return child.returncode == -signal.SIGKILL


@pytest.mark.parametrize("nameless", [True, False], ids=["without a name", "hidden"])
def test_a_write_that_is_killed_leaves_the_old_file_or_the_new_one(nameless: bool, tmp_path: Path) -> None:
    """Killed before each line of what replaces a file in turn, until one process lives to its end.

    A file without a name is gone with its process; it has a hidden one for a step at most, which the next write clears.
    """
    file, given = tmp_path / "data" / "mistral.yml", tmp_path / "given"
    file.parent.mkdir()
    old = (PROJECT / FILE).read_bytes()
    new = old.replace(b"temperature: 0.3", b"temperature: 0.4")
    given.write_bytes(new)
    seen, left = set(), []
    for step in range(1, 90):
        file.write_bytes(old)
        was_killed = killed(step, "replace" if nameless else "hidden", str(file), str(given))
        assert file.read_bytes() in (old, new), f"torn at step {step}"
        seen.add((was_killed, file.read_bytes() == new))
        left.append(len(list(file.parent.iterdir())) - 1)
        if not was_killed:
            break
    assert seen == {(True, False), (True, True), (False, True)}
    assert max(left) == 1
    assert left[-1] == 0
    assert not nameless or sum(left) <= 1


@pytest.mark.slow
def test_a_command_that_is_killed_while_it_writes_leaves_a_catalogue_that_reads(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = (project / FILE).read_bytes()
    written(project, changed("codestral-2508", flag("vision", True)), capsys)
    new = (project / FILE).read_bytes()
    command = ["drift", "mistral", "--recording", str(project / "answer.json"), "--day", "2026-10-08", "--write"]
    outcomes = []
    for step in (6, 60):
        (project / FILE).write_bytes(old)
        outcomes.append((killed(step, "main", *command, "--root", str(project)), (project / FILE).read_bytes() == new))
        assert load_catalogue(project).models["mistral"]["codestral-2508"].vision is outcomes[-1][1]
    assert outcomes == [(True, False), (False, True)]


def command(project: Path) -> list[str]:
    """`drift --write` with a change of one model."""
    (project / "answer.json").write_text(json.dumps({"data": changed("codestral-2508", flag("vision", True))}))
    given = ["--recording", str(project / "answer.json"), "--day", "2026-10-08"]
    return ["drift", "mistral", *given, "--write", "--root", str(project)]


def contents(project: Path) -> dict[str, bytes]:
    """What lies in the project's data."""
    return {str(path): path.read_bytes() for path in sorted((project / "data").rglob("*")) if path.is_file()}


FULL = """
import resource, signal, sys
from keyway.cli import main

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
sys.exit(main(sys.argv[1:]))
"""
"""The command where no file can be longer than 1,000 bytes, as on a full disk: a write ends in an error on the way."""


def test_a_full_disk_gets_a_sentence(project: Path) -> None:
    arguments, before = command(project), contents(project)
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "hooks"), "PYTHONDONTWRITEBYTECODE": "1"}
    child = subprocess.run(
        [sys.executable, "-c", FULL, *arguments], capture_output=True, text=True, check=False, env=environment
    )
    said = f"Nothing was written: {FILE} cannot be written (File too large); check permissions and free space"
    assert (child.returncode, child.stderr) == (2, "")
    assert said in child.stdout
    assert contents(project) == before


def test_a_folder_that_may_not_be_written_gets_a_sentence(project: Path) -> None:
    arguments, before = command(project), contents(project)
    (project / FILE).parent.chmod(0o555)
    child = keyway(*arguments)
    (project / FILE).parent.chmod(0o755)
    said = f"Nothing was written: {FILE} cannot be written (Permission denied); check permissions and free space"
    assert (child.returncode, child.stderr) == (2, "")
    assert said in child.stdout
    assert contents(project) == before


def test_several_files_are_replaced_all_or_none(tmp_path: Path) -> None:
    """A file that cannot be written keeps the others as they were."""
    files = [tmp_path / name for name in ("one.yml", "two.yml")]
    for file in files:
        file.write_bytes(b"old\n")
    with pytest.raises(FileNotFoundError):
        atomic.replace_files({files[0]: b"new\n", files[1]: b"new\n", tmp_path / "none.yml": b"new\n"})
    assert [file.read_bytes() for file in files] == [b"old\n", b"old\n"]
    atomic.replace_files(dict.fromkeys(files, b"new\n"))
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        "one.yml": b"new\n", "two.yml": b"new\n",
    }  # fmt: skip
