"""How a scalar is written: what its reviewer would not read as the value that it has.

The value itself is judged elsewhere; this looks at the characters of the file alone.
"""

import re

ESCAPED = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|.)", re.DOTALL)
"""An escape of a double-quoted text; its groups are the number of a character."""
GLUED = re.compile(r" +#[^\s#!]")
"""A comment that begins without a space, behind a value: it was probably meant as a part of it."""


def disguise(text: str, start: int, end: int, style: str) -> tuple[int, int, str] | None:
    """(line, column, what is wrong) of the scalar at [start, end) of `text`, or None when it is what it looks like."""
    if style == '"':
        for found in ESCAPED.finditer(text, start, end):
            number = found[1] or found[2] or found[3]
            if number and chr(int(number, 16)).isprintable():
                shown = chr(int(number, 16))
                return *_place(text, found.start()), f"here {found[0]} stands for {shown}; write the character itself"
    if not style and (glued := GLUED.match(text, end)):
        message = "here # begins a comment, so the value ends before it; put the value in quotes, or write `# `"
        return *_place(text, glued.end() - 2), message
    return None


def _place(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def explicit_key(text: str, start: int) -> bool:
    """Whether the key at index `start` of `text` is written in the long form, after a question mark."""
    before = start - 1
    while before > 0 and text[before] == " ":
        before -= 1
    return before < start - 1 and text[before] == "?" and text[before - 1 : before] in ("", "\n", " ", "{", ",", "[")
