"""What is wrong in one file of a recording while it is read: problems at their places, with the name that was meant."""

import json
from collections.abc import Sequence
from difflib import get_close_matches

from ..source.document import Path
from ..source.folder import printable
from ..source.json_source import JsonSource
from ..source.problem import Problem

SHOWN = 60
"""Characters of a value that a message quotes."""
COMPARED = 2_000
"""Names that are compared in search of the nearest one; comparing is slow, and nobody reads so many suggestions."""
ALIKE = 0.6
"""How alike (of 1) a name and another are when the one may be meant by the other."""


class Complaints:
    """The problems of one file, as they are found."""

    def __init__(self, source: JsonSource) -> None:
        """Begin with none."""
        self._source = source
        self._compared = 0
        self.problems: list[Problem] = []

    def note(self, path: Path, message: str, *, key: bool = False) -> None:
        """Note a problem at the value, or the key, that stands at `path`."""
        self.problems.append(self._source.problem(path, message, key=key))

    def line(self, path: Path) -> int:
        """The line of what stands at `path`."""
        return self._source.problem(path, "").line

    def nearest(self, name: str, known: Sequence[str], alike: float = ALIKE) -> str | None:
        """Which of `known` may be meant by `name`; None where none is near, or too many have been compared."""
        self._compared += len(known)
        near = get_close_matches(name, known, 1, alike) if self._compared <= COMPARED and len(name) <= SHOWN else ()
        return next(iter(near), None)

    def advice(self, name: str, known: Sequence[str]) -> str:
        """What to write for `name`, which is none of `known`."""
        near = self.nearest(name, known)
        return f"did you mean {near}?" if near else f"write one of {', '.join(known)}"


def value_text(value: object) -> str:
    """A value as a message can quote it, texts in quotes."""
    return shown(json.dumps(value, ensure_ascii=False))


def shown(text: str) -> str:
    """A name as a message can quote it."""
    text = printable(text)
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"
