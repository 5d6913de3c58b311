"""What another project's catalogue says of models, and how our facts compare with it: a witness, not a judge.

Nothing that a witness says is written by a machine; a difference is told, and a person asks the vendor. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ..schema.facts import FactValue
from ..schema.model import Model
from ..schema.price import Price
from ..schema.provider import Provider
from .aliases import owners
from .verdict import Basis, Verdict

HELD = ("function_calling", "vision", "reasoning", "context", "max_output", "retired")
"""The facts, beside prices, that are held against a witness' word, where it has one."""
WORTH_TELLING = ("retired",)
"""Those of them that are told although we say nothing: an end that we do not know of."""
SAME_PRICE = 1e-6
"""Amounts for a million tokens that differ by less are equal: witnesses give some of them for one token."""


@dataclass(frozen=True)
class Amounts:
    """A price in US dollars for a million tokens."""

    input: float
    output: float | None = None
    cache_read: float | None = None

    def __str__(self) -> str:
        """As disputes in the catalogue write it: input / output, then cached input where it is known."""
        shown = f"{self.input:g}" + (f" / {self.output:g}" if self.output is not None else "")
        return shown + (f", cached {self.cache_read:g}" if self.cache_read is not None else "")

    @property
    def short(self) -> str:
        """Without cached input."""
        return str(replace(self, cache_read=None))

    def fits(self, other: "Amounts") -> bool:
        """Whether both say the same, as far as both say something."""
        pairs = ((self.input, other.input), (self.output, other.output), (self.cache_read, other.cache_read))
        return all(one is None or two is None or abs(one - two) < SAME_PRICE for one, two in pairs)


@dataclass(frozen=True)
class Word:
    """What a witness says of one id."""

    id: str
    facts: Mapping[str, FactValue]
    """Under the catalogue's field names; only what it says."""
    price: Amounts | None = None
    """The price that holds on the day that is asked about."""


@dataclass(frozen=True)
class Witness:
    """One edition of another catalogue: its name with the version, and its words on one of our providers."""

    name: str
    words: tuple[Word, ...]


def heard(provider: Provider, models: Mapping[str, Model], witness: Witness, day: date) -> list[Verdict]:
    """The verdicts on the provider's `models` by what the witness says on `day`, in the catalogue's order.

    An id that only the witness has is no verdict of ours: catalogues name ids that no endpoint knows.
    """
    basis = Basis(day, witness.name)
    owner = {name.lower(): model for name, model in owners(models).items() if name not in provider.ignored}
    said = {word.id.lower(): word for word in witness.words}  # some write a vendor's ids with capitals
    by_model: dict[str, Word] = {}
    for name, word in said.items():
        if name in owner and (name == owner[name].id.lower() or owner[name].id.lower() not in said):
            by_model.setdefault(owner[name].id, word)
    found = []
    for name, model in models.items():
        if name in by_model and model.state(day) != "retired":
            about = list(_about(basis, model, by_model[name]))
            found += about or [Verdict.same(basis, model)]
    return found


def _about(basis: Basis, model: Model, word: Word) -> Iterator[Verdict]:
    why = f"{basis.endpoint} says so; ask the vendor"
    for name in HELD:
        theirs, ours = word.facts.get(name), getattr(model, name)
        unknown = ours is None and name not in WORTH_TELLING
        if theirs is not None and theirs != ours and not unknown and not _told(model, name, (theirs,)):
            yield Verdict.different(basis, model, word.id, name, ours, theirs, why)
    price, ours_now = word.price, tuple(_in_force(model, basis.day))
    if price is None or not ours_now or _told(model, "prices", (str(price), price.short)):
        return
    if not any(one.fits(price) for one in (*ours_now, *_of_the_past(model))):
        yield Verdict.different(basis, model, word.id, "prices", str(ours_now[0]), str(price), why)


def _told(model: Model, name: str, theirs: Iterable[FactValue]) -> bool:
    """Whether the catalogue says already, under `disputed`, that some source says so."""
    claims = {_plain(value) for value in model.disputed.get(name, {}).values()}
    return any(_plain(value) in claims for value in theirs)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _in_force(model: Model, day: date) -> Iterator[Amounts]:
    """What we say that a million tokens cost on `day`, everywhere and for short requests, in and out of peak hours."""
    begun = [one for one in _listed(model) if one.since is None or one.since <= day]
    for region in dict.fromkeys(one.region for one in begun):
        newest = next(one for one in begun if one.region == region)
        yield from _amounts(newest)


def _of_the_past(model: Model) -> Iterator[Amounts]:
    """What it cost before, by what we say: a witness that says so is behind, and no news."""
    yield from (amounts for one in _listed(model) for amounts in _amounts(one))


def _listed(model: Model) -> list[Price]:
    return [one for one in model.prices if one.per == "million-tokens" and one.currency == "USD" and not one.above]


def _amounts(price: Price) -> Iterator[Amounts]:
    yield Amounts(price.input, price.output, price.cache_read)
    if price.off_peak:
        yield Amounts(price.off_peak.input, price.off_peak.output, price.off_peak.cache_read)
