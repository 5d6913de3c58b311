"""Rules about days: what was seen, and read, and came to an end, in an order in which it can have happened."""

from collections.abc import Iterator
from datetime import date

from ...source.problem import Problem
from ..partial import PartialCatalogue
from .lists import before
from .rule import rule

SEEN = ("seen", "list_seen", "models_seen", "published")
"""Fields that say when somebody saw something."""
PAST = ("released", "deprecated")
"""Days of a model that are announced when they have come; only its retirement is known before."""


@rule
def nothing_is_observed_before_its_release(partial: PartialCatalogue) -> Iterator[Problem]:
    """Nobody got an answer from a model before the day it came out."""
    for _, file, name, model in partial.all_models():
        for field in ("free_plan", "probes"):
            for number, one in enumerate(getattr(model, field)):
                if model.released and before(str(one.seen), str(model.released)):
                    message = f"`seen` is {one.seen}, before the release of {name} on {model.released}; check both days"
                    yield partial.at(file, (name, field, number, "seen"), message)


@rule
def nothing_works_after_its_end(partial: PartialCatalogue) -> Iterator[Problem]:
    """A free account used no model after its retirement, unless requests for it reach another."""
    for _, file, name, model in partial.all_models():
        for number, one in enumerate(model.free_plan):
            late = model.retired and not model.routed_to and before(str(model.retired), str(one.seen))
            if one.result == "usable" and late and partial.whole(file):
                message = (
                    f"`seen` is {one.seen}, and {name} is retired since {model.retired}; check both days,"
                    " or say with `routed_to` what answered"
                )
                yield partial.at(file, (name, "free_plan", number, "seen"), message)


@rule
def sources_are_read_after_what_they_saw(partial: PartialCatalogue) -> Iterator[Problem]:
    """A source that saw something on a day was not read before that day."""
    for file, path, record in partial.every_record():
        seen = getattr(record, "seen", None)
        named = getattr(record, "sources", None) or getattr(record, "source", None)
        names = (named,) if isinstance(named, str) else named if isinstance(named, tuple) else ()
        cited = partial.citations(file)
        read = [str(cited[name].seen) for name in names if name in cited]
        if seen is not None and len(read) == len(names) > 0 and all(before(day, str(seen)) for day in read):
            one = f"its source was read on {read[0]}" if len(read) == 1 else f"its sources were read until {max(read)}"
            yield partial.at(file, (*path, "seen"), f"`seen` is {seen}, and {one}, before that; check the days")


@rule
def nothing_was_seen_in_the_future(partial: PartialCatalogue) -> Iterator[Problem]:
    """What somebody saw, or a vendor announced as done, is not after the day of the check, where one is given."""
    until = partial.until
    if until is None:
        return
    for file, path, record in partial.every_record():
        for field in (*SEEN, *PAST):
            said = getattr(record, field, None)
            if isinstance(said, (str, date)) and before(until.isoformat(), str(said)):
                yield partial.at(
                    file, (*path, field), f"`{field}` is {said}, after {until}; check the year and the month"
                )
