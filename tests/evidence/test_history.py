"""What came, went, moved and changed between the recordings that are kept, and what they confirm."""

from collections import Counter
from dataclasses import replace
from datetime import date

from keyway.evidence.history import Change, changes, confirmed, history
from keyway.evidence.recording import Row, read_recordings
from keyway.loading.load import load_catalogue
from support.paths import PROJECT

CATALOGUE = load_catalogue(PROJECT)
RECORDINGS = read_recordings(PROJECT)
MODELS = CATALOGUE.models["mistral"]
OLD, PART, NEW = RECORDINGS["mistral"]


def of(kind: str, found: list[Change]) -> dict[str, tuple]:
    return {one.id: (one.before, one.after) for one in found if one.kind == kind}


def test_between_the_two_lists_of_mistral_23_ids_came_and_41_went() -> None:
    found = changes(OLD, NEW, MODELS)
    assert Counter(one.kind for one in found if one.kind in ("came", "went", "moved")) == {
        "came": 23,
        "went": 41,
        "moved": 8,
    }
    assert {(one.since, one.day) for one in found} == {(date(2025, 12, 30), date(2026, 10, 8))}


def test_eight_aliases_mean_another_model() -> None:
    assert of("moved", changes(OLD, NEW, MODELS)) == {
        "mistral-medium": ("mistral-medium-2508", "mistral-medium-2604"),
        "mistral-medium-latest": ("mistral-medium-2508", "mistral-medium-2604"),
        "magistral-medium-latest": ("magistral-medium-2509", "mistral-medium-2604"),
        "magistral-small-latest": ("magistral-small-2509", "mistral-small-2603"),
        "mistral-small-latest": ("mistral-small-2506", "mistral-small-2603"),
        "mistral-ocr-latest": ("mistral-ocr-2512", "mistral-ocr-4-1"),
        "mistral-vibe-cli-latest": (None, "mistral-medium-2604"),
        "voxtral-mini-latest": ("voxtral-mini-2507", "voxtral-mini-2602"),
    }


def test_five_ids_changed_their_temperature_under_the_same_name() -> None:
    found = [one for one in changes(OLD, NEW, MODELS) if one.field == "temperature"]
    assert of("changed", found) == {
        "mistral-medium": (0.3, 1.0),
        "mistral-medium-latest": (0.3, 1.0),
        "magistral-medium-latest": (0.7, 1.0),
        "magistral-small-latest": (0.7, 0.3),
        "mistral-vibe-cli-latest": (0.2, 1.0),
    }


def test_what_came_and_went_at_deepseek() -> None:
    days = [(one.kind, one.id, one.day) for one in history(RECORDINGS["deepseek"], CATALOGUE.models["deepseek"])]
    assert days == [
        ("came", "deepseek-flash", date(2026, 9, 12)),
        ("went", "deepseek-v4-flash", date(2026, 9, 12)),
        ("came", "deepseek-v4-flash", date(2026, 8, 5)),
        ("came", "deepseek-v4-pro", date(2026, 8, 5)),
        ("went", "deepseek-chat", date(2026, 8, 5)),
        ("went", "deepseek-reasoner", date(2026, 8, 5)),
    ]


def test_a_part_of_a_list_makes_nothing_go() -> None:
    assert of("went", changes(OLD, PART, MODELS)) == {}
    assert set(of("came", changes(OLD, PART, MODELS))) == {"mistral-large-4", "mistral-large-4-0"}
    assert of("came", changes(PART, NEW, MODELS)) == {}
    assert history((OLD, PART, NEW), MODELS)[0].day == NEW.day


def test_the_same_list_twice_is_no_change() -> None:
    for recordings in RECORDINGS.values():
        for one in recordings:
            assert changes(one, replace(one, day=date(2027, 1, 1))) == []


def test_noise_of_rows_that_do_not_chat_is_no_change() -> None:
    loud = tuple(
        Row(row.id, {**row.facts, "temperature": 1.9, "vision": True}) if not row.chats else row for row in NEW.rows
    )
    assert loud != NEW.rows
    assert changes(NEW, replace(NEW, rows=loud), MODELS) == []


def test_a_fact_carries_the_day_of_the_list_that_confirms_it() -> None:
    day = date(2026, 10, 8)
    assert confirmed(MODELS["codestral-2508"], RECORDINGS["mistral"]) == dict.fromkeys(
        ("id", "temperature", "function_calling", "vision", "fim", "reasoning", "context", "aliases"), day
    )
    assert confirmed(MODELS["mistral-large-4"], RECORDINGS["mistral"])["temperature"] == date(2026, 10, 6)
    assert confirmed(CATALOGUE.models["deepseek"]["deepseek-flash"], RECORDINGS["deepseek"]) == {
        "id": date(2026, 9, 12)
    }


def test_a_fact_that_the_newest_list_contradicts_is_not_confirmed_by_an_older_one() -> None:
    other = MODELS["codestral-2508"].model_copy(update={"context": 1})
    assert "context" not in confirmed(other, RECORDINGS["mistral"])
    before = tuple(Row(row.id, {**row.facts, "context": 1}) for row in OLD.rows)
    assert "context" not in confirmed(other, (replace(OLD, rows=before), NEW))


def test_a_row_that_does_not_chat_confirms_no_flag() -> None:
    assert confirmed(MODELS["mistral-embed-2312"], RECORDINGS["mistral"]) == dict.fromkeys(
        ("id", "context", "aliases"), date(2026, 10, 8)
    )
