"""Rules about error answers: what is recorded of one is JSON, and there is something to tell it by."""

from collections.abc import Iterator

from ...schema.errors import ErrorAnswer, ErrorMatch
from ...source.document import Path
from ...source.problem import Problem
from ...source.strictjson import UnusableJson, parse
from ..partial import PartialCatalogue
from .rule import rule


def _errors(partial: PartialCatalogue) -> Iterator[tuple[str, Path, ErrorAnswer]]:
    for name, provider in partial.providers.items():
        for error, answer in provider.errors.items():
            yield f"data/providers/{name}.yml", ("errors", error), answer


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
