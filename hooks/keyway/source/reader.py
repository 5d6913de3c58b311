"""From the bytes of one file to plain values, each knowing its line and column.

It judges bytes, characters and lines, and leaves YAML to `tree`. It knows nothing of models.
"""

import re

from .characters import objections
from .document import LOST, Path, Plain, Position, SourceFile
from .lines import Lines
from .parser import parse
from .problem import CatalogueError, Problem

__all__ = ["LOST", "MAX_BYTES", "CatalogueError", "Path", "Plain", "Position", "Problem", "SourceFile", "read_source"]

MAX_BYTES = 256 * 1024
"""A file of a hundred models has 60 KiB; reading time grows with the size."""
MAX_LINE = 2_500
"""Characters; a recorded error body may have 2,000."""


def read_source(file: str, content: bytes) -> SourceFile:
    """Read the bytes of `file` (a name for messages); raises CatalogueError when nothing can be read.

    Where only parts are wrong, the rest is returned, and `problems` of the result says what they are.
    """
    text = decoded(file, content)
    check_text(file, text)
    return parse(file, text)


def decoded(file: str, content: bytes, most: int = MAX_BYTES) -> str:
    """The text of a UTF-8 file (`file` names it in messages); raises CatalogueError at the first byte that is not.

    More than `most` bytes are refused before anything is made of them.
    """
    if len(content) > most:
        raise CatalogueError(
            [Problem(file, 1, 1, f"the file has more than {most} bytes; split it, or remove what is not data")]
        )
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:4] == b"\0\0\xfe\xff":
        raise CatalogueError([Problem(file, 1, 1, "the file is UTF-16 or UTF-32; save it as UTF-8")])
    if content.count(0) * 4 > len(content):  # every other byte of ASCII in UTF-16, and three of four in UTF-32
        raise CatalogueError([Problem(file, 1, 1, "the file is UTF-16 or UTF-32; save it as UTF-8")])
    if content.startswith(b"\xef\xbb\xbf"):
        raise CatalogueError(
            [Problem(file, 1, 1, "the file begins with a byte order mark; save it as UTF-8 without BOM")]
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        message = f"the byte 0x{content[error.start]:02X} is not UTF-8; save the file as UTF-8"
        raise CatalogueError([Problem(file, line, column, message)]) from None


def check_text(file: str, text: str) -> None:
    """Raise CatalogueError for what would make lines, columns or the look of the file unreliable."""
    crlf = text.count("\r\n")
    problems = []
    lone = re.search(r"(?<!\r)\n", text) if crlf else None
    if lone:
        line = text.count("\n", 0, lone.start()) + 1
        message = "this line ends with LF and others with CRLF; end every line of the file the same way"
        problems.append(Problem(file, line, 1, message))
    shown = text.replace("\r\n", "\n") if crlf else text
    lines = Lines(shown)
    problems += (Problem(file, *lines.place(index), f"here is {message}") for index, message in objections(shown))
    for line, content in enumerate(shown.split("\n"), 1):
        if len(content) > MAX_LINE:
            message = f"the line has {len(content)} characters; {MAX_LINE} are the most"
            problems.append(Problem(file, line, MAX_LINE + 1, message))
            break
    if problems:
        raise CatalogueError(problems)
