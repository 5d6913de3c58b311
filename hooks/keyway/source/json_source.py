"""A JSON file of a stranger's as plain values that know where they stand, or every problem of its text.

Bytes, characters and lines are held to what a YAML file is held to; what JSON itself leaves open is refused as
`strictjson` does. Nothing here knows what a file means.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from math import isfinite

from .characters import objections
from .disguises import disguise
from .document import Path
from .lines import Lines
from .problem import CatalogueError, Problem
from .reader import check_text, decoded
from .strictjson import MAX_DEPTH, SURROGATE, UnusableJson, parse

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')
"""What valid JSON consists of, beside white space."""

DISGUISED = 100
"""Texts with needless escapes that are named; a file with more of them was not written by people, or by us."""


@dataclass(frozen=True)
class JsonSource:
    """One file as plain values; a problem names the line and column of the value, or the key, at a path."""

    file: str
    text: str
    data: object

    def problem(self, path: Path, message: str, *, key: bool = False) -> Problem:
        """A problem at the value, or key, that stands at `path`, or else at the nearest one around it."""
        while path and path not in self._indexes:
            path = path[:-1]
        value, own_key = self._indexes[path]
        return self.problem_at(own_key if key else value, message)

    def problem_at(self, index: int, message: str) -> Problem:
        """A problem at the character `index` of the text."""
        return Problem(self.file, *self._lines.place(index), message)

    @cached_property
    def _indexes(self) -> Mapping[Path, tuple[int, int]]:
        """Path -> where its value begins, and where its key does (its value again, where it has none)."""
        return {path: (index, key) for path, key, index, _ in _values(self.text)}

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)


def read_json(file: str, content: bytes, most: int) -> JsonSource:
    """Read the bytes of `file` (a name for messages), at most `most` of them; raises CatalogueError.

    A file that has no value to rely on raises its problems; so does one with characters, or escapes of them, that
    whoever reads it does not see.
    """
    text = decoded(file, content, most)
    check_text(file, text)
    try:
        source = JsonSource(file, text, parse(content))
    except UnusableJson as problem:
        place = problem.place or Lines(text).place(next(_faults(text), 0))
        raise CatalogueError([Problem(file, *place, f"the file {problem}; restore it, or make it anew")]) from None
    problems = list(islice(_disguised(source), DISGUISED))
    if problems:
        raise CatalogueError(problems)
    return source


def _disguised(source: JsonSource) -> Iterator[Problem]:
    """What an escape hides: a character that no text of ours may hold, or one that could stand there itself."""
    for match in TOKEN.finditer(source.text):
        word = match[0]
        if word[0] != '"' or "\\" not in word:
            continue
        hidden = objections(json.loads(word))
        yield from (source.problem_at(match.start(), f"this text has {what}") for _, what in hidden)
        if found := disguise(source.text, *match.span(), '"'):
            yield Problem(source.file, *found)


def _faults(text: str) -> Iterator[int]:
    """The indexes of what `strictjson` refuses in a text whose syntax is right: the first is what it told of."""
    seen: set[Path] = set()
    for path, key, index, word in _values(text):
        if path in seen:
            yield key
        seen.add(path)
        if len(path) > MAX_DEPTH or (path and isinstance(path[-1], str) and SURROGATE.search(path[-1])):
            yield key
        if not _reliable(word):
            yield index


def _reliable(word: str) -> bool:
    """Whether a token means the same to all readers, and can be written again."""
    if word in ("{", "["):
        return True
    try:
        value = json.loads(word)
    except ValueError:
        return False  # more digits than a number may have
    return not SURROGATE.search(value) if isinstance(value, str) else not isinstance(value, float) or isfinite(value)


def _values(text: str) -> Iterator[tuple[Path, int, int, str]]:
    """(path, index of its key or else of itself, index, token) of each value of a valid text, an outer one first."""
    path: list[str | int] = []
    objects: list[bool] = []
    key, wants_key = -1, False
    for match in TOKEN.finditer(text):
        word, index = match[0], match.start()
        if word == ",":
            wants_key = objects[-1]
            if not wants_key:
                path[-1] = int(path[-1]) + 1
        elif word in ("}", "]"):
            objects.pop()
            path.pop()
            wants_key = False
        elif wants_key:
            path[-1], key, wants_key = json.loads(word), index, False
        elif word != ":":
            yield tuple(path), key if objects and objects[-1] else index, index, word
            if word in ("{", "["):
                objects.append(word == "{")
                path.append("" if word == "{" else 0)
                wants_key = word == "{"
