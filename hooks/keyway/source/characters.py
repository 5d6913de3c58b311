"""Which characters a file of the catalogue may hold.

Whatever cannot be seen, or makes the screen differ from the file, is refused:
a reviewer must be able to trust a diff. It says nothing about YAML or meaning.
"""

import re
import unicodedata
from collections.abc import Iterator

BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

BLANK = frozenset("\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and symbols that are drawn as nothing."""

SCRIPTS = (
    "LATIN ",
    "CJK ",
    "HIRAGANA",
    "KATAKANA",
    "HALFWIDTH KATAKANA",
    "FULLWIDTH LATIN",
    "IDEOGRAPHIC",
    "MICRO SIGN",
)
"""How the names of letters begin in the languages of the site; letters of other scripts pass for these."""

TWINS = ("FULLWIDTH LATIN", "FULLWIDTH DIGIT", "LATIN SMALL LIGATURE", "KANGXI RADICAL", "CJK RADICAL")
"""How the names of characters begin that are drawn like ordinary ones and that no search for those finds."""

SUSPECT = re.compile(r"[^\n\x20-\x7e]")
"""Everything outside printable ASCII has to be looked at."""

DISTINCT = 50
"""Different characters that are reported; a file with more of them is something else than a text with slips."""

LINES_NAMED = 5
"""How many further lines of one character are listed before the rest are counted."""


def codepoint(character: str) -> str:
    """`U+202E RIGHT-TO-LEFT OVERRIDE`: safe to print, whatever the character does."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()


def objection(character: str) -> str | None:
    """Say why `character` may not stand in the catalogue and what to do, or None when it may."""
    category = unicodedata.category(character)
    if character == "\t":
        return "a tab; write spaces"
    if character == "\r":
        return "a carriage return that ends no line; end every line of the file the same way"
    if character in BIDI:
        return f"the character {codepoint(character)}, which changes the order of what is shown; delete it"
    if category == "Cc":
        return f"the control character {codepoint(character)}; delete it"
    if category == "Cf" or character in BLANK or character == "\u034f":
        return f"the invisible character {codepoint(character)}; delete it"
    if "VARIATION SELECTOR" in unicodedata.name(character, ""):
        return f"the invisible character {codepoint(character)}; delete it"
    if category in ("Zl", "Zp"):
        return f"the character {codepoint(character)}; end the line with an ordinary line break"
    if category == "Zs" and character != " ":
        return f"the space {codepoint(character)}; write an ordinary space"
    if category[0] == "M":
        return f"the combining mark {codepoint(character)}; write a letter that includes it, or leave it out"
    if category == "Co":
        return f"the private character {codepoint(character)}, which looks different everywhere; write it in words"
    if category == "Cs":
        return f"half a surrogate pair, {codepoint(character)}; write the whole character"
    if category == "Cn":
        return f"the unassigned character {codepoint(character)}; delete it"
    if unicodedata.normalize("NFC", character) != character:
        return f"{codepoint(character)}; write {codepoint(unicodedata.normalize('NFC', character)[0])} for it"
    if category[0] == "L" and not character.isascii() and not unicodedata.name(character, "").startswith(SCRIPTS):
        return (
            f"{codepoint(character)}, a letter that can be taken for another; write the Latin, Chinese or Japanese one"
        )
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and unicodedata.name(character, "").startswith(TWINS):
        return f"{codepoint(character)}, which looks like {plain}; write {plain} for it"
    if category == "Nd" and not character.isascii():
        return f"the digit {codepoint(character)}; write one of 0-9"
    return None


def objections(text: str) -> Iterator[tuple[int, str]]:
    """Yield (index of its first place, message) for each character of `text` that may not stand there.

    One message for a character, however often it occurs, so that a damaged file does not drown its reader.
    """
    reported = 0
    for character in sorted(set(SUSPECT.findall(text))):
        message = objection(character)
        if message is None:
            continue
        if reported == DISTINCT:
            yield text.index(character), f"{codepoint(character)}, and perhaps more; this seems to be no text of ours"
            return
        reported += 1
        first = text.index(character)
        lines: dict[int, None] = {}
        line, at = text.count("\n", 0, first), first
        while (following := text.find(character, at + 1)) >= 0 and len(lines) <= LINES_NAMED:
            line += text.count("\n", at, following)
            at = following
            lines[line + 1] = None
        lines.pop(text.count("\n", 0, first) + 1, None)
        yield first, message + _also(list(lines))


def _also(lines: list[int]) -> str:
    if not lines:
        return ""
    named = ", ".join(map(str, lines[:LINES_NAMED]))
    more = " and more" if len(lines) > LINES_NAMED else ""
    return f" (also on line{'s' if len(lines) > 1 else ''} {named}{more})"
