"""The words that an error answer uses of itself: what a reader sees, and types into a search.

It reads recorded bodies and what errors are told by; it knows no language but the endpoint's own.
"""

import json
from collections.abc import Iterator, Mapping

from ..schema.errors import ErrorAnswer

CUT = "…"
"""Stands in a recorded body for what its source left out."""
SENTENCES = ("msg", "message", "detail", "error")
"""The members of a body that hold sentences, whatever else they can hold."""


def headline(answer: ErrorAnswer) -> str | None:
    """Status and sentence of `answer`, as in `401 Invalid API Key`; None where no answer comes at all."""
    said = sentence(answer)
    status = "/".join(str(status) for status in answer.status)
    return f"{status} {said}".strip() if said else status or None


def sentence(answer: ErrorAnswer) -> str | None:
    """What `answer` says in words, an id in it written as `…`; else the one name it is told by; None for neither."""
    told = answer.match.message
    if told and "{model}" in told:
        return told.replace("{model}", CUT)
    recorded = next((text for text in _sentences(answer) if CUT not in text), None)
    return recorded or told or answer.match.type


def type_and_code(answer: ErrorAnswer) -> Mapping[str, str]:
    """What else tells `answer`: its `type` and `code`, as recorded or as it is known by; empty ones left out."""
    found = {"type": answer.match.type, "code": answer.match.code}
    for value in _values(answer):
        for name in found:
            # 422 answers have a type for the error and one for each field; the outermost counts.
            if not found[name] and isinstance(value.get(name), str) and CUT not in value[name]:
                found[name] = value[name]
    return {name: text for name, text in found.items() if text}


def identifiers(answer: ErrorAnswer) -> tuple[str, ...]:
    """What tells `answer` beside its sentence, each as a reader may type it: type, code, a word in it, headers."""
    told = answer.match.message or ""
    found = [*type_and_code(answer).values(), *(f"{name}: {value}" for name, value in answer.match.headers.items())]
    if told and " " not in told:
        found.insert(0, told)
    return tuple(mark for mark in dict.fromkeys(found) if mark != sentence(answer))


def _sentences(answer: ErrorAnswer) -> Iterator[str]:
    for value in _values(answer):
        yield from (value[name] for name in SENTENCES if isinstance(value.get(name), str))


def _values(answer: ErrorAnswer) -> Iterator[dict]:
    """Every object of the recorded bodies, an outer one before those in it."""
    for body in (answer.body, *answer.other_bodies):
        waiting = [json.loads(body)] if body else []
        while waiting:
            value = waiting.pop(0)
            if isinstance(value, dict):
                yield value
                waiting.extend(value.values())
            elif isinstance(value, list):
                waiting.extend(value)
