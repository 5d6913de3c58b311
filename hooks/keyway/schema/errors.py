"""What the catalogue says of error answers: status and body as recorded, how to tell one error from another, and which
words an answer uses of itself, which are what a reader sees and types into a search.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from .fields import DayOrMonth, Flag, Id, KeyedRecord, Passage, Record, Status, Text
from .words import Worded

SENTENCES = ("msg", "message", "detail", "error", "error_message")
"""The members of a body that hold sentences, whatever else they can hold; the decoder on the site looks into these."""
CUT = "…"
"""Stands in a recorded body for what its source left out."""


class ErrorMatch(Record):
    """How to recognise an error answer: by conditions that hold together, or by a sentence that tells it alone."""

    type: Text | None = None
    """Equals the `type` of the error object."""
    code: Text | None = None
    """Equals the `code` of the error object, as text."""
    codes: tuple[Text, ...] = ()
    """Codes each of which stands for this error; in place of `code` where there are several."""
    message: Text | None = None
    """Stands in the message or in the body as text, ignoring case; {model} matches any id."""
    headers: dict[Id, Text] = {}
    """Lower-case header name to its exact value."""
    addresses: tuple[Text, ...] = ()
    """Parts of an address in the text, each of which tells it alone: `/v1/v1/`."""
    says: tuple[Text, ...] = ()
    """Sentences each of which tells it alone, without type and code, as programs show them; {model} as above."""
    common: Flag = False
    """True where others answer in the same way, so that the text has to point to this provider besides."""

    @property
    def conditions(self) -> bool:
        """Whether it has conditions that hold together."""
        return bool(self.type or self.code or self.codes or self.message or self.headers)


class ErrorAnswer(KeyedRecord):
    """An error that the endpoint gives, as it was recorded."""

    status: tuple[Status, ...] = ()
    """The HTTP statuses it comes with; empty where no answer comes at all."""
    body: str | None = Field(default=None, max_length=2000)
    """The JSON body, as recorded."""
    other_bodies: tuple[Annotated[str, Field(max_length=2000)], ...] = ()
    """Other shapes in which the same error has been recorded."""
    match: ErrorMatch = ErrorMatch()
    """How to tell it from other errors of the same status."""
    fidelity: Annotated[Literal["verbatim", "partial", "shape"], Worded("fidelity")]
    """How much of the body the source quotes."""
    retry: Annotated[Literal["no", "later", "after-change"], Worded("decoder", "retry_")]
    """Whether waiting helps: no; later (yes); after-change (only once the request, key or plan is another)."""
    usual: Flag = False
    """True for those that people meet first: guides list these, and lead to the others."""
    asked_by: Annotated[Literal["chat", "lookup"], Worded("asked_by")] = "chat"
    """Which request gets it, where not any: chat, or the lookup of a model by its id."""
    meaning: Passage | None = None
    """What it means; left out where its page says so."""
    steps: tuple[Passage, ...] = ()
    """What to do, in this order."""
    avoid: tuple[Passage, ...] = ()
    """What does not help, or does harm."""
    since: DayOrMonth | None = None
    """The day it was first recorded."""
    seen: DayOrMonth
    """The day it was last recorded."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the `sources` recorded it."""

    @property
    def headline(self) -> str | None:
        """Status and sentence, as in `401 Invalid API Key`; None where no answer comes at all."""
        status = "/".join(str(status) for status in self.status)
        return f"{status} {self.sentence or ''}".strip() or None

    @property
    def sentence(self) -> str | None:
        """What it says in words, an id in it written as `…`; else the one name it is told by; None for neither."""
        told = self.match.message
        if told and "{model}" in told:
            return told.replace("{model}", CUT)
        if any_id := next((sentence for sentence in self.match.says if "{model}" in sentence), None):
            return any_id.replace("{model}", CUT)
        return next(iter((*self.sentences, *filter(None, (told,)), *self.match.says)), None) or self.match.type

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every sentence of the recorded bodies, an outer one first, without those that the record cuts short."""
        found = (value.get(name) for value in self._objects() for name in SENTENCES)
        return tuple(dict.fromkeys(text for text in found if isinstance(text, str) and CUT not in text))

    @property
    def type_and_code(self) -> Mapping[str, str]:
        """What else tells it: its `type` and `code`, as it is known by or as recorded; empty ones left out."""
        found = {"type": self.match.type, "code": self.match.code or next(iter(self.match.codes), None)}
        for value in self._objects():
            for name, known in found.items():
                # 422 answers have a type for the error and one for each field; the outermost counts.
                if not known and isinstance(value.get(name), str) and CUT not in value[name]:
                    found[name] = value[name]
        return {name: text for name, text in found.items() if text}

    @property
    def identifiers(self) -> tuple[str, ...]:
        """What tells it beside its sentence, each as a reader may type it: type, code, a word in it, headers."""
        told = self.match.message or ""
        found = [*self.type_and_code.values(), *(f"{name}: {value}" for name, value in self.match.headers.items())]
        if told and " " not in told:
            found.insert(0, told)
        return tuple(mark for mark in dict.fromkeys(found) if mark != self.sentence)

    def told(self, member: Literal["type", "code"]) -> tuple[str, ...]:
        """Every `type`, or `code`, of the recorded bodies and of what it is known by."""
        known = {"type": (self.match.type,), "code": (self.match.code, *self.match.codes)}[member]
        found = (*known, *(value.get(member) for value in self._objects()))
        return tuple(dict.fromkeys(text for text in found if isinstance(text, str) and text and CUT not in text))

    def _objects(self) -> Iterator[dict[str, Any]]:
        """Every object of the recorded bodies, an outer one before those in it; a rule holds bodies to be JSON."""
        for body in (self.body, *self.other_bodies):
            waiting = [json.loads(body)] if body else []
            while waiting:
                value = waiting.pop(0)
                if isinstance(value, dict):
                    yield value
                    waiting.extend(value.values())
                elif isinstance(value, list):
                    waiting.extend(value)
