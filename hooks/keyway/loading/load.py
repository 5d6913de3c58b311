"""From the folder that holds `data/` to a Catalogue, or to every problem of every file at once.

It decides nothing itself: `files` finds, `source` parses, the types and the rules judge.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from ..schema.ages import Ages
from ..schema.catalogue import Catalogue
from ..schema.client import Client
from ..schema.fields import OWN_KEY, Id, Localized, with_keys
from ..schema.free import FreeOffer
from ..schema.intermediary import Intermediary
from ..schema.model import PROVIDER, Model
from ..schema.model_ids import ModelId
from ..schema.provider import Provider
from ..source.document import Path as Place
from ..source.document import Plain, SourceFile
from ..source.problem import CatalogueError, Problem
from ..source.reader import read_source
from .files import data_files
from .messages import Diagnostic, diagnostics
from .partial import PartialCatalogue
from .rules import RULES, Rule

Models = Annotated[dict[ModelId, Model], Field(min_length=1)]
Words = dict[Id, Annotated[dict[Id, Localized], Field(min_length=1)]]
Free = dict[Id, FreeOffer]

FILE_TYPES: dict[str, Any] = {
    "providers": Provider,
    "models": Models,
    "clients": Client,
    "intermediaries": Intermediary,
    "words": Words,
    "free": Free,
    "ages": Ages,
}
"""Folder (or, for words, free and ages, file) -> the type of one file in it."""
RECORDS = ("providers", "clients", "intermediaries")
"""Folders of which a file is one record."""
ADAPTERS = {name: TypeAdapter(kind) for name, kind in FILE_TYPES.items()}

DEEPEST_RECORD = 2
"""Keys from the root of a file down to a record that pages are about: `errors`, then the error."""

ATTEMPTS = 8
"""How often mistaken parts are taken out of a file before it is given up; two or three are usual."""


def load_catalogue(
    root: Path,
    rules: Iterable[Rule] = RULES,
    until: date | None = None,
    changed: Mapping[str, bytes] = MappingProxyType({}),
) -> Catalogue:
    """The catalogue in `root`/data; raises CatalogueError with every problem there is.

    `until` is the day after which nobody can have seen anything; without it no day is too late, so that the answer
    depends on the files alone. `changed` files are read as if they had that content.
    """
    problems: list[Problem] = []
    partial = load_partial(Path(root), problems, changed)
    partial.until = until
    for rule in rules:
        problems += rule.problems(partial)
    if problems:
        raise CatalogueError(problems)
    order = _ordered(partial.providers)
    return Catalogue(
        MappingProxyType({name: partial.providers[name] for name in order}),
        MappingProxyType({name: MappingProxyType(partial.models.get(name, {})) for name in order}),
        MappingProxyType(partial.clients),
        MappingProxyType({group: MappingProxyType(words) for group, words in partial.words.items()}),
        MappingProxyType(partial.free),
        MappingProxyType({file: _lines(source) for file, source in partial.sources.items()}),
        MappingProxyType({name: partial.intermediaries[name] for name in _ordered(partial.intermediaries)}),
        ages=partial.ages,
    )


def _ordered(records: Mapping[str, Provider] | Mapping[str, Intermediary]) -> list[str]:
    """The ids of records in the order of lists."""
    return sorted(records, key=lambda name: (records[name].order, name))


def _lines(source: SourceFile) -> Mapping[tuple[str, ...], int]:
    """The keys of each record of the file, and of each record in it, with their line."""
    lines: dict[tuple[str, ...], int] = {}
    for path, place in source.keys.items():
        keys = tuple(part for part in path if isinstance(part, str))
        if len(keys) == len(path) <= DEEPEST_RECORD:
            lines[keys] = place.line
    return MappingProxyType(lines)


def load_partial(
    root: Path, problems: list[Problem], changed: Mapping[str, bytes] = MappingProxyType({})
) -> PartialCatalogue:
    """Read every file as far as it can be read; what is wrong goes to `problems`."""
    partial = PartialCatalogue()
    for file, content in data_files(root, problems):
        partial.files.add(file)
        if content is None:
            continue
        try:
            source = read_source(file, changed.get(file, content))
        except CatalogueError as error:
            problems += error.problems
            continue
        add_source(partial, source, problems)
    return partial


def add_source(partial: PartialCatalogue, source: SourceFile, problems: list[Problem]) -> None:
    """Put what `source` holds into the partial, and what is wrong with it to `problems`."""
    partial.sources[source.file] = source
    problems += source.problems
    _, _, rest = source.file.partition("/")
    folder = rest.partition("/")[0].removesuffix(".yml")
    stem = rest.rpartition("/")[2].removesuffix(".yml")
    found: list[Diagnostic] = []
    value = salvage(folder, stem, source, found)
    for complaint in found:
        if not source.follows(complaint.path):
            problems.append(source.problem(complaint.path, complaint.message, key=complaint.key))
    if found or source.problems:
        partial.broken.add(source.file)
    if value is None:
        return
    if folder in RECORDS:
        getattr(partial, folder)[stem] = value
    elif folder == "models":
        partial.models[stem] = value
    elif folder == "free":
        partial.free = value
    elif folder == "ages":
        partial.ages = value
    else:
        partial.words = value


def _identified(folder: str, stem: str, data: dict[str, Plain]) -> object:
    """The data of a file with what its name says of them: the ids of records, and whose models they are."""
    if folder == "models":
        return with_keys(data, **{PROVIDER: stem})
    return {**data, OWN_KEY: stem} if folder in RECORDS else data


def salvage(folder: str, stem: str, source: SourceFile, found: list[Diagnostic]) -> Any:
    """Validate the data of `source`, the file `stem`.yml of `folder`; None when nothing valid is left.

    While there are mistakes, they are noted in `found` and the rest is validated.
    """
    data: dict[str, Plain] | None = source.data
    for _ in range(ATTEMPTS):
        if data is None:
            return None
        try:
            return ADAPTERS[folder].validate_python(_identified(folder, stem, data), by_name=False, by_alias=True)
        except ValidationError as error:
            fresh = list(diagnostics(FILE_TYPES[folder], data, error, source.written))
        seen = {complaint.path for complaint in found}
        around = {path[:n] for path in seen for n in range(len(path) + 1)}
        found += [c for c in fresh if c.path not in around and not any(c.path[:n] in seen for n in range(len(c.path)))]
        data = without(data, [complaint.path if complaint.drop is None else complaint.drop for complaint in fresh])
    return None


def without(data: dict[str, Plain], paths: Iterable[Place]) -> dict[str, Plain] | None:
    """A copy of `data` without what is at `paths` (without the whole list, where one is in it); None for all of it."""
    below: dict[str, list[Place]] = {}
    for path in paths:
        if not path or isinstance(path[0], int):
            return None
        below.setdefault(path[0], []).append(path[1:])
    kept: dict[str, Plain] = {}
    for key, value in data.items():
        rest: Plain | None = value
        if key in below:
            rest = without(value, below[key]) if isinstance(value, dict) else None
        if rest is not None:
            kept[key] = rest
    return kept
