"""What came, went, moved and changed between two recordings, and which facts a recording confirms.

Pure, and computed anew whenever it is asked for: history is never written down beside the recordings.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from ..schema.facts import FactValue
from ..schema.model import Model
from ..schema.words import Worded
from .aliases import own_id
from .recording import Recording, Row
from .row_facts import COMPARED, counts


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise in the newer of two lists; `before` and `after` are facts or ids."""

    kind: Annotated[Literal["came", "went", "moved", "changed"], Worded("history")]
    provider: str
    since: date
    """The older list's day."""
    day: date
    """The newer list's day."""
    id: str
    """The id or alias."""
    model: str
    """The model that the id means: in the newer list, or for `went` in the older one."""
    field: str | None = None
    """The catalogue's field, for `changed`."""
    before: FactValue = None
    """The value, or for `moved` the model meant, in the older list; None where it says nothing."""
    after: FactValue = None
    """The same of the newer list."""


def changes(older: Recording, newer: Recording, models: Collection[str] = ()) -> list[Change]:
    """Every change between two lists of one provider, in the order: came, went, moved, changed.

    `models` are the ids that the catalogue knows: they tell which name of several is the model's own.
    A list that is only a part of one says nothing of what it lacks.
    """
    was, now = _Names(older, models), _Names(newer, models)
    at = (newer.provider, older.day, newer.day)
    came = [name for name in now.means if name not in was.means] if older.complete else []
    went = [name for name in was.means if name not in now.means] if newer.complete else []
    both = [name for name in now.means if name in was.means]
    found = [Change("came", *at, name, now.means[name]) for name in came]
    found += [Change("went", *at, name, was.means[name]) for name in went]
    found += [
        Change("moved", *at, name, now.means[name], before=_other(name, was), after=_other(name, now))
        for name in both
        if was.means[name] != now.means[name] and name not in models
    ]
    for name in both:
        for field, before, after in _differences(was.rows.get(name), now.rows.get(name)):
            found.append(Change("changed", *at, name, now.means[name], field, before, after))
    return found


def history(recordings: Sequence[Recording], models: Collection[str] = ()) -> list[Change]:
    """Every change between each recording and the last whole list before it, the newest day first."""
    found: list[list[Change]] = []
    whole: Recording | None = None
    for recording in recordings:
        if whole:
            found.append(changes(whole, recording, models))
        if recording.complete:
            whole = recording
    return [change for group in reversed(found) for change in group]


def confirmed(model: Model, recordings: Sequence[Recording]) -> Mapping[str, date]:
    """Field -> the day of the newest recording that speaks of it, where that recording says what we say.

    `id` is the last day on which the list had the model. A field whose newest word is another than
    ours is left out, however often an older list agreed.
    """
    days: dict[str, date] = {}
    settled: set[str] = set()
    for recording in reversed(recordings):
        rows = [row for row in recording.rows if row.id == model.id]
        if not rows:
            continue
        days.setdefault("id", recording.day)
        for field in (*COMPARED, "aliases"):
            said = [row.facts[field] for row in rows if field in row.facts and counts(field, row, model)]
            if said and field not in settled:
                settled.add(field)
                if all(_equal(field, model, value) for value in said):
                    days[field] = recording.day
    return days


def _equal(field: str, model: Model, value: FactValue) -> bool:
    if isinstance(value, tuple):
        return set(value) == set(getattr(model, field))
    return value is not None and bool(value == getattr(model, field))


class _Names:
    """What the names of one list mean: `means` maps each to its model's id, `rows` to its row."""

    def __init__(self, recording: Recording, models: Collection[str]) -> None:
        self.rows: dict[str, Row] = {}
        self.means: dict[str, str] = {}
        for row in recording.rows:
            self.rows.setdefault(row.id, row)
            self.means[row.id] = row.id if row.id in models else own_id(row.cluster, models)
        for row in recording.rows:
            for alias in row.aliases or ():
                self.means.setdefault(alias, self.means[row.id])


def _other(name: str, names: _Names) -> str | None:
    """The model that `name` means, or None where it stood for itself."""
    return None if names.means[name] == name else names.means[name]


def _differences(older: Row | None, newer: Row | None) -> list[tuple[str, FactValue, FactValue]]:
    if older is None or newer is None:
        return []
    return [
        (field, older.facts[field], newer.facts[field])
        for field in COMPARED
        if field in older.facts
        and field in newer.facts
        and older.facts[field] != newer.facts[field]
        and counts(field, older, newer)
    ]
