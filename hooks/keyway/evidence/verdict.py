"""What can be said when facts are held against evidence, and the exit codes of everything that judges."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Self

from ..schema.facts import FactValue
from ..schema.model import Model
from .row_values import Facts

Kind = Literal["same", "different", "unlisted", "gone", "new", "moved", "no-verdict"]

JsonValue = str | float | int | bool | list[str] | dict[str, Any] | None

SAME, DIFFERENT, OURS, UNKNOWN = 0, 1, 2, 3
"""Exit codes: all the same; something differs; our own data or key are wrong; there is no verdict."""

WORST_FIRST = (OURS, UNKNOWN, DIFFERENT, SAME)
"""Of several exit codes the first of these wins: what we broke ourselves hides everything else, and
an endpoint without a verdict may hide a difference."""


@dataclass(frozen=True)
class Basis:
    """What a verdict rests on: the list of one day, and the endpoint that was asked for it; None for a file."""

    day: date
    endpoint: str | None = None


@dataclass(frozen=True)
class Verdict:
    """One thing that was found; what a machine reads is `as_json`."""

    verdict: Kind
    provider: str
    id: str | None = None
    """The id, or alias, that it is about; None for a whole provider."""
    field: str | None = None
    """The catalogue's field, where the verdict is about one."""
    ours: FactValue = None
    """What the catalogue says."""
    theirs: FactValue | Facts = None
    """What the endpoint says; of a model that is new, every fact."""
    model: str | None = None
    """The catalogue's model that it is about; None where there is none."""
    why: str = ""
    """What explains it, in a few words."""
    day: date | None = None
    """The day (UTC) of the list."""
    endpoint: str | None = None
    """The endpoint whose list it is about; None for a file."""
    newer: date | None = None
    """The day of a recording of ours that is newer and speaks of the same, so that nothing is written from this one."""
    fault: bool = False
    """With no-verdict: True where our own key, data or settings are the cause."""

    @classmethod
    def none(cls, provider: str, why: str, *, fault: bool = False, endpoint: str | None = None) -> Self:
        """There is no verdict; `fault` where our own key, data or settings are the cause."""
        return cls("no-verdict", provider, why=why, fault=fault, endpoint=endpoint)

    @classmethod
    def same(cls, basis: Basis, model: Model, why: str = "") -> Self:
        """The list says of `model` what we say."""
        return cls._about(basis, model, "same", model.id, why=why)

    @classmethod
    def different(
        cls, basis: Basis, model: Model, id: str, field: str, ours: FactValue, theirs: FactValue, why: str = ""
    ) -> Self:
        """The row of `id`, a name of `model`, gives a field another value; `why` where that is no word to write."""
        return cls._about(basis, model, "different", id, field, ours, theirs, why)

    @classmethod
    def moved(cls, basis: Basis, model: Model, alias: str, to: str) -> Self:
        """The list means another model than `model` by its `alias`; `to` may be unknown to us."""
        return cls._about(basis, model, "moved", alias, "aliases", model.id, to)

    @classmethod
    def unlisted(cls, basis: Basis, model: Model, id: str, why: str) -> Self:
        """The list has no row for `id`, a name of `model`, though it should."""
        return cls._about(basis, model, "unlisted", id, ours=model.id, why=why)

    @classmethod
    def gone(cls, basis: Basis, model: Model, why: str) -> Self:
        """The endpoint no longer has `model`, and not only by one list's silence."""
        return cls._about(basis, model, "gone", model.id, ours=model.id, why=why)

    @classmethod
    def new(cls, basis: Basis, provider: str, id: str, facts: Facts) -> Self:
        """The list has a model that we do not have."""
        return cls("new", provider, id, theirs=dict(facts), day=basis.day, endpoint=basis.endpoint)

    @classmethod
    def _about(
        cls,
        basis: Basis,
        model: Model,
        verdict: Kind,
        id: str,
        field: str | None = None,
        ours: FactValue = None,
        theirs: FactValue = None,
        why: str = "",
    ) -> Self:
        at = (basis.day, basis.endpoint)
        return cls(verdict, model.provider, id, field, ours, theirs, model.id, why, *at)

    @property
    def exit_code(self) -> int:
        if self.verdict == "no-verdict":
            return OURS if self.fault else UNKNOWN
        return SAME if self.verdict == "same" else DIFFERENT

    def as_json(self) -> dict[str, JsonValue]:
        """The verdict in values that JSON has."""
        return {
            "verdict": self.verdict,
            "provider": self.provider,
            "id": self.id,
            "field": self.field,
            "ours": plain(self.ours),
            "theirs": plain(self.theirs),
            "model": self.model,
            "why": self.why,
            "endpoint": self.endpoint,
            "day": plain(self.day),
            "newer": plain(self.newer),
        }


def plain(value: FactValue | Facts) -> JsonValue:
    """A fact, or several by name, in values that JSON has: days as ISO text, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return list(value) if isinstance(value, tuple) else value


def worst(codes: Iterable[int]) -> int:
    """The exit code for several: the first in `WORST_FIRST` that occurs; SAME for none."""
    given = set(codes)
    return next((code for code in WORST_FIRST if code in given), SAME)
