"""Fuzzy matching of names: the one that was probably meant, for messages about a name that is not there."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

LISTED = 40
"""Names that are listed where none is near; a model has 31 fields."""


def nearest(value: str, names: Iterable[str]) -> str | None:
    """Which of `names` may be meant by `value`; None where none is near."""
    return next(iter(get_close_matches(value.lower(), sorted(names), 1)), None)


def did_you_mean(value: object, names: Sequence[str], *, suggest: bool = True) -> str:
    """`did you mean` the nearest of `names`, or `write one of` all of them where none is near and they are few."""
    if not names:
        return "there is none yet, so add it first"
    near = nearest(str(value), names) if suggest else None
    if near:
        return f"did you mean {near}?"
    return f"write one of {', '.join(names)}" if len(names) <= LISTED else "write one that exists"
