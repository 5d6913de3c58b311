"""The catalogue against recordings: every single change is found, and nothing else is reported."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from keyway.evidence.compare import compare
from keyway.evidence.recording import Recording, from_answer, newest_complete
from keyway.evidence.verdict import Verdict, plain, worst
from keyway.schema.catalogue import Catalogue
from keyway.schema.model import Model
from keyway.schema.provider import Provider
from support.mutations import additions, mutations
from support.paths import LISTED
from support.projects import load_cases

Recordings = Mapping[str, tuple[Recording, ...]]


def answer(rows: list[dict], like: Recording) -> Recording:
    """The rows as the endpoint of `like` would have sent them on its day, read as they come."""
    body = json.dumps({"object": "list", "data": rows}).encode()
    return from_answer(body, like.provider, like.endpoint, like.day, "a test")


def rows_of(recording: Recording) -> list[dict]:
    return [dict(row.said) for row in recording.rows]


def short(verdict: Verdict) -> tuple:
    theirs = verdict.as_json()["theirs"]
    return (verdict.verdict, verdict.id, verdict.field, set(theirs) if isinstance(theirs, list) else theirs)


@pytest.mark.parametrize("provider", LISTED)
def test_every_single_change_is_found_and_nothing_else_is_reported(
    provider: str, catalogue: Catalogue, recordings: Recordings
) -> None:
    newest, earlier = newest_complete(recordings[provider]), recordings[provider][:-1]
    rows, models = rows_of(newest), catalogue.models[provider]
    kinds: Counter[str] = Counter()
    for mutation in [*mutations(rows, models.keys() & {row["id"] for row in rows}), *additions(rows)]:
        verdicts = compare(catalogue.providers[provider], models, answer(mutation.rows, newest), earlier)
        found = [short(one) for one in verdicts if one.verdict != "same"]
        if mutation.expected and mutation.expected[-1] is ...:
            found = [(*one[:-1], ...) for one in found]
        assert found == ([mutation.expected] if mutation.expected else []), mutation.name
        kinds[mutation.expected[0] if mutation.expected else "same"] += 1
    assert kinds["same"] > len(rows)
    assert kinds["unlisted"] == len(rows)
    assert kinds["new"] >= 2 * len(rows)


def test_every_compared_field_of_mistral_is_mutated(catalogue: Catalogue, recordings: Recordings) -> None:
    rows = rows_of(newest_complete(recordings["mistral"]))
    fields = {one.expected[2] for one in mutations(rows, catalogue.models["mistral"].keys()) if one.expected}
    assert fields == {
        "temperature",
        "function_calling",
        "vision",
        "fim",
        "reasoning",
        "context",
        "retired",
        "aliases",
        None,
    }


def stated(case: dict) -> dict[str, Model]:
    """The models of a case; those of Mistral's say what a row that is filled up says."""
    usual = {"temperature": 0.3, "function_calling": False, "context": 1000} if case["provider"] == "mistral" else {}
    given = {
        name: {
            key: value
            for key, value in {"name": name, "sources": ["list"], **usual, **facts}.items()
            if value is not None
        }
        for name, facts in case["models"].items()
    }
    return {name: Model(id=name, provider=case["provider"], **facts) for name, facts in given.items()}


def told(case: dict, which: str, day: date) -> Recording:
    """The list of a case, read as an endpoint's answer."""
    rows = [{"id": row} if isinstance(row, str) else row for row in case[which]]
    if case["provider"] == "mistral":
        usual = {
            "aliases": [],
            "capabilities": {"completion_chat": True, "function_calling": False},
            "default_model_temperature": 0.3,
            "max_context_length": 1000,
            "deprecation": None,
        }
        rows = [usual | row for row in rows]
    body = json.dumps({"data": rows}).encode()
    recording = from_answer(body, case["provider"], case.get("endpoint", ""), day, "a test")
    return replace(recording, complete=case.get("complete", True))


VERDICTS = load_cases("compare")["verdicts"]


@pytest.mark.parametrize("case", VERDICTS, ids=[case["name"] for case in VERDICTS])
def test_a_list_gets_its_verdicts_and_no_others(case: dict, catalogue: Catalogue) -> None:
    provider: Provider = catalogue.providers[case["provider"]]
    provider = provider.model_copy(update={"ignored": case.get("ignored", {})})
    earlier = [told(case, "earlier", date(2026, 9, 8))] if "earlier" in case else []
    found = [one.as_json() for one in compare(provider, stated(case), told(case, "list", date(2026, 10, 8)), earlier)]
    found = [one for one in found if one["verdict"] != "same"]
    nothing = {"provider": case["provider"], "id": None, "field": None, "ours": None, "theirs": None}
    expected = [nothing | {key: plain(value) for key, value in one.items()} for one in case["found"]]
    assert [{key: one[key] for key in wanted} for one, wanted in zip(found, expected, strict=True)] == expected


def test_the_worst_of_several_exit_codes_is_our_own_fault_then_no_verdict_then_a_difference() -> None:
    assert [worst(codes) for codes in ([], [0], [0, 1], [1, 3, 0], [1, 3, 2], [0, 2])] == [0, 0, 1, 3, 2, 2]


def test_every_kind_of_verdict_has_its_exit_code() -> None:
    kinds = {"same": 0, "different": 1, "unlisted": 1, "gone": 1, "new": 1, "moved": 1, "no-verdict": 3}
    assert {kind: Verdict(kind, "x").exit_code for kind in kinds} == kinds
    assert Verdict("no-verdict", "x", fault=True).exit_code == 2


@pytest.mark.parametrize(("ours", "chats", "theirs"), [("chat", False, "not chat"), ("ocr", True, "chat")])
def test_a_model_that_starts_or_ends_to_chat_is_another_kind(
    ours: str, chats: bool, theirs: str, catalogue: Catalogue
) -> None:
    flags = {"completion_chat": chats, "vision": True}
    case = {"provider": "mistral", "models": {"one": {"kind": ours}}, "list": [{"id": "one", "capabilities": flags}]}
    models = stated(case)
    found = compare(catalogue.providers["mistral"], models, told(case, "list", date(2026, 10, 8)))
    assert [(one.verdict, one.id, one.field, one.ours, one.theirs) for one in found] == [
        ("different", "one", "kind", ours, theirs)
    ]
