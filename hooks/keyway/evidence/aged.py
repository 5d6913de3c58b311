"""Which facts of the catalogue are older than they may get, and how many pages stand on each: what to look at next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..schema.ages import AgedKind, age
from ..schema.catalogue import Catalogue
from ..schema.model import Model
from ..schema.provider import Provider
from .recording import Recording
from .status import models_list


@dataclass(frozen=True)
class Aged:
    """One fact that is too old."""

    kind: AgedKind
    file: str
    """The file of the catalogue in which it stands."""
    keys: tuple[str, ...]
    """The keys in it, from the root of the file, of the record that it is a fact of."""
    seen: str
    """The day, or month, when it was seen last."""
    age: int
    """In days."""
    limit: int
    """The most days that it may be old."""
    pages: int
    """How many pages in a language show it, about."""

    @property
    def urgency(self) -> int:
        """Days beyond the limit, by the pages that show it: the old and the much used come first."""
        return (self.age - self.limit) * self.pages


def aged(catalogue: Catalogue, recordings: Mapping[str, Sequence[Recording]], day: date) -> list[Aged]:
    """Every fact that is too old on `day`, the most urgent first, then in the order of the catalogue."""
    found = [*_of_providers(catalogue, recordings, day), *_of_models(catalogue, day), *_of_clients(catalogue, day)]
    return sorted(found, key=lambda one: one.urgency, reverse=True)


def _of_providers(catalogue: Catalogue, recordings: Mapping[str, Sequence[Recording]], day: date) -> Iterator[Aged]:
    for name, provider in catalogue.providers.items():
        file, guides = f"data/providers/{name}.yml", _guides(catalogue, provider)
        newest = models_list(provider, recordings.get(name, ()), day)
        if newest and newest.stale:
            pages = guides + len(catalogue.models[name])
            yield Aged("list", file, (), str(newest.day), newest.age, provider.list_limit_days, pages)
        for plan, terms in provider.plans.items():
            if terms.observations:
                yield from _one(catalogue, "plans", file, ("plans", plan), terms.observations[0].seen, day, 2)


def _of_models(catalogue: Catalogue, day: date) -> Iterator[Aged]:
    for name, models in catalogue.models.items():
        provider, file = catalogue.providers[name], f"data/models/{name}.yml"
        first = {provider.recommended, provider.recommended_free}
        for model in models.values():
            if model.state(day) == "retired":
                continue  # what it was like does not change any more
            pages = _guides(catalogue, provider) if first.intersection(model.ids) else 1
            yield from _of_model(catalogue, model, file, pages, day)


def _of_model(catalogue: Catalogue, model: Model, file: str, pages: int, day: date) -> Iterator[Aged]:
    if model.prices:
        yield from _one(catalogue, "prices", file, (model.id,), max(one.seen for one in model.prices), day, pages)
    if model.free_result:
        yield from _one(catalogue, "free_plans", file, (model.id,), model.free_result.seen, day, pages)


def _of_clients(catalogue: Catalogue, day: date) -> Iterator[Aged]:
    for name, client in catalogue.clients.items():
        if client.lifecycle.state == "ended":
            continue
        file = f"data/clients/{name}.yml"
        guides = sum(other.id == name for _, other in catalogue.pairs())
        if client.labels_read:
            yield from _one(catalogue, "labels", file, (), client.labels_read.seen, day, guides)
        for provider, native in client.native.items():
            if native.models_seen:
                at = ("native", provider)
                yield from _one(catalogue, "built_in_models", file, at, native.models_seen, day, 1)


def _one(
    catalogue: Catalogue, kind: AgedKind, file: str, keys: tuple[str, ...], seen: str, day: date, pages: int
) -> Iterator[Aged]:
    limit = catalogue.ages.limit(kind)
    if limit is not None and age(seen, day) > limit:
        yield Aged(kind, file, keys, str(seen), age(seen, day), limit, pages)


def _guides(catalogue: Catalogue, provider: Provider) -> int:
    return sum(other.id == provider.id for other, _ in catalogue.pairs())
