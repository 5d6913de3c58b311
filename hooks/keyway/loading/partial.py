"""What of the catalogue could be read, for the rules that go between fields and files.

A record with a mistake is here without the mistaken part, so that one mistake does not hide others;
`whole` says of which file nothing is missing. Names are looked up in the plain data, so that a mistake in
one record is not reported again by every record that names it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass, field
from datetime import date

from ..schema.ages import Ages
from ..schema.client import Client
from ..schema.fields import Citation, Localized, Record
from ..schema.free import FreeOffer
from ..schema.intermediary import Intermediary
from ..schema.model import Model
from ..schema.provider import Provider
from ..source.document import LOST, Path, Plain, SourceFile
from ..source.problem import Problem
from ..source.suggestions import did_you_mean, nearest
from .messages import value_at

COMPARED = 10_000
"""Names that are compared in search of the nearest one; comparing is slow, and nobody reads so many suggestions."""


@dataclass
class PartialCatalogue:
    """The readable part of a catalogue, with the places of everything."""

    providers: dict[str, Provider] = field(default_factory=dict)
    models: dict[str, dict[str, Model]] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)
    intermediaries: dict[str, Intermediary] = field(default_factory=dict)
    words: dict[str, dict[str, Localized]] = field(default_factory=dict)
    free: dict[str, FreeOffer] = field(default_factory=dict)
    ages: Ages = field(default_factory=Ages)
    sources: dict[str, SourceFile] = field(default_factory=dict)
    """File -> its values with places; also where the record is not valid."""
    files: set[str] = field(default_factory=set)
    """Every file that exists, readable or not."""
    broken: set[str] = field(default_factory=set)
    """Files where something could not be read."""
    until: date | None = None
    """The day after which nobody can have seen anything; None where nobody says which day it is."""
    _ids: dict[str, frozenset[str] | None] = field(default_factory=dict, repr=False)
    _compared: int = field(default=0, repr=False)

    def whole(self, file: str) -> bool:
        """Whether `file` was read without a mistake."""
        return file in self.sources and file not in self.broken

    def names(self, file: str, path: Path = ()) -> frozenset[str] | None:
        """The keys of the mapping at `path`; None where that cannot be known."""
        source = self.sources.get(file)
        if source is None or path in source.lost or path + LOST in source.lost:
            return None
        here: Plain = source.data
        for part in path:
            if not isinstance(here, dict) or part not in here:
                return None if path in source.lost else frozenset()
            here = here[part]
        if not isinstance(here, dict):
            return None
        return frozenset(here) | source.lost_keys.get(path, frozenset())

    def ids(self, provider: str) -> frozenset[str] | None:
        """Every id and alias of the provider's models; None where that cannot be known."""
        if provider not in self._ids:
            self._ids[provider] = self._find_ids(f"data/models/{provider}.yml")
        return self._ids[provider]

    def _find_ids(self, file: str) -> frozenset[str] | None:
        own = self.names(file)
        if not own:
            return None  # a file without any model has a problem of its own
        source = self.sources[file]
        if any(path[1:2] == ("aliases",) for path in source.lost):
            return None
        aliases: set[str] = set()
        for key in own:
            listed = value_at(source.data, (key, "aliases"))
            if listed is not None and not (isinstance(listed, list) and all(isinstance(name, str) for name in listed)):
                return None
            aliases.update(listed or ())
        return own | aliases

    def advise(self, name: str, names: Iterable[str]) -> str:
        """What to write for `name`, which is none of `names`: the nearest one, while few have been compared."""
        known = list(names) if isinstance(names, (list, tuple)) else sorted(names)
        return did_you_mean(name, known, suggest=self._may_compare(known))

    def nearest(self, name: str, names: Iterable[str]) -> str | None:
        """Which of `names` may be meant by `name`; None where none is near, or too many have been compared."""
        known = sorted(names)
        return nearest(name, known) if self._may_compare(known) else None

    def _may_compare(self, known: Sized) -> bool:
        self._compared += len(known)
        return self._compared <= COMPARED

    def at(self, file: str, path: Path, message: str, *, key: bool = False) -> Problem:
        """A problem at `path` of `file`."""
        return self.sources[file].problem(path, message, key=key)

    def all_models(self) -> Iterator[tuple[str, str, str, Model]]:
        """(provider, file, id, model) of every readable model."""
        for provider, models in self.models.items():
            for name, model in models.items():
                yield provider, f"data/models/{provider}.yml", name, model

    def citing(self) -> Iterator[tuple[str, Provider | Client | Intermediary]]:
        """(file, record) of every readable record that has sources of its own."""
        folders: tuple[tuple[str, Mapping[str, Provider | Client | Intermediary]], ...] = (
            ("providers", self.providers),
            ("clients", self.clients),
            ("intermediaries", self.intermediaries),
        )
        for folder, records in folders:
            yield from ((f"data/{folder}/{name}.yml", record) for name, record in records.items())

    def all_records(self) -> Iterator[tuple[str, Path, Record]]:
        """(file, path, record) of every readable provider, client, intermediary, model and free offer."""
        yield from ((file, (), record) for file, record in self.citing())
        yield from ((file, (name,), model) for _, file, name, model in self.all_models())
        yield from (("data/free.yml", (name,), offer) for name, offer in self.free.items())

    def every_record(self) -> Iterator[tuple[str, Path, Record]]:
        """(file, path, record) of every readable record, however deep it stands in another."""
        for file, path, record in self.all_records():
            yield from ((file, below, one) for below, one in _records_in(record, path))

    def citations(self, file: str) -> Mapping[str, Citation]:
        """Name -> source, for what stands in `file`; the models of a provider have those of its file."""
        folder, _, name = file.removeprefix("data/").removesuffix(".yml").partition("/")
        owner = self.clients.get(name) if folder == "clients" else self.providers.get(name)
        return owner.sources if owner else {}


def _records_in(record: Record, path: Path) -> Iterator[tuple[Path, Record]]:
    """(path, record) of `record` and of every record in it."""
    yield path, record
    for name in type(record).model_fields:
        value, here = getattr(record, name), (*path, name)
        if isinstance(value, Record):
            yield from _records_in(value, here)
        elif isinstance(value, (dict, tuple)):
            for key, item in value.items() if isinstance(value, dict) else enumerate(value):
                if isinstance(item, Record):
                    yield from _records_in(item, (*here, key))
