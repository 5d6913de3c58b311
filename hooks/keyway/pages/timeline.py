"""Where the lives of models lie on one line of years.

Works out places only, in percent of the line; what a life looks like is said in `overrides/parts/life.html`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..schema.model import Model

ROOM_AFTER = timedelta(days=45)
"""What the line shows beyond the last day, so that a life that goes on does not seem to end at the edge."""


@dataclass(frozen=True)
class Life:
    """One model's life: places of its first day, of the announcement of its end (or None), and of its last known day.

    `ended` says whether it is over; `until` is its last day where the vendor named one.
    """

    model: Model
    start: str
    leaving: str | None
    end: str
    ended: bool
    until: date | None


@dataclass(frozen=True)
class Timeline:
    """Lives, the newest first; `years` are (year, place of its first day), `today` is the place of the build's day."""

    years: tuple[tuple[int, str], ...]
    today: str
    lives: tuple[Life, ...]


def timeline(models: Iterable[Model], day: date) -> Timeline | None:
    """Lay out the models whose release is known; None when there is none."""
    dated = [(model.released, model) for model in models if model.released]
    dated.sort(key=lambda one: one[0], reverse=True)
    if not dated:
        return None
    first = date(dated[-1][0].year, 1, 1)
    latest = max([day, *(model.retired for _, model in dated if model.retired)])
    last = latest + ROOM_AFTER

    def place(when: date) -> str:
        return f"{100 * (when - first).days / (last - first).days:.2f}%"

    return Timeline(
        years=tuple((year, place(date(year, 1, 1))) for year in range(first.year, latest.year + 1)),
        today=place(day),
        lives=tuple(_life(model, released, day, place) for released, model in dated),
    )


def _life(model: Model, released: date, day: date, place: Callable[[date], str]) -> Life:
    """Place one model; where nobody named its last day, its life reaches the day of the build."""
    end = model.retired or max(day, released)
    leaving = place(model.deprecated) if model.deprecated and model.deprecated < end else None
    ended = model.state(day) == "retired"
    return Life(model, place(released), leaving, place(end), ended, model.retired)
