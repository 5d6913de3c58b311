"""Where the page of a record stands: from an id to a part of a path that is an address and a file name at once.

Every file system can hold it, and no two ids share one: not those that differ in case only, and not `index` or `aux`.
An id of lower-case letters, digits and `.`, `_`, `-` stays as it is. Slashes stay folders, so that the pages of one
maker stand together. What else an id can have (`schema/model_ids.py`) is written with `~`, which needs no escape in an
address: `gpt-oss-20b:free` is `gpt-oss-20b~free`, `Qwen/Qwen3-8B` is `qwen/qwen3-8b~_8h`.
"""

from ..schema.fields import DEVICES, TAKEN

MARKS = {":": "~", "~": "~~", "@": "~.", "+": "~-"}
"""What stands for a character; only behind a colon comes a letter or digit, so that each can be told."""
RESERVED = "~_"
"""Before a step that would be another file; behind the whole, before the digits that say which letters are capitals."""
DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Base 32, without letters that look like digits."""


def step(name: str) -> str:
    """The part of a path that stands for the id `name`; it has a slash where the id has one."""
    steps = "".join(MARKS.get(character, character) for character in name.lower()).split("/")
    return "/".join(f"{RESERVED}{part}" if _reserved(part) else part for part in steps) + _capitals(name)


def model_page(provider: str, name: str) -> str:
    """The path, below a language, of the page about the id or alias `name` of `provider`."""
    return f"models/{step(provider)}/{step(name)}"


def _reserved(part: str) -> bool:
    return part in TAKEN or part.partition(".")[0] in DEVICES


def _capitals(name: str) -> str:
    """Which letters of `name` are capitals, as one number: the first letter is its lowest bit. Empty for none."""
    letters = [character for character in name if character.isalpha()]
    number = sum(1 << place for place, letter in enumerate(letters) if letter.isupper())
    written = ""
    while number:
        written = DIGITS[number % len(DIGITS)] + written
        number //= len(DIGITS)
    return f"{RESERVED}{written}" if written else ""
