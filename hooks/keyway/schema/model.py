"""What the catalogue says of one model, and the rules inside one such record."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from .facts import Fact, NotAFact, facts_of
from .fields import (
    Day,
    DayOrMonth,
    FieldName,
    Flag,
    Id,
    KeyedRecord,
    Limit,
    Note,
    Record,
    Said,
    Temperature,
    Term,
    Text,
    Tokens,
)
from .limits import Limited
from .model_ids import ModelId
from .price import Price
from .words import Worded

Kind = Annotated[
    Literal["chat", "embedding", "rerank", "moderation", "ocr", "transcription", "speech", "image", "video"],
    Worded("kind"),
]
Medium = Annotated[Literal["text", "image", "audio", "video", "pdf"], Worded("medium")]
"""What a model takes or gives."""
Effort = Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"]
"""How hard a model that thinks tries, in the words that request fields take; none switches thinking off."""
FixedTemperature = Annotated[
    Literal["refused", "ignored", "refused-when-thinking", "ignored-when-thinking"], Worded("fixed_temperature")
]
"""What becomes of another temperature than the default one, and in which mode."""
FreeResult = Annotated[
    Literal["usable", "no-quota", "rate-limited", "tier-not-allowed", "labs-not-enabled", "price-zero"], Worded("free")
]
Unlisted = Annotated[Literal["account", "by-name", "hidden", "unverified", "no-api-id"], Worded("status")]

PROVIDER = "\0provider"
"""Under which name a model is given its provider, as `OWN_KEY` gives it its key."""

CHAT: tuple[Kind, ...] = ("chat",)
SEEING: tuple[Kind, ...] = ("chat", "embedding", "rerank", "moderation", "ocr", "image", "video")
"""Kinds of which some take images; speech and transcription have only text and sound."""


class FreePlanObservation(Limited):
    """What a free account got for this model on one day: an observation, never a promise."""

    seen: DayOrMonth
    """The day of the observation."""
    result: FreeResult
    """usable; no-quota (429 with a limit of 0); rate-limited (429, limit not reported); tier-not-allowed or
    labs-not-enabled (403 of that type); price-zero (listed at price 0, not tried)."""
    requests_per_second: Limit | None = None
    """The limit that the answer's headers gave."""
    requests_per_minute: Limit | None = None
    """The limit that the answer's headers gave."""
    tokens_per_minute: Limit | None = None
    """The limit that the answer's headers gave."""
    tokens_per_month: Limit | None = None
    """The limit that the source gave."""
    shared: Term = False
    """True where the limit is one pool for several models."""
    source: Id
    """Which source of the provider's `sources` saw it."""


class Probe(Record):
    """What a request for one id answered on one day, whatever the list says."""

    seen: Day
    """The day of the request."""
    asked: ModelId | None = None
    """The id that was asked for, where it was an alias."""
    status: int = Field(strict=True, ge=100, le=599)
    """The HTTP status of the answer."""
    source: Id
    """Which source of the provider's `sources` saw it."""


