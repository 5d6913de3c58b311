"""Where models and providers stand on one day: what the vendor's dates say, and what the newest lists show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ..evidence.history import confirmed
from ..evidence.recording import Recording
from ..schema.catalogue import Catalogue
from ..schema.model import Model
from ..schema.provider import Endpoint, Provider


@dataclass(frozen=True)
class ModelsList:
    """What the newest complete models list of a provider tells: its day, its age in days, whether that is too old."""

    day: date
    age: int
    stale: bool
    recording: Recording


@dataclass(frozen=True)
class StatusQueries:
    """The catalogue and the evidence as of `day`; `recordings` are each provider's own, oldest first."""

    catalogue: Catalogue
    recordings: Mapping[str, tuple[Recording, ...]]
    day: date

    def models_list(self, provider: Provider) -> ModelsList | None:
        """The newest complete list of the provider, or None when none was ever recorded."""
        complete = [recording for recording in self.recordings.get(provider.id, ()) if recording.complete]
        if not complete:
            return None
        newest = complete[-1]
        age = self.day - newest.day
        return ModelsList(newest.day, age.days, age > timedelta(days=provider.list_limit_days), newest)

    def provider_of(self, model: Model) -> Provider:
        """The provider that serves `model`."""
        return self.catalogue.providers[model.provider]

    def status(self, model: Model) -> str:
        """One word for where the model stands on the day of the build (a key of the words' group `status`).

        retired and deprecated by the vendor's dates; listed by the newest complete list; else why it
        is not listed (account, by-name, unverified, no-api-id), or unlisted when nobody says why.
        """
        state = model.state(self.day)
        if state == "retired":
            return state
        listing = self.models_list(self.provider_of(model))
        listed = listing is not None and any(row.id == model.id for row in listing.recording.rows)
        if listed:
            return "deprecated" if state == "deprecated" else "listed"
        return model.unlisted or "unlisted"

    def confirmed_on(self, model: Model) -> Mapping[str, date]:
        """Field -> the newest day on which a recording said the same."""
        return confirmed(model, self.recordings.get(self.provider_of(model).id, ()))

    def endpoints_serving(self, model: Model) -> list[Endpoint]:
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

    def retired(self, provider: Provider) -> list[Model]:
        """The provider's retired models, the newest retirement first."""
        retired = [m for m in self.catalogue.models[provider.id].values() if m.state(self.day) == "retired"]
        return sorted(retired, key=lambda model: model.retired or self.day, reverse=True)

    def unverified(self, provider: Provider) -> list[Model]:
        """The provider's models that are neither known to answer nor retired."""
        known = {model.id for model in (*self.current(provider), *self.retired(provider))}
        return [model for model in self.catalogue.models[provider.id].values() if model.id not in known]

    def recommended(self, provider: Provider) -> Model:
        """The model that guides of `provider` set up first."""
        return self._named(provider, provider.recommended)

    def recommended_free(self, provider: Provider) -> Model | None:
        """The model that a free account can use, or None."""
        return self._named(provider, provider.recommended_free) if provider.recommended_free else None

    def _named(self, provider: Provider, name: str) -> Model:
        model = self.catalogue.find(provider.id, name)
        if model is None:
            raise KeyError(name)
        return model

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
