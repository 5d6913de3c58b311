"""Field metadata: what a fact of a record is, declared once, beside its type.

Says for which kinds of model a fact holds, whether models lists state it, whether a program may write it, and how
pages show it. Rules, comparison, proposals, history and pages ask here and type no list of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from .fields import Record, file_fields
from .words import NeededWord

Form = Literal[
    "badge", "choice", "choices", "code", "codes", "day", "decimal", "flag", "id", "number", "prices", "text"
]
"""How a value is printed: `badge`, `choice` and `choices` through the words of the fact's group, `id` as a link to
the model of that id, `codes` as ids one after the other; the others say it."""

FactValue = str | int | float | bool | date | tuple[str, ...] | None
"""What a fact can be, in the catalogue or in a list; None where nobody says."""


@dataclass(frozen=True)
class Fact:
    """The meaning of one field: `temperature: Annotated[Temperature | None, Fact("decimal", compared=True)]`."""

    shown: Form | None
    """How pages print it; None where no line of the model's facts has it, because its state or its page tells it."""
    kinds: tuple[str, ...] | None = None
    """The kinds of model that can have it; None for all. Where only some can, a models list's word on it counts
    only for models that chat: in other rows it is noise (embedding models "without vision")."""
    compared: bool = False
    """Whether models lists state it as one value that is held against ours. Aliases and kinds, which lists word in
    ways of their own, have a comparison of their own."""
    written: bool = False
    """Whether a proposal writes the value that a list gives; what is not written is left to a person."""
    word: str = ""
    """Its word in the group `column` of words.yml; its own name unless something else is said."""
    group: str = ""
    """The group of words.yml that has words for its values; one of its own name unless something else is said."""
    name: str = ""
    """The field, filled in by `facts_of`."""

    def holds_for(self, kind: str) -> bool:
        """Whether a model of that kind can have it."""
        return self.kinds is None or kind in self.kinds


@dataclass(frozen=True)
class NotAFact:
    """Marks a field that states nothing of the thing itself, and says what it is instead."""

    reason: str


def facts_of(record: type[Record]) -> dict[str, Fact]:
    """Field -> fact, in the order of the record.

    Raises TypeError, naming the field, where one that a file may give is declared neither as a fact nor as something
    else: a field that nobody declared would pass every check and stand on no page.
    """
    found: dict[str, Fact] = {}
    for name, field in file_fields(record).items():
        marks = [mark for mark in field.metadata if isinstance(mark, (Fact, NotAFact))]
        if len(marks) != 1:
            raise TypeError(
                f"{record.__name__}.{name} needs one declaration: Annotated[…, Fact(…)], or NotAFact(reason)"
            )
        if isinstance(marks[0], Fact):
            found[name] = replace(marks[0], name=name, word=marks[0].word or name, group=marks[0].group or name)
    return found


def words_of_facts(facts: Mapping[str, Fact]) -> frozenset[NeededWord]:
    """The words that pages need to print `facts`: the heading of each."""
    return frozenset(NeededWord("column", fact.word) for fact in facts.values() if fact.shown)
