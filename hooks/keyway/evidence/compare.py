"""The catalogue held against what one recording, or one live answer, says: facts in, verdicts out.

Pure: no file, no network, no today. A machine proposes and a person decides, so a list that got
shorter is never read as a removal, and an answer that is no list is no verdict.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from ..schema.model import FACTS, Model
from ..schema.provider import Endpoint, Provider
from .aliases import moved, newcomers, own_id, owners
from .recording import Recording, Row
from .verdict import Verdict

COMPARED = tuple(name for name, fact in FACTS.items() if fact.compared)
"""Compared beside id, kind and aliases. `created` is the time of the request, `name` is an alias for some
models, `owned_by` never changes: these are never compared."""

STALE_REASONS = ("by-name", "unverified", "no-api-id")
"""What `unlisted` says of models that no account's list has; a list that has one contradicts it."""

LIST_SOURCE = "list"
"""How the names of those sources begin that are models lists, such as list-2026-10-08."""

NOT_SAID = ("listed", "none")
"""How `disputed` writes that a list gives no value (for `retired`: that it still has the model)."""

Found = list[Verdict]


def compare(
    provider: Provider, models: Mapping[str, Model], recording: Recording, earlier: Sequence[Recording] = ()
) -> Found:
    """Every verdict on the provider's `models`, in the catalogue's order, then what only the list has.

    `earlier` are the provider's older recordings: only with them can a model be called gone by its absence.
    """
    expected = _expected(provider, models, recording)
    missing = {name for model in expected for name in _rows_due(model, recording)} - recording.ids
    if recording.complete and _collapsed(len(missing), expected, recording):
        return [no_verdict(provider.id, f"{len(missing)} ids that we expect are missing at once")]
    elsewhere = {alias: to for alias, to in moved(recording.rows, models).items() if alias not in provider.ignored}
    found: Found = []
    for model in models.values():
        gone_to = [
            Verdict("moved", "", alias, "aliases", model.id, elsewhere[alias])
            for alias in model.aliases
            if alias in elsewhere
        ]
        about = gone_to + _about(model, model in expected, recording, earlier, elsewhere)
        if len(about) > 1:
            about = [one for one in about if one.verdict != "same"]
        found += [replace(one, provider=provider.id, model=model.id) for one in about]
    found += _new(provider, models, recording, elsewhere)
    return [replace(one, day=recording.day) for one in found]


def no_verdict(provider: str, why: str, *, fault: bool = False) -> Verdict:
    """The verdict where there is none; `fault` where our own key, data or settings are the cause."""
    return Verdict("no-verdict", provider, why=why, fault=fault)


def _expected(provider: Provider, models: Mapping[str, Model], recording: Recording) -> list[Model]:
    """The models that the list should have, by what we say."""
    at = next((one for one in provider.endpoints.values() if _models_address(one) == recording.endpoint), None)
    served = models.keys() if at is None or at.models == "all" else at.models
    return [
        model
        for model in models.values()
        if model.id in served
        and not model.unlisted
        and model.id not in provider.ignored
        and not (model.retired and model.retired <= recording.day)
        and not (model.released and model.released > recording.day)
    ]


def _models_address(endpoint: Endpoint) -> str:
    return endpoint.base_url + endpoint.routes.get("models", "")


def _rows_due(model: Model, recording: Recording) -> tuple[str, ...]:
    """The ids that should have a row: all names where aliases have rows, else any one of them."""
    if recording.shape.alias_rows:
        return model.ids
    return () if recording.ids.intersection(model.ids) else (model.id,)


def _collapsed(missing: int, expected: Sequence[Model], recording: Recording) -> bool:
    """Whether half the list is missing at once, which says more about the list than about the models.

    One missing id is a single change, even in a list of two.
    """
    due = sum(len(model.ids) for model in expected) if recording.shape.alias_rows else len(expected)
    return missing > 1 and missing * 2 >= due


def _absent(model: Model, recording: Recording, earlier: Sequence[Recording]) -> Verdict:
    """The verdict on a model that should be listed and is not."""
    probe = next((one for one in model.probes if one.status == 404 and one.asked in (None, model.id)), None)
    if probe:
        return Verdict("gone", "", model.id, ours=model.id, why=f"a request for it answered 404 on {probe.seen}")
    before = [one for one in earlier if one.complete and one.day < recording.day]
    twice = before and not before[-1].ids.intersection(model.ids)
    if twice and any(day <= recording.day for day in _documented_ends(model)):
        why = f"in neither list of {before[-1].day} and {recording.day}, and retired in the documentation"
        return Verdict("gone", "", model.id, ours=model.id, why=why)
    return Verdict("unlisted", "", model.id, ours=model.id, why="an account's list is not the world")


def _documented_ends(model: Model) -> Iterator[date]:
    """The days on which some source says that the model stops."""
    for value in model.disputed.get("retired", {}).values():
        try:
            yield date.fromisoformat(str(value))
        except ValueError:
            continue


