"""The JSON document of each provider: valid by its published schema, and holding what programs need."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from keyway.evidence.recording import Recording
from keyway.exports.provider_json import document, document_text, schema_text
from keyway.schema.catalogue import Catalogue
from keyway.schema.model import Model
from keyway.schema.provider import Provider
from support.paths import PROVIDERS

SCHEMA = "https://keyway.example/api/provider.schema.json"

Recordings = Mapping[str, tuple[Recording, ...]]
Made = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="module")
def made(catalogue: Catalogue, recordings: Recordings) -> Made:
    """Provider -> its document, as a program reads it."""

    def made(provider: str) -> dict[str, Any]:
        found = document(catalogue, catalogue.providers[provider], recordings.get(provider, ()))
        return json.loads(document_text(found, SCHEMA))

    return made


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_document_is_valid_by_its_published_schema(provider: str, made: Made) -> None:
    schema = json.loads(schema_text(SCHEMA))
    Draft202012Validator.check_schema(schema)
    errors = Draft202012Validator(schema).iter_errors(made(provider))
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def test_the_schema_refuses_what_is_no_document(made: Made) -> None:
    validator = Draft202012Validator(json.loads(schema_text(SCHEMA)))
    whole = made("deepseek")
    for broken in (
        {},
        whole | {"version": 2},
        whole | {"models": {}},
        whole | {"surprise": 1},
        whole | {"verdicts": [whole["verdicts"][0] | {"verdict": "fine"}]},
        {key: value for key, value in whole.items() if key != "lists"},
    ):
        assert not validator.is_valid(broken)


def test_every_field_of_the_schema_says_what_it_is() -> None:
    schema = json.loads(schema_text(SCHEMA))
    for part in ("Entry", "List", "Finding", "Happening"):
        assert [
            name for name, field in schema["$defs"][part]["properties"].items() if not field.get("description")
        ] == []
    described = {name for name, field in schema["properties"].items() if field.get("description")}
    assert described >= {"version", "id", "provider", "models", "lists", "verdicts", "changes", "licence"}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_it_has_every_model_with_every_fact_and_its_evidence(
    provider: str, made: Made, catalogue: Catalogue, recordings: Recordings
) -> None:
    whole = made(provider)
    assert [one["id"] for one in whole["models"]] == list(catalogue.models[provider])
    again = [Model(id=one["id"], provider=provider, **one["facts"]) for one in whole["models"]]
    assert again == list(catalogue.models[provider].values())
    assert Provider(id=whole["id"], **whole["provider"]) == catalogue.providers[provider]
    assert [one["day"] for one in whole["lists"]] == [one.day.isoformat() for one in recordings.get(provider, ())]


def test_evidence_verdicts_and_changes_are_in_it(made: Made) -> None:
    whole = made("mistral")
    codestral = next(one for one in whole["models"] if one["id"] == "codestral-2508")
    assert codestral["facts"]["temperature"] == 0.3
    assert codestral["confirmed"]["temperature"] == "2026-10-08"
    assert codestral["facts"]["disputed"]["context"]["docs"] == "128k"
    assert {one["verdict"] for one in whole["verdicts"]} == {"same"}
    moved = next(one for one in whole["changes"] if one["kind"] == "moved" and one["id"] == "mistral-medium-latest")
    assert (moved["before"], moved["after"], moved["day"]) == (
        "mistral-medium-2508",
        "mistral-medium-2604",
        "2026-09-25",
    )
    assert {(one["day"], one["account"], one["complete"]) for one in whole["lists"]} >= {
        ("2026-09-25", "paid", True),
        ("2026-10-06", "free", False),
    }


def test_the_same_data_makes_the_same_document(made: Made) -> None:
    assert made("zhipu") == made("zhipu")
    assert "null" not in json.dumps(made("mistral")["models"])
