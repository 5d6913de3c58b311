"""The catalogue held against what one recording, or one live answer, says: facts in, verdicts out.

Pure: no file, no network, no today. A machine proposes and a person decides, so a list that got
shorter is never read as a removal, and an answer that is no list is no verdict.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import itemgetter

from ..schema.catalogue import Catalogue
from ..schema.endpoint import Endpoint
from ..schema.facts import FactValue
from ..schema.model import Model
from ..schema.provider import Provider
from .aliases import moved, newcomers, own_id, owners
from .recording import Recording, Row
from .row_facts import COMPARED, disputed, said
from .verdict import Basis, Verdict

STALE_REASONS = ("by-name", "hidden", "unverified", "no-api-id")
"""What `unlisted` says of models that no account's list has; a list that has one contradicts it."""


def judged(
    catalogue: Catalogue, recording: Recording, kept: Sequence[Recording], endpoint: str | None = None
) -> list[Verdict]:
    """The verdicts on a provider from one recording; `kept` are all that we have of the provider.

    `endpoint` is the one that was asked; None for a file.
    """
    provider = catalogue.providers.get(recording.provider)
    if provider is None:
        return [Verdict.none(recording.provider, "the catalogue has no provider of this name", fault=True)]
    earlier = [one for one in kept if one.day < recording.day]
    found = compare(provider, catalogue.models.get(provider.id, {}), recording, earlier, endpoint)
    later = [one for one in kept if one.day > recording.day]
    return [replace(one, newer=_newer(one, later)) for one in found] if later else found


def compare(
    provider: Provider,
    models: Mapping[str, Model],
    recording: Recording,
    earlier: Sequence[Recording] = (),
    endpoint: str | None = None,
) -> list[Verdict]:
    """Every verdict on the provider's `models`, in the catalogue's order, then what only the list has.

    `earlier` are the provider's older recordings: only with them can a model be called gone by its absence.
    """
    return _Comparison(provider, models, recording, earlier, Basis(recording.day, endpoint)).verdicts()


def _newer(verdict: Verdict, later: Iterable[Recording]) -> date | None:
    """The newest day of `later` recordings that are whole, or have a row of what the verdict is about."""
    names = {verdict.id, verdict.model}
    return max((one.day for one in later if one.complete or not one.ids.isdisjoint(names)), default=None)


