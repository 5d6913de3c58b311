"""What the catalogue says of what stands between a reader and a provider: relays, agents, libraries, proxies, HTTP."""

from typing import Annotated

from pydantic import Field

from .errors import ErrorAnswer
from .fields import KEYED, Address, Citation, Count, Flag, Id, KeyedRecord, Localized, Passage, Record, Text
from .words import Worded


class Wrapping(Record):
    """How it passes on an error of somebody else."""

    marks: tuple[Text, ...] = Field(min_length=1)
    """What it writes around the error, ignoring case: a text with one of these came through it."""
    does: Passage
    """What it changes or hides, and how to see the provider's own words."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the `sources` say so."""


class Intermediary(KeyedRecord):
    """A program or protocol that errors pass through on their way, and that has some of its own."""

    name: Localized
    """Its name."""
    order: Count = 100
    """Where it stands in lists: the lower, the earlier; equal ones by id."""
    website: Address | None = None
    """Its home page."""
    any_provider: Flag = False
    """True for HTTP itself: what a status says, whoever answers, is told of a text with nothing but the status."""
    wraps: Wrapping | None = None
    """How it passes on errors of others, where that shows."""
    errors: Annotated[dict[Annotated[Id, Worded("error")], ErrorAnswer], KEYED] = {}
    """Error name to what is known of it."""
    sources: dict[Id, Citation] = Field(min_length=1)
    """Source name to where it is; every fact names one of these."""
