"""What a template may ask, beside where things stand: history, ways from client to provider, snippets, errors.

Answers questions only; how an answer looks is said in `overrides/parts/`, what it means in `docs/`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..evidence.history import Change, history
from ..exports import curl
from ..exports.changelog import ChangeDay, change_days
from ..exports.filters import filters
from ..exports.snippets.choices import Choices, choices
from ..schema.client import Client
from ..schema.connection import Connection, Way
from ..schema.endpoint import Endpoint
from ..schema.errors import ErrorAnswer
from ..schema.facts import Fact
from ..schema.model import FACTS, Model
from ..schema.provider import Provider
from ..schema.requests import FieldHistory, RequestRoute
from ..schema.ways import connection, ways
from . import disputes
from .status import StatusQueries
from .timeline import Timeline, timeline


@dataclass(frozen=True)
class Queries(StatusQueries):
    """Every question that a page asks of the catalogue and the evidence."""

    def history(self, provider: Provider) -> list[Change]:
        """What came, went, moved and changed between the provider's recordings, the newest day first."""
        return self._histories[provider.id]

    @cached_property
    def _histories(self) -> dict[str, list[Change]]:
        return {
            provider: history(self.recordings.get(provider, ()), models)
            for provider, models in self.catalogue.models.items()
        }

    def history_of(self, model: Model) -> list[Change]:
        """The part of its provider's history that speaks of `model` or of an id that means, or meant, it."""
        changes = self.history(self.provider_of(model))
        return [change for change in changes if change.id in model.ids or model.id in (change.before, change.after)]

    def change_days(self, provider: Provider, language: str) -> list[ChangeDay]:
        """The provider's history as days with sentences in `language`, the newest first."""
        words = self.catalogue.words
        say = {
            group: {name: text[language] for name, text in words[group].items()}
            for group in ("change", "column", "mark")
        }
        return change_days(self.history(provider), say)

    def history_of_id(self, provider: Provider, name: str) -> list[Change]:
        """The part of the provider's history that speaks of the id or alias `name`."""
        return [change for change in self.history(provider) if change.id == name]

    def timeline(self, provider: Provider) -> Timeline | None:
        """The lives of the provider's models that answer or answered, laid out on a line of years."""
        known = {model.id for model in (*self.current(provider), *self.retired(provider))}
        return timeline((m for m in self.catalogue.models[provider.id].values() if m.id in known), self.day)

    def fact(self, name: str) -> Fact:
        """What the field `name` of a model means."""
        return FACTS[name]

    def shown_facts(self, model: Model) -> list[Fact]:
        """The facts that say something of `model`, or that sources dispute, in the order of a page."""
        return [
            fact
            for name, fact in FACTS.items()
            if fact.shown and (getattr(model, name) not in (None, ()) or name in model.disputed)
        ]

    def other_errors(self, provider: Provider, error: ErrorAnswer) -> list[ErrorAnswer]:
        """The provider's other errors, those that have a status in common with `error` first."""
        others = [other for other in provider.errors.values() if other.id != error.id]
        return sorted(others, key=lambda other: set(other.status).isdisjoint(error.status))

    def accepted(self, route: RequestRoute) -> tuple[str, ...]:
        """The names of the fields that a route takes without dispute."""
        return tuple(name for name, field in route.fields.items() if field.state == "accepted")

    def claims(self, route: RequestRoute, name: str) -> tuple[disputes.Claim, ...]:
        """What each source says of a request field."""
        return disputes.claims(route, name)

    def changed(self, route: RequestRoute) -> Mapping[tuple[str, ...], tuple[FieldHistory, ...]]:
        """The request fields whose fate changed, with their histories."""
        return disputes.changed(route)

    @cached_property
    def filters(self) -> Mapping[str, Mapping[str, str]]:
        """Provider -> file name -> text of the filters there are."""
        return {
            provider.id: filters(provider, self.catalogue.clients) for provider in self.catalogue.providers.values()
        }

    def listing(self, provider: Provider, client: Client | None = None) -> tuple[Endpoint, ...]:
        """The endpoints to ask for a models list: the first for each key, as one key has one list; none of a plan.

        With a client, only those whose key is of use in it, the one that its guide begins with first.
        """
        found: dict[str | None, Endpoint] = {}
        for endpoint in provider.endpoints.values():
            if "models" in endpoint.routes and not endpoint.plan:
                found.setdefault(endpoint.key, endpoint)
        if client is None:
            return tuple(found.values())
        keys = dict.fromkeys(endpoint.key for endpoint in self.reached(provider, client))
        return tuple(found[key] for key in keys if key in found)

    def ways(self, provider: Provider, client: Client) -> tuple[Way, ...]:
        """Every way from the client to the provider, the one to recommend first."""
        return ways(client, provider)

    def connection(self, provider: Provider, client: Client) -> Connection | None:
        """The one to recommend of them."""
        return connection(client, provider)

    def reached(self, provider: Provider, client: Client) -> tuple[Endpoint, ...]:
        """The endpoints that some way leads to, in the order of the ways."""
        found = {one.endpoint.id: one.endpoint for way in ways(client, provider) for one in way.connections}
        return tuple(found.values())

    def impossible(self, provider: Provider, client: Client) -> bool:
        """Whether somebody looked, and the client speaks none of the provider's formats with a host of one's choice."""
        spoken = {protocol for endpoint in provider.endpoints.values() for protocol in endpoint.protocols}
        return all(client.speech(protocol) == "no" for protocol in spoken)

    def first_models(self, provider: Provider, endpoint: Endpoint) -> tuple[str, ...]:
        """The id to start with at `endpoint`, the recommended one where it is served there; then the free one,
        if any, but not at the address of a plan that is paid for.

        At an endpoint that serves neither, its first model for chat.
        """
        models = self.catalogue.models[provider.id]
        paid = endpoint.plan is not None and not provider.plans[endpoint.plan].free
        wanted = [name for name in (provider.recommended, None if paid else provider.recommended_free) if name]
        served = [name for name in wanted if endpoint.serves(self.catalogue.model(provider.id, name).id)]
        if not served:
            served = [model.id for model in models.values() if model.kind == "chat" and endpoint.serves(model.id)]
            return tuple(served[:1]) or (provider.recommended,)
        return tuple(dict.fromkeys(served))

    def first_context(self, provider: Provider, endpoint: Endpoint) -> int | None:
        """How many tokens the model to start with at `endpoint` holds there; None where that is not known."""
        model = self.catalogue.model(provider.id, self.first_models(provider, endpoint)[0])
        return endpoint.contexts.get(model.id, model.context)

    def list_variables(self, provider: Provider, client: Client | None = None) -> tuple[str, ...]:
        """The variables of the keys with which a models list is asked for, each once."""
        return self.variables(provider, self.listing(provider, client))

    def variables(self, provider: Provider, endpoints: Iterable[Endpoint]) -> tuple[str, ...]:
        """The variables of the keys of `endpoints`, each once: two sites of one provider can share one."""
        keys = (provider.key_of(endpoint) for endpoint in endpoints)
        return tuple(dict.fromkeys(key.variable for key in keys if key))

    def list_request(self, provider: Provider, endpoint: Endpoint) -> str:
        """The command that asks an endpoint for its models."""
        return curl.list_request(provider, endpoint)

    def trial_request(self, address: str, variable: str | None, model: str) -> str:
        """The command that shows a refusal, or a filter at work."""
        return curl.trial_request(address, variable, model)

    @cached_property
    def snippet_choices(self) -> Mapping[tuple[str, str], Choices]:
        """Provider and client -> the configuration that their guide offers, where the client takes a file or code."""
        found = {
            (provider.id, client.id): choices(client, provider, self.configurable(provider))
            for provider, client in self.catalogue.pairs()
        }
        return {pair: offer for pair, offer in found.items() if offer}

    def configurable(self, provider: Provider) -> list[Model]:
        """The provider's models for chat that a reader may want to set up, in the order of the catalogue.

        One whose requests reach another model, as some sources say, is not offered as a model of its own.
        """
        known = {m.id for m in (*self.current(provider), *self.usable(provider), *self.price_zero(provider))}
        return [
            m
            for m in self.catalogue.models[provider.id].values()
            if m.id in known and m.kind == "chat" and "routed_to" not in m.disputed
        ]

    def built_in(self, provider: Provider, client: Client) -> list[str]:
        """The ids of the provider's that the client offers by itself, as far as the catalogue knows them."""
        names = client.built_in_ids(provider)
        return [name for name in names if self.catalogue.find(provider.id, name) is not None]

    def uncatalogued(self, provider: Provider, client: Client) -> list[str]:
        """The ids written into the client that the catalogue does not know."""
        return [name for name in client.built_in_ids(provider) if self.catalogue.find(provider.id, name) is None]

    def guides(self, provider: Provider | None = None, client: Client | None = None) -> list[tuple[Provider, Client]]:
        """The provider-and-client pairs that have a guide, of one provider or one client if given."""
        return [pair for pair in self.catalogue.pairs() if provider in (None, pair[0]) and client in (None, pair[1])]
