"""What the catalogue says of the age of facts: how old each kind may get before somebody should look again."""

from datetime import date, timedelta
from typing import Literal

from .fields import Days, Record

AgedKind = Literal["list", "prices", "free_plans", "plans", "labels", "built_in_models"]
"""The kinds of facts that get old; `list`, a recorded models list, has a limit with each provider."""


class Ages(Record):
    """Kind of fact to the days that it may be old; one without a limit never gets old."""

    prices: Days | None = None
    """List prices of models, by the day when their source was read."""
    free_plans: Days | None = None
    """What free accounts got for a model, by the newest observation."""
    plans: Days | None = None
    """The terms of a plan, by the newest observation."""
    labels: Days | None = None
    """Labels of a client, by the day when they were read."""
    built_in_models: Days | None = None
    """Ids of models that are written into a client, by the day when they were read."""

    def limit(self, kind: AgedKind) -> int | None:
        """The most days that a fact of this kind may be old; None where there is no limit here."""
        return None if kind == "list" else getattr(self, kind)

    def passed(self, kind: AgedKind, seen: str | date, day: date) -> bool:
        """Whether what was seen then is too old on `day`."""
        limit = self.limit(kind)
        return limit is not None and age(seen, day) > limit


def age(seen: str | date, day: date) -> int:
    """The days from `seen`, a day or the end of a month, to `day`."""
    return (day - last_day(seen)).days


def last_day(seen: str | date) -> date:
    """A day as it is; of a month, its last day, since nobody says which it was."""
    if isinstance(seen, date):
        return seen
    if len(seen) > len("2026-10"):
        return date.fromisoformat(seen)
    year, month = map(int, seen.split("-"))
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
