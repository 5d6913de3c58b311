"""Which model each name of a list means: by our word, and by the list's.

Mistral gives every alias a row of its own that lists the other names of the same model; which of
them is the model's own id no row says, so it is found by asking which of the names the catalogue
knows as an id. Pure; judges nothing.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..schema.model import Model
from .recording import Recording, Row, newest_complete

DATED = re.compile(r"-\d{4}$")
"""The end of most ids of Mistral's: year and month of the release."""


@dataclass(frozen=True)
class Pointing:
    """Since when nobody knows better that an alias means a model."""

    day: date | None
    """The newest list that gives the model this name; None where no list does."""
    now: bool
    """Whether that is the provider's newest list: of a name that is in older lists alone, nobody knows where it points
    today."""


def pointing(alias: str, model: Model, recordings: Sequence[Recording]) -> Pointing:
    """What the provider's `recordings` (oldest first) say of `alias` as a name of `model`."""
    days = [one.day for one in recordings if any(_names(row, alias, model) for row in one.rows)]
    newest = newest_complete(recordings)
    return Pointing(max(days, default=None), bool(days and newest and max(days) >= newest.day))


def _names(row: Row, alias: str, model: Model) -> bool:
    return alias in row.cluster and model.id in row.cluster


def owners(models: Mapping[str, Model]) -> dict[str, Model]:
    """Every id and alias that the catalogue knows -> its model."""
    known = {alias: model for model in models.values() for alias in model.aliases}
    return known | dict(models)


def own_id(names: Collection[str], known: Collection[str] = ()) -> str:
    """The one of `names` that is most likely the model's own id: a known one, a dated one, no `latest`."""
    return min(
        names,
        key=lambda name: (
            name not in known,
            not DATED.search(name),
            name.endswith("latest"),
            -len(re.findall(r"\d", name)),
            name,
        ),
    )


def moved(rows: Iterable[Row], models: Mapping[str, Model]) -> dict[str, str]:
    """Every alias that means another model than we say -> the id of that model, known to us or not.

    An alias has moved when its own row names another model and not ours, or when ours no longer
    names it and exactly one other model does.
    """
    owner = owners(models)
    found: dict[str, str] = {}
    claimed: dict[str, set[str]] = defaultdict(set)
    listed: set[str] = set()
    for row in rows:
        names = row.aliases
        if names is None:
            continue
        if row.id in models:
            listed.add(row.id)
            for name in names:
                claimed[name].add(row.id)
        elif row.id in owner and (target := _target(names, owner[row.id].id, models, owner)):
            found[row.id] = target
    for alias, model in owner.items():
        others = claimed[alias] - {model.id}
        if alias not in models and model.id in listed and model.id not in claimed[alias] and len(others) == 1:
            found.setdefault(alias, *others)
    return found


def _target(names: Collection[str], ours: str, models: Mapping[str, Model], owner: Mapping[str, Model]) -> str | None:
    """The model that an alias' row names in place of `ours`; None where it names none."""
    ids = [name for name in names if name in models]
    if ours in ids:
        return None
    unknown = [name for name in names if name not in owner]
    return ids[0] if ids else own_id(unknown) if unknown else None


def newcomers(rows: Iterable[Row], known: Collection[str]) -> list[list[Row]]:
    """The rows with unknown ids, those that name each other together, in the order of the list.

    A row joins the first group that has a row of its id, or one that names it and that it names. Groups are looked up
    and not gone through: a list of thousands of new rows takes no longer for each than a short one.
    """
    groups: list[list[Row]] = []
    naming: dict[tuple[str, str], int] = {}  # (id of a row, name in it) -> the first group that has such a row
    for row in rows:
        if row.id in known:
            continue
        cluster = row.cluster
        found = [naming[name, row.id] for name in cluster if (name, row.id) in naming]
        number = min(found, default=len(groups))
        if number == len(groups):
            groups.append([])
        groups[number].append(row)
        for name in cluster:
            pair = (row.id, name)
            naming[pair] = min(number, naming.get(pair, number))
    return groups
