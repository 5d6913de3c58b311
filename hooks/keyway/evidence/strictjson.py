"""Reads JSON the way evidence must be read: nothing that two readers could read differently.

It knows nothing of models. It must not repair anything, and its messages never quote the text,
because an answer could repeat the key that was sent.
"""

import json
from collections.abc import Iterator
from math import isfinite

MAX_DEPTH = 24
"""The known lists nest 4 deep; anything deeper than this was made to exhaust a reader."""


class UnusableJson(ValueError):
    """The text is no JSON that can be relied on; the message says why, without quoting it."""


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
        raise UnusableJson(f"is not JSON from line {error.lineno}, column {error.colno} on") from None
    except UnusableJson:
        raise
    except ValueError:
        raise UnusableJson("has a number with too many digits") from None
    if any(depth > MAX_DEPTH for depth in _depths(value)):
        raise UnusableJson(f"nests deeper than {MAX_DEPTH}")
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


def _depths(value: object) -> Iterator[int]:
    """The depth of every object and array, found without recursion."""
    waiting = [(value, 1)]
    while waiting:
        item, depth = waiting.pop()
        if isinstance(item, (dict, list)):
            yield depth
            children = item.values() if isinstance(item, dict) else item
            waiting.extend((child, depth + 1) for child in children)
