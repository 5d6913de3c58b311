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

Word = tuple[date, Row]
"""The newest row that states a fact, and the day of its list."""
Earlier = Mapping[str, Mapping[str, Word]]
"""Id -> fact -> the newest word on it: lists of some days are reduced to a few fields."""
EMPTY: Earlier = {}


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise in the newer of two lists; `before` and `after` are facts or ids."""

    kind: Annotated[Literal["came", "went", "unseen", "moved", "changed"], Worded("history")]
    """unseen: it went, and from the list of an account that may be shown less, so that it can still be there."""
    provider: str
    since: date
    """The older list's day."""
    day: date
    """The newer list's day."""
    id: str
    """The id or alias."""
    model: str
    """The model that the id means: in the newer list, or for `went` and `unseen` in the older one."""
    field: str | None = None
    """The catalogue's field, for `changed`."""
    before: FactValue = None
    """The value, or for `moved` the model meant, in the older list; None where it says nothing."""
    after: FactValue = None
    """The same of the newer list."""


def changes(older: Recording, newer: Recording, models: Collection[str] = (), earlier: Earlier = EMPTY) -> list[Change]:
    """Every change between two lists of one provider, in the order: came, went or unseen, moved, changed.

    `models` are the ids that the catalogue knows: they tell which name of several is the model's own.
    `earlier` are words of still older lists on what the older one does not state.
    A list that is only a part of one says nothing of what it lacks, and what was hidden from an account is not new.
    """
    was, now = _Names(older, models), _Names(newer, models)
    at = (newer.provider, older.day, newer.day)
    shown = earlier.keys() if older.may_show_less(newer) else ()
    came = [name for name in now.means if name not in was.means and name not in shown] if older.complete else []
    went = [name for name in was.means if name not in now.means] if newer.complete else []
    both = [name for name in now.means if name in was.means]
    found = [Change("came", *at, name, now.means[name]) for name in came]
    absent: Literal["unseen", "went"] = "unseen" if newer.may_show_less(older) else "went"
    found += [Change(absent, *at, name, was.means[name]) for name in went]
    found += [
        Change("moved", *at, name, now.means[name], before=_other(name, was), after=_other(name, now))
        for name in both
        if was.means[name] != now.means[name] and name not in models
    ]
    for name in both:
        row = now.rows.get(name)
        for field, (day, stated) in {**_words(older.day, was.rows.get(name)), **earlier.get(name, {})}.items():
            if row and _differ(field, stated, row):
                before, after = stated.facts[field], row.facts[field]
                found.append(
                    Change("changed", newer.provider, day, newer.day, name, now.means[name], field, before, after)
                )
    return found


def history(recordings: Sequence[Recording], models: Collection[str] = ()) -> list[Change]:
    """Every change between each recording and the last whole list before it, the newest day first."""
    found: list[list[Change]] = []
    whole: Recording | None = None
    stated: dict[str, dict[str, Word]] = {}
    for recording in recordings:
        if whole:
            found.append(changes(whole, recording, models, stated))
        if recording.complete:
            whole = recording
            for row in reversed(recording.rows):  # of several rows of an id the first counts
                stated[row.id] = stated.get(row.id, {}) | _words(recording.day, row)
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


def _words(day: date, row: Row | None) -> dict[str, Word]:
    """Fact -> the row that states it, and its day; none for no row."""
    return {field: (day, row) for field in COMPARED if field in row.facts} if row else {}


def _differ(field: str, older: Row, newer: Row) -> bool:
    return field in newer.facts and older.facts[field] != newer.facts[field] and counts(field, older, newer)
