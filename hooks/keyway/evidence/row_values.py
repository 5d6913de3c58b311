"""What the fields of a row may be, and what a format of rows is made of.

Nothing here opens a socket or a file, and nothing judges: a field that cannot be understood makes the whole answer
`Unusable`, a field that is not known passes.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from ..schema.facts import FactValue

Facts = Mapping[str, FactValue]
"""Field of the catalogue's Model (and `chat`) -> value; only what the endpoint said."""

NAME = re.compile(r"[!-~]{1,200}")
"""An id: printable ASCII without spaces. A look-alike letter is no evidence of anything."""

LONGEST_TEXT = 200
"""Characters of a name that a list shows beside an id; the longest of ours has 19."""


class Unusable(Exception):
    """No usable list came from an endpoint or a file; the text says why and never quotes the answer.

    `ours` is True where our own key, file or settings are the cause, so that waiting will not help.
    """

    def __init__(self, reason: str, *, ours: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.ours = ours


@dataclass(frozen=True)
class ListFormat:
    """How one provider words a row of its list."""

    keeps: tuple[str, ...]
    """The fields that a recording keeps, in the order it writes them."""
    facts: Callable[[Mapping[str, object]], dict[str, FactValue]]
    """A row -> what it says, under the catalogue's field names."""
    alias_rows: bool = False
    """True where every alias has a row of its own, so that a missing row says something."""
    flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field that is an object of flags -> the flags that it has had."""


# What a field may be. Each reader takes the row and a key that is in it.


def wrong(row: Mapping[str, object], key: str, wanted: str) -> Unusable:
    """What to raise where `key` of the row is not `wanted`."""
    return Unusable(f"`{key}` of {row['id']} is not {wanted}")


def whole(row: Mapping[str, object], key: str) -> int | None:
    """A number of tokens, or null."""
    value = row[key]
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10**9):
        raise wrong(row, key, "a number of tokens")
    return value


def number(row: Mapping[str, object], key: str) -> float | None:
    """A temperature, or null."""
    value = row[key]
    if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 100):
        raise wrong(row, key, "a temperature")
    return value


def names(row: Mapping[str, object], key: str) -> tuple[str, ...]:
    """A list of names."""
    value = row[key]
    if not isinstance(value, list) or not all(isinstance(item, str) and NAME.fullmatch(item) for item in value):
        raise wrong(row, key, "a list of names")
    return tuple(value)


def utc_day(row: Mapping[str, object], key: str) -> date | None:
    """A moment -> its day in UTC: what the endpoint calls deprecation is the day the model stops."""
    value = row[key]
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value if isinstance(value, str) else "")
        return moment.astimezone(UTC).date() if moment.tzinfo else moment.date()
    except (ValueError, OverflowError):
        raise wrong(row, key, "a date") from None


def flag(row: Mapping[str, object], key: str) -> bool:
    """True or false."""
    value = row[key]
    if not isinstance(value, bool):
        raise wrong(row, key, "true or false")
    return value


def text(row: Mapping[str, object], key: str) -> str:
    """A short text, as it stands."""
    value = row[key]
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise wrong(row, key, f"a text of at most {LONGEST_TEXT} characters")
    return value


def flags(row: Mapping[str, object], key: str, words: Collection[str]) -> dict[str, bool]:
    """Those of `words` that the object under `key` has; a row without the object has none."""
    given = row.get(key, {})
    if not isinstance(given, dict) or not all(isinstance(given.get(word, True), bool) for word in words):
        raise wrong(row, key, "an object of true and false")
    return {word: given[word] for word in words if word in given}


Reader = Callable[[Mapping[str, object], str], FactValue]


def read(row: Mapping[str, object], readers: Mapping[str, tuple[str, Reader]]) -> dict[str, FactValue]:
    """Field of ours -> what its reader makes of the vendor's field, for those that the row has."""
    return {ours: reader(row, key) for key, (ours, reader) in readers.items() if key in row}
