"""What the catalogue says of error answers: status and body as recorded, and how to tell one error from another."""

from typing import Annotated, Literal

from pydantic import Field

from .fields import DayOrMonth, Id, KeyedRecord, Record, Status, Text
from .words import Worded


class ErrorMatch(Record):
    """How to recognise an error answer; every condition that is given must hold."""

    type: Text | None = None
    """Equals the `type` of the error object."""
    code: Text | None = None
    """Equals the `code` of the error object, as text."""
    message: Text | None = None
    """Stands in the message or in the body as text, ignoring case; {model} matches any id."""
    headers: dict[Id, Text] = {}
    """Lower-case header name to its exact value."""


class ErrorAnswer(KeyedRecord):
    """An error that the endpoint gives, as it was recorded."""

    status: tuple[Status, ...] = ()
    """The HTTP statuses it comes with; empty where no answer comes at all."""
    body: str | None = Field(default=None, max_length=2000)
    """The JSON body, as recorded."""
    other_bodies: tuple[Annotated[str, Field(max_length=2000)], ...] = ()
    """Other shapes in which the same error has been recorded."""
    match: ErrorMatch = ErrorMatch()
    """How to tell it from other errors of the same status."""
    fidelity: Annotated[Literal["verbatim", "partial", "shape"], Worded("fidelity")]
    """How much of the body the source quotes."""
    retry: Annotated[Literal["no", "later", "after-change"], Worded("decoder", "retry_")]
    """Whether waiting helps: no; later (yes); after-change (only once the request, key or plan is another)."""
    seen: DayOrMonth
    """The day it was last recorded."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the `sources` recorded it."""