class Model(KeyedRecord):
    """One model, under the id that requests name."""

    provider: SkipJsonSchema[str] = Field(validation_alias=PROVIDER, exclude=True)
    """The id of the provider that serves it (its file's name)."""

    name: Annotated[Text, Fact(None)]
    """The vendor's own name for it."""
    kind: Annotated[Kind, Fact("choice")] = "chat"
    """What it does; temperatures and most flags are for models that chat."""
    aliases: Annotated[tuple[ModelId, ...], Fact("codes")] = ()
    """Other ids that answer as this model today."""
    temperature: Annotated[Temperature | None, Fact("decimal", CHAT, compared=True, written=True)] = None
    """The default temperature that the endpoint applies when a request gives none."""
    fixed_temperature: Annotated[FixedTemperature | None, Fact("choice", CHAT)] = None
    """What becomes of another temperature, where requests cannot choose one."""
    function_calling: Annotated[Flag | None, Fact("flag", CHAT, compared=True, written=True)] = None
    """Whether it can call functions (tools)."""
    vision: Annotated[Flag | None, Fact("flag", SEEING, compared=True, written=True)] = None
    """Whether it takes images as input."""
    inputs: Annotated[tuple[Medium, ...], Fact("choices", group="medium")] = ()
    """All that it takes; left out where nobody says more than `vision` does."""
    outputs: Annotated[tuple[Medium, ...], Fact("choices", group="medium")] = ()
    """All that it gives; left out where nobody says."""
    fim: Annotated[Flag | None, Fact("flag", CHAT, compared=True, written=True)] = None
    """Whether it completes text in the middle (fill in the middle)."""
    reasoning: Annotated[Flag | None, Fact("flag", CHAT, compared=True, written=True)] = None
    """Whether it can think before it answers."""
    reasoning_off: Annotated[Flag | None, Fact("flag", CHAT)] = None
    """Whether its thinking can be switched off."""
    efforts: Annotated[tuple[Effort, ...], Fact("codes", CHAT)] = ()
    """The levels of effort that requests may name, the least first."""
    default_effort: Annotated[Effort | None, Fact("code", CHAT)] = None
    """The level that it takes where a request names none."""
    passed_back: Annotated[tuple[FieldName, ...], Fact("codes", CHAT)] = ()
    """Fields of its answers that the next request has to give back with them."""
    context: Annotated[Tokens | None, Fact("number", compared=True, written=True)] = None
    """The context window in tokens, as the endpoint states it."""
    max_output: Annotated[Tokens | None, Fact("number")] = None
    """The most tokens one answer can have; left out where no endpoint says so."""
    tier: Annotated[Annotated[Literal["premier", "open", "labs"], Worded("tier")] | None, Fact("badge")] = None
    """The vendor's own word for its class."""
    licence: Annotated[Text | None, Fact("text")] = None
    """The licence of the weights, in the vendor's words."""
    prices: Annotated[tuple[Price, ...], Fact("prices", word="price")] = ()
    """List prices; those of one offer (region, length of the request, currency, unit) together, newest first."""
    released: Annotated[Day | None, Fact("day")] = None
    """The day it came out."""
    deprecated: Annotated[Day | None, Fact("day")] = None
    """The day the vendor announced its end."""
    retired: Annotated[Day | None, Fact("day", compared=True, written=True)] = None
    """The day it stops (or stopped) answering."""
    replacement: Annotated[ModelId | None, Fact("id")] = None
    """The id of the model that the vendor names in its place."""
    routed_to: Annotated[ModelId | None, Fact("id")] = None
    """The model that requests for this retired id reach today."""
    unlisted: Annotated[Unlisted | None, Fact(None)] = None
    """Why the models list lacks it although it is not retired: account (other accounts list it), by-name (answers by
    name only), hidden (answers, and no account's list has it), unverified (only documents name it), no-api-id (weights
    only)."""
    free_plan: Annotated[tuple[FreePlanObservation, ...], NotAFact("observations, each with its own source")] = ()
    """What free accounts got, newest first."""
    notes: Annotated[tuple[Note, ...], NotAFact("sentences, each with its own source")] = ()
    """What no field holds and matters to whoever uses it."""
    probes: Annotated[tuple[Probe, ...], NotAFact("observations, each with its own source")] = ()
    """What requests for exactly this id answered."""
    sources: Annotated[tuple[Id, ...], NotAFact("says where the facts come from")] = Field(min_length=1)
    """Which of the provider's `sources` the facts come from."""
    disputed: Annotated[dict[Id, dict[Id, Said]], NotAFact("says where sources disagree about facts")] = {}
    """Field by field, what each source says where they disagree."""

    @model_validator(mode="after")
    def _in_order(self) -> "Model":
        for earlier, later in (("released", "deprecated"), ("deprecated", "retired"), ("released", "retired")):
            first, then = getattr(self, earlier), getattr(self, later)
            if first and then and then < first:
                raise PydanticCustomError(
                    "order",
                    "{later} {then} is before {earlier} {first}; check both days",
                    {"later": later, "then": then, "earlier": earlier, "first": first, "at": later},
                )
        return self

    @property
    def chats(self) -> bool:
        """Whether people talk with it; what only such models have is looked for in no other."""
        return self.kind == "chat"

    @property
    def ids(self) -> tuple[str, ...]:
        """Every id that means this model, its own first."""
        return (self.id, *self.aliases)

    @property
    def free_result(self) -> FreePlanObservation | None:
        """The newest word on what a free account gets: of those that tried, if any did; a price list tried nothing."""
        tried = (seen for seen in self.free_plan if seen.result != "price-zero")
        return next(tried, self.free_plan[0] if self.free_plan else None)

    def state(self, day: date) -> Literal["current", "deprecated", "retired"]:
        """Where it stands in its life on `day`, by the vendor's own dates."""
        if self.retired and self.retired <= day:
            return "retired"
        return "deprecated" if self.deprecated and self.deprecated <= day else "current"


FACTS = facts_of(Model)
"""Every fact of a model, in the order of the record."""
