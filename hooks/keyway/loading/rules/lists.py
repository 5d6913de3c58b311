"""Rules about lists anywhere in the catalogue: their order, and nothing in them twice."""

from collections.abc import Iterator
from typing import Any

from ...schema.fields import Record
from ...source.document import Path
from ...source.problem import Problem
from ..partial import PartialCatalogue
from .rule import rule

NEWEST_FIRST = ("free_plan", "observations", "probes")
OLDEST_FIRST = ("history",)


def _lists(partial: PartialCatalogue) -> Iterator[tuple[str, Path, str, tuple[Any, ...]]]:
    """(file, path, field, items) of every list in the catalogue."""
    for file, path, record in partial.every_record():
        for field in type(record).model_fields:
            value = getattr(record, field)
            if isinstance(value, tuple):
                yield file, (*path, field), field, value


def before(one: str, other: str) -> bool:
    """Whether `one` is surely before `other`; a month and a day in it are not in order."""
    length = min(len(one), len(other))
    return one[:length] < other[:length]


@rule
def observations_are_in_order(partial: PartialCatalogue) -> Iterator[Problem]:
    """Observations stand newest first, history oldest first."""
    for file, path, field, items in _lists(partial):
        if field not in NEWEST_FIRST and field not in OLDEST_FIRST:
            continue
        for number in range(1, len(items)):
            earlier, later = str(items[number - 1].seen), str(items[number].seen)
            newest = field in NEWEST_FIRST
            if before(earlier, later) if newest else before(later, earlier):
                order = "newest" if newest else "oldest"
                message = f"`{field}` stands {order} first, but {later} comes after {earlier}; move this entry up"
                yield partial.at(file, (*path, number, "seen"), message)
                break


@rule
def empty_lists_are_left_out(partial: PartialCatalogue) -> Iterator[Problem]:
    """A list that is written has entries; only aliases may be empty, as they come and go."""
    for file, path, field, items in _lists(partial):
        if not items and field != "aliases" and path in partial.sources[file].values and partial.whole(file):
            yield partial.at(file, path, f"`{field}` is empty; write at least one entry, or leave the line out")


@rule
def nothing_is_listed_twice(partial: PartialCatalogue) -> Iterator[Problem]:
    """A list names each thing once."""
    for file, path, field, items in _lists(partial):
        seen: set[object] = set()
        for number, item in enumerate(items):
            if isinstance(item, Record):
                break
            if item in seen:
                yield partial.at(file, (*path, number), f"{item} stands twice in `{field}`; delete one")
            seen.add(item)
