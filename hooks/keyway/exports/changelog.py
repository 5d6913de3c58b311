"""What happened between two lists, in the words of one language: one sentence for each id.

Sentences are plain text; whoever prints them escapes them. It computes no change itself.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from ..evidence.history import Change
from ..evidence.verdict import plain
from ..schema.facts import FactValue
from ..schema.model import FACTS
from ..schema.words import Worded

Say = Mapping[str, Mapping[str, str]]
"""Group -> word -> text in one language, as `data/words.yml` has it; of it `change`, `column` and `mark` are used."""

ChangeWord = Annotated[
    Literal[
        "title",
        "day",
        "since",
        "came",
        "came_alias",
        "went",
        "unseen",
        "unseen_all",
        "moved",
        "joined",
        "parted",
        "changed",
        "also",
        "also_since",
    ],
    Worded("change"),
]
"""What a changes page and a feed say, each a word of its own."""


URGENCY = ("moved", "changed", "went", "came", "unseen")
"""Kinds of change; an id that moved answers as another model, one that went fails, one that came hurts nobody, and of
one that is not shown to an account nothing is known."""


@dataclass(frozen=True)
class ChangeItem:
    """One id, and all that happened to it between two lists."""

    kind: str
    """came, went, unseen, moved or changed: the first that holds."""
    id: str
    model: str
    """The model that it means, or meant."""
    text: str


@dataclass(frozen=True)
class ChangeDay:
    """All that a provider's list of one day has otherwise than the one before."""

    provider: str
    day: date
    since: date
    items: tuple[ChangeItem, ...]

    @property
    def hides(self) -> bool:
        """Whether the list is of an account that may be shown less, so that what it lacks can still be there."""
        return any(item.kind == "unseen" for item in self.items)

    @property
    def by_urgency(self) -> list[ChangeItem]:
        """The items by what they mean for people who use the ids: first what changes under their hands."""
        return sorted(self.items, key=lambda item: URGENCY.index(item.kind))


def change_days(changes: Iterable[Change], say: Say) -> list[ChangeDay]:
    """Changes of any providers as days with sentences, the newest first, then by provider."""
    groups: dict[tuple[date, str], list[Change]] = {}
    for change in changes:
        groups.setdefault((change.day, change.provider), []).append(change)
    found = sorted(groups.items(), key=lambda group: group[0][1])
    found.sort(key=lambda group: group[0][0], reverse=True)
    return [
        ChangeDay(provider, day, max(one.since for one in some), items(some, say)) for (day, provider), some in found
    ]


def items(changes: Iterable[Change], say: Say) -> tuple[ChangeItem, ...]:
    """One item for each id, in the order in which the ids first occur."""
    by_id: dict[str, list[Change]] = {}
    for change in changes:
        by_id.setdefault(change.id, []).append(change)
    newest = max((change.since for some in by_id.values() for change in some), default=None)
    return tuple(_item(some, newest, say) for some in by_id.values())


def _item(changes: list[Change], since: date | None, say: Say) -> ChangeItem:
    """The item of one id; facts that the list of the day `since` did not state name the list that did."""
    first = changes[0]
    words = say["change"]
    names = {"id": first.id, "before": first.before, "after": first.after}
    match first.kind:
        case "came" if first.model != first.id:
            text = filled(words["came_alias"], id=first.id, after=first.model)
        case "moved":
            word = "joined" if first.before is None else "parted" if first.after is None else "moved"
            text = filled(words[word], **names)
        case _:
            text = filled(words[first.kind], id=first.id)
    for change in changes:
        if change.field:
            field = say["column"][FACTS[change.field].word]
            text += filled(
                words["also" if change.since == since else "also_since"],
                field=_inside(field),
                before=_value(change.before, say),
                after=_value(change.after, say),
                since=change.since,
            )
    return ChangeItem(first.kind, first.id, first.model or first.id, text)


def filled(template: str, **values: object) -> str:
    """A sentence with its `{names}` replaced; other braces are text, since nobody checks what a word may hold."""
    return re.sub(r"\{(\w+)\}", lambda match: str(values.get(match[1], match[0])), template)


def _inside(label: str) -> str:
    """A label in the middle of a sentence: `Vision` as `vision`, but `FIM` as it is."""
    return label[0].lower() + label[1:] if label[1:2].islower() else label


def _value(value: FactValue, say: Say) -> str:
    """A fact in a sentence."""
    if value is None:
        return say["mark"]["unknown"]
    if isinstance(value, bool):
        return say["mark"]["yes" if value else "no"]
    return f"{value:,}" if isinstance(value, int) else str(plain(value))
