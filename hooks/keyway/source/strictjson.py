"""Strict JSON: evidence is read so that no two readers could read it differently, and so that it can be written again.

It knows nothing of models. It must not repair anything, and its messages never quote the text,
because an answer could repeat the key that was sent.
"""

import json
import re
from collections.abc import Iterator
from math import isfinite

SURROGATE = re.compile("[\ud800-\udfff]")
"""Half of a character, which no file can hold; JSON can write it (`\\ud800`), and pairs are whole characters."""
MAX_DEPTH = 24
"""The known lists nest 4 deep; anything deeper than this was made to exhaust a reader."""


class UnusableJson(ValueError):
    """The text is no JSON that can be relied on; the message says why, without quoting it.

    `place` is the line and column where its syntax ends; None where the syntax is right.
    """

    def __init__(self, reason: str, place: tuple[int, int] | None = None) -> None:
        super().__init__(reason)
        self.place = place


def parse(data: bytes) -> object:
    """Return the value that `data`, UTF-8 without a byte order mark, stands for; raise UnusableJson."""
    if data.startswith(b"\xef\xbb\xbf"):
        raise UnusableJson("starts with a byte order mark")
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse, parse_float=_finite)
    except UnicodeDecodeError:
        raise UnusableJson("is not UTF-8") from None
    except RecursionError:
        raise UnusableJson(f"nests deeper than {MAX_DEPTH}") from None
    except json.JSONDecodeError as error:
        place = (error.lineno, error.colno)
        raise UnusableJson(f"is not JSON from line {error.lineno}, column {error.colno} on", place) from None
    except UnusableJson:
        raise
    except ValueError:
        raise UnusableJson("has a number with too many digits") from None
    for item, depth in values_in(value):
        if depth > MAX_DEPTH:
            raise UnusableJson(f"nests deeper than {MAX_DEPTH}")
        names = item if isinstance(item, dict) else (item,)
        if any(isinstance(name, str) and SURROGATE.search(name) for name in names):
            raise UnusableJson("has half of a character (an unpaired surrogate), which no file can hold")
    return value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise UnusableJson("gives a key twice in one object")
    return mapping


def _refuse(constant: str) -> object:
    raise UnusableJson(f"has {constant}, which is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise UnusableJson("has a number beyond every limit")
    return number


def values_in(value: object) -> Iterator[tuple[object, int]]:
    """Every value with the number of objects and arrays that it is in, itself counted; found without recursion."""
    waiting = [(value, 0)]
    while waiting:
        item, around = waiting.pop()
        depth = around + isinstance(item, (dict, list))
        yield item, depth
        if isinstance(item, (dict, list)):
            waiting.extend((child, depth) for child in (item.values() if isinstance(item, dict) else item))
