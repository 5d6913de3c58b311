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

LATIN = frozenset("ÆæÐðĐđŁłØøŒœÞþß")
"""Latin letters of living languages that are no ASCII letter with a mark; the rest, as ı, ɑ or ſ, passes for others."""

TWINS = (
    "FULLWIDTH LATIN",
    "FULLWIDTH DIGIT",
    "LATIN SMALL LIGATURE",
    "KANGXI RADICAL",
    "CJK RADICAL",
    "ROMAN NUMERAL",
    "SMALL ROMAN NUMERAL",
    "SMALL COLON",
    "SMALL FULL STOP",
    "SMALL HYPHEN-MINUS",
    "ONE DOT LEADER",
)
"""How the names of characters begin that are drawn like ordinary ones and that no search for those finds."""

SIGNS = {
    **dict.fromkeys("\u2010\u2011\u2043\u02d7\u2212", "-"),
    **dict.fromkeys("\u2215\u2044\u29f8\u2571", "/"),
    **dict.fromkeys("\ua789\u2236\u0589\u05c3", ":"),
    **dict.fromkeys("\u2217\u204e", "*"),
    **dict.fromkeys("\u2223\u2758\u2502", "|"),
    **dict.fromkeys("\u223c\u02dc", "~"),
    "\u02cb": "`",
    "\u02c6": "^",
    "\u201a": ",",
    "\u212e": "e",
}
"""Signs that are drawn like ASCII ones -> those; Unicode does not call them equal."""

UNREADABLE = "\ufffd"
"""What programs put where they could not read a character."""

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
    if category[0] == "L" and not character.isascii() and not _is_ours(character):
        return (
            f"{codepoint(character)}, a letter that can be taken for another; write the Latin, Chinese or Japanese one"
        )
    if character == UNREADABLE:
        return f"{codepoint(character)}, which stands for what a program could not read; write what was there"
    plain = SIGNS.get(character) or unicodedata.normalize("NFKC", character)
    if character in SIGNS or (plain != character and unicodedata.name(character, "").startswith(TWINS)):
        return f"{codepoint(character)}, which looks like {plain}; write {plain} for it"
    if category == "Nd" and not character.isascii():
        return f"the digit {codepoint(character)}; write one of 0-9"
    return None


def _is_ours(letter: str) -> bool:
    """Whether `letter`, outside ASCII, is one of Chinese, of Japanese, or of living languages in Latin letters."""
    name = unicodedata.name(letter, "")
    if name.startswith("LATIN ") and not name.startswith(TWINS):
        return letter in LATIN or unicodedata.normalize("NFD", letter)[0].isascii()
    return name.startswith(SCRIPTS)


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
