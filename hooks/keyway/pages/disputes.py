"""What a page tells of facts beyond their values: what they stand on, who says what of a disputed one, what changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from ..schema.facts import Fact
from ..schema.fields import Citation, SourceKind
from ..schema.model import Model
from ..schema.requests import FieldHistory, RequestRoute
from ..schema.words import Worded

Standing = Annotated[Literal["documented", "reported", "catalogued"], Worded("mark")]
"""What a fact stands on that no models list confirms: the vendor's documents, a public report, or other projects'
catalogues, which nobody should take for the vendor's word."""
STANDINGS: tuple[tuple[SourceKind, Standing], ...] = (
    ("vendor", "documented"),
    ("catalogue", "catalogued"),
    ("report", "reported"),
)
"""Kind of source -> what a fact stands on that it gives, the best first."""


def standing(fact: Fact, model: Model, sources: Mapping[str, Citation]) -> Standing:
    """What `fact` of `model` stands on: the source of its own, where it has one, else the best of the model's."""
    names = [price.source for price in model.prices] if fact.name == "prices" else model.sources
    kinds = {sources[name].kind for name in names if name in sources and not name.startswith("list-")}
    return next((word for kind, word in STANDINGS if kind in kinds), "reported")


@dataclass(frozen=True)
class Claim:
    """What one source says of a field.

    `says` is accepted or refused (on the day `seen`), named (the source lists the field among others)
    or unnamed (the source describes the route and does not list the field).
    """

    source: str
    says: (
        Annotated[Literal["accepted", "refused"], Worded("field")]
        | Annotated[Literal["named", "unnamed"], Worded("request")]
    )
    seen: str | None = None


def claims(route: RequestRoute, name: str) -> tuple[Claim, ...]:
    """What each source says of the field `name` of `route`: dated claims first, oldest first."""
    field = route.fields[name]
    dated = tuple(Claim(event.source, event.state, str(event.seen)) for event in field.history)
    heard = {claim.source for claim in dated}
    named = tuple(Claim(source, "named") for source in field.sources if source not in heard)
    unnamed = tuple(
        Claim(source, "unnamed") for source in route.sources if source not in heard and source not in field.sources
    )
    return dated + named + unnamed


def changed(route: RequestRoute) -> Mapping[tuple[str, ...], tuple[FieldHistory, ...]]:
    """The histories in which the fate of undisputed fields changed -> the fields that share it, in order."""
    shared: dict[tuple[FieldHistory, ...], list[str]] = {}
    for name, field in route.fields.items():
        if field.state != "disputed" and len({event.state for event in field.history}) > 1:
            shared.setdefault(field.history, []).append(name)
    return {tuple(names): history for history, names in shared.items()}
