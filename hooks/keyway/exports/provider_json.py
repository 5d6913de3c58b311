"""The JSON document of one provider, for programs: what we say, what the endpoint said, and the verdicts.

Its types are its published schema. It computes nothing that the pages do not show, and depends on no day.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..evidence.compare import compare
from ..evidence.history import confirmed, history
from ..evidence.recording import AccountKind, Recording, newest_complete
from ..evidence.verdict import JsonValue, plain
from ..schema.catalogue import Catalogue
from ..schema.fields import JSON_SCHEMA_DIALECT
from ..schema.model import Model
from ..schema.provider import Provider

VERSION: Final = 1
"""Goes up when a field goes or means something else; fields may be added at any time."""


class Part(BaseModel):
    """A part of the document: nothing in it is left to chance, and nothing may be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Entry(Part):
    """A model."""

    id: str
    """The id that requests name."""
    facts: Model
    """What the catalogue says; what is unknown is left out."""
    confirmed: dict[str, date]
    """Fact -> the day of the newest list that says the same; `id` is the day it was last listed."""


class List(Part):
    """A models list that was recorded."""

    day: date
    """The day (UTC)."""
    endpoint: str
    """The address that answered."""
    origin: str
    """How it came to us."""
    account: AccountKind
    """Which kind of account asked: one that does not pay may be shown less."""
    complete: bool
    """False where only a part of it is known."""
    fields: list[str]
    """Which fields of a row reached us."""
    ids: list[str]
    """The ids that it had a row for."""


class Finding(Part):
    """What comparing the catalogue with the newest complete list gave for one id, or one field of it."""

    verdict: Literal["same", "different", "unlisted", "gone", "new", "moved", "no-verdict"]
    """unlisted: ours, not in the list; new: theirs, not ours; moved: an alias means another model than we say."""
    id: str | None
    """The id or alias."""
    field: str | None
    """The field, where the verdict is about one."""
    ours: JsonValue
    """What the catalogue says."""
    theirs: JsonValue
    """What the list says."""
    model: str | None
    """The model that it is about."""
    why: str
    """What explains it; empty where nothing needs to be."""


class Happening(Part):
    """What changed between two lists."""

    kind: Literal["came", "went", "unseen", "moved", "changed"]
    """came and went (an id); unseen (not in the list of an account that may be shown less); moved (an alias means
    another model); changed (a field)."""
    id: str
    """The id or alias."""
    field: str | None
    """The field that changed."""
    before: JsonValue
    """The value, or the model meant, in the older list."""
    after: JsonValue
    """The same in the newer list."""
    model: str | None
    """The model that the id means, or meant."""
    since: date
    """The older list's day."""
    day: date
    """The newer list's day."""


class Document(Part):
    """All that Keyway knows of one provider."""

    version: Literal[1]
    """The version of this form."""
    id: str
    """The provider's id."""
    provider: Provider
    """What the catalogue says of the provider."""
    models: list[Entry]
    """Its models, in the order of the catalogue."""
    lists: list[List]
    """The models lists that were recorded, oldest first."""
    verdicts: list[Finding]
    """The catalogue against the newest complete list; empty where there is none."""
    changes: list[Happening]
    """What happened between the lists, the newest first."""
    licence: str = Field(default="CC-BY-4.0")
    """The licence of the data (SPDX)."""


def document(catalogue: Catalogue, provider: Provider, recordings: Sequence[Recording]) -> Document:
    """The document of `provider`; `recordings` are its own, oldest first."""
    models = catalogue.models.get(provider.id, {})
    newest = newest_complete(recordings)
    verdicts = compare(provider, models, newest, recordings) if newest else []
    return Document(
        version=VERSION,
        id=provider.id,
        provider=provider,
        models=[
            Entry(id=name, facts=model, confirmed=dict(confirmed(model, recordings))) for name, model in models.items()
        ],
        lists=[
            List(
                day=one.day,
                endpoint=one.endpoint,
                origin=one.origin,
                account=one.account,
                complete=one.complete,
                fields=list(one.fields),
                ids=list(dict.fromkeys(row.id for row in one.rows)),
            )
            for one in recordings
        ],
        verdicts=[
            Finding(
                verdict=one.verdict,
                id=one.id,
                field=one.field,
                ours=plain(one.ours),
                theirs=plain(one.theirs),
                model=one.model,
                why=one.why,
            )
            for one in verdicts
        ],
        changes=[
            Happening(
                kind=one.kind,
                id=one.id,
                field=one.field,
                before=plain(one.before),
                after=plain(one.after),
                model=one.model,
                since=one.since,
                day=one.day,
            )
            for one in history(recordings, models)
        ],
    )


def document_text(made: Document, schema: str) -> str:
    """The document as JSON; `schema` is the address of its schema. What is unknown of a record is left out."""
    body = made.model_dump(mode="json")
    body["provider"] = _known(body["provider"])
    body["models"] = [entry | {"facts": _known(entry["facts"])} for entry in body["models"]]
    return json.dumps({"$schema": schema} | body, ensure_ascii=False, indent=1) + "\n"


def schema_text(address: str) -> str:
    """The published schema of the document, which stands at `address`; it comes from the types alone."""
    schema = Document.model_json_schema()
    schema["properties"] = {"$schema": {"type": "string", "format": "uri"}} | schema["properties"]
    head = {"$schema": JSON_SCHEMA_DIALECT, "$id": address}
    return json.dumps(head | schema, ensure_ascii=False, indent=1) + "\n"


def _known(value: Any) -> Any:
    """A record without what is unknown: no nulls, at any depth."""
    if isinstance(value, dict):
        return {key: _known(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_known(item) for item in value]
    return value
