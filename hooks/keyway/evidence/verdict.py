"""What can be said when facts are held against evidence, and the exit codes of everything that judges."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["same", "different", "unlisted", "gone", "new", "moved", "no-verdict"]

SAME, DIFFERENT, OURS, UNKNOWN = 0, 1, 2, 3
"""Exit codes: all the same; something differs; our own data or key are wrong; there is no verdict."""

WORST_FIRST = (OURS, UNKNOWN, DIFFERENT, SAME)
"""Of several exit codes the first of these wins: what we broke ourselves hides everything else, and
an endpoint without a verdict may hide a difference."""


@dataclass(frozen=True)
class Verdict:
    """One thing that was found; what a machine reads is `as_json`."""

    verdict: Kind
    provider: str
    id: str | None = None
    """The id, or alias, that it is about; None for a whole provider."""
    field: str | None = None
    """The catalogue's field, where the verdict is about one."""
    ours: object = None
    """What the catalogue says."""
    theirs: object = None
    """What the endpoint says."""
    model: str | None = None
    """The catalogue's model that it is about; None where there is none."""
    why: str = ""
    """What explains it, in a few words."""
    day: date | None = None
    """The day (UTC) of the list."""
    endpoint: str | None = None
    """The endpoint whose list it is about; None for a file."""
    fault: bool = False
    """With no-verdict: True where our own key, data or settings are the cause."""

    @property
    def exit_code(self) -> int:
        if self.verdict == "no-verdict":
            return OURS if self.fault else UNKNOWN
        return SAME if self.verdict == "same" else DIFFERENT

    def as_json(self) -> dict[str, object]:
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
        }


def plain(value: object) -> object:
    """A fact in values that JSON has: days as ISO text, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value


def worst(codes: Iterable[int]) -> int:
    """The exit code for several: the first in `WORST_FIRST` that occurs; SAME for none."""
    given = set(codes)
    return next((code for code in WORST_FIRST if code in given), SAME)
