"""What came, went, moved and changed between the recordings that are kept, and what they confirm."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from keyway.evidence.history import Change, changes, confirmed, history
from keyway.evidence.recording import Recording, Row
from keyway.schema.catalogue import Catalogue
from keyway.schema.model import Model

Models = Mapping[str, Model]
Recordings = Mapping[str, tuple[Recording, ...]]
Lists = tuple[Recording, Recording, Recording]


@pytest.fixture(scope="module")
def models(catalogue: Catalogue) -> Models:
    """Mistral's."""
    return catalogue.models["mistral"]


@pytest.fixture(scope="module")
def lists(recordings: Recordings) -> Lists:
    """Mistral's: a whole list, a part of one, and a whole one again."""
    by_day = {one.day.isoformat(): one for one in recordings["mistral"]}
    old, part, new = by_day["2025-12-30"], by_day["2026-10-06"], by_day["2026-10-08"]
    assert (old.complete, part.complete, new.complete) == (True, False, True)
    return old, part, new


def of(kind: str, found: list[Change]) -> dict[str, tuple]:
    return {one.id: (one.before, one.after) for one in found if one.kind == kind}


def test_between_two_lists_of_mistral_23_ids_came_and_41_went(lists: Lists, models: Models) -> None:
    old, new = replace(lists[0], account="free"), lists[2]
    found = changes(old, new, models)
    assert Counter(one.kind for one in found if one.kind in ("came", "went", "moved")) == {
        "came": 23,
        "went": 41,
        "moved": 8,
    }
    assert {(one.since, one.day) for one in found} == {(old.day, new.day)}


def test_eight_aliases_mean_another_model(lists: Lists, models: Models) -> None:
    old, _, new = lists
    assert of("moved", changes(old, new, models)) == {
        "mistral-medium": ("mistral-medium-2508", "mistral-medium-2604"),
        "mistral-medium-latest": ("mistral-medium-2508", "mistral-medium-2604"),
        "magistral-medium-latest": ("magistral-medium-2509", "mistral-medium-2604"),
        "magistral-small-latest": ("magistral-small-2509", "mistral-small-2603"),
        "mistral-small-latest": ("mistral-small-2506", "mistral-small-2603"),
        "mistral-ocr-latest": ("mistral-ocr-2512", "mistral-ocr-4-1"),
        "mistral-vibe-cli-latest": (None, "mistral-medium-2604"),
        "voxtral-mini-latest": ("voxtral-mini-2507", "voxtral-mini-2602"),
    }


def test_five_ids_changed_their_temperature_under_the_same_name(lists: Lists, models: Models) -> None:
    old, _, new = lists
    found = [one for one in changes(old, new, models) if one.field == "temperature"]
    assert of("changed", found) == {
        "mistral-medium": (0.3, 1.0),
        "mistral-medium-latest": (0.3, 1.0),
        "magistral-medium-latest": (0.7, 1.0),
        "magistral-small-latest": (0.7, 0.3),
        "mistral-vibe-cli-latest": (0.2, 1.0),
    }


def test_what_came_and_went_at_deepseek(catalogue: Catalogue, recordings: Recordings) -> None:
    until = [one for one in recordings["deepseek"] if one.day <= date(2026, 9, 12)]
    days = [(one.kind, one.id, one.day) for one in history(until, catalogue.models["deepseek"])]
    assert days == [
        ("came", "deepseek-flash", date(2026, 9, 12)),
        ("went", "deepseek-v4-flash", date(2026, 9, 12)),
        ("came", "deepseek-v4-flash", date(2026, 8, 5)),
        ("came", "deepseek-v4-pro", date(2026, 8, 5)),
        ("went", "deepseek-chat", date(2026, 8, 5)),
        ("went", "deepseek-reasoner", date(2026, 8, 5)),
    ]


def test_a_part_of_a_list_makes_nothing_go(lists: Lists, models: Models) -> None:
    old, part, new = lists
    assert of("went", changes(old, part, models)) == {}
    assert set(of("came", changes(old, part, models))) == {"mistral-large-4", "mistral-large-4-0"}
    assert of("came", changes(part, new, models)) == {}
    assert history((old, part, new), models)[0].day == new.day


def test_the_same_list_twice_is_no_change(recordings: Recordings) -> None:
    for those in recordings.values():
        for one in those:
            assert changes(one, replace(one, day=date(2027, 1, 1))) == []


def test_what_an_account_that_may_be_shown_less_lacks_is_unseen_and_not_gone(
    recordings: Recordings, models: Models
) -> None:
    """Mistral's list of 2026-09-25 is of a paying account, that of 2026-10-08 of one that does not pay."""
    paid, free = (one for one in recordings["mistral"] if one.account in ("paid", "free") and one.complete)
    hidden = {"mistral-large-2512", "mistral-large-latest", "zai-glm-5-3", "zai-glm-5", "zai-glm-latest"}
    found = changes(paid, free, models)
    assert set(of("unseen", found)) == hidden | {"glm-5-2", "zai-glm-5-2"}
    assert of("went", found) == {}
    assert set(of("went", changes(paid, replace(free, account="paid"), models))) == set(of("unseen", found))
    later = replace(paid, day=date(2026, 11, 1))
    again = [one for one in history((paid, free, later), models) if one.day == later.day]
    assert again == [], "what a paying account is shown again is not new"


def test_a_fact_that_the_list_before_does_not_state_is_compared_with_the_last_that_did(
    recordings: Recordings, models: Models
) -> None:
    """The list of 2026-09-25 was reduced to ids, aliases and ends."""
    found = [one for one in history(recordings["mistral"], models) if one.field == "temperature"]
    assert {(one.since, one.day) for one in found} == {(date(2025, 12, 30), date(2026, 10, 8))}
    assert of("changed", found)["mistral-medium-latest"] == (0.3, 1.0)


def test_noise_of_rows_that_do_not_chat_is_no_change(lists: Lists, models: Models) -> None:
    _, _, new = lists
    loud = tuple(
        Row(row.id, {**row.facts, "temperature": 1.9, "vision": True}) if not row.chats else row for row in new.rows
    )
    assert loud != new.rows
    assert changes(new, replace(new, rows=loud), models) == []


def test_a_fact_carries_the_day_of_the_list_that_confirms_it(
    models: Models, catalogue: Catalogue, recordings: Recordings
) -> None:
    day = date(2026, 10, 8)
    assert confirmed(models["codestral-2508"], recordings["mistral"]) == dict.fromkeys(
        ("id", "temperature", "function_calling", "vision", "fim", "reasoning", "context", "aliases"), day
    )
    assert confirmed(models["mistral-large-4"], recordings["mistral"])["temperature"] == date(2026, 10, 6)
    assert confirmed(catalogue.models["deepseek"]["deepseek-flash"], recordings["deepseek"]) == {
        "id": date(2026, 9, 12)
    }


def test_a_fact_that_the_newest_list_contradicts_is_not_confirmed_by_an_older_one(
    lists: Lists, models: Models, recordings: Recordings
) -> None:
    old, _, new = lists
    other = models["codestral-2508"].model_copy(update={"context": 1})
    assert "context" not in confirmed(other, recordings["mistral"])
    before = tuple(Row(row.id, {**row.facts, "context": 1}) for row in old.rows)
    assert "context" not in confirmed(other, (replace(old, rows=before), new))


def test_a_row_that_does_not_chat_confirms_no_flag(models: Models, recordings: Recordings) -> None:
    assert confirmed(models["mistral-embed-2312"], recordings["mistral"]) == dict.fromkeys(
        ("id", "context", "aliases"), date(2026, 10, 8)
    )
