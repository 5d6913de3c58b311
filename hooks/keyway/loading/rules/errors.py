"""Rules about error answers: what is recorded of one is JSON, and tells it from others as the record says."""

import json
import re
from collections.abc import Iterator

from ...schema.client import Client
from ...schema.errors import ErrorAnswer, ErrorMatch
from ...schema.fields import LANGUAGES, Passage, Record
from ...source.document import Path
from ...source.problem import Problem
from ...source.strictjson import UnusableJson, parse, values_in
from ..partial import PartialCatalogue
from .rule import rule

CODE = re.compile(r"`([^`]*)`")


def _errors(partial: PartialCatalogue) -> Iterator[tuple[str, Path, ErrorAnswer]]:
    for file, record in partial.citing():
        if not isinstance(record, Client):
            yield from ((file, ("errors", error), answer) for error, answer in record.errors.items())


@rule
def recorded_bodies_are_json(partial: PartialCatalogue) -> Iterator[Problem]:
    """Every body of an error is JSON, as it was recorded."""
    for file, path, answer in _errors(partial):
        others = ((("other_bodies", number), body) for number, body in enumerate(answer.other_bodies))
        for place, body in ((("body",), answer.body), *others):
            if body is None:
                continue
            try:
                parse(body.encode())
            except UnusableJson as fault:
                yield partial.at(
                    file,
                    (*path, *place),
                    f"`{place[0]}` {fault}; write the JSON of the answer whole, as it came, or leave it out",
                )


@rule
def errors_can_be_told(partial: PartialCatalogue) -> Iterator[Problem]:
    """An error says what comes back, its status, body or words; where nothing ever comes, its fidelity is `shape`."""
    for file, path, answer in _errors(partial):
        recorded = answer.status or answer.body is not None or answer.match != ErrorMatch()
        if not recorded and answer.fidelity != "shape" and partial.whole(file):
            message = (
                f"`{path[-1]}` has neither `status`, `body` nor `match`, so nothing tells it from others;"
                " add what was recorded, or write `fidelity: shape` where no answer comes"
            )
            yield partial.at(file, path, message, key=True)


@rule
def errors_match_their_bodies(partial: PartialCatalogue) -> Iterator[Problem]:
    """What an error is told by stands in a body that was recorded of it; a body in part may lack its type and code."""
    for file, path, answer in _errors(partial):
        bodies = _bodies(answer)
        if not bodies or not partial.whole(file):
            continue
        for name in ("type", "code"):
            wanted = getattr(answer.match, name)
            found = sorted({text for body in bodies for text in _members(body, name)})
            if wanted is not None and wanted not in found and (found or answer.fidelity == "verbatim"):
                message = (
                    f"`{name}` is {wanted}, which no recorded body of this error has; {partial.advise(wanted, found)}"
                )
                yield partial.at(file, (*path, "match", name), message if found else _absent(name, wanted))
        told = answer.match.message
        if told is not None and not any(_says(told, text) for body in bodies for text in (*_texts(body), _dense(body))):
            yield partial.at(file, (*path, "match", "message"), _absent("message", told))


def _absent(name: str, wanted: str) -> str:
    return f"`{name}` is {wanted}, which no recorded body of this error has; write words of the body, or check the body"


def _bodies(answer: ErrorAnswer) -> list[object]:
    """What the recorded bodies stand for; none where one of them is no JSON, which another rule says."""
    try:
        return [parse(body.encode()) for body in (answer.body, *answer.other_bodies) if body is not None]
    except UnusableJson:
        return []


def _members(body: object, name: str) -> Iterator[str]:
    """What the member `name` of any object in `body` is, as text."""
    for value, _ in values_in(body):
        if isinstance(value, dict) and isinstance(value.get(name), (str, int)):
            yield str(value[name])


def _texts(body: object) -> Iterator[str]:
    """Every text in `body`, and every name of a member."""
    for value, _ in values_in(body):
        yield from [value] if isinstance(value, str) else value if isinstance(value, dict) else ()


def _dense(body: object) -> str:
    """`body` as JSON without a blank: what an error with words of others is told by can be a part of its shape."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _says(told: str, text: str) -> bool:
    """Whether `told` stands in `text`, ignoring case; {model} is any id."""
    wanted = re.escape(told).replace(re.escape("{model}"), r"\S+")
    return re.search(wanted, text, re.IGNORECASE) is not None


@rule
def bodies_can_be_told(partial: PartialCatalogue) -> Iterator[Problem]:
    """A body says something of itself, a sentence or what `match` names: its status alone tells it from no other."""
    for file, path, answer in _errors(partial):
        silent = _bodies(answer) and answer.match == ErrorMatch() and not answer.sentences
        if silent and partial.whole(file):
            message = (
                "`body` has no sentence and `match` is missing, so nothing tells it; add `match` with its type or code"
            )
            yield partial.at(file, (*path, "body"), message, key=True)


@rule
def code_of_passages_is_equal(partial: PartialCatalogue) -> Iterator[Problem]:
    """What stands between backquotes in a passage is the same in each language."""
    for file, record in partial.citing():
        for path, passage in _passages(record, ()):
            wanted = sorted(CODE.findall(passage.en))
            for language in LANGUAGES[1:]:
                if sorted(CODE.findall(passage[language])) != wanted:
                    message = (
                        f"`{language}` has other code than `en`; write what stands between backquotes as it is there"
                    )
                    yield partial.at(file, (*path, language), message)


def _passages(value: object, path: Path) -> Iterator[tuple[Path, Passage]]:
    """Every passage in `value`, a record, with its path."""
    if isinstance(value, Passage):
        yield path, value
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from _passages(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _passages(item, (*path, key))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _passages(item, (*path, number))
