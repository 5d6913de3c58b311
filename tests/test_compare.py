"""The catalogue against recordings: every single change is found, and nothing else is reported."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from keyway.compare import compare
from keyway.model import Model
from keyway.provider import Provider
from keyway.read import read
from keyway.recording import Recording, from_answer, newest_complete, read_recordings
from keyway.verdict import Verdict, worst

from mutations import additions, mutations

ROOT = Path(__file__).parents[1]
CATALOGUE = read(ROOT)
RECORDINGS = read_recordings(ROOT)
PROVIDERS = tuple(CATALOGUE.providers)


def newest(provider: str) -> Recording:
    return newest_complete(RECORDINGS[provider])


def answer(rows: list[dict], provider: str, day: date) -> Recording:
    """The rows as the endpoint would send them, read as they come."""
    body = json.dumps({"object": "list", "data": rows}).encode()
    return from_answer(body, provider, newest(provider).endpoint, day, "a test")


def reported(rows: list[dict], provider: str, day: date | None = None) -> list[Verdict]:
    """The verdicts on `rows` that are not `same`."""
    recording = answer(rows, provider, day or newest(provider).day)
    verdicts = compare(
        CATALOGUE.providers[provider], CATALOGUE.models[provider], recording, RECORDINGS[provider][:-1]
    )
    return [one for one in verdicts if one.verdict != "same"]


def rows_of(provider: str) -> list[dict]:
    return [dict(row.said) for row in newest(provider).rows]


def short(verdict: Verdict) -> tuple:
    theirs = verdict.as_json()["theirs"]
    return (verdict.verdict, verdict.id, verdict.field, set(theirs) if isinstance(theirs, list) else theirs)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_single_change_is_found_and_nothing_else_is_reported(provider: str) -> None:
    rows, models = rows_of(provider), CATALOGUE.models[provider]
    kinds: Counter[str] = Counter()
    for mutation in [*mutations(rows, models.keys() & {row["id"] for row in rows}), *additions(rows)]:
        found = [short(one) for one in reported(mutation.rows, provider)]
        if mutation.expected and mutation.expected[-1] is ...:
            found = [(*one[:-1], ...) for one in found]
        assert found == ([mutation.expected] if mutation.expected else []), mutation.name
        kinds[mutation.expected[0] if mutation.expected else "same"] += 1
    assert kinds["same"] and kinds["unlisted"] == len(rows) and kinds["new"] >= 2 * len(rows)


def test_every_compared_field_of_mistral_is_mutated() -> None:
    rows = rows_of("mistral")
    fields = {one.expected[2] for one in mutations(rows, CATALOGUE.models["mistral"].keys()) if one.expected}
    assert fields == {"temperature", "function_calling", "vision", "fim", "reasoning", "context", "retired", "aliases", None}
