"""Tables of request bodies: what each route takes, what it refuses, who says so, and which files help."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...schema.provider import Provider
from ...schema.requests import FieldHistory, MessageShape, RequestField, RequestRoute
from ...schema.words import NeededWord
from ..columns import Absence, Arguments, Code, Column, Layout, Table, itself
from ..disputes import Claim
from ..queries import Queries


@dataclass(frozen=True)
class Field:
    """A field of a request body, and what each source says of it where they disagree."""

    provider: Provider
    name: str
    field: RequestField
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Refused:
    """A field that a route refuses: of the body, or of the messages of one role."""

    provider: Provider
    route: str
    name: str
    role: str | None
    instead: str | None
    sources: Sequence[str]


@dataclass(frozen=True)
class Messages:
    """The fields that the messages of one role may have."""

    provider: Provider
    role: str
    shape: MessageShape
    sources: Sequence[str]


@dataclass(frozen=True)
class Event:
    """A day on which the fate of some fields changed."""

    provider: Provider
    names: tuple[str, ...]
    event: FieldHistory


@dataclass(frozen=True)
class File:
    """A filter for one provider, to download."""

    provider: Provider
    name: str


SOURCES = Column("source", "request.sources", lambda row: Arguments(row.provider, row.sources))

FIELDS = Layout(
    (
        Column("field", "request.field", lambda row: Arguments(row.name, row.field.required)),
        Column("state", "request.fate", lambda row: row.field),
        Column("type", "value.type", lambda row: row.field.type),
        Column("values", "request.values", lambda row: _bounded(row.field), lambda row: _no_values(row.field)),
        Column("default", "value.json", lambda row: row.field.default, lambda row: _no_default(row.field)),
        Column("source", "request.sources", lambda row: Arguments(row.provider, row.field.sources)),
    ),
    "kw-request",
)
IN_SHORT = Layout(
    (
        Column("field", "value.code", lambda row: row.name),
        Column("state", "request.state", lambda row: row.field),
        Column("instead", "value.code", lambda row: row.field.instead, empty="nothing"),
    )
)
REFUSED = Layout(
    (
        Column("field", "request.refused_field", lambda row: Arguments(row.name, row.role)),
        Column("instead", "value.code", lambda row: row.instead, empty="nothing"),
        Column("route", "request.route", lambda row: row.route),
        SOURCES,
    )
)
MESSAGES = Layout(
    (
        Column("role", "value.code", lambda row: row.role),
        Column(NeededWord("field", "accepted"), "value.codes", lambda row: row.shape.fields),
        Column(NeededWord("field", "refused"), "value.codes", lambda row: row.shape.refused, empty="nothing"),
        SOURCES,
    )
)
DISPUTED = Layout(
    (
        Column("field", "value.code", lambda row: row.name),
        Column("claims", "request.claims", lambda row: Arguments(row.provider, row.claims)),
    )
)
HISTORY = Layout(
    (
        Column("seen", "mark.day", lambda row: row.event.seen),
        Column("fields", "value.codes", lambda row: row.names),
        Column("history", "request.state", lambda row: row.event),
        Column("source", "mark.source", lambda row: row.provider.sources[row.event.source]),
    )
)
OVERVIEW = Layout(
    (
        Column(NeededWord("card", "provider"), "link.requests", itself),
        Column("unknown_fields", "request.unknown", lambda provider: provider.requests.get("chat")),
        Column(Code("temperature"), "request.values", lambda provider: _bounded(_chat_field(provider, "temperature"))),
        Column("route", "request.routes", lambda provider: tuple(provider.requests)),
    )
)


def _bounded(field: RequestField | None) -> RequestField | None:
    """The field, where it has bounds or known values."""
    return field if field and (field.values or field.min is not None or field.max is not None) else None


def _no_values(field: RequestField) -> Absence:
    """Why a field has no bounds: only numbers and words can have them, and of what is refused nobody asks."""
    countable = field.type in ("number", "integer") and field.state != "refused"
    return "unknown" if countable else "inapplicable"


def _no_default(field: RequestField) -> Absence:
    """Why a field has no default: what must be given, has parts of its own or is refused cannot have one."""
    nested = field.type in ("object", "array")
    return "inapplicable" if field.required or nested or field.state == "refused" else "unknown"


def _chat_field(provider: Provider, name: str) -> RequestField | None:
    chat = provider.requests.get("chat")
    return chat.fields.get(name) if chat else None


DOWNLOADS = Layout(
    (
        Column("file", "link.filter", lambda row: Arguments(row.provider, row.name)),
        Column(NeededWord("card", "provider"), "value.name", lambda row: row.provider),
    )
)


@dataclass(frozen=True)
class RequestTables:
    """The tables of request bodies, as templates ask for them."""

    query: Queries

    def fields(self, provider: Provider, route: RequestRoute) -> Table:
        """Every field of one route."""
        return FIELDS.table(Field(provider, name, field) for name, field in route.fields.items())

    def in_short(self, provider: Provider, route: RequestRoute) -> Table:
        """The fields that a route refuses, or is said to do both with."""
        return IN_SHORT.table(
            Field(provider, name, field) for name, field in route.fields.items() if field.state != "accepted"
        )

    def refused(self, provider: Provider) -> Table:
        """What is refused on any route, and what to send in its place: the short answer."""
        return REFUSED.table(
            row for name, route in provider.requests.items() for row in _refused(provider, name, route)
        )

    def messages(self, provider: Provider, route: RequestRoute) -> Table:
        """The fields that messages of each role may have."""
        return MESSAGES.table(
            Messages(provider, role, shape, shape.sources or route.sources) for role, shape in route.messages.items()
        )

    def disputed(self, provider: Provider, route: RequestRoute) -> Table:
        """Fields of which sources disagree: what each of them says."""
        return DISPUTED.table(
            Field(provider, name, field, self.query.claims(route, name))
            for name, field in route.fields.items()
            if field.state == "disputed"
        )

    def history(self, provider: Provider, route: RequestRoute) -> list[Table]:
        """How fields came to be accepted that were refused before, or the other way round: a table for each history."""
        return [
            HISTORY.table(Event(provider, names, event) for event in events)
            for names, events in self.query.changed(route).items()
        ]

    def overview(self) -> Table:
        """The providers side by side: what becomes of unknown fields, and the temperatures they take."""
        return OVERVIEW.table(one for one in self.query.catalogue.providers.values() if one.requests)

    def downloads(self, kind: str, provider: Provider | None = None) -> Table:
        """The filters whose file names begin with `kind`, of one provider or of all."""
        return DOWNLOADS.table(
            File(self.query.catalogue.providers[owner], name)
            for owner, files in self.query.filters.items()
            for name in files
            if name.startswith(kind) and (provider is None or provider.id == owner)
        )


def _refused(provider: Provider, name: str, route: RequestRoute) -> Iterator[Refused]:
    for field, known in route.fields.items():
        if known.state == "refused":
            yield Refused(provider, name, field, None, known.instead, known.sources)
    for role, shape in route.messages.items():
        for field in shape.refused:
            yield Refused(provider, name, f"messages[].{field}", role, None, shape.sources or route.sources)
