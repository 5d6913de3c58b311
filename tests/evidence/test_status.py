"""Where a model, and a models list, stands on a day."""

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from keyway.evidence.recording import Recording, Row
from keyway.evidence.status import ANSWERING, ModelStatus, model_status, models_list
from keyway.loading.load import load_catalogue
from keyway.schema.model import Model
from support.projects import BASE

DAY = date(2026, 11, 25)
LIST = Recording("mistral", "", date(2026, 10, 8), "a test", True, (Row("listed", {}), Row("alias", {})))
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
CASES = {
    "retired on the day, whatever the list says": ("listed", {"retired": DAY}, "retired"),
    "not retired before the day": ("listed", {"retired": AFTER}, "listed"),
    "deprecated and listed": ("listed", {"deprecated": BEFORE}, "deprecated"),
    "deprecated from the next day on": ("listed", {"deprecated": AFTER}, "listed"),
    "listed, though we say that it is not": ("listed", {"unlisted": "account"}, "listed"),
    "an alias with a row is no row of the model": ("other", {"aliases": ("alias",)}, "unlisted"),
    "not listed, and nobody says why": ("other", {}, "unlisted"),
    "not listed, and it came out on the day of the list": ("other", {"released": date(2026, 10, 8)}, "unlisted"),
    "younger than the list, which says nothing of it": ("other", {"released": date(2026, 10, 9)}, "no-list"),
    "younger than the list by our word, and yet listed": ("listed", {"released": date(2026, 10, 9)}, "listed"),
    "deprecated and not listed": ("other", {"deprecated": BEFORE, "unlisted": "by-name"}, "by-name"),
} | {
    f"not listed: {reason}": ("other", {"unlisted": reason}, reason)
    for reason in ("account", "hidden", "unverified", "no-api-id")
}

STATUSES = set(get_args(get_args(ModelStatus)[0]))  # the type is annotated with the words that it needs


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_model_has_the_status(case: tuple[str, dict, str]) -> None:
    name, facts, expected = case
    assert (
        model_status(Model(id=name, provider="mistral", name=name, sources=("docs",), **facts), LIST, DAY) == expected
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "no-list"),
        ({"deprecated": BEFORE}, "deprecated"),
        ({"retired": DAY}, "retired"),
        ({"unlisted": "unverified"}, "unverified"),
    ],
)
def test_where_no_list_was_ever_recorded_the_sources_of_a_model_stand_alone(facts: dict, expected: str) -> None:
    assert model_status(Model(id="x", provider="mistral", name="x", sources=("docs",), **facts), None, DAY) == expected


def test_every_status_can_be_had_and_those_that_answer_are_some_of_them() -> None:
    assert {expected for _, _, expected in CASES.values()} == STATUSES
    assert set(ANSWERING) < STATUSES


def test_the_newest_whole_list_counts_and_gets_old_after_the_days_that_the_provider_sets() -> None:
    mistral = load_catalogue(BASE).providers["mistral"]
    part = replace(LIST, day=date(2026, 11, 1), complete=False)
    older = replace(LIST, day=date(2026, 9, 1))
    last = LIST.day + timedelta(days=mistral.list_limit_days)
    fresh, old = (models_list(mistral, (older, LIST, part), day) for day in (last, last + timedelta(days=1)))
    assert (fresh.recording, fresh.age, fresh.stale) == (LIST, mistral.list_limit_days, False)
    assert old.stale
    assert models_list(mistral, (part,), DAY) is None
