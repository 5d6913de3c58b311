"""JSON Schemas of the files in `data/`, for editors: hovering a field explains it.

They come from the types alone. They are looser than `read`, which knows more than one file.
"""

import json
from typing import Any

from pydantic import TypeAdapter

from ..schema.fields import JSON_SCHEMA_DIALECT
from .load import FILE_TYPES

TITLES = {
    "providers": "A provider: data/providers/<id>.yml",
    "models": "The models of a provider: data/models/<provider>.yml",
    "clients": "A client: data/clients/<id>.yml",
    "intermediaries": "What stands between reader and provider: data/intermediaries/<id>.yml",
    "ages": "How old facts may get: data/ages.yml",
    "free": "Services that give some models free: data/free.yml",
    "words": "The short texts of the site: data/words.yml",
}


def json_schemas() -> dict[str, str]:
    """File name (`models.json`) -> the text of the schema, ending with a line break."""
    return {f"{name}.json": _text(name, kind) for name, kind in FILE_TYPES.items()}


def _text(name: str, kind: Any) -> str:
    schema = _written(TypeAdapter(kind).json_schema())
    schema.pop("title", None)
    return (
        json.dumps({"$schema": JSON_SCHEMA_DIALECT, "title": TITLES[name], **schema}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _written(schema: Any) -> Any:
    """The schema of what a person writes: nothing is null, as the unknown is left out, and no title repeats a key.

    A description is one line, however many the docstring it comes from has.
    """
    if isinstance(schema, list):
        return [_written(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    branches = [branch for branch in schema.get("anyOf", ()) if branch != {"type": "null"}]
    if len(branches) == 1:
        schema = {**{key: value for key, value in schema.items() if key != "anyOf"}, **branches[0]}
    elif branches:
        schema = schema | {"anyOf": branches}
    kept: dict[str, Any] = {"additionalProperties": False} if "patternProperties" in schema else {}
    for key, value in schema.items():
        if key == "title" and isinstance(value, str):
            continue
        if key == "default" and (value is None or isinstance(value, dict)):
            continue
        if key == "description" and isinstance(value, str):
            kept[key] = " ".join(value.split())
        elif key in ("properties", "$defs"):
            kept[key] = {name: _written(part) for name, part in value.items()}
        else:
            kept[key] = _written(value)
    return kept
