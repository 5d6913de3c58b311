"""Rules about the fields of a request body: what stands for one field fits together."""

import math
from collections.abc import Iterator

from ...schema.requests import RequestField
from ...source.document import Path
from ...source.problem import Problem
from ..partial import PartialCatalogue
from .rule import rule

JSON: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (),
    "object": (),
    "string or array": (str,),
    "string or object": (str,),
}
"""Type of a field -> what its default can be in the catalogue."""


def _fields(partial: PartialCatalogue) -> Iterator[tuple[str, Path, RequestField]]:
    """(file, path, field) of every field of a request body."""
    for provider, record in partial.providers.items():
        for route, request in record.requests.items():
            for name, field in request.fields.items():
                yield f"data/providers/{provider}.yml", ("requests", route, "fields", name), field


@rule
def defaults_fit(partial: PartialCatalogue) -> Iterator[Problem]:
    """A default has the type of its field, and is one of its values where they are listed."""
    for file, path, field in _fields(partial):
        at = (file, (*path, "default"))
        if field.default is None:
            continue
        if field.type and not _fits(field.default, field.type):
            message = f"`default` is no {field.type}, which `type` says; write one, or check the type"
            yield partial.at(*at, message)
        elif field.values and field.default not in field.values:
            advice = partial.advise(str(field.default), field.values)
            yield partial.at(*at, f"`default` is {field.default}, none of `values`; {advice}")


def _fits(value: object, kind: str) -> bool:
    """Whether `value` is of the JSON type `kind`; true and false are no numbers."""
    return isinstance(value, JSON[kind]) and isinstance(value, bool) == (kind == "boolean")


@rule
def bounds_fit(partial: PartialCatalogue) -> Iterator[Problem]:
    """Only numbers have a least and a greatest value, and those of whole numbers are whole."""
    for file, path, field in _fields(partial):
        for name in ("min", "max"):
            bound = getattr(field, name)
            if bound is None or field.type in (None, "number"):
                continue
            if field.type != "integer":
                message = f"`{name}` means nothing for the type {field.type}; delete the line, or check the type"
                yield partial.at(file, (*path, name), message, key=True)
            elif bound != math.floor(bound):
                message = f"`{name}` is {bound:g}, and the type is integer; write a whole number, or check the type"
                yield partial.at(file, (*path, name), message)


@rule
def bounds_are_in_order(partial: PartialCatalogue) -> Iterator[Problem]:
    """The least value is not more than the greatest, and a default lies between them."""
    for name, provider in partial.providers.items():
        allowed = provider.temperature_range
        if allowed and allowed.min > allowed.max:
            message = f"`min` is {allowed.min:g}, more than `max` at {allowed.max:g}; check both"
            yield partial.at(f"data/providers/{name}.yml", ("temperature_range", "min"), message)
    for file, path, field in _fields(partial):
        default = field.default
        least, most = (-math.inf if field.min is None else field.min), (math.inf if field.max is None else field.max)
        if least > most:
            yield partial.at(file, (*path, "min"), f"`min` is {least:g}, more than `max` at {most:g}; check both")
        if isinstance(default, int | float) and not isinstance(default, bool) and not least <= default <= most:
            yield partial.at(file, (*path, "default"), f"`default` is {default}, outside `min` and `max`; check them")


@rule
def values_are_words(partial: PartialCatalogue) -> Iterator[Problem]:
    """Only a field that takes text has words that it can be."""
    for file, path, field in _fields(partial):
        if field.values and field.type and str not in JSON[field.type]:
            message = f"`values` are words, and the type is {field.type}; delete the line, or check the type"
            yield partial.at(file, (*path, "values"), message, key=True)


@rule
def what_is_required_is_accepted(partial: PartialCatalogue) -> Iterator[Problem]:
    """A field without which a request fails is one that the endpoint takes."""
    for file, path, field in _fields(partial):
        if field.required and field.state == "refused":
            message = "`required` is true, but `state` is refused; delete one of the two"
            yield partial.at(file, (*path, "required"), message)


@rule
def history_ends_in_the_state(partial: PartialCatalogue) -> Iterator[Problem]:
    """What happened last to a field is its state, unless sources disagree about it."""
    for file, path, field in _fields(partial):
        if field.history and field.state not in ("disputed", field.history[-1].state) and partial.whole(file):
            last = field.history[-1]
            message = (
                f"`state` of the last entry is {last.state}, but the field's is {field.state};"
                f" write {last.state} there too, or disputed, or add what came after {last.seen}"
            )
            yield partial.at(file, (*path, "history", len(field.history) - 1, "state"), message)


@rule
def instead_is_accepted(partial: PartialCatalogue) -> Iterator[Problem]:
    """The field to send instead of another is an accepted one of the same route."""
    for provider, record in partial.providers.items():
        for route, request in record.requests.items():
            accepted = sorted(name for name, field in request.fields.items() if field.state == "accepted")
            for name, field in request.fields.items():
                if field.instead is not None and (field.instead not in accepted or field.instead == name):
                    advice = partial.advise(field.instead, accepted)
                    message = f"`instead` is {field.instead}, which is no other accepted field of `{route}`; {advice}"
                    path = ("requests", route, "fields", name, "instead")
                    yield partial.at(f"data/providers/{provider}.yml", path, message)


@rule
def message_fields_are_taken_or_refused(partial: PartialCatalogue) -> Iterator[Problem]:
    """A field of a message is either accepted or refused, not both."""
    for name, provider in partial.providers.items():
        for route, request in provider.requests.items():
            for role, shape in request.messages.items():
                for number, field in enumerate(shape.refused):
                    if field in shape.fields:
                        path = ("requests", route, "messages", role, "refused", number)
                        message = f"`{field}` is among the `fields` of this role too; delete it here or there"
                        yield partial.at(f"data/providers/{name}.yml", path, message)
