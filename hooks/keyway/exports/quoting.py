"""How a value stands in a program or a file, so that it stays a value whatever its letters are."""

import json
import re
import shlex

BARE = re.compile(r"(https://)?[A-Za-z][A-Za-z0-9_.-]*(/[A-Za-z0-9_.-]+)*/?")
"""Text that YAML takes for text without quotes."""
YAML_WORDS = frozenset("y n yes no on off true false null nan inf".split())
"""Words that some reader of YAML takes for something else."""
NO_KEY = "none"
"""What stands in the place of a key that an endpoint does not ask for, in programs that insist on one."""
SHORT = 64
"""Letters that an object or a list of JSON may have to stand on one line."""


def literal(value: str) -> str:
    """Write text as a string of Python, YAML or TOML, in double quotes; their escapes are the same.

    Letters that cannot be seen, or that turn the direction of a line, are written by their number.
    """
    return '"' + "".join(_letter(char) for char in value) + '"'


def _letter(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char.isprintable():
        return char
    if char == "\n":
        return "\\n"
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"


def json_string(value: str) -> str:
    """Write text as a string of JSON, which is one of JavaScript too, with the same care."""
    return _seen(json.dumps(value, ensure_ascii=False))


def _seen(text: str) -> str:
    """JSON whose letters can all be seen."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _number(char) for char in text)


def _number(char: str) -> str:
    return json.dumps(char)[1:-1] if ord(char) > 127 else f"\\u{ord(char):04x}"


def bare(value: str) -> str:
    """Write text as a value of YAML: without quotes where every reader takes it for text."""
    return value if BARE.fullmatch(value) and value.lower() not in YAML_WORDS else literal(value)


def json_text(value: object, indent: str = "") -> str:
    """Write a value as JSON, indented by two; what is short and inside stands on one line."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or (indent and len(line) <= SHORT):
        return _seen(line)
    inner = indent + "  "
    if isinstance(value, dict):
        opening, closing = "{", "}"
        parts = [f"{json_string(name)}: {json_text(part, inner)}" for name, part in value.items()]
    else:
        opening, closing = "[", "]"
        parts = [json_text(part, inner) for part in value]
    return opening + "\n" + ",\n".join(inner + part for part in parts) + "\n" + indent + closing


def word(value: str) -> str:
    """Write text as one word of a POSIX shell."""
    return shlex.quote(value)
