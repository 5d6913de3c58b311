"""The whole catalogue as one value, and the questions that go across its files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from .client import Client
from .fields import Localized
from .free import FreeOffer
from .model import Model
from .provider import Provider

Words = Mapping[str, Mapping[str, Localized]]
"""Group -> word -> text in three languages."""


@dataclass(frozen=True)
class Catalogue:
    """Everything that `data/` says, read and checked; records know their ids.

    `models` maps a provider's id to its models by id, in the order of the file.
    """

    providers: Mapping[str, Provider]
    models: Mapping[str, Mapping[str, Model]]
    clients: Mapping[str, Client]
    words: Words
    free: Mapping[str, FreeOffer] = field(default_factory=dict)

    def aliases(self, provider: str) -> Mapping[str, Model]:
        """Every alias of the provider's models -> the model it means today."""
        return MappingProxyType({alias: model for model in self.models[provider].values() for alias in model.aliases})

    def find(self, provider: str, name: str) -> Model | None:
        """The model that `name`, an id or an alias, means today; None for neither."""
        return self.models[provider].get(name) or self.aliases(provider).get(name)

    def pairs(self) -> Iterator[tuple[Provider, Client]]:
        """Every provider and client for which a set-up guide makes sense."""
        for provider in self.providers.values():
            for client in self.clients.values():
                if client.reaches(provider.id):
                    yield provider, client
