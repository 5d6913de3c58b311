"""Tables of models: those that answer, those that ended, what is known of one, and what happened to it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ...evidence.history import Change
from ...schema.facts import Fact
from ...schema.fields import Citation, Said
from ...schema.model import FACTS, FreePlanObservation, Model
from ...schema.provider import Provider
from ...schema.words import NeededWord
from ..columns import Absence, Arguments, Column, Layout, Table, itself
from ..disputes import Standing, standing
from ..queries import Queries

NUMERIC = ("decimal", "number")
"""Forms of facts whose cells are aligned as numbers."""


@dataclass(frozen=True)
class Described:
    """A model, and why nothing is said of what a free account gets for it, where nothing is."""

    model: Model
    without_free_plan: Absence


@dataclass(frozen=True)
class Replaced:
    """An id or alias, the model that it means, and what to use in its place."""

    provider: Provider
    name: str
    model: Model
    following: Model | None
    without_free_plan: Absence
    """Why nothing is said of what a free account gets for it, where nothing is."""


@dataclass(frozen=True)
class Stated:
    """One fact of a model, the day a recording last confirmed it, what it stands on else, and who disagrees."""

    model: Model
    fact: Fact
    confirmed: date | None
    standing: Standing
    claims: tuple[tuple[Citation, Said], ...]


@dataclass(frozen=True)
class Observed:
    """What a free account got for a model on one day, and who says so."""

    model: Model
    observation: FreePlanObservation
    source: Citation


@dataclass(frozen=True)
class Happened:
    """One change between two lists of a provider."""

    provider: Provider
    change: Change


def fact_column(name: str, of: Callable[[Any], Model] = itself, *, optional: bool = False) -> Column:
    """The column of one fact; `of` finds the model in a row."""
    fact = FACTS[name]

    def value(row: object) -> object:
        model = of(row)
        given = getattr(model, name)
        return given if given in (None, ()) else Arguments(fact, given, model.provider, True, name in model.disputed)

    def absence(row: object) -> Absence:
        return "unknown" if fact.holds_for(of(row).kind) else "inapplicable"

    has = (lambda row: getattr(of(row), name)) if optional else None
    return Column(fact.word, "value.fact", value, absence, number=fact.shown in NUMERIC, optional=has)


def described(name: str, *, optional: bool = False) -> Column:
    """The column of one fact in a table of described models."""
    return fact_column(name, lambda row: row.model, optional=optional)


NAMED = Column("id", "link.named", lambda row: row.model)
STATE = Column("state", "mark.state", lambda row: row.model)
TIER = described("tier", optional=True)
FREE_PLAN = Column(
    "free_plan",
    "mark.result",
    lambda row: row.model.free_result,
    lambda row: row.without_free_plan,
)

CHAT = Layout(
    (
        NAMED,
        described("temperature"),
        described("function_calling"),
        described("vision"),
        described("fim", optional=True),
        described("context"),
        TIER,
        FREE_PLAN,
        STATE,
    )
)
OTHER_KINDS = Layout((NAMED, described("kind"), described("context"), TIER, STATE))
PAST = Layout(
    (
        NAMED,
        described("retired"),
        Column("replacement", "link.model", lambda row: row.following, "none"),
    )
)
NAME = Column("id", "link.id", lambda row: Arguments(row.provider, row.name))
MENU = Layout(
    (
        NAME,
        Column("today", "link.model", lambda row: row.model),
        described("temperature"),
        FREE_PLAN,
        Column("state", "mark.state_since", lambda row: row.model),
        Column("replacement", "link.model", lambda row: row.following, empty="nothing"),
    )
)
THEN = Layout(
    (
        NAME,
        Column("today", "value.text", lambda row: row.model.name),
        Column("state", "mark.state_since", lambda row: row.model),
        Column("replacement", "link.model", lambda row: row.following, empty="nothing"),
    )
)
FREE = Layout(
    (
        Column("id", "link.model", lambda row: row.model),
        Column("free_plan", "mark.result", lambda row: row.observation),
        Column("limits", "value.limits", lambda row: row.observation.limits),
        Column("seen", "mark.aged", lambda row: Arguments("free_plans", row.observation.seen)),
    )
)
OBSERVATIONS = Layout(
    (
        Column("seen", "mark.day", lambda row: row.observation.seen),
        Column("result", "mark.result", lambda row: row.observation),
        Column("limits", "value.limits", lambda row: row.observation.limits),
        Column("source", "mark.source", lambda row: row.source),
    )
)
FACTS_OF = Layout(
    (
        Column("fact", "value.heading", lambda row: row.fact),
        Column(
            "value",
            "value.fact",
            lambda row: Arguments(row.fact, getattr(row.model, row.fact.name), row.model.provider),
        ),
        Column("evidence", "value.evidence", itself),
    ),
    "kw-facts",
)
HISTORY = Layout(
    (
        Column("id", "link.known", lambda row: Arguments(row.provider, row.change.id)),
        Column(NeededWord("history", "change"), "history.kind", lambda row: row.change),
        Column(NeededWord("history", "detail"), "history.what", lambda row: Arguments(row.provider, row.change)),
        Column(NeededWord("history", "between"), "history.between", lambda row: row.change),
    )
)


@dataclass(frozen=True)
class ModelTables:
    """The tables of models, as templates ask for them."""

    query: Queries

    def chat(self, models: Iterable[Model]) -> Table:
        """Models for chat: what each can do, and whether it is free."""
        return CHAT.table(self._described(models))

    def other_kinds(self, models: Iterable[Model]) -> Table:
        """Embedding, OCR, speech and other models, to which temperatures and most flags do not apply."""
        return OTHER_KINDS.table(self._described(models))

    def past(self, models: Iterable[Model]) -> Table:
        """Models that ended: what stands in their place."""
        return PAST.table(self._replaced(self.query.provider_of(model), model.id) for model in models)

    def menu(self, provider: Provider, names: Iterable[str]) -> Table:
        """Ids that a client offers by itself: what each means today, whether it is free, and what replaces it."""
        return MENU.table(self._replaced(provider, name) for name in names)

    def then(self, provider: Provider, names: Iterable[str]) -> Table:
        """Ids of old guides, and where each leads today."""
        return THEN.table(self._replaced(provider, name) for name in names)

    def free(self, models: Iterable[Model]) -> Table:
        """What free accounts got, model by model, when one last asked."""
        return FREE.table(
            seen for model in models for seen in self._observed(model) if seen.observation == model.free_result
        )

    def observations(self, model: Model) -> Table:
        """What free accounts got for one model, day by day."""
        return OBSERVATIONS.table(self._observed(model))

    def facts_of(self, model: Model) -> Table:
        """Every fact of one model, with the day a recording confirmed it and what other sources say."""
        sources, days = self.query.provider_of(model).sources, self.query.confirmed_on(model)
        return FACTS_OF.table(
            Stated(
                model,
                fact,
                days.get(fact.name),
                standing(fact, model, sources),
                tuple((sources[source], claim) for source, claim in model.disputed.get(fact.name, {}).items()),
            )
            for fact in self.query.shown_facts(model)
        )

    def history(self, provider: Provider, changes: Iterable[Change]) -> Table:
        """What recordings tell of the time between them."""
        return HISTORY.table(Happened(provider, change) for change in changes)

    def _described(self, models: Iterable[Model]) -> Iterator[Described]:
        return (Described(model, self.query.without_free_plan(model)) for model in models)

    def _replaced(self, provider: Provider, name: str) -> Replaced:
        model = self.query.catalogue.model(provider.id, name)
        return Replaced(provider, name, model, self.query.replacement(model), self.query.without_free_plan(model))

    def _observed(self, model: Model) -> list[Observed]:
        sources = self.query.provider_of(model).sources
        return [Observed(model, seen, sources[seen.source]) for seen in model.free_plan]
