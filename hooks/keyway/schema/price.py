"""What the catalogue says of list prices: for whom, for which requests, since when, and by what source."""

from typing import Annotated, Literal

from .endpoint import Region
from .fields import Day, DayOrMonth, Factor, Id, Money, Record, Tokens
from .words import Titled, Worded, titled

Currency = Literal["USD", "CNY", "EUR", "JPY"]
"""ISO 4217."""
Amount = Annotated[Money, Titled("price")]
Discount = Annotated[Factor, Titled("price")]


class OffPeak(Record):
    """The price outside the provider's peak hours."""

    input: Money
    """Per unit of input."""
    output: Money
    """Per unit of output."""
    cache_read: Money | None = None
    """Per unit of input that was read from the provider's cache."""


class Price(Record):
    """A list price, as one source gave it on one day."""

    currency: Currency
    """ISO 4217."""
    per: Annotated[
        Literal["million-tokens", "thousand-pages", "minute", "million-characters", "image", "second"], Worded("price")
    ] = "million-tokens"
    """The unit that the amounts are for."""
    region: Region | None = None
    """For the accounts of which region, where a provider has several price lists."""
    above: Tokens | None = None
    """The tokens of input beyond which this price holds, where long requests cost more."""
    input: Amount
    """Per unit of input."""
    output: Amount | None = None
    """Per unit of output; left out where output is not billed apart."""
    cache_read: Amount | None = None
    """Per unit of input that was read from the provider's cache."""
    cache_write: Amount | None = None
    """Per unit of input that is put into the cache, for the shortest time that can be had."""
    cache_write_hour: Amount | None = None
    """Per unit of input that is put into the cache for an hour."""
    annotated: Amount | None = None
    """Per unit with annotations (OCR)."""
    off_peak: Annotated[OffPeak, Titled("price")] | None = None
    """The lower price outside peak hours, where there are peak hours."""
    batch: Discount | None = None
    """How many times this price a request in a batch costs, such as 0.5."""
    priority: Discount | None = None
    """How many times this price a request that goes first costs, such as 1.75."""
    since: Day | None = None
    """The day from which it holds; left out where nobody says."""
    seen: DayOrMonth
    """When the source was read."""
    source: Id
    """Which source of the provider's `sources` gave it."""

    @property
    def amounts(self) -> list[tuple[str, float | OffPeak]]:
        """(word of the group `price`, amount or factor) for each part of the price that is given."""
        return titled(self, "price")

    @property
    def offer(self) -> tuple[str | None, int, str, str]:
        """What it is a price for: two prices of one offer are two days of one list."""
        return (self.region, self.above or 0, self.currency, self.per)

    @property
    def day(self) -> str:
        """The day that orders the prices of an offer: since when it holds, or when it was read."""
        return self.since.isoformat() if self.since else self.seen
