"""The whole catalogue as one value, and the questions that go across its files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType

from ..source.suggestions import nearest
from .ages import Ages
from .client import Client
from .fields import Localized
from .free import FreeOffer
from .intermediary import Intermediary
from .model import Model
from .provider import Provider
from .ways import ways

Words = Mapping[str, Mapping[str, Localized]]
"""Group -> word -> text in three languages."""


class UnknownModel(LookupError):
    """A name that no model of a provider has; the message says so."""


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
    lines: Mapping[str, Mapping[tuple[str, ...], int]] = field(default_factory=dict, compare=False, repr=False)
    """File -> the keys of a record from the root of the file -> the line, from 1, at which the record begins."""
    intermediaries: Mapping[str, Intermediary] = field(default_factory=dict)

    ages: Ages = field(default_factory=Ages)
    """How old each kind of fact may get."""

    def line(self, file: str, *keys: str) -> int | None:
        """The line of `file` at which the record under `keys` begins; None for no keys, or where there is none."""
        return self.lines.get(file, {}).get(keys)

    def aliases(self, provider: str) -> Mapping[str, Model]:
        """Every alias of the provider's models -> the model it means today."""
        return MappingProxyType({alias: model for model in self.models[provider].values() for alias in model.aliases})

    @cached_property
    def _by_name(self) -> Mapping[str, Mapping[str, Model]]:
        """Provider -> id or alias -> model."""
        return {provider: {**self.aliases(provider), **models} for provider, models in self.models.items()}

    def find(self, provider: str, name: str) -> Model | None:
        """The model that `name`, an id or an alias, means today; None for neither."""
        return self._by_name[provider].get(name)

    def model(self, provider: str, name: str) -> Model:
        """The model that `name`, an id or an alias, means today; raises UnknownModel for neither."""
        found = self.find(provider, name)
        if found is None:
            near = nearest(name, self._by_name[provider])
            raise UnknownModel(
                f"no model of {provider} has the id or alias {name}" + (f"; did you mean {near}?" if near else "")
            )
        return found

    def successor(self, model: Model, day: date) -> Model | None:
        """The model to use in place of `model` on `day`; None where none is named, or all that are have ended.

        It is the last one down the line of replacements that has not ended by then, not the first: whoever is told to
        move goes to where the vendor sends everybody, and need not move again.
        """
        alive = [one for one in self._replacements(model) if one.state(day) != "retired"]
        return alive[-1] if alive else None

    def _replacements(self, model: Model) -> Iterator[Model]:
        """The line of replacements from `model` on; the rule replacements-do-not-circle lets it end."""
        while model.replacement:
            model = self.model(model.provider, model.replacement)
            yield model

    def pairs(self) -> Iterator[tuple[Provider, Client]]:
        """Every provider and client for which a set-up guide makes sense."""
        for provider in self.providers.values():
            for client in self.clients.values():
                if ways(client, provider):
                    yield provider, client
