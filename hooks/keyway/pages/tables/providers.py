"""Tables of providers: where they answer, what their plans give, which errors they are known for."""

from collections.abc import Mapping
from dataclasses import dataclass

from ...schema.endpoint import PROTOCOLS, Endpoint, Protocol, Speech
from ...schema.errors import ErrorAnswer
from ...schema.fields import Citation
from ...schema.plan import Level, Plan, PlanObservation
from ...schema.provider import Key, Provider
from ..columns import Arguments, Column, Layout, Table, itself
from ..queries import Queries


@dataclass(frozen=True)
class Reached:
    """An endpoint and the key that goes with its host."""

    provider: Provider
    endpoint: Endpoint
    key: Key | None


@dataclass(frozen=True)
class Spoken:
    """A protocol, and where a provider speaks it, or who says that it does not."""

    protocol: Protocol
    speech: Speech
    endpoints: tuple[Endpoint, ...]
    sources: tuple[Citation, ...]


@dataclass(frozen=True)
class Terms:
    """What a plan gave on one day, and who says so."""

    plan: Plan
    observation: PlanObservation
    source: Citation


@dataclass(frozen=True)
class Subscribed:
    """A level of a plan, and who says so."""

    plan: Plan
    level: Level
    source: Citation


@dataclass(frozen=True)
class Known:
    """An error that a provider is known for, and what it says of itself."""

    provider: Provider
    error: ErrorAnswer
    headline: str | None


ENDPOINTS = Layout(
    (
        Column("endpoint", "value.name", lambda row: row.endpoint),
        Column("base_url", "value.code", lambda row: row.endpoint.base_url),
        Column("protocol", "value.protocols", lambda row: row.endpoint.protocols),
        Column("key", "link.key", lambda row: row.key, empty="nothing"),
        Column("variable", "value.code", lambda row: row.key.variable if row.key else None, empty="nothing"),
        Column("models", "value.served", lambda row: Arguments(row.provider, row.endpoint)),
        Column(
            "price_factor",
            "value.decimal",
            lambda row: row.endpoint.price_factor,
            empty="nothing",
            optional=lambda row: row.endpoint.price_factor,
        ),
        Column(
            "without",
            "value.features",
            lambda row: row.endpoint.without,
            empty="nothing",
            optional=lambda row: row.endpoint.without,
        ),
    )
)
FORMATS = Layout(
    (
        Column("protocol", "value.protocol", lambda row: row.protocol),
        Column("state", "mark.speech", lambda row: row.speech),
        Column("evidence", "value.spoken", lambda row: row if row.speech != "unknown" else None, empty="nothing"),
    )
)
PLANS = Layout(
    (
        Column("plan", "value.name", lambda row: row.plan),
        Column("seen", "mark.seen_of", itself),
        Column("limits", "value.limits", lambda row: row.observation.limits),
        Column("source", "mark.source", lambda row: row.source),
    )
)
LEVELS = Layout(
    (
        Column("level", "value.level", itself),
        Column("price", "value.fees", lambda row: row.level.fees),
        Column("quota", "value.quotas", lambda row: row.level.quotas, optional=lambda row: row.level.quotas),
        Column("relative", "value.decimal", lambda row: row.level.relative, optional=lambda row: row.level.relative),
        Column("source", "mark.source", lambda row: row.source),
    )
)
OFFERS = Layout(
    (
        Column("service", "link.offer", itself),
        Column("models", "value.lines", lambda offer: offer.models),
        Column("limits", "value.limits", lambda offer: offer.limits),
        Column("notes", "value.texts", lambda offer: offer.notes, empty="nothing", optional=lambda offer: offer.notes),
        Column("source", "mark.source", lambda offer: offer.source),
    )
)
TROUBLES = Layout(
    (
        Column("meaning", "error.link", lambda row: Arguments(row.provider, row.error)),
        Column("error", "value.text", lambda row: row.headline, empty="nothing"),
    )
)
ERRORS = Layout(
    (
        Column("meaning", "error.link", lambda row: Arguments(row.provider, row.error)),
        Column("message", "value.code", lambda row: row.headline, empty="nothing"),
        Column("header", "error.headers", lambda row: tuple(row.error.match.headers.items()), empty="nothing"),
        Column("recorded", "mark.day", lambda row: row.error.seen),
    )
)


@dataclass(frozen=True)
class ProviderTables:
    """The tables of providers, as templates ask for them."""

    query: Queries

    def endpoints(self, provider: Provider) -> Table:
        """Where a provider answers, and which key goes with which host."""
        return ENDPOINTS.table(
            Reached(provider, endpoint, provider.key_of(endpoint)) for endpoint in provider.endpoints.values()
        )

    def formats(self, provider: Provider) -> Table:
        """Which protocols a provider speaks, and where; what nobody looked for is not known."""
        return FORMATS.table(_spoken(provider, protocol) for protocol in PROTOCOLS)

    def plans(self, provider: Provider) -> Table:
        """How the terms of the provider's plans were seen over time."""
        return PLANS.table(
            Terms(plan, seen, provider.sources[seen.source])
            for plan in provider.plans.values()
            for seen in plan.observations
        )

    def levels(self, provider: Provider) -> Table:
        """What each level of the provider's subscriptions costs and grants."""
        return LEVELS.table(
            Subscribed(plan, level, provider.sources[level.source])
            for plan in provider.plans.values()
            for level in plan.levels.values()
        )

    def offers(self) -> Table:
        """What other services give free, one source and one day each."""
        return OFFERS.table(self.query.catalogue.free.values())

    def troubles(self, provider: Provider) -> Table:
        """Errors that people meet first, or all where none is marked so, in the order of the provider's file."""
        usual = {name: error for name, error in provider.errors.items() if error.usual}
        return TROUBLES.table(self._known(provider, usual or provider.errors))

    def errors(self, provider: Provider) -> Table:
        """Every error of the provider, as its answers word it, by status."""
        by_status = dict(sorted(provider.errors.items(), key=lambda item: item[1].status))
        return ERRORS.table(self._known(provider, by_status))

    def _known(self, provider: Provider, errors: Mapping[str, ErrorAnswer]) -> list[Known]:
        return [Known(provider, error, error.headline) for error in errors.values()]


def _spoken(provider: Provider, protocol: Protocol) -> Spoken:
    looked = provider.not_offered.get(protocol)
    sources = tuple(provider.sources[name] for name in looked.sources) if looked else ()
    return Spoken(protocol, provider.speech(protocol), provider.speaking(protocol), sources)
