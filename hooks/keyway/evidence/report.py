"""Verdicts as people, programs and GitHub read them: text, JSON, annotations. Judges nothing."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from ..schema.facts import FactValue
from ..source.document import SourceFile
from ..source.problem import CatalogueError, Problem
from ..source.problem_formats import annotation
from ..source.reader import read_source
from .row_values import Facts
from .verdict import Verdict, plain

LEVELS = {"unlisted": "warning", "new": "warning"}
"""How GitHub shows a verdict; the rest are errors, and `same` is not shown."""


class Places:
    """Where in the YAML each verdict's fact stands."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._sources: dict[str, SourceFile | None] = {}

    def problem(self, verdict: Verdict) -> Problem:
        """The verdict as a problem at the line of its fact, else of its model, else of the file."""
        folder = "providers" if verdict.verdict == "no-verdict" else "models"
        file = f"data/{folder}/{verdict.provider}.yml"
        source = self._source(file)
        message = f"{verdict.verdict}: {sentence(verdict)}"
        if source is None or verdict.model is None:
            return Problem(file, 1, 1, message)
        path = (verdict.model,) if verdict.field is None else (verdict.model, verdict.field)
        place = source.keys.get(path) or source.keys.get(path[:1])
        return Problem(file, place.line, place.column, message) if place else Problem(file, 1, 1, message)

    def _source(self, file: str) -> SourceFile | None:
        if file not in self._sources:
            try:
                self._sources[file] = read_source(file, (self._root / file).read_bytes())
            except (CatalogueError, OSError):
                self._sources[file] = None
        return self._sources[file]


def sentence(verdict: Verdict) -> str:
    """What the verdict says, in a line."""
    match verdict.verdict:
        case "same":
            return f"{verdict.id} is as we say" + (f" ({verdict.why})" if verdict.why else "")
        case "different":
            said = f"{verdict.id}: {verdict.field} is {shown(verdict.theirs)}, and we say {shown(verdict.ours)}"
            return said + (f" ({verdict.why})" if verdict.why else "")
        case "moved":
            return f"{verdict.id} means {verdict.theirs}, and we say {verdict.ours}"
        case "unlisted":
            return f"{verdict.id} is not in the list ({verdict.why})"
        case "gone":
            return f"{verdict.id} is gone: {verdict.why}"
        case "new":
            return f"{verdict.id} is in the list, and we do not have it"
    return verdict.why


def shown(value: FactValue | Facts) -> str:
    """A fact as a person writes it."""
    if value is None:
        return "not given"
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return json.dumps(value) if isinstance(value, bool) else str(plain(value))


def as_json(verdicts: Sequence[Verdict]) -> str:
    """A list of objects, one a verdict."""
    return json.dumps([one.as_json() for one in verdicts], ensure_ascii=False, indent=1) + "\n"


def as_annotations(verdicts: Iterable[Verdict], places: Places) -> str:
    """One workflow command for each verdict that is not `same`."""
    lines = [
        annotation(places.problem(one), LEVELS.get(one.verdict, "error")) for one in verdicts if one.verdict != "same"
    ]
    return "".join(f"{line}\n" for line in lines)


def as_text(verdicts: Sequence[Verdict], places: Places, names: Mapping[str, str]) -> str:
    """For each provider and endpoint what is otherwise, where our side of it stands, and how much is the same."""
    lines: list[str] = []
    for group in _groups(verdicts):
        first = group[0]
        heading = names.get(first.provider, first.provider) + (f", {first.endpoint}" if first.endpoint else "")
        lines += ["", heading] if lines else [heading]
        other = [one for one in group if one.verdict != "same"]
        lines += _older(other)
        width = max((len(one.verdict) for one in other), default=0)
        for one in other:
            place = places.problem(one)
            lines.append(f"  {one.verdict:<{width}}  {sentence(one)}")
            if one.verdict not in ("new", "no-verdict"):
                lines.append(f"  {'':<{width}}  {place.file}:{place.line}")
        lines += _same([one for one in group if one.verdict == "same"])
    return "".join(f"{line}\n" for line in lines)


def _older(group: Sequence[Verdict]) -> Iterator[str]:
    newer = max((one.newer for one in group if one.newer), default=None)
    if newer:
        yield f"  This list is of {group[0].day}, and we have one of {newer}: nothing is written from the older one"


def _same(group: Sequence[Verdict]) -> Iterator[str]:
    listed = sum(not one.why for one in group)
    if listed:
        yield f"  {listed} {'model is' if listed == 1 else 'models are'} listed as we say"
    if len(group) > listed:
        yield f"  {len(group) - listed} {'is' if len(group) - listed == 1 else 'are'} not listed, as we say"


def _groups(verdicts: Sequence[Verdict]) -> list[list[Verdict]]:
    found: dict[tuple[str, str | None], list[Verdict]] = {}
    for one in verdicts:
        found.setdefault((one.provider, one.endpoint), []).append(one)
    return list(found.values())
