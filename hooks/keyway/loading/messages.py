"""What pydantic finds wrong with a record, as instructions at places of the data.

It turns errors into sentences and never judges data itself.
"""

import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from ..schema.fields import file_fields
from ..source.document import Path, Plain
from ..source.scalars import DAY
from ..source.suggestions import did_you_mean

SAID = frozenset(("id", "address", "text"))
"""Errors of texts that say themselves what is wrong."""
SUGGESTED = 100
"""Errors of one record that get a suggestion; comparing words is slow, and nobody reads on after so many."""
SHOWN = 60
"""Characters of a value that a message repeats."""

EXPECTED = {
    "string_type": "text",
    "bool_type": "true or false, without quotes",
    "int_type": "a whole number, without quotes",
    "int_from_float": "a whole number",
    "float_type": "a number, without quotes",
    "number": "a number, without quotes",
    "tuple_type": "a list, such as [a, b]",
    "dict_type": "a mapping of `key: value`",
    "model_type": "a mapping of `key: value`",
    "day": "a date, such as 2026-10-08",
}
"""Error type -> what should have been written."""


@dataclass(frozen=True)
class Diagnostic:
    """What is wrong at `path` below the record; `key` where the key is meant and not its value."""

    path: Path
    message: str
    key: bool = False
    drop: Path | None = None
    """What has to go from the data for the rest to be valid; `path` where it is None."""


def diagnostics(kind: Any, data: Plain, error: ValidationError, written: Callable[[Path], str]) -> Iterator[Diagnostic]:
    """One complaint for each mistake; `kind` is the type that `data` was validated as.

    `written` gives the scalar at a path as it stands in the file: 25.10, where the data have 25.1.
    """
    groups: dict[tuple[Path, bool], list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False):
        path, tagged = _place(detail["loc"], data)
        # The branch of a union that is a record has the record's name as the last part of its place.
        tagged = tagged or (detail["type"] == "model_type" and detail["loc"][-1:] != path[-1:])
        if detail["type"] == "missing":
            path += (detail["loc"][-1],)
        if detail["type"] == "too_short" and value_at(data, path):
            continue  # it only looks empty without its entries, each of which has a complaint
        groups.setdefault((path, tagged), []).append(detail)
    inner = {path[:n] for path, _ in groups for n in range(len(path))}
    told = {path for (path, _), details in groups.items() if any(detail["type"] in SAID for detail in details)}
    for number, ((path, tagged), details) in enumerate(groups.items()):
        if path in told and all(detail["type"] == "model_type" for detail in details):
            continue  # a text was meant, and what is wrong with it is said
        if tagged and path in inner:
            continue  # a union whose other branch, further inside, says more
        yield _complaint(kind, data, path, details, written, suggest=number < SUGGESTED)


def _place(loc: tuple[Any, ...], data: Plain) -> tuple[Path, bool]:
    """The path of an error in the data, and whether `loc` has parts that name a union's branch instead."""
    path: Path = ()
    here: Any = data
    tagged = False
    for part in loc:
        inside = isinstance(here, dict) and part in here
        if inside or (isinstance(here, list) and isinstance(part, int) and part < len(here)):
            path, here = path + (part,), here[part]
        else:
            tagged = tagged or part not in ("[key]", loc[-1])
    return path, tagged or (
        isinstance(loc[-1] if loc else 0, str) and loc[-1].startswith(("literal[", "tuple[", "union["))
    )


def value_at(data: Plain, path: Path) -> Any:
    """The value at `path`, None where there is none."""
    here: Any = data
    for part in path:
        if isinstance(here, dict):
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        else:
            return None
    return here


def _name(path: Path) -> str:
    return next((f"`{part}`" for part in reversed(path) if isinstance(part, str)), "the file")


def _complaint(
    kind: Any, data: Plain, path: Path, details: list[ErrorDetails], written: Callable[[Path], str], *, suggest: bool
) -> Diagnostic:
    detail = details[0]
    error, context = detail["type"], detail.get("ctx", {})
    if error == "missing":
        return _missing(kind, path)
    if error == "extra_forbidden":
        return _unknown(kind, path, suggest=suggest)
    if detail["loc"] and detail["loc"][-1] == "[key]":
        if error == "literal_error":
            advice = did_you_mean(path[-1], _choices(context), suggest=suggest)
            return Diagnostic(path, f"there is no {_name(path)} here; {advice}", key=True)
        return Diagnostic(path, f"the key {_name(path)} {detail['msg']}", key=True)
    if error == "order":
        earlier, first, then = context["earlier"], context["first"], context["then"]
        message = f"`{context['at']}` is {then}, before `{earlier}` on {first}; check both days"
        return Diagnostic((*path, context["at"]), message)
    value = value_at(data, path)
    if error == "string_type" and isinstance(value, (bool, int, float)):
        what = "true or false" if isinstance(value, bool) else "a number"
        return Diagnostic(
            path, f'{_name(path)} is {written(path)}, which YAML reads as {what}; write "{written(path)}" in quotes'
        )
    told = next((one for one in details if one["type"] == "text"), None)
    if told:
        return Diagnostic(path, f"{_name(path)} {told['msg']}")
    if len(details) > 1:
        return Diagnostic(path, f"{_name(path)} is {shown(value)}; write {_wanted(details)}")
    return Diagnostic(path, f"{_name(path)} {_sentence(error, context, detail['msg'], value, suggest=suggest)}")


