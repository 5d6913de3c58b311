"""The JSON Schemas in data/schema are those of the types, explain every field, and take what the reader takes."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from keyway.cli import main
from keyway.commands import schema as command_schema
from keyway.loading.json_schema import json_schemas
from keyway.loading.load import FILE_TYPES
from pydantic import TypeAdapter
from support.paths import PROJECT

FOLDER = PROJECT / "data" / "schema"
NAMES = [f"{name}.json" for name in FILE_TYPES]


@cache
def parsed(name: str) -> dict[str, Any]:
    return json.loads(json_schemas()[name])


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_schema_is_the_one_of_the_types(name: str) -> None:
    """If this fails, run `python -m keyway schema`."""
    assert (FOLDER / name).read_text(encoding="utf-8") == json_schemas()[name]


def test_no_other_schema_lies_beside_them() -> None:
    assert {file.name for file in FOLDER.iterdir()} == set(json_schemas())


def loose(schema: Any) -> list[str]:
    """The number, flag and text types in a pydantic core schema that would take a value of another type."""
    if isinstance(schema, list | tuple):
        return [found for part in schema for found in loose(part)]
    if not isinstance(schema, dict):
        return []
    if schema.get("type") in ("int", "float", "bool") and not schema.get("strict"):
        return [str(schema)]
    if schema.get("type") in ("function-before", "union"):  # looked at before, or taken as it is
        return []
    return [found for part in schema.values() for found in loose(part)]


@pytest.mark.parametrize("name", FILE_TYPES)
def test_nothing_is_coerced(name: str) -> None:
    """A quoted number must stay a mistake: every number and flag is strict, or looked at by a function of ours."""
    assert loose(TypeAdapter(FILE_TYPES[name]).core_schema) == []


def records(schema: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {"": schema, **schema.get("$defs", {})}


@pytest.mark.parametrize("name", NAMES)
def test_hovering_a_field_explains_it(name: str) -> None:
    silent = [
        f"{record}.{field}"
        for record, schema in records(parsed(name)).items()
        for field, shape in schema.get("properties", {}).items()
        if not shape.get("description")
    ]
    assert silent == []


@pytest.mark.parametrize("name", NAMES)
def test_an_editor_marks_unknown_fields(name: str) -> None:
    open_records = [
        record for record, schema in records(parsed(name)).items()
        if "properties" in schema and schema.get("additionalProperties") is not False
    ]  # fmt: skip
    assert open_records == []


def test_nothing_in_a_schema_may_be_null() -> None:
    assert [name for name, text in json_schemas().items() if '"null"' in text or ": null" in text] == []


def test_a_file_of_models_maps_ids_to_models() -> None:
    (entry,) = parsed("models.json")["patternProperties"].values()
    assert entry == {"$ref": "#/$defs/Model"}


@pytest.mark.parametrize(
    "file", sorted(f for f in (PROJECT / "data").rglob("*.yml")), ids=lambda f: f"{f.parent.name}/{f.name}"
)
def test_a_data_file_names_its_schema(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    folder = file.parent.name if file.parent.name != "data" else file.stem
    start = "../" if file.parent.name != "data" else ""
    assert first == f"# yaml-language-server: $schema={start}schema/{folder}.json"


def test_the_command_writes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--root", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [f"data/schema/{name}" for name in json_schemas()]
    assert {f.name: f.read_text(encoding="utf-8") for f in (tmp_path / "data/schema").iterdir()} == json_schemas()
    assert command_schema.SUMMARY.endswith(".")
