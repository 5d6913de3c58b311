"""An endpoint's answer becomes a recording: what is kept, what it means, how files are read."""

import json
from datetime import date
from pathlib import Path

import pytest
from keyway.evidence.list_formats import LIST_FORMATS, Unusable
from keyway.evidence.recording import add, from_answer, from_file, read_recordings, text_of
from keyway.evidence.verdict import plain
from support.projects import load_cases

ANSWERS = load_cases("list_formats")["answers"]
DAY = date(2026, 10, 8)


def answer(*rows: dict) -> bytes:
    return json.dumps({"object": "list", "data": rows}).encode()


@pytest.mark.parametrize("case", ANSWERS, ids=[case["name"] for case in ANSWERS])
def test_a_row_is_reduced_and_understood(case: dict) -> None:
    (row,) = from_answer(answer(case["row"]), case["provider"], "https://x", DAY, "a test").rows
    assert list(row.said.items()) == list(case["kept"].items())
    assert plain(row.facts) == case["facts"]


def test_every_shape_has_a_case() -> None:
    assert LIST_FORMATS.keys() <= {case["provider"] for case in ANSWERS}


@pytest.mark.parametrize("case", ANSWERS, ids=[case["name"] for case in ANSWERS])
def test_a_recording_is_read_back_as_it_was_written(case: dict, tmp_path: Path) -> None:
    recording = from_answer(answer(case["row"]), case["provider"], "https://x", DAY, "a test")
    path = add(recording, tmp_path)
    assert path == tmp_path / "data" / "recordings" / case["provider"] / "2026-10-08.json"
    assert read_recordings(tmp_path) == {case["provider"]: (recording,)}
    assert from_file(path.read_bytes()) == recording
    with pytest.raises(FileExistsError, match="File exists"):
        add(recording, tmp_path)
    assert path.read_text() == text_of(recording)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_raw_answer_needs_its_provider_named() -> None:
    with pytest.raises(Unusable, match="name its provider") as caught:
        from_file(answer({"id": "glm-5"}))
    assert caught.value.ours
    recording = from_file(answer({"id": "glm-5"}), "zhipu", DAY)
    assert (recording.provider, recording.day, recording.ids, recording.complete) == ("zhipu", DAY, {"glm-5"}, True)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"provider": "mistral"}, "another provider than zhipu"),
        ({"provider": 5}, "is no recording"),
        ({"models": {}}, "is no recording"),
        ({"models": []}, "the list is empty"),
        ({"recorded": "yesterday"}, "which day it is of"),
        ({"recorded": 20261008}, "which day it is of"),
        ({"complete": "no"}, "neither true nor false"),
        ({"origin": "a log \ud800"}, "half of a character"),
    ],
)
def test_a_file_that_is_no_recording_says_why(change: dict, message: str) -> None:
    file = {
        "provider": "zhipu",
        "endpoint": "",
        "recorded": "2026-10-08",
        "origin": "",
        "complete": True,
        "models": [{"id": "glm-5"}],
    }
    with pytest.raises(Unusable, match=message):
        from_file(json.dumps(file | change).encode(), "zhipu", DAY)


def test_a_broken_recording_in_data_names_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "recordings" / "zhipu"
    folder.mkdir(parents=True)
    recording = from_answer(answer({"id": "glm-5"}), "zhipu", "https://x", DAY, "a test")
    (folder / "2026-10-09.json").write_text(text_of(recording))
    with pytest.raises(Unusable, match=r"data/recordings/zhipu/2026-10-09\.json: was recorded on 2026-10-08"):
        read_recordings(tmp_path)
    (folder / "2026-10-09.json").write_text("{")
    with pytest.raises(Unusable, match=r"data/recordings/zhipu/2026-10-09\.json: the list is not JSON"):
        read_recordings(tmp_path)


def test_a_project_without_recordings_has_none(tmp_path: Path) -> None:
    assert read_recordings(tmp_path) == {}