def _sentence(error: str, context: dict[str, Any], message: str, value: Any, *, suggest: bool) -> str:
    if error in ("id", "address", "text"):
        return message if error == "text" else f"is {shown(value)}, which {message}"
    if error == "day" and isinstance(value, str) and DAY.fullmatch(value):
        return f"is {value}, a day that does not exist; check month and day"
    if error in EXPECTED:
        hint = f": [{value}]" if error == "tuple_type" and isinstance(value, str) else ""
        return f"is {shown(value)}; write {EXPECTED[error].partition(',')[0] + hint if hint else EXPECTED[error]}"
    if error == "literal_error":
        return f"is {shown(value)}; {did_you_mean(value, _choices(context), suggest=suggest)}"
    if error == "greater_than_equal":
        return f"is {shown(value)}; the least is {context['ge']}"
    if error == "less_than_equal":
        return f"is {shown(value)}; the most is {context['le']}"
    if error == "too_short":
        return "is empty; write at least one entry"
    if error == "string_too_long":
        return f"has {len(value)} characters; {context['max_length']} are the most"
    if error == "string_pattern_mismatch":
        return f"is {shown(value)}; it must look like {context['pattern']}"
    return f"is {shown(value)}: {message}"


def _choices(context: dict[str, Any]) -> list[str]:
    return [word.strip().strip("'") for word in context["expected"].replace(" or ", ", ").split(", ")]


def _wanted(details: list[ErrorDetails]) -> str:
    """What the branches of a union take, in a few words."""
    types = [detail["type"] for detail in details]
    words = [
        " or ".join(_choices(detail["ctx"]))
        if detail["type"] == "literal_error"
        else EXPECTED[detail["type"]].partition(",")[0]
        for detail in details
        if detail["type"] == "literal_error" or detail["type"] in EXPECTED
        if not (detail["type"] == "int_type" and "float_type" in types)
    ]
    return " or ".join(dict.fromkeys(words)) or "another value"


def shown(value: object) -> str:
    """A value as a message repeats it: what kind it is can be seen, and it is short."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    text = str(value).replace("\n", "\\n")
    return f'"{text if len(text) <= SHOWN else text[:SHOWN] + "…"}"'


def _missing(kind: Any, path: Path) -> Diagnostic:
    field = path[-1]
    model = _model_at(kind, path[:-1])
    described = model.model_fields[field].description if model and field in model.model_fields else None
    about = f" ({_inside(described)})" if described else ""
    owner = f"{_name(path[:-1])} lacks" if path[:-1] else "the file lacks"
    return Diagnostic(path, f"{owner} `{field}`; add a line `{field}: …`{about}", key=True, drop=path[:-1])


def _inside(sentence: str) -> str:
    """A sentence as it stands in brackets: on one line, no capital letter and no full stop, but ISO stays ISO."""
    sentence = " ".join(sentence.split())
    first = sentence[0] if sentence[1:2].isupper() else sentence[0].lower()
    return (first + sentence[1:]).rstrip(".")


def _unknown(kind: Any, path: Path, *, suggest: bool) -> Diagnostic:
    model = _model_at(kind, path[:-1])
    names = list(file_fields(model)) if model else []
    if model and path[-1] in model.model_fields:
        message = f"`{path[-1]}` is known from the key or file that the record stands under; delete the line"
        return Diagnostic(path, message, key=True)
    advice = did_you_mean(path[-1], names, suggest=suggest)
    return Diagnostic(path, f"there is no field `{path[-1]}` here; {advice}", key=True)


def _model_at(kind: Any, path: Path) -> type[BaseModel] | None:
    """The record type that stands at `path` below the type `kind`."""
    for part in path:
        model = _models(kind)
        if model:
            field = model.model_fields.get(str(part))
            kind = field.annotation if field else None
        else:
            kind = next((get_args(k)[1] for k in _branches(kind) if get_origin(k) is dict), None) or next(
                (get_args(k)[0] for k in _branches(kind) if get_origin(k) is tuple), None
            )
    return _models(kind)


def _models(kind: Any) -> type[BaseModel] | None:
    return next((k for k in _branches(kind) if isinstance(k, type) and issubclass(k, BaseModel)), None)


def _branches(kind: Any) -> list[Any]:
    """The types that a union or an annotated type can be."""
    if get_origin(kind) is Annotated:
        return _branches(get_args(kind)[0])
    if get_origin(kind) in (Union, types.UnionType):
        return [branch for part in get_args(kind) for branch in _branches(part)]
    return [] if get_origin(kind) is Literal else [kind]
