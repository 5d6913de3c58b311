"""An endpoint's answer becomes a recording: what is kept, what it means, and that its file says the same."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from keyway.evidence.list_formats import BARE, LIST_FORMATS
from keyway.evidence.recording import from_answer
from keyway.evidence.recording_file import read_recording, text_of
from keyway.evidence.recording_folder import add, read_recordings
from keyway.evidence.row_values import Unusable
from keyway.evidence.verdict import plain
from keyway.schema.hosts import KEY_HOSTS
from support.paths import PROVIDERS
from support.projects import load_cases

ANSWERS = load_cases("list_formats")["answers"]
UNUSABLE = load_cases("list_formats")["unusable"]
DAY = date(2026, 10, 8)


def answer(*rows: dict) -> bytes:
    return json.dumps({"object": "list", "data": rows}).encode()


@pytest.mark.parametrize("case", ANSWERS, ids=[case["name"] for case in ANSWERS])
def test_a_row_is_reduced_and_understood(case: dict) -> None:
    (row,) = from_answer(answer(case["row"]), case["provider"], "https://x", DAY, "a test").rows
    assert list(row.said.items()) == list(case["kept"].items())
    assert plain(row.facts) == case["facts"]


@pytest.mark.parametrize("case", UNUSABLE, ids=[case["name"] for case in UNUSABLE])
def test_a_row_that_cannot_be_understood_makes_the_answer_unusable(case: dict) -> None:
    with pytest.raises(Unusable) as problem:
        from_answer(answer(case["row"]), case["provider"], "https://x", DAY, "a test")
    assert problem.value.reason == case["why"]


def test_every_shape_has_a_case() -> None:
    assert LIST_FORMATS.keys() <= {case["provider"] for case in ANSWERS}


KEPT = [case for case in ANSWERS if case["provider"] in PROVIDERS]
"""Those of providers that have recordings; other formats wait for theirs."""


@pytest.mark.parametrize("case", KEPT, ids=[case["name"] for case in KEPT])
@pytest.mark.parametrize(("account", "rows"), [("free", 1), ("unknown", 2)])
def test_a_recording_is_read_back_as_it_was_written(case: dict, account: str, rows: int, tmp_path: Path) -> None:
    provider = case["provider"]
    (tmp_path / "data" / "providers").mkdir(parents=True)
    (tmp_path / "data" / "providers" / f"{provider}.yml").touch()
    endpoint = f"https://{next(iter(KEY_HOSTS[provider]))}/models"
    recording = from_answer(answer(*[case["row"]] * rows), provider, endpoint, DAY, "a test", account)
    assert (recording.fields, recording.twice) == (LIST_FORMATS.get(provider, BARE).keeps, recording.twice[: rows - 1])
    path = add(recording, tmp_path)
    assert path == tmp_path / "data" / "recordings" / provider / "2026-10-08.json"
    assert read_recordings(tmp_path) == {provider: (recording,)}
    assert read_recording("file", path.read_bytes()) == recording
    with pytest.raises(FileExistsError, match="File exists"):
        add(recording, tmp_path)
    assert path.read_text() == text_of(recording)
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    second = replace(recording, account="paid")
    add(second, tmp_path, "paid")
    assert read_recordings(tmp_path) == {provider: (second, recording)}


def test_what_could_not_be_read_back_is_not_written(tmp_path: Path) -> None:
    row = {"id": "codestral-2508", "type": "a \u202ebase"}
    recording = from_answer(answer(row), "mistral", "https://api.mistral.ai/v1/models", DAY, "a test")
    with pytest.raises(Unusable, match="the list cannot be kept: here is the character U\\+202E"):
        add(recording, tmp_path)
    assert list(tmp_path.iterdir()) == []
