"""What the catalogue says of request bodies: the fields that each route of a provider takes or refuses."""

from typing import Annotated, Literal

from pydantic import Field

from .fields import DayOrMonth, FieldName, Flag, Id, Number, Record, Text, Word
from .words import Worded

RouteName = Literal["models", "chat", "responses", "messages", "generate", "fim", "embeddings", "rerank"]
"""The routes that pages, filters and snippets know; one of another name would be told of nowhere."""
BodyRoute = Annotated[Literal["chat", "fim", "embeddings"], Worded("route")]
"""Those of them that take a request body."""
JsonType = Literal["string", "integer", "number", "boolean", "array", "object", "string or array", "string or object"]


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

    state: Annotated[Literal["accepted", "refused", "disputed"], Worded("field")] = "accepted"
    """accepted; refused (the endpoint answers 422); disputed (sources disagree)."""
    type: JsonType | None = None
    """Its JSON type."""
    required: Flag = False
    """True where a request without it fails."""
    min: Number | None = None
    """The smallest value."""
    max: Number | None = None
    """The largest value."""
    values: tuple[Text, ...] = ()
    """The words it can be, where they are few."""
    default: Word | int | float | bool | None = None
    """What the endpoint takes when it is left out."""
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
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the `sources` say so."""
