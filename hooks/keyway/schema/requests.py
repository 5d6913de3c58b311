"""What the catalogue says of request bodies: the fields that each route of a provider takes or refuses."""

from typing import Annotated, Literal

from pydantic import Field

from .fields import Count, DayOrMonth, FieldName, Flag, Id, Number, Passage, Record, Text, Word
from .model_ids import ModelId
from .words import Worded

RouteName = Literal["models", "chat", "responses", "messages", "generate", "fim", "embeddings", "rerank"]
"""The routes that pages, filters and snippets know; one of another name would be told of nowhere."""
BodyRoute = Annotated[Literal["chat", "responses", "messages", "fim", "embeddings"], Worded("route")]
"""Those of them that take a request body."""
JsonType = Literal["string", "integer", "number", "boolean", "array", "object", "string or array", "string or object"]
Role = Literal["system", "developer", "user", "assistant", "tool", "latest_reminder"]
Severity = Literal["refused", "ignored", "changed"]
"""What becomes of a request that a rule speaks of: refused; taken, but without effect; taken as something else."""
PLACE = r"^[A-Za-z_][A-Za-z0-9_]*(\[[a-z_]*\])?(\.[A-Za-z_][A-Za-z0-9_]*(\[[a-z_]*\])?)*$"
"""A place in a body: fields with a point between, `[]` for each entry of a list, `[tool]` for each whose role or type
is that word: `messages[assistant].tool_calls[].id`."""
PATTERN = r"^\^(\[[^\]\\]+\](\{[0-9]+(,[0-9]+)?\}|[+*])?)+\$$"
"""What a pattern may be: classes of characters, each so many times, from the first to the last; linear by its form."""
Place = Annotated[str, Field(strict=True, pattern=PLACE, max_length=120)]


class FieldHistory(Record):
    """A day on which the fate of a request field changed, or was seen."""

    seen: DayOrMonth
    """The day."""
    state: Annotated[Literal["accepted", "refused"], Worded("field")]
    """What happened to requests with it from then on."""
    source: Id
    """Which of the `sources` says so."""


class RequestField(Record):
    """One field of a request body."""

    state: Annotated[Literal["accepted", "refused", "disputed", "ignored"], Worded("field")] = "accepted"
    """accepted; refused (the endpoint answers 422); disputed (sources disagree); ignored (taken, without effect)."""
    type: JsonType | None = None
    """Its JSON type."""
    required: Flag = False
    """True where a request without it fails."""
    min: Number | None = None
    """The smallest value."""
    max: Number | None = None
    """The largest value."""
    above: Number | None = None
    """The largest value that is refused, where the smallest that is accepted has no name."""
    values: tuple[Text, ...] = ()
    """The words it can be, where they are few."""
    default: Word | int | float | bool | None = None
    """What the endpoint takes when it is left out."""
    fields: dict[FieldName, "RequestField"] = {}
    """Those of its own fields of which something is known: of the object, or of each object in the list."""
    instead: Text | None = None
    """The accepted field that means the same."""
    deprecated: Flag = False
    """True where the provider advises against it."""
    since: DayOrMonth | None = None
    """Since when it has been so."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the `sources` say so."""
    history: tuple[FieldHistory, ...] = ()
    """How it came to be so, oldest first."""

    @property
    def refused_on(self) -> tuple[str, ...]:
        """The days on which a field that is refused was seen so; empty for any other."""
        return tuple(event.seen for event in self.history) if self.state == "refused" else ()


class Condition(Record):
    """What holds of the value at a place; all that is given must hold."""

    given: Flag | None = None
    """True where it has to be there, and not null; False where it has to be missing."""
    equals: tuple[Word | int | float | bool, ...] = ()
    """It is one of these."""
    differs: tuple[Word | int | float | bool, ...] = ()
    """It is none of these; a missing value is none of them."""
    above: Number | None = None
    """It is a number, and larger."""
    unlike: Annotated[str, Field(strict=True, pattern=PATTERN, max_length=80)] | None = None
    """It is a text that does not match the pattern."""
    kind: Literal["string", "array", "object"] | None = None
    """It is of this JSON type."""


