"""What of the catalogue could be read, for the rules that go between fields and files.

A record with a mistake is here without the mistaken part, so that one mistake does not hide others;
`whole` says where nothing is missing. Names are looked up in the plain data, so that a mistake in
one record is not reported again by every record that names it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .client import Client
from .free import FreeOffer
from .model import Model
from .provider import Provider
from .scalars import Localized
from .source import LOST, Path, Problem, Source


@dataclass
class Draft:
    """The readable part of a catalogue, with the places of everything."""

    providers: dict[str, Provider] = field(default_factory=dict)
    models: dict[str, dict[str, Model]] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    words: dict[str, dict[str, Localized]] = field(default_factory=dict)
    free: dict[str, FreeOffer] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    """File -> its values with places; also where the record is not valid."""
    files: set[str] = field(default_factory=set)
    """Every file that exists, readable or not."""
    partial: set[tuple[str, Path]] = field(default_factory=set)
    """(file, path) of each record that lacks a mistaken part."""

    def whole(self, file: str) -> bool:
        """Whether `file` was read without a mistake."""
        return file in self.sources and not any(name == file for name, _ in self.partial)

    def names(self, file: str, path: Path = ()) -> frozenset[str] | None:
        """The keys of the mapping at `path`; None where that cannot be known."""
        source = self.sources.get(file)
        if source is None or path in source.lost or path + LOST in source.lost:
            return None
        here = source.data
        for part in path:
            if not isinstance(here, dict) or part not in here:
                return None if path in source.lost else frozenset()
            here = here[part]
        if not isinstance(here, dict):
            return None
        lost = {p[-1] for p in source.lost if p[:-1] == path and isinstance(p[-1], str)}
        return frozenset(here) | lost

    def at(self, file: str, path: Path, message: str, *, key: bool = False) -> Problem:
        """A problem at `path` of `file`."""
        return self.sources[file].problem(path, message, key=key)

    def all_models(self) -> Iterator[tuple[str, str, str, Model]]:
        """(provider, file, id, model) of every readable model."""
        for provider, models in self.models.items():
            for name, model in models.items():
                yield provider, f"data/models/{provider}.yml", name, model
