"""How a value of the catalogue becomes part of a page without becoming markup.

The only module that escapes. Text that it returns is `Markup`: safe in Markdown and in HTML.
"""

import json
import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup

from ..schema.hosts import address_problem

MARKS = re.compile(r"[\x00-\x1f!-/:-@\[-`{-\x7f]")
"""ASCII but letters, digits and the blank."""
PLAIN_BETWEEN_LETTERS = frozenset(".,-")
"""Marks that mean nothing to Markdown while a letter or digit stands on either side (dates, ids)."""


class Missing(ValueError):
    """A template printed a value that the catalogue leaves out."""


def text(value: object) -> Markup:
    """Write a value as plain text.

    Letters, digits and single blanks stay; every other ASCII character becomes `&#NN;`, which
    neither Markdown nor HTML gives a meaning. Raises Missing for None.
    """
    if isinstance(value, Markup):
        return value
    if value is None:
        raise Missing("the value is missing; test for it, or say what stands in its place")
    if isinstance(value, bool):
        return Markup("true" if value else "false")
    if isinstance(value, date):
        return Markup(value.isoformat())
    return _escaped(str(value))


@lru_cache(maxsize=1 << 15)  # ids and names stand in thousands of cells
def _escaped(value: str) -> Markup:
    return Markup(MARKS.sub(_written, " ".join(value.split())))


def _written(mark: re.Match[str]) -> str:
    whole, place, char = mark.string, mark.start(), mark[0]
    inside = 0 < place < len(whole) - 1
    if char in PLAIN_BETWEEN_LETTERS and inside and whole[place - 1].isalnum() and whole[place + 1].isalnum():
        return char
    return f"&#{ord(char)};"


def code(value: object) -> Markup:
    """Write a value as inline code that a narrow screen may break only where `text` allows it."""
    return Markup("<code>{}</code>").format(text(value))


def passage(value: object) -> Markup:
    """Write a sentence or a few of the catalogue, in which what stands between backquotes is code."""
    pieces = str(value).split("`")
    return Markup("").join(code(piece) if place % 2 else _kept(piece) for place, piece in enumerate(pieces))


def _kept(piece: str) -> Markup:
    """`text`, with the blanks at both ends."""
    before, after = piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]
    return Markup(before) + text(piece) + Markup(after if piece.strip() else "")


def address(value: str) -> Markup:
    """Write an https address for an `href` attribute; raises ValueError for hosts that are not listed."""
    problem = address_problem(value)
    if problem:
        raise ValueError(f"the address {value!r} {problem}")
    return text(quote(value, safe=":/?#@!$&',;=%+~-._"))


def number(value: float) -> Markup:
    """Write a number as people do: whole ones with thousands marked, others without idle zeros."""
    if isinstance(value, int) or (float(value).is_integer() and abs(value) >= 1000):
        return text(f"{int(value):,}")
    return text(f"{value:g}" if abs(value) < 1000 else f"{value:,.2f}")


def decimal(value: float) -> Markup:
    """Write a temperature: at least one decimal, as the vendors do (0.3, 1.0)."""
    return text(f"{value:.1f}" if round(value, 1) == value else f"{value:g}")


def fence(body: str, language: str = "") -> Markup:
    """Write a block of code; the fence is longer than any run of backquotes in it."""
    body = str(body).rstrip("\n")
    ticks = "```"
    while ticks in body:
        ticks += "`"
    return Markup(f"{ticks}{language}\n{body}\n{ticks}")


def as_json(value: object) -> str:
    """Write a value as JSON text (to be put into a fence or a file)."""
    return json.dumps(value, ensure_ascii=False)


def join(values: Iterable[object], separator: str = ", ") -> Markup:
    """Join values, escaping each that is not safe yet."""
    return Markup(separator).join([text(value) for value in values])
