"""Which version of its English source each translated file was made from, and which of them are stale.

A file names its source's version as `translates: 1f3a9c0b`, in its front matter or in a comment on its first line.
The version is the beginning of the source's SHA-256, so that it needs no history and no clock.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ..schema.fields import LANGUAGES

SOURCE, *TRANSLATIONS = LANGUAGES
LENGTH = 8
"""Hexadecimal digits of a version: enough to tell the versions of one file apart."""
STAMP = re.compile(r"^(?:\{## )?translates: \"?([0-9a-f]*)\"?(?: ##\})?\n", re.MULTILINE)
NUMERAL = re.compile(r"[0-9]+(?:e[0-9]+)?")
"""A version that YAML would take for a number; front matter quotes it."""


@dataclass(frozen=True)
class Translation:
    """One translated file; `of` is the version it was made from, `source` that of the English file today."""

    file: str
    of: str
    source: str

    @property
    def stale(self) -> bool:
        """Whether the English file has changed since, or the translation never said which one it is of."""
        return self.of != self.source


def version(text: str) -> str:
    """The version of an English file with this text."""
    return sha256(text.encode()).hexdigest()[:LENGTH]


def translation(root: Path, language: str, file: str) -> Translation:
    """What the translation of `file` (a path below the language's folder) says of itself."""
    text = (root / "docs" / language / file).read_text(encoding="utf-8")
    source = (root / "docs" / SOURCE / file).read_text(encoding="utf-8")
    stamp = STAMP.search(text)
    return Translation(f"docs/{language}/{file}", stamp[1] if stamp else "", version(source))


def translations(root: Path) -> Iterator[Translation]:
    """Every translated file that has an English source, by language and path."""
    for language in TRANSLATIONS:
        folder = root / "docs" / language
        for path in sorted(folder.rglob("*.md")):
            file = path.relative_to(folder).as_posix()
            if (root / "docs" / SOURCE / file).is_file():
                yield translation(root, language, file)


def stamp(root: Path, made: Translation) -> None:
    """Write into a translated file that it is of the English file as it stands today."""
    path = root / made.file
    text = STAMP.sub("", path.read_text(encoding="utf-8"), count=1)
    if text.startswith("---\n"):
        value = f'"{made.source}"' if NUMERAL.fullmatch(made.source) else made.source
        text = text.replace("---\n", f"---\ntranslates: {value}\n", 1)
    else:
        text = f"{{## translates: {made.source} ##}}\n{text}"
    path.write_text(text, encoding="utf-8")
