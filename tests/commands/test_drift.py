"""`keyway drift` and `keyway record` as a maintainer runs them: what they print, and how they end."""

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from keyway.cli import main
from keyway.evidence.recording import newest_complete
from keyway.evidence.recording_folder import read_recordings
from keyway.loading.load import load_catalogue
from keyway.schema.hosts import KEY_HOSTS
from support.paths import PROJECT
from support.projects import mistral_alone

DAY = ["--day", "2026-10-08"]
HIDDEN = "the list of 2026-09-25, of an account that may be shown more, has it"


@pytest.fixture(autouse=True)
def _without_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for hosts in KEY_HOSTS.values():
        for variable in hosts.values():
            monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """A raw answer of Mistral's in which three things are otherwise."""
    rows = [dict(row.said) for row in newest_complete(read_recordings(PROJECT)["mistral"]).rows]
    for row in rows:
        if "codestral-2508" in (row["id"], *row["aliases"]):
            row["default_model_temperature"] = 0.5
    rows = [row for row in rows if row["id"] != "mistral-moderation-2603"]
    rows.append({**rows[0], "id": "codestral-2611", "aliases": []})
    file = tmp_path / "answer.json"
    file.write_text(json.dumps({"object": "list", "data": rows}))
    return file


def keyway(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([*map(str, arguments), "--root", str(PROJECT)])
    out, err = capsys.readouterr()
    return code, out, err


def line_of(text: str) -> int:
    lines = (PROJECT / "data" / "models" / "mistral.yml").read_text().splitlines()
    return next(number for number, line in enumerate(lines, 1) if line == text)


def places() -> tuple[int, int]:
    """The lines of Codestral's temperature and of the moderation model."""
    lines = (PROJECT / "data" / "models" / "mistral.yml").read_text().splitlines()
    start = line_of("codestral-2508:")
    temperature = next(n for n, line in enumerate(lines[start:], start + 1) if line.startswith("  temperature:"))
    return temperature, line_of("mistral-moderation-2603:")


def test_people_get_what_differs_and_where_it_stands(answer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    temperature, moderation = places()
    code, out, err = keyway(capsys, "drift", "mistral", "--recording", answer, *DAY)
    assert (code, err) == (1, "")
    assert out == (
        "Mistral AI\n"
        "  different  codestral-2508: temperature is 0.5, and we say 0.3\n"
        f"             data/models/mistral.yml:{temperature}\n"
        "  unlisted   mistral-moderation-2603 is not in the list (" + HIDDEN + ")\n"
        f"             data/models/mistral.yml:{moderation}\n"
        "  new        codestral-2611 is in the list, and we do not have it\n"
        "  15 models are listed as we say\n"
        "  55 are not listed, as we say\n"
        "\n"
        "Run this again with --write to write what is safe and to see what needs a person.\n"
    )


def test_programs_get_a_list_of_objects(answer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = keyway(capsys, "drift", "mistral", "--recording", answer, *DAY, "--format", "json")
    found = [one for one in json.loads(out) if one["verdict"] != "same"]
    keys = ("verdict", "provider", "id", "field", "ours", "theirs")
    assert code == 1
    assert [tuple(one[key] for key in keys) for one in found[:2]] == [
        ("different", "mistral", "codestral-2508", "temperature", 0.3, 0.5),
        ("unlisted", "mistral", "mistral-moderation-2603", None, "mistral-moderation-2603", None),
    ]
    assert tuple(found[2][key] for key in keys[:5]) == ("new", "mistral", "codestral-2611", None, None)
    assert found[2]["theirs"]["context"] == 256000


def test_a_pull_request_gets_annotations(answer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    temperature, moderation = places()
    code, out, _ = keyway(capsys, "drift", "mistral", "--recording", answer, *DAY, "--format", "github")
    assert code == 1
    file = "file=data/models/mistral.yml"
    assert out.splitlines() == [
        f"::error {file},line={temperature},col=3::different: codestral-2508: temperature is 0.5, and we say 0.3",
        f"::warning {file},line={moderation},col=1::unlisted: mistral-moderation-2603 is not in the list ({HIDDEN})",
        f"::warning {file},line=1,col=1::new: codestral-2611 is in the list, and we do not have it",
    ]


def test_each_provider_without_a_key_says_which_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = keyway(capsys, "drift")
    assert (code, err) == (2, "")
    for variable in ("MISTRAL_API_KEY", "DEEPSEEK_API_KEY", "ZHIPU_API_KEY"):
        assert f"no-verdict  set {variable} to a key of this endpoint" in out


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["drift", "mistrl"], "there is no provider mistrl; did you mean mistral?"),
        (["drift", "x\x1b[2J"], "there is no provider x\\x1b[2J; there are {providers}"),
        (["drift", "mistral/platfrom"], "mistral has no endpoint of that name; there are {endpoints}"),
        (["drift", "mistral/codestral"], "set CODESTRAL_API_KEY to a key of this endpoint"),
        (
            ["drift", "mistral", "--recording", "no-such-file"],
            "no-such-file cannot be read (No such file or directory)",
        ),
        (["drift", "mistral", "zhipu", "--recording", "x"], "a file is the list of one provider; name one"),
        (
            ["drift", "zhipu", "--recording", "data/recordings/mistral/2026-10-08.json"],
            "the file is a recording of another provider than zhipu",
        ),
        (["drift", "--recording", "README.md"], "the list is not JSON from line 1, column 1 on"),
    ],
)
def test_what_is_called_wrongly_says_so(
    arguments: list[str], why: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PROJECT)
    providers = load_catalogue(PROJECT).providers
    why = why.format(providers=", ".join(providers), endpoints=", ".join(providers["mistral"].endpoints))
    code, out, _ = keyway(capsys, *arguments)
    assert code == (3 if "not JSON" in why else 2)
    assert f"no-verdict  {why}\n" in out
    code, out, _ = keyway(capsys, *arguments, "--format", "json")
    assert [(one["verdict"], one["why"]) for one in json.loads(out)] == [("no-verdict", why)]


def test_a_raw_answer_without_a_provider_is_asked_for_it(answer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = keyway(capsys, "drift", "--recording", answer)
    assert code == 2
    assert "the file is an endpoint's raw answer: name its provider" in out


def test_a_broken_catalogue_is_our_own_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    file = tmp_path / "data" / "models" / "zhipu.yml"
    file.write_text(file.read_text().replace("name: GLM-5.3\n", "nmae: GLM-5.3\n", 1))
    recording = PROJECT / "data" / "recordings" / "zhipu" / "2026-09-28.json"
    assert main(["drift", "--recording", str(recording), "--root", str(tmp_path), "--write"]) == 2
    out, err = capsys.readouterr()
    assert "the catalogue has problems; `keyway check` lists them" in out
    assert "data/models/zhipu.yml:" in err
    assert main(["record", "zhipu", "--root", str(tmp_path)]) == 2


def test_a_broken_recording_is_our_own_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    (tmp_path / "data" / "recordings" / "zhipu" / "2026-09-28.json").write_text("{")
    assert main(["drift", "zhipu", "--root", str(tmp_path)]) == 2
    out, err = capsys.readouterr()
    assert err.startswith("data/recordings/zhipu/2026-09-28.json:1:2: the file is not JSON")
    assert "the catalogue has problems; `keyway check` lists them" in out


@pytest.mark.parametrize(("provider", "code"), [("mistral", 2), ("nobody", 2), ("mistral/codestral", 2)])
def test_nothing_is_recorded_without_a_key_a_provider_or_a_whole_list(
    provider: str, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CODESTRAL_API_KEY", "sk-not-to-be-sent-anywhere")
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    assert main(["record", provider, "--root", str(tmp_path)]) == code
    assert capsys.readouterr().err.startswith("keyway: nothing was recorded: ")


def test_a_terminal_sees_progress_and_a_log_does_not() -> None:
    command = [sys.executable, "-m", "keyway", "drift", "mistral", "--root", str(PROJECT)]
    environment = {key: value for key, value in os.environ.items() if not key.endswith("_API_KEY")}
    environment["PYTHONPATH"] = str(PROJECT / "hooks")
    log = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (log.returncode, log.stderr) == (2, "")
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        shown = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, text=True, env=environment, check=False)
        os.close(theirs)
        assert terminal.read(200) == b"asking mistral \xe2\x80\xa6\r\x1b[K"
    assert shown.stdout == log.stdout


OLD = PROJECT / "data" / "recordings" / "mistral" / "2025-12-30.json"


def test_of_an_older_list_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """That list has an id twice, too, with other values: neither of its rows wins."""
    project = mistral_alone(tmp_path)
    file = project / "data" / "models" / "mistral.yml"
    before = file.read_bytes()
    assert main(["drift", "mistral", "--recording", str(OLD), "--write", "--root", str(project)]) == 1
    out = capsys.readouterr().out
    assert file.read_bytes() == before
    assert "  This list is of 2025-12-30, and we have one of 2026-10-08: nothing is written from the older one\n" in out
    assert (
        "temperature is 0.0, and we say 0.2 (the list has voxtral-mini-2507 more than once, each time otherwise)" in out
    )
    assert "Written:" not in out


def test_of_an_id_that_stands_twice_with_other_values_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = mistral_alone(tmp_path)
    for path in (project / "data" / "recordings" / "mistral").iterdir():
        if path.name != OLD.name:
            path.unlink()
    assert main(["drift", "mistral", "--recording", str(OLD), "--write", "--root", str(project)]) == 1
    twice = load_catalogue(project).models["mistral"]["voxtral-mini-2507"]
    assert (twice.temperature, twice.context) == (0.2, 32768)
    assert "Compare with the vendor's documentation" in capsys.readouterr().out
