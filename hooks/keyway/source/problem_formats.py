"""Problems as people, programs and GitHub read them: text, JSON, annotations."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from .problem import Problem

FORMATS = ("text", "json", "github")

MOST_IN_A_FILE = 100
"""Problems of one file that are listed; the rest are counted, since mending the first ones changes the rest."""


def formatted(problems: Sequence[Problem], form: str) -> str:
    """All `problems` in the format `form`, one of FORMATS, ending with a line break (JSON has every one of them)."""
    if form == "json":
        return json.dumps([_object(problem) for problem in problems], ensure_ascii=False, indent=1) + "\n"
    show: Callable[[Problem], str] = annotation if form == "github" else str
    return "".join(f"{line}\n" for line in _capped(problems, show))


def _object(problem: Problem) -> dict[str, object]:
    named = {"file": problem.file, "line": problem.line, "column": problem.column, "message": problem.message}
    return named | ({"rule": problem.rule} if problem.rule else {})


def _capped(problems: Sequence[Problem], show: Callable[[Problem], str]) -> Iterator[str]:
    total = Counter(problem.file for problem in problems)
    listed: Counter[str] = Counter()
    for problem in problems:
        listed[problem.file] += 1
        if listed[problem.file] <= MOST_IN_A_FILE:
            yield show(problem)
        if listed[problem.file] == total[problem.file] > MOST_IN_A_FILE:
            yield f"{problem.file}: and {total[problem.file] - MOST_IN_A_FILE} more"


def annotation(problem: Problem, level: str = "error") -> str:
    """The workflow command that shows `problem` beside its line in a pull request."""
    place = f"file={_property(problem.file)},line={problem.line},col={problem.column}"
    return f"::{level} {place}::{_data(problem.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
