"""Limits and terms of what a plan or a service gives, as one source saw them on one day."""

from typing import Annotated, Literal

from .fields import Money, Record
from .words import Worded, titled


class Credit(Record):
    """An allowance in money."""

    amount: Money
    """How much."""
    currency: Literal["USD", "CNY", "EUR"]
    """ISO 4217."""
    per: Annotated[Literal["month", "account"], Worded("limit", "credit_")]
    """How often it is given."""


class Limited(Record):
    """A record that has limits (fields of the type Limit) and terms (Term), and perhaps a credit."""

    @property
    def limits(self) -> tuple[tuple[str, int | bool | Credit | None], ...]:
        """(word of the group `limit`, value) for each that is given: limits, credit, what is shared, then terms.

        The value is a number, a credit, or for a term whether it holds; None where the word says all.
        """
        given = dict(titled(self, "limit"))
        credit, shared = getattr(self, "credit", None), given.pop("shared", False)
        return (
            *((name, value) for name, value in given.items() if not isinstance(value, bool)),
            *([(f"credit_{credit.per}", credit)] if credit else ()),
            *([("shared", None)] if shared else ()),
            *((name, value) for name, value in given.items() if isinstance(value, bool)),
        )
