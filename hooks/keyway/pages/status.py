"""Where models and providers stand on one day: what the vendor's dates say, and what the newest lists show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from ..evidence.aliases import Pointing, pointing
from ..evidence.history import confirmed
from ..evidence.recording import Recording, newest_complete
from ..evidence.status import ANSWERING, ModelsList, ModelStatus, came_after, model_status, models_list
from ..schema.ages import AgedKind
from ..schema.catalogue import Catalogue
from ..schema.endpoint import Endpoint
from ..schema.model import Model
from ..schema.provider import Provider
from .columns import Absence


@dataclass(frozen=True)
class StatusQueries:
    """The catalogue and the evidence as of `day`; `recordings` are each provider's own, oldest first."""

    catalogue: Catalogue
    recordings: Mapping[str, tuple[Recording, ...]]
    day: date

    def models_list(self, provider: Provider) -> ModelsList | None:
        """The newest complete list of the provider, or None when none was ever recorded."""
        return self._models_lists[provider.id]

    @cached_property
    def _models_lists(self) -> Mapping[str, ModelsList | None]:
        return {
            name: models_list(provider, self.recordings.get(name, ()), self.day)
            for name, provider in self.catalogue.providers.items()
        }

    def old(self, kind: AgedKind, seen: str) -> bool:
        """Whether what was seen then, of a kind of fact that gets old, wants another look on the day of the build."""
        return self.catalogue.ages.passed(kind, seen, self.day)

    def provider_of(self, model: Model) -> Provider:
        """The provider that serves `model`."""
        return self.catalogue.providers[model.provider]

    def status(self, model: Model) -> ModelStatus:
        """One word for where the model stands on the day of the build (a key of the words' group `status`)."""
        return self._statuses[model.provider][model.id]

    def answers(self, model: Model) -> bool:
        """Whether the model answers requests on the day of the build, as far as is known."""
        return self.status(model) in ANSWERING

    def left_out(self, model: Model) -> bool:
        """Whether the newest complete list of the provider lacks the model; False where no list is as young as it."""
        newest = self.models_list(self.provider_of(model))
        return newest is not None and model.id not in newest.recording.ids and not came_after(model, newest.recording)

    @cached_property
    def _statuses(self) -> Mapping[str, Mapping[str, ModelStatus]]:
        """Provider -> id -> status; pages ask for it many thousand times."""
        found = {}
        for provider, models in self.catalogue.models.items():
            newest = newest_complete(self.recordings.get(provider, ()))
            found[provider] = {name: model_status(model, newest, self.day) for name, model in models.items()}
        return found

    def pointing(self, model: Model, alias: str) -> Pointing:
        """What lists say of `alias` as a name of `model`."""
        return self._pointings[model.provider][alias]

    @cached_property
    def _pointings(self) -> Mapping[str, Mapping[str, Pointing]]:
        """Provider -> alias -> what lists say of it; pages ask for it many thousand times."""
        return {
            provider: {
                alias: pointing(alias, model, self.recordings.get(provider, ()))
                for model in models.values()
                for alias in model.aliases
            }
            for provider, models in self.catalogue.models.items()
        }

    def without_free_plan(self, model: Model) -> Absence:
        """Why nothing is said of what a free account gets for `model`: there is no such plan, or nobody tried."""
        plans = [plan for plan in self.provider_of(model).plans.values() if plan.free]
        paid = any(price.input > 0 for price in model.prices)
        return "none" if all(plan.covers == "price-zero" and paid for plan in plans) else "untried"

    def confirmed_on(self, model: Model) -> Mapping[str, date]:
        """Field -> the newest day on which a recording said the same."""
        return confirmed(model, self.recordings.get(self.provider_of(model).id, ()))

    def place(self, model: Model) -> Literal["known", "untried", "none"]:
        """Whether endpoints are known to serve `model`, could do so and were not seen to be tried, or do not."""
        if self.answers(model) or model.routed_to:
            return "known"
        return "none" if self.status(model) in ("retired", "no-api-id") else "untried"

    def endpoints_serving(self, model: Model) -> list[Endpoint]:
        """The endpoints that serve `model`."""
        provider = self.provider_of(model)
        return [endpoint for endpoint in provider.endpoints.values() if endpoint.serves(model.id)]

    def current(self, provider: Provider, kind: str | None = None) -> list[Model]:
        """The provider's models that answer requests on the day of the build, as far as is known."""
        return [
            model
            for model in self.catalogue.models[provider.id].values()
            if self.answers(model) and kind in (None, model.kind)
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

    def offered_free(self, provider: Provider) -> list[Model]:
        """The provider's models of which a source says what a free account gets: those that worked come first."""
        return [*self.usable(provider), *self.refused(provider), *self.price_zero(provider)]

    def _observed(self, provider: Provider, *results: str) -> list[Model]:
        return [
            model
            for model in self.catalogue.models[provider.id].values()
            if model.state(self.day) != "retired" and model.free_result and model.free_result.result in results
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
        return self.catalogue.model(provider.id, provider.recommended)

    def recommended_free(self, provider: Provider) -> Model | None:
        """The model that a free account can use, or None."""
        free = provider.recommended_free
        return self.catalogue.model(provider.id, free) if free else None

    def replacement(self, model: Model) -> Model | None:
        """What to use instead of `model` on the day of the build."""
        return self.catalogue.successor(model, self.day)