@dataclass(frozen=True)
class _Comparison:
    """The two sides, and what both of them mean by which name."""

    provider: Provider
    models: Mapping[str, Model]
    recording: Recording
    earlier: Sequence[Recording]
    basis: Basis

    @cached_property
    def expected(self) -> Mapping[str, Model]:
        """The models that the list should have, by what we say."""
        asked = self.recording.endpoint
        at = next((one for one in self.provider.endpoints.values() if _models_address(one) == asked), None)
        return {
            name: model
            for name, model in self.models.items()
            if (at is None or at.serves(name))
            and not model.unlisted
            and name not in self.provider.ignored
            and not (model.retired and model.retired <= self.basis.day)
            and not (model.released and model.released > self.basis.day)
        }

    @cached_property
    def elsewhere(self) -> Mapping[str, str]:
        """Alias -> the other model that the list means by it."""
        found = moved(self.recording.rows, self.models)
        return {alias: to for alias, to in found.items() if alias not in self.provider.ignored}

    @cached_property
    def _rows(self) -> Mapping[str, Sequence[tuple[int, Row]]]:
        """Id -> its rows, each with its place in the list."""
        found: dict[str, list[tuple[int, Row]]] = defaultdict(list)
        for place, row in enumerate(self.recording.rows):
            found[row.id].append((place, row))
        return found

    @cached_property
    def _named(self) -> frozenset[str]:
        """Every name that some row lists beside its id."""
        return frozenset(name for row in self.recording.rows for name in row.aliases or ())

    def verdicts(self) -> list[Verdict]:
        missing = {name for model in self.expected.values() for name in self._due(model)} - self.recording.ids
        if self.recording.complete and self._collapsed(len(missing)):
            why = f"{len(missing)} ids that we expect are missing at once"
            return [Verdict.none(self.provider.id, why, endpoint=self.basis.endpoint)]
        found: list[Verdict] = []
        for model in self.models.values():
            about = [*self._moved(model), *self._about(model)]
            found += [one for one in about if len(about) == 1 or one.verdict != "same"]
        return [*found, *self._new()]

    def _due(self, model: Model) -> tuple[str, ...]:
        """The ids that should have a row: all names where aliases have rows, else any one of them."""
        if self.recording.shape.alias_rows:
            return model.ids
        return () if self.recording.ids.intersection(model.ids) else (model.id,)

    def _collapsed(self, missing: int) -> bool:
        """Whether half the list is missing at once, which says more about the list than about the models.

        One missing id is a single change, even in a list of two.
        """
        names = self.recording.shape.alias_rows
        due = sum(len(model.ids) for model in self.expected.values()) if names else len(self.expected)
        return missing > 1 and missing * 2 >= due

    def _moved(self, model: Model) -> Iterator[Verdict]:
        for alias in model.aliases:
            if alias in self.elsewhere:
                yield Verdict.moved(self.basis, model, alias, self.elsewhere[alias])

    def _about(self, model: Model) -> Iterator[Verdict]:
        """The verdicts on one model; none where a partial list lacks it."""
        ids = [name for name in model.ids if name not in self.elsewhere and name in self._rows]
        placed = sorted(((place, row) for name in ids for place, row in self._rows[name]), key=itemgetter(0))
        rows = sorted((row for _, row in placed), key=lambda row: row.id != model.id)
        if rows:
            found = [*self._names(model, rows), *self._rowless(model, rows), *self._facts(model, rows)]
            yield from found or (Verdict.same(self.basis, model),)
        elif not self.recording.complete:
            return
        elif model.id in self.expected:
            yield self._absent(model)
        elif model.retired and model.retired <= self.basis.day:
            yield Verdict.same(self.basis, model, f"retired on {model.retired}, and not listed")
        elif model.unlisted:
            yield Verdict.same(self.basis, model, f"not listed, as we say: {model.unlisted}")

    def _absent(self, model: Model) -> Verdict:
        """The verdict on a model that should be listed and is not."""
        probe = next((one for one in model.probes if one.status == 404 and one.asked in (None, model.id)), None)
        if probe:
            return Verdict.gone(self.basis, model, f"a request for it answered 404 on {probe.seen}")
        before = [one for one in self.earlier if one.complete and one.day < self.basis.day]
        having = next((one for one in reversed(before) if not one.ids.isdisjoint(model.ids)), None)
        if having and self.recording.may_show_less(having):
            why = f"the list of {having.day}, of an account that may be shown more, has it"
            return Verdict.unlisted(self.basis, model, model.id, why)
        lacking = [one for one in before if not having or (one.day > having.day and not one.may_show_less(having))]
        if lacking and any(day <= self.basis.day for day in _documented_ends(model)):
            lists = f"in neither list of {lacking[-1].day} and {self.basis.day}"
            return Verdict.gone(self.basis, model, f"{lists}, and retired in the documentation")
        return Verdict.unlisted(self.basis, model, model.id, "an account's list is not the world")

    def _names(self, model: Model, rows: Sequence[Row]) -> Iterable[Verdict]:
        """The verdicts on a model's names: what its own row lists, then alias rows that disagree with it.

        A name that the own row lost explains whatever the row of that name says of the others.
        """
        ours = set(model.ids)
        arrived = {alias for alias, to in self.elsewhere.items() if to == model.id}
        found: dict[Verdict, None] = {}
        first: tuple[set[str], set[str]] | None = None
        clusters = _by_id((row.id, row.cluster) for row in rows)
        for row in rows:
            if row.aliases is None:
                continue
            lost, gained = ours - row.cluster - self.elsewhere.keys(), set(row.cluster - ours - arrived)
            if rows[0].id != model.id:
                lost.discard(model.id)
            explained = first is not None and ((lost, gained) == first or (row.id in first[0] and not gained))
            first = first or (lost, gained)
            if explained and row.id != model.id:
                continue
            if lost or gained:
                mine = tuple(name for name in model.ids if name != row.id)
                theirs = (*(name for name in mine if name not in lost), *sorted(gained))
                why = _torn(row.id, clusters[row.id])
                found[Verdict.different(self.basis, model, row.id, "aliases", mine, theirs, why)] = None
        return found

    def _rowless(self, model: Model, rows: Sequence[Row]) -> Iterator[Verdict]:
        """Names that have no row of their own although rows still give them, where aliases have rows."""
        if not (self.recording.shape.alias_rows and self.recording.complete):
            return
        lacking = [name for name in model.aliases if name in self._named and name not in self.recording.ids]
        if model.id in self.expected and rows[0].id != model.id:
            lacking.insert(0, model.id)
        yield from (Verdict.unlisted(self.basis, model, name, "other rows still name it") for name in lacking)

    def _facts(self, model: Model, rows: Sequence[Row]) -> Iterator[Verdict]:
        for name in ("kind", *COMPARED):
            yield from self._fact(model, name, rows)
        if model.unlisted in STALE_REASONS:
            yield Verdict.different(self.basis, model, model.id, "unlisted", model.unlisted, "listed")

    def _fact(self, model: Model, name: str, rows: Sequence[Row]) -> Iterator[Verdict]:
        """The verdicts on one fact: what the model's own row says, then alias rows that say something else."""
        where: dict[tuple[bool, FactValue], str] = {}
        for row in rows:
            for theirs in said(name, model, row, self.basis.day):
                where.setdefault((isinstance(theirs, bool), theirs), row.id)
        ours = getattr(model, name)
        twins = _by_id((row.id, row.facts.get(name)) for row in rows)
        for (_, theirs), row_id in where.items():
            if theirs != ours and not disputed(model, name, theirs):
                yield Verdict.different(self.basis, model, row_id, name, ours, theirs, _torn(row_id, twins[row_id]))

    def _new(self) -> Iterator[Verdict]:
        """The verdicts on rows that we know nothing of: one for each model, not one for each of its names."""
        known = owners(self.models).keys()
        settled = [row for row in self.recording.rows if row.id in known and row.id not in self.elsewhere]
        named = {name for row in settled for name in row.aliases or ()}
        for group in newcomers(self.recording.rows, {*known, *named}):
            ids = {row.id for row in group}
            if ids.isdisjoint(self.provider.ignored):
                leader = own_id(ids)
                facts = next(row.facts for row in group if row.id == leader)
                yield Verdict.new(self.basis, self.provider.id, leader, facts)


def _by_id(said: Iterable[tuple[str, object]]) -> Mapping[str, set[object]]:
    """What rows say, by their id."""
    found: dict[str, set[object]] = defaultdict(set)
    for name, value in said:
        found[name].add(value)
    return found


def _torn(id: str, said: Collection[object]) -> str:
    """What to say of a word of the row of `id` where the list has several of them that say different things."""
    return f"the list has {id} more than once, each time otherwise" if len(said) > 1 else ""


def _models_address(endpoint: Endpoint) -> str:
    return endpoint.base_url + endpoint.routes.get("models", "")


def _documented_ends(model: Model) -> Iterator[date]:
    """The days on which some source says that the model stops."""
    for value in model.disputed.get("retired", {}).values():
        try:
            yield date.fromisoformat(str(value))
        except ValueError:
            continue
