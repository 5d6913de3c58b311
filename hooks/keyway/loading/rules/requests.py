"""Rules about the fields of a request body: what stands for one field fits together."""

from collections.abc import Iterator

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


@rule
def defaults_fit(partial: PartialCatalogue) -> Iterator[Problem]:
    """A default has the type of its field, and is one of its values where they are listed."""
    for provider, record in partial.providers.items():
        for route, request in record.requests.items():
            for name, field in request.fields.items():
                at = (f"data/providers/{provider}.yml", ("requests", route, "fields", name, "default"))
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
