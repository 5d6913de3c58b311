"""What the catalogue says of a plan: what it costs, what it allows, and how its terms were seen over time."""

from typing import Annotated, Literal

from pydantic import Field

from .endpoint import Region
from .fields import (
    KEYED,
    Count,
    Day,
    DayOrMonth,
    Factor,
    Flag,
    Id,
    KeyedRecord,
    Limit,
    Localized,
    Money,
    Note,
    Record,
    Term,
    Text,
)
from .limits import Credit, Limited
from .model_ids import ModelId
from .price import Currency
from .words import Worded


class PlanObservation(Limited):
    """The terms of a plan as one source saw them on one day."""

    seen: DayOrMonth
    """The day, or month, of the observation."""
    source: Id
    """Which of the `sources` saw it."""
    card: Term | None = None
    """Whether a payment card is asked for."""
    phone: Term | None = None
    """Whether a phone number is asked for."""
    requests_per_second: Limit | None = None
    """Requests a second."""
    requests_per_minute: Limit | None = None
    """Requests a minute."""
    requests_per_day: Limit | None = None
    """Requests a day."""
    tokens_per_minute: Limit | None = None
    """Tokens a minute."""
    tokens_per_month: Limit | None = None
    """Tokens a month."""
    credit: Credit | None = None
    """An allowance in money."""


class Fee(Record):
    """What a subscription costs."""

    amount: Money
    """How much."""
    currency: Currency
    """ISO 4217."""
    per: Annotated[Literal["month", "quarter", "year"], Worded("period")] | None = None
    """For how long; left out where the source does not say."""
    region: Region | None = None
    """For the accounts of which region, where they differ."""


class Quota(Record):
    """How much a subscription grants before it makes its user wait."""

    amount: Count
    """How many units."""
    unit: Annotated[Literal["requests", "prompts", "tokens", "credits"], Worded("quota")]
    """What is counted."""
    per: Annotated[Literal["5-hours", "day", "week", "month"], Worded("period")]
    """After which time it is granted anew."""


class Level(KeyedRecord):
    """One level of a subscription, as one source gave it."""

    name: Text
    """What the provider calls it, in every language."""
    fees: tuple[Fee, ...] = ()
    """What it costs."""
    quotas: tuple[Quota, ...] = ()
    """What it grants, the shortest period first."""
    relative: Factor | None = None
    """How many times the smallest level it grants, where the provider publishes no more than that."""
    seen: DayOrMonth
    """The day, or month, of the source's text."""
    source: Id
    """Which of the provider's `sources` gave it."""


class Plan(KeyedRecord):
    """A way to pay, or not to."""

    name: Localized
    """What the provider calls it."""
    free: Flag = False
    """True where it costs nothing."""
    covers: Literal["price-zero"] | None = None
    """Which models it is of: price-zero, those whose list price is zero; left out where no rule says so."""
    levels: Annotated[dict[Id, Level], KEYED] = {}
    """The levels of a subscription, the smallest first."""
    models: tuple[ModelId, ...] = ()
    """The models that it includes, where it does not include all."""
    clients: tuple[Id, ...] = ()
    """The clients that its terms name as allowed, where they allow only some; of those, the ones we know."""
    closed: Day | None = None
    """Since when no new account can have it."""
    observations: tuple[PlanObservation, ...] = ()
    """Its terms over time, newest first."""
    notes: tuple[Note, ...] = ()
    """What no field holds and matters to whoever chooses it."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the `sources` describe it."""
