"""What an endpoint listed on a day, to which kind of account: the evidence that facts are held against.

A recording keeps the vendor's own words, reduced to the fields that are compared, so that it stays
evidence however our reading of it changes. It is added, never edited; nothing here judges it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Literal, get_args

from ..schema.words import Worded
from ..source.strictjson import UnusableJson, parse
from .list_formats import rows_of, shape
from .row_values import Facts, ListFormat, Unusable

MAX_BYTES = 2_000_000
"""The longest known list is 700 kB; Mistral's is 46 kB."""

AccountKind = Annotated[Literal["free", "unknown", "paid"], Worded("account")]
"""Whether the account pays, which decides what its list shows; unknown where nobody who published a list says so.
In this order one may be shown less than those after it."""
ACCOUNTS: tuple[AccountKind, ...] = get_args(get_args(AccountKind)[0])


@dataclass(frozen=True)
class Row:
    """One row of a list. `facts` has only what the row said, under the catalogue's field names."""

    id: str
    facts: Facts
    said: Mapping[str, object] = field(compare=False, repr=False, default_factory=dict)
    """The row in the vendor's words, reduced."""

    @property
    def cluster(self) -> frozenset[str]:
        """Every name that this row says is one model: its id and its aliases."""
        return frozenset((self.id, *(self.aliases or ())))

    @property
    def aliases(self) -> tuple[str, ...] | None:
        """The other names of the same model that the row lists; None where its format has no such list."""
        names = self.facts.get("aliases")
        return names if isinstance(names, tuple) else None

    @property
    def chats(self) -> bool:
        """Whether its flags and temperature mean something: rows that do not chat have noise there."""
        return self.facts.get("chat") is not False


@dataclass(frozen=True)
class Recording:
    """A models list as one account got it on one day (UTC)."""

    provider: str
    endpoint: str
    """The address that answered."""
    day: date
    origin: str
    """How it came to us: recorded by our own command, or where it was published."""
    complete: bool
    """False where only a part of the list is known, so that what is absent says nothing."""
    rows: tuple[Row, ...]
    account: AccountKind = "unknown"
    """Which kind of account asked."""
    fields: tuple[str, ...] = ()
    """Which fields of a row reached us, where it had them; of others we do not know what the list said."""

    def may_show_less(self, other: "Recording") -> bool:
        """Whether what it lacks of `other` can be due to its account, so that nothing follows from the absence.

        Mistral's list for an account that does not pay lacks models that a paying one's has (2026-09-25, 2026-10-08).
        """
        return ACCOUNTS.index(self.account) < ACCOUNTS.index(other.account)

    @property
    def shape(self) -> ListFormat:
        return shape(self.provider)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids that have a row."""
        return frozenset(row.id for row in self.rows)

    @cached_property
    def twice(self) -> tuple[str, ...]:
        """The ids that have more than one row, in the order of the list: endpoints do that."""
        return tuple(name for name, times in Counter(row.id for row in self.rows).items() if times > 1)


def from_answer(
    body: bytes, provider: str, endpoint: str, day: date, origin: str, account: AccountKind = "unknown"
) -> Recording:
    """Make a recording of an endpoint's raw answer; raise Unusable."""
    rows = made_rows(rows_of(parsed(body), shape(provider)), provider)
    return Recording(provider, endpoint, day, origin, True, rows, account, shape(provider).keeps)


def parsed(body: bytes) -> object:
    """The JSON of an answer; raise Unusable, never quoting it."""
    if len(body) > MAX_BYTES:
        raise Unusable(f"the list is longer than {MAX_BYTES} bytes")
    try:
        return parse(body)
    except UnusableJson as problem:
        raise Unusable(f"the list {problem}") from None


def made_rows(rows: Sequence[Mapping[str, object]], provider: str) -> tuple[Row, ...]:
    """The rows of a provider's list, reduced already, with what they say; raise Unusable."""
    read = shape(provider).facts
    made = tuple(Row(str(row["id"]), MappingProxyType(read(row)), MappingProxyType(dict(row))) for row in rows)
    if not made:
        raise Unusable("the list has no public model")
    return made


def newest_complete(recordings: Sequence[Recording]) -> Recording | None:
    """The newest of `recordings` that is a whole list."""
    return max((one for one in recordings if one.complete), key=lambda one: one.day, default=None)
