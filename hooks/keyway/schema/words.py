"""Localization keys: which texts of `data/words.yml` the values of a type need, declared on the type itself.

`Worded` stands on the values that pages print through a group of words, `Titled` on fields whose own name they print.
It looks at types and at values; which words there are, and what a page makes of them, is known elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass
from functools import cache
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from ..source.document import Path


@dataclass(frozen=True)
class Worded:
    """Marks a type (`Annotated[Literal["open", "labs"], Worded("tier")]`): pages print its values as words of `group`.

    The word is named `prefix` and the value. Of a Literal every choice needs its word; of the keys of a
    mapping, which people add (`dict[Annotated[Id, Worded("error")], …]`), each that is used does.
    """

    group: str
    prefix: str = ""


@dataclass(frozen=True)
class Titled:
    """Marks the type of a field: pages print the field's name as the word of the same name in `group`."""

    group: str


@dataclass(frozen=True, order=True)
class NeededWord:
    """One word that has to be in `data/words.yml`."""

    group: str
    name: str

    def missing(self) -> str:
        """Say that it is not there, and which line to add."""
        line = f"a line `{self.name}: {{en: …, zh: …, ja: …}}` below `{self.group}`"
        return f"data/words.yml has no `{self.group}.{self.name}`; add {line}"


def words_of_choices(*kinds: Any) -> frozenset[NeededWord]:
    """The words that every value of `kinds` needs, whatever a file says: of each Literal choice and each field's name.

    `kinds` are types: Literals, or records and dataclasses, which are searched to their bottom.
    """
    found: set[NeededWord] = set()
    for kind in kinds:
        _collect(kind, found, set())
    return frozenset(found)


def titled(record: BaseModel, group: str) -> list[tuple[str, Any]]:
    """(field, value) of each field that pages print under its own name in `group`, and that is given."""
    return [
        (name, getattr(record, name))
        for name, hint in _hints(type(record)).items()
        if name in type(record).model_fields
        and any(mark == Titled(group) for part in _parts(hint) for mark in _marks(part))
        and getattr(record, name) is not None
    ]


def _collect(kind: Any, found: set[NeededWord], seen: set[type]) -> None:
    for mark in _marks(kind):
        if isinstance(mark, Worded):
            found.update(NeededWord(mark.group, mark.prefix + choice) for choice in choices(kind))
    if isinstance(kind, type) and (issubclass(kind, BaseModel) or is_dataclass(kind)):
        if kind in seen:
            return
        seen.add(kind)
        for name, hint in _hints(kind).items():
            marks = [mark for branch in _parts(hint) for mark in _marks(branch)]
            found.update(NeededWord(mark.group, name) for mark in marks if isinstance(mark, Titled))
            _collect(hint, found, seen)
    elif get_origin(kind) is not Literal:
        for part in get_args(kind):
            _collect(part, found, seen)


def words_of_keys(record: BaseModel, path: Path = ()) -> Iterator[tuple[Path, NeededWord]]:
    """(path of the key, word) for each key below `record` that pages print and people may choose freely."""
    for name, hint in _hints(type(record)).items():
        if name in type(record).model_fields:
            yield from _of_value(hint, getattr(record, name), (*path, name))


def _of_value(kind: Any, value: object, path: Path) -> Iterator[tuple[Path, NeededWord]]:
    if isinstance(value, BaseModel):
        yield from words_of_keys(value, path)
    elif isinstance(value, dict):
        keys, values = next((get_args(one) for one in _branches(kind) if get_origin(one) is dict), (Any, Any))
        for key, item in value.items():
            for mark in _marks(keys):
                if isinstance(mark, Worded) and not choices(keys):
                    yield (*path, key), NeededWord(mark.group, f"{mark.prefix}{key}")
            yield from _of_value(values, item, (*path, key))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _of_value(Any, item, (*path, number))


@cache
def _hints(kind: type) -> MappingProxyType[str, Any]:
    return MappingProxyType(get_type_hints(kind, include_extras=True))


def _marks(kind: Any) -> tuple[object, ...]:
    """What is said about `kind` itself, and not about its parts."""
    return get_args(kind)[1:] if get_origin(kind) is Annotated else ()


def _parts(kind: Any) -> tuple[Any, ...]:
    """The members of a union, as they are annotated; of any other type the type itself."""
    return get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)


def _branches(kind: Any) -> Iterator[Any]:
    """The types that `kind` can be: those of a union, and what an annotation is about."""
    for part in _parts(kind):
        if part is kind and get_origin(kind) is not Annotated:
            yield kind
        else:
            yield from _branches(get_args(part)[0] if get_origin(part) is Annotated else part)


def choices(kind: Any) -> tuple[str, ...]:
    """The choices of the Literals that `kind` can be."""
    return tuple(choice for one in _branches(kind) if get_origin(one) is Literal for choice in get_args(one))
