"""What a plain (unquoted) YAML scalar means, by the core rules of YAML 1.2.

A scalar that YAML 1.1 readers take for something else has no meaning here:
its author must quote it, or write it in the one form that all readers share.
"""

import re

INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

LONGEST_NUMBER = 18
"""Characters; more does not fit the exact range of other readers, and no fact here needs it."""

NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
OTHER_TRUTH = re.compile(r"(?i:y|yes|n|no|on|off|true|false)")
TIME = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:.*")
CLOCK = re.compile(r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?")
OTHER_NUMBER = re.compile(
    r"[-+]?(\.[0-9_]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?"
    r"|[-+]?0[xX][0-9a-fA-F_]+|[-+]?0[oO][0-7_]+|[-+]?0[bB][01_]+"
)
NO_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")


class PlainDay(str):
    """A day that was written without quotes: right in a date, a mistake in a text."""


class AmbiguousScalar(ValueError):
    """The scalar means different things to different readers; the text says what to write."""


def scalar_value(text: str) -> str | int | float | bool:
    """The value of the plain scalar `text`.

    A day stays text (`PlainDay`), as in YAML 1.2. Raises Unclear, with what to write instead.
    """
    if text == "true" or text == "false":
        return text == "true"
    if INTEGER.fullmatch(text) and text != "-0" and len(text) <= LONGEST_NUMBER:
        return int(text)
    if DECIMAL.fullmatch(text) and len(text) <= LONGEST_NUMBER:
        return float(text)
    if DAY.fullmatch(text):
        return PlainDay(text)
    advice = _doubt(text)
    if advice:
        raise AmbiguousScalar(advice)
    return text


def _doubt(text: str) -> str | None:
    if text in NOTHING:
        return "has no value; write one, or leave the line out"
    if OTHER_TRUTH.fullmatch(text):
        return (
            f'is {text}, which YAML readers understand in different ways; write true or false, or "{text}" for the word'
        )
    if CLOCK.fullmatch(text):
        return f'is {text}, which some YAML readers take for a number in base 60; write "{text}" in quotes'
    if TIME.fullmatch(text):
        return f"is {text}, a time that YAML readers understand in different ways; write the day alone, as {text[:10]}"
    if text in ("=", "<<"):
        return f'is {text}, which has a meaning of its own to some YAML readers; write "{text}" in quotes'
    if (INTEGER.fullmatch(text) or DECIMAL.fullmatch(text)) and len(text) > LONGEST_NUMBER:
        return f"is a number of {len(text)} characters; {LONGEST_NUMBER} are the most"
    if NO_NUMBER.fullmatch(text):
        return f"is {text}, which is no number that anything here can be; write its digits, or leave the line out"
    if OTHER_NUMBER.fullmatch(text):
        shown = text if len(text) <= 40 else text[:40] + "…"
        return (
            f"is {shown}, a number that YAML readers understand in different ways; "
            f'write plain digits, such as 1000 or 0.5, or "{shown}" for the text'
        )
    return None
