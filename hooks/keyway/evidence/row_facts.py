"""What a row of a models list says of one fact, whether its word counts, and whether we know of it already."""

from collections.abc import Iterator
from datetime import date

from ..schema.facts import FactValue
from ..schema.model import FACTS, Model
from .recording import Row

COMPARED = tuple(name for name, fact in FACTS.items() if fact.compared)
"""Compared beside id, kind and aliases. `created` is the time of the request, `name` is an alias for some
models, `owned_by` never changes: these are never compared."""

LIST_SOURCE = "list"
"""How the names of those sources begin that are models lists, such as list-2026-10-08."""

NOT_SAID = ("listed", "none")
"""How `disputed` writes that a list gives no value (for `retired`: that it still has the model)."""


def counts(name: str, *sides: Row | Model) -> bool:
    """Whether a list's word on the fact `name` counts: of what only some kinds have, only where all `sides` chat."""
    return FACTS[name].kinds is None or all(side.chats for side in sides)


def said(name: str, model: Model, row: Row, day: date) -> Iterator[FactValue]:
    """What `row` says on `day` of the fact `name` of `model`: one value, or none where it says nothing that counts.

    Of a retirement that has passed, a row without a day says "listed": the model is still there.
    """
    if name == "kind":
        chats = row.facts.get("chat", model.chats)
        if chats != model.chats:
            yield "chat" if chats else row.facts.get("kind", "not chat")
    elif not counts(name, row, model):
        return
    elif name == "retired" and "retired" not in row.facts:
        if model.retired and model.retired <= day:
            yield "listed"
    elif name in row.facts:
        yield row.facts[name]


def disputed(model: Model, name: str, theirs: FactValue) -> bool:
    """Whether the catalogue says under `disputed` that the list, not just anyone, gives this value."""
    values = [value for source, value in model.disputed.get(name, {}).items() if source.startswith(LIST_SOURCE)]
    if theirs is None or theirs == "listed":
        return any(value in NOT_SAID for value in values)
    if isinstance(theirs, date):
        return theirs.isoformat() in values
    return any(value == theirs and isinstance(value, bool) == isinstance(theirs, bool) for value in values)
