"""A file as plain values that know where they stand: for messages about it, and for edits of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from .problem import Problem

Path = tuple[str | int, ...]
"""Keys and positions from the root of a file to a value."""
Plain = str | int | float | bool | list["Plain"] | dict[str, "Plain"]

LOST = (-1,)
"""Added to the path of a list or mapping where a part of it could not be read."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where something stands: line and column from 1, and the characters [start, end) of the text."""

    line: int
    column: int
    start: int
    end: int
    style: str = ""
    """The quote or block character of a scalar; empty for a plain one and for lists and mappings."""


@dataclass(frozen=True)
class SourceFile:
    """One file as plain values; `values` and `keys` give the place of the value, or the key, at a path."""

    file: str
    text: str
    data: dict[str, Plain]
    values: Mapping[Path, Position]
    keys: Mapping[Path, Position]
    lost: frozenset[Path]
    """Paths whose value was left out of `data` because it has a problem of its own."""
    problems: tuple[Problem, ...]

    @cached_property
    def around_lost(self) -> frozenset[Path]:
        """Every path that has a lost one at or below it."""
        return frozenset(path[:n] for path in self.lost for n in range(len(path) + 1))

    @cached_property
    def lost_keys(self) -> Mapping[Path, frozenset[str]]:
        """Path of a mapping -> the keys in it whose values are lost."""
        keys: dict[Path, set[str]] = {}
        for path in self.lost:
            if path and isinstance(path[-1], str):
                keys.setdefault(path[:-1], set()).add(path[-1])
        return {path: frozenset(names) for path, names in keys.items()}

    def follows(self, path: Path) -> bool:
        """Whether something wrong at `path` may only follow from a value that could not be read."""
        return path in self.around_lost or any(path[:n] in self.lost for n in range(len(path)))

    def problem(self, path: Path, message: str, *, key: bool = False, rule: str = "") -> Problem:
        """A problem at the value, or key, that stands at `path`, or else at the nearest one around it."""
        while path and path not in self.values:
            path = path[:-1]
        place = (self.keys if key else self.values).get(path) or self.values[path]
        return Problem(self.file, place.line, place.column, message, rule)

    def written(self, path: Path) -> str:
        """The characters of the scalar at `path`, as they stand in the file."""
        place = self.values[path]
        return self.text[place.start : place.end]