def _about(
    model: Model, expected: bool, recording: Recording, earlier: Sequence[Recording], elsewhere: Mapping[str, str]
) -> Found:
    """The verdicts on one model; empty where a partial list lacks it."""
    rows = [row for row in recording.rows if row.id in model.ids and row.id not in elsewhere]
    if rows:
        return _listed(model, rows, expected, recording, elsewhere)
    if not recording.complete:
        return []
    if expected:
        return [_absent(model, recording, earlier)]
    if model.retired and model.retired <= recording.day:
        return [Verdict("same", "", model.id, why=f"retired on {model.retired}, and not listed")]
    if model.unlisted:
        return [Verdict("same", "", model.id, why=f"not listed, as we say: {model.unlisted}")]
    return []


def _listed(
    model: Model, rows: Sequence[Row], expected: bool, recording: Recording, elsewhere: Mapping[str, str]
) -> Found:
    """The verdicts on a model that has rows: its own first, then those of its aliases."""
    rows = sorted(rows, key=lambda row: row.id != model.id)
    found = _aliases(model, rows, elsewhere) + _rowless(model, rows, expected, recording)
    for name in ("kind", *COMPARED):
        found += _field(model, name, rows, recording.day)
    if model.unlisted in STALE_REASONS:
        found.append(Verdict("different", "", model.id, "unlisted", model.unlisted, "listed"))
    return found or [Verdict("same", "", model.id)]


def _field(model: Model, name: str, rows: Sequence[Row], day: date) -> Found:
    """The verdicts on one field: what the model's own row says, then alias rows that say something else."""
    said: dict[tuple[bool, object], str] = {}
    for row in rows:
        theirs = _said(name, model, row, day)
        if theirs is not _NOTHING:
            said.setdefault((isinstance(theirs, bool), theirs), row.id)
    ours = getattr(model, name)
    return [
        Verdict("different", "", where, name, ours, theirs)
        for (_, theirs), where in said.items()
        if theirs != ours and not _explained(model, name, theirs)
    ]


_NOTHING = object()


def _said(name: str, model: Model, row: Row, day: date) -> object:
    if name == "kind":
        chats = row.facts.get("chat", model.chats)
        return _NOTHING if chats == model.chats else "chat" if chats else row.facts.get("kind", "not chat")
    if not counts(name, row, model):
        return _NOTHING
    if name == "retired" and "retired" not in row.facts:
        return "listed" if model.retired and model.retired <= day else _NOTHING
    return row.facts.get(name, _NOTHING)


def counts(name: str, *sides: Row | Model) -> bool:
    """Whether a list's word on the fact `name` counts: of what only some kinds have, only where all `sides` chat."""
    return FACTS[name].kinds is None or all(side.chats for side in sides)


def _explained(model: Model, name: str, theirs: object) -> bool:
    """Whether `disputed` says that the list, not just anyone, gives this value."""
    values = [value for source, value in model.disputed.get(name, {}).items() if source.startswith(LIST_SOURCE)]
    if theirs is None or theirs == "listed":
        return any(value in NOT_SAID for value in values)
    if isinstance(theirs, date):
        return theirs.isoformat() in values
    return any(value == theirs and isinstance(value, bool) == isinstance(theirs, bool) for value in values)


def _aliases(model: Model, rows: Sequence[Row], elsewhere: Mapping[str, str]) -> Found:
    """The verdicts on a model's names: what its own row lists, then alias rows that disagree with it.

    A name that the own row lost explains whatever the row of that name says of the others.
    """
    ours = set(model.ids)
    arrived = {alias for alias, to in elsewhere.items() if to == model.id}
    found: dict[Verdict, None] = {}
    first: tuple[set[str], set[str]] | None = None
    for row in rows:
        if "aliases" not in row.facts:
            continue
        lost, gained = ours - row.cluster - elsewhere.keys(), set(row.cluster - ours - arrived)
        if rows[0].id != model.id:
            lost.discard(model.id)
        follows = first is not None and row.id != model.id
        first = first or (lost, gained)
        if follows and ((lost, gained) == first or (row.id in first[0] and not gained)):
            continue
        if lost or gained:
            mine = tuple(name for name in model.ids if name != row.id)
            theirs = (*(name for name in mine if name not in lost), *sorted(gained))
            found[Verdict("different", "", row.id, "aliases", mine, theirs)] = None
    return list(found)


def _rowless(model: Model, rows: Sequence[Row], expected: bool, recording: Recording) -> Found:
    """Names that have no row of their own although rows still give them, where aliases have rows."""
    if not (recording.shape.alias_rows and recording.complete):
        return []
    named = {name for row in recording.rows for name in row.facts.get("aliases", ())}
    lacking = [name for name in model.aliases if name in named and name not in recording.ids]
    if expected and rows[0].id != model.id:
        lacking.insert(0, model.id)
    return [Verdict("unlisted", "", name, ours=model.id, why="other rows still name it") for name in lacking]


def _new(provider: Provider, models: Mapping[str, Model], recording: Recording, elsewhere: Mapping[str, str]) -> Found:
    """The verdicts on rows that we know nothing of: one for each model, not one for each of its names."""
    known: Collection[str] = owners(models).keys()
    settled = [row for row in recording.rows if row.id in known and row.id not in elsewhere]
    named = {name for row in settled for name in row.facts.get("aliases", ())}
    found: Found = []
    for group in newcomers(recording.rows, {*known, *named}):
        ids = {row.id for row in group}
        if ids.isdisjoint(provider.ignored):
            leader = own_id(ids)
            facts = next(row.facts for row in group if row.id == leader)
            found.append(Verdict("new", provider.id, leader, theirs=dict(facts)))
    return found