class Rule(Record):
    """What a provider does with some requests as a whole, over what it says of each field alone."""

    when: dict[Place, Condition] = Field(min_length=1)
    """Place to what holds there; the rule speaks of requests for which all holds, and names the first place."""
    models: tuple[ModelId, ...] = ()
    """The ids of the models that it holds for; empty for all."""
    without: Literal["vision", "reasoning", "function_calling"] | None = None
    """It holds for models that are known to lack this alone."""
    severity: Severity = "refused"
    """What becomes of the request."""
    says: Passage
    """What to write instead."""
    error: Id | None = None
    """The provider's error that comes of it."""
    seen: DayOrMonth
    """When it was last seen so."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the `sources` say so."""


class Order(Record):
    """What a provider wants of the order of messages."""

    first: tuple[Role, ...] = ()
    """The roles that the first message may have; empty for any."""
    last: tuple[Role, ...] = ()
    """The roles that the last message may have; empty for any."""
    last_with: dict[Role, FieldName] = {}
    """Other roles that the last message may have, each with a field that has to be true."""
    not_after: dict[Role, tuple[Role, ...]] = {}
    """Role to those after which it may not stand directly."""
    results: Flag = False
    """True where each tool call needs one message of the role tool with its id, and each such message a call."""
    errors: dict[Literal["first", "last", "not_after", "results"], Id] = {}
    """The provider's error that comes of each."""
    seen: DayOrMonth
    """When it was last seen so."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the `sources` say so."""


class EffortMend(Record):
    """Which reasoning efforts a filter sends in place of others."""

    models: tuple[Text, ...] = Field(min_length=1)
    """The ids and aliases of the models that it holds for."""
    values: dict[Id, Id] = Field(min_length=1)
    """Effort to the one that is sent in its place."""


class Mend(Record):
    """What a filter can put right on the way, where its user asks for it."""

    roles: dict[Role, Role] = {}
    """Role to the one that is sent in its place."""
    efforts: tuple[EffortMend, ...] = ()
    """The reasoning efforts of some models."""
    id_length: Count | None = None
    """How many letters or digits a tool call's id has to have; another is shortened to one, the same each time."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the `sources` say what the provider takes."""


class MessageShape(Record):
    """The fields that a message of one role may have."""

    fields: tuple[Text, ...] = Field(min_length=1)
    """Accepted fields."""
    refused: tuple[Text, ...] = ()
    """Fields that clients are known to send and the endpoint refuses."""
    sources: tuple[Id, ...] = ()
    """Which of the `sources` say so, where it is not only those of the route."""


class RequestRoute(Record):
    """What a route takes in a request body."""

    closed: Flag
    """True where the endpoint refuses every field that it does not know."""
    fields: dict[FieldName, RequestField]
    """Field name to what is known of it."""
    messages: dict[Literal["system", "user", "assistant", "tool"], MessageShape] = {}
    """Role to the fields of its messages, where the endpoint checks them."""
    roles: tuple[Role, ...] = ()
    """The roles that messages may have, where the endpoint checks them alone."""
    order: Order | None = None
    """What it wants of the order of messages."""
    mend: Mend | None = None
    """What a filter can put right on the way."""
    rules: dict[Id, Rule] = {}
    """Name to what it does with some requests as a whole."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the `sources` say so."""

    @property
    def accepted(self) -> tuple[str, ...]:
        """The fields that it takes for certain, in the order of the catalogue."""
        return tuple(name for name, field in self.fields.items() if field.state in ("accepted", "ignored"))

    @property
    def renames(self) -> dict[str, str]:
        """The fields that it knows under another name: the name that clients send to the name to send instead.

        Only names that it accepts count, so that a rename can never make a request worse.
        """
        taken = self.accepted
        return {
            name: field.instead
            for name, field in self.fields.items()
            if field.state == "refused" and field.instead in taken
        }
