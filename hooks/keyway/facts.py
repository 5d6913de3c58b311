"""What a template may ask: the catalogue, the evidence and the words, seen from one page in one language.

Answers questions only; how an answer looks is said in `overrides/parts/`, what it means in `docs/`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from . import claims, pairs, sayings
from .address import address
from .catalogue import Catalogue
from .client import AddressForm, Client
from .filters import filters
from .history import Change, confirmed, history
from .links import file_links, page_links
from .model import Model
from .news import Day, days
from .provider import Endpoint, ErrorAnswer, FieldHistory, Provider, RequestRoute
from .recording import Recording
from .routes import Page
from .snippets.choices import Choices, choices
from .timeline import Timeline, timeline

FACTS = (
    "kind", "aliases", "temperature", "function_calling", "vision", "fim", "reasoning", "context", "max_output",
    "tier", "licence", "price", "released", "deprecated", "retired", "replacement",
)
"""The fields of a model that its page tells, in that order."""


class Names:
    """Words by name; a name that does not exist is an error of the template, not an empty text.

    Only items, no attributes, so that a word may be called `items` or `keys`.
    """

    def __init__(self, entries: Mapping[str, object]) -> None:
        self._entries = entries

    def __getitem__(self, name: str) -> object:
        return self._entries[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries


@dataclass(frozen=True)
class Listing:
    """What the newest complete models list of a provider tells: its day, its age in days, whether that is too old."""

    day: date
    age: int
    stale: bool
    recording: Recording


@dataclass(frozen=True)
class Facts:
    """The catalogue and the evidence on the day of the build; `addresses` are the pages that links may lead to."""

    catalogue: Catalogue
    recordings: Mapping[str, tuple[Recording, ...]]
    day: date

    def about(self, page: Page, language: str, addresses: frozenset[str]) -> dict[str, object]:
        """The names that the templates of `page` see."""
        provider = self.catalogue.providers.get(page.subjects.get("provider", ""))
        client = self.catalogue.clients.get(page.subjects.get("client", ""))
        names: dict[str, object] = {
            "asset": file_links(page, language),
            "catalogue": self.catalogue,
            "day": self.day,
            "facts": self,
            "href": page_links(page, addresses),
            "language": language,
            "page": page,
            "words": self._words[language],
        }
        if provider:
            names["provider"] = provider
            names["console"] = _label(provider, language)
            if "model" in page.subjects:
                names["model"] = self.catalogue.models[provider.id][page.subjects["model"]]
            if "alias" in page.subjects:
                names["alias"] = page.subjects["alias"]
                names["model"] = self.catalogue.aliases(provider.id)[page.subjects["alias"]]
            if "error" in page.subjects:
                names["error"] = provider.errors[page.subjects["error"]]
        if client:
            names["client"] = client
            names["label"] = _label(client, language)
        return names

    @cached_property
    def _words(self) -> dict[str, Names]:
        languages = ("en", "zh", "ja")
        return {
            language: Names(
                {
                    group: Names({name: text[language] for name, text in entries.items()})
                    for group, entries in self.catalogue.words.items()
                }
            )
            for language in languages
        }

    def listing(self, provider: Provider) -> Listing | None:
        """The newest complete list of the provider, or None when none was ever recorded."""
        complete = [recording for recording in self.recordings.get(provider.id, ()) if recording.complete]
        if not complete:
            return None
        newest = complete[-1]
        age = self.day - newest.day
        return Listing(newest.day, age.days, age > timedelta(days=provider.list_limit_days), newest)

    def provider_of(self, model: Model) -> Provider:
        """The provider that serves `model`."""
        for provider, models in self.catalogue.models.items():
            if models.get(model.id) is model:
                return self.catalogue.providers[provider]
        raise KeyError(model.id)

    def status(self, model: Model) -> str:
        """One word for where the model stands on the day of the build (a key of the words' group `status`).

        retired and deprecated by the vendor's dates; listed by the newest complete list; else why it
        is not listed (account, by-name, unverified, no-api-id), or unlisted when nobody says why.
        """
        state = model.state(self.day)
        if state == "retired":
            return state
        listing = self.listing(self.provider_of(model))
        listed = listing is not None and any(row.id == model.id for row in listing.recording.rows)
        if listed:
            return "deprecated" if state == "deprecated" else "listed"
        return model.unlisted or "unlisted"

    def evidence(self, model: Model) -> Mapping[str, date]:
        """Field -> the newest day on which a recording said the same."""
        return confirmed(model, self.recordings.get(self.provider_of(model).id, ()))

    def history(self, provider: Provider) -> list[Change]:
        """What came, went, moved and changed between the provider's recordings, the newest day first."""
        return self._histories[provider.id]

    @cached_property
    def _histories(self) -> dict[str, list[Change]]:
        return {
            provider: history(self.recordings.get(provider, ()), models)
            for provider, models in self.catalogue.models.items()
        }

    def told(self, model: Model) -> list[Change]:
        """The part of its provider's history that speaks of `model` or of an id that means, or meant, it."""
        changes = self.history(self.provider_of(model))
        return [change for change in changes if change.id in model.ids or model.id in (change.before, change.after)]

    def days(self, provider: Provider, language: str) -> list[Day]:
        """The provider's history as days with sentences in `language`, the newest first."""
        words = self.catalogue.words
        say = {group: {name: text[language] for name, text in words[group].items()} for group in ("change", "column", "mark")}
        return days(self.history(provider), say)

    def named(self, provider: Provider, name: str) -> list[Change]:
        """The part of the provider's history that speaks of the id or alias `name`."""
        return [change for change in self.history(provider) if change.id == name]

    def serving(self, model: Model) -> list[Endpoint]:
        """The endpoints that serve `model`."""
        provider = self.provider_of(model)
        return [
            endpoint
            for endpoint in provider.endpoints.values()
            if endpoint.models == "all" or model.id in endpoint.models
        ]

    def current(self, provider: Provider, kind: str | None = None) -> list[Model]:
        """The provider's models that answer requests on the day of the build, as far as is known."""
        return [
            model
            for model in self.catalogue.models[provider.id].values()
            if self.status(model) in ("listed", "deprecated", "account", "by-name") and kind in (None, model.kind)
        ]

    def other_kinds(self, provider: Provider) -> list[Model]:
        """The provider's models that answer and are not for chat."""
        return [model for model in self.current(provider) if model.kind != "chat"]

    def usable(self, provider: Provider) -> list[Model]:
        """The provider's models that worked when a free account last asked for them."""
        return self._observed(provider, "usable")

    def refused(self, provider: Provider) -> list[Model]:
        """The provider's models that a free account was last refused."""
        return self._observed(provider, "no-quota", "rate-limited", "tier-not-allowed", "labs-not-enabled")

    def price_zero(self, provider: Provider) -> list[Model]:
        """The provider's models that a source lists at price zero, whether or not they were tried."""
        return self._observed(provider, "price-zero")

    def _observed(self, provider: Provider, *results: str) -> list[Model]:
        return [
            model
            for model in self.catalogue.models[provider.id].values()
            if model.state(self.day) != "retired" and model.free_plan and model.free_plan[0].result in results
        ]

    def past(self, provider: Provider) -> list[Model]:
        """The provider's retired models, the newest retirement first."""
        retired = [m for m in self.catalogue.models[provider.id].values() if m.state(self.day) == "retired"]
        return sorted(retired, key=lambda model: model.retired or self.day, reverse=True)

    def rest(self, provider: Provider) -> list[Model]:
        """The provider's models that are neither known to answer nor retired."""
        known = {model.id for model in (*self.current(provider), *self.past(provider))}
        return [model for model in self.catalogue.models[provider.id].values() if model.id not in known]

    def timeline(self, provider: Provider) -> Timeline | None:
        """The lives of the provider's models that answer or answered, laid out on a line of years."""
        known = {model.id for model in (*self.current(provider), *self.past(provider))}
        return timeline((m for m in self.catalogue.models[provider.id].values() if m.id in known), self.day)

    def stated(self, model: Model) -> list[str]:
        """The fields that say something of `model`, or that sources dispute, in the order of a page."""
        return [name for name in FACTS if getattr(model, name) not in (None, ()) or name in model.disputed]

    def plainest(self, provider: Provider) -> Model:
        """The model that guides of `provider` set up first."""
        return self._named(provider, provider.recommended)

    def free(self, provider: Provider) -> Model | None:
        """The model that a free account can use, or None."""
        return self._named(provider, provider.recommended_free) if provider.recommended_free else None

    def _named(self, provider: Provider, name: str) -> Model:
        model = self.catalogue.find(provider.id, name)
        if model is None:
            raise KeyError(name)
        return model

    def address(self, endpoint: Endpoint, form: AddressForm) -> str:
        """The endpoint's address in the form that a client wants: root, base, base-slash or chat."""
        return address(endpoint, form)

    def way(self, provider: Provider, client: Client) -> pairs.Way | None:
        """How the client reaches the provider; None where it cannot."""
        return pairs.way(provider, client)

    def saying(self, error: ErrorAnswer) -> str | None:
        """What an error answer says of itself, status first; None where no answer comes."""
        return sayings.saying(error)

    def marks(self, error: ErrorAnswer) -> tuple[str, ...]:
        """What tells an error answer beside its sentence."""
        return sayings.marks(error)

    def signs(self, error: ErrorAnswer) -> Mapping[str, str]:
        """The type and code of an error answer."""
        return sayings.signs(error)

    def claims(self, route: RequestRoute, name: str) -> tuple[claims.Claim, ...]:
        """What each source says of a request field."""
        return claims.claims(route, name)

    def changed(self, route: RequestRoute) -> Mapping[tuple[str, ...], tuple[FieldHistory, ...]]:
        """The request fields whose fate changed, with their histories."""
        return claims.changed(route)

    @cached_property
    def filters(self) -> Mapping[str, Mapping[str, str]]:
        """Provider -> file name -> text of the filters there are."""
        return {provider.id: filters(provider) for provider in self.catalogue.providers.values()}

    @cached_property
    def offered(self) -> Mapping[tuple[str, str], Choices]:
        """Provider and client -> the configuration that their guide offers, where the client takes a file or code."""
        found = {
            (provider.id, client.id): choices(client, provider, self.askable(provider))
            for provider, client in self.catalogue.pairs()
        }
        return {pair: offer for pair, offer in found.items() if offer}

    def askable(self, provider: Provider) -> list[Model]:
        """The provider's models for chat that a reader may want to set up, in the order of the catalogue."""
        known = {m.id for m in (*self.current(provider), *self.usable(provider), *self.price_zero(provider))}
        return [m for m in self.catalogue.models[provider.id].values() if m.id in known and m.kind == "chat"]

    def hard_coded(self, provider: Provider, client: Client) -> list[str]:
        """The ids written into the client that the provider no longer serves, as far as is known."""
        return pairs.ended(self.catalogue, provider, client, self.day)

    def uncatalogued(self, provider: Provider, client: Client) -> list[str]:
        """The ids written into the client that the catalogue does not know."""
        return pairs.unknown(self.catalogue, provider, client)

    def guides(self, provider: Provider | None = None, client: Client | None = None) -> list[tuple[Provider, Client]]:
        """The provider-and-client pairs that have a guide, of one provider or one client if given."""
        return [
            pair
            for pair in self.catalogue.pairs()
            if provider in (None, pair[0]) and client in (None, pair[1])
        ]

    def replacement(self, model: Model) -> Model | None:
        """What to use instead of `model` today: the end of the chain of replacements."""
        provider = self.provider_of(model)
        found, seen = model, {model.id}
        while found.replacement:
            following = self.catalogue.find(provider.id, found.replacement)
            if following is None or following.id in seen:
                break
            found = following
            seen.add(found.id)
        return None if found is model else found


def _label(record: Client | Provider, language: str) -> Callable[[str], str]:
    """A function that gives what a tool or website shows in `language`, refusing labels that are not recorded."""

    def label(name: str) -> str:
        if name not in record.labels:
            raise ValueError(f"{record.id}.yml has no label {name!r}")
        return record.labels[name][language]

    return label
