"""Status of a model, and of a provider's models list, on one day: the vendor's dates first, then the newest list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from ..schema.model import Model
from ..schema.provider import Provider
from ..schema.words import Worded
from .recording import Recording, newest_complete

ModelStatus = Annotated[
    Literal[
        "listed",
        "deprecated",
        "retired",
        "account",
        "by-name",
        "hidden",
        "unverified",
        "no-api-id",
        "unlisted",
        "no-list",
    ],
    Worded("status"),
]
"""retired and deprecated by the vendor's dates; listed by the newest complete list; else why the list lacks the model
(see `Model.unlisted`), or unlisted where nobody says why; no-list where no list of the provider was recorded since the
model came out, so that nothing speaks against the sources of the model."""

ANSWERING: frozenset[ModelStatus] = frozenset(("listed", "deprecated", "account", "by-name", "hidden", "no-list"))
"""The statuses of models that answer requests, as far as is known."""


@dataclass(frozen=True)
class ModelsList:
    """The newest complete models list of a provider: its day, its age in days, and whether that is too old."""

    day: date
    age: int
    stale: bool
    recording: Recording


def models_list(provider: Provider, recordings: Sequence[Recording], day: date) -> ModelsList | None:
    """The newest complete one of the provider's `recordings` as of `day`; None where none was ever recorded."""
    newest = newest_complete(recordings)
    if newest is None:
        return None
    age = day - newest.day
    return ModelsList(newest.day, age.days, age > timedelta(days=provider.list_limit_days), newest)


def came_after(model: Model, newest: Recording) -> bool:
    """Whether `model` is younger than the list and not in it, so that its absence there says nothing."""
    return model.released is not None and model.released > newest.day and model.id not in newest.ids


def model_status(model: Model, newest: Recording | None, day: date) -> ModelStatus:
    """The status of `model` on `day`; `newest` is the newest complete list of its provider."""
    state = model.state(day)
    if state == "retired":
        return state
    if newest is None or came_after(model, newest):
        return model.unlisted or ("deprecated" if state == "deprecated" else "no-list")
    if model.id in newest.ids:
        return "deprecated" if state == "deprecated" else "listed"
    return model.unlisted or "unlisted"
