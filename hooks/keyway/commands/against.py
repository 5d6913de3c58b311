"""What `keyway drift --against` holds the catalogue against: other projects' catalogues, out of downloaded packages."""

from collections.abc import Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from ..evidence.row_values import Unusable
from ..evidence.verdict import Verdict
from ..evidence.witness import heard
from ..evidence.witness_formats import FORMATS, witness
from ..schema.catalogue import Catalogue

WITNESSES = tuple(FORMATS)
"""The catalogues that can be heard."""
FOLDER = Path(".witnesses")
"""Where `make witnesses` puts the packages, below the project's root."""


def names(text: str) -> list[str]:
    """The names of catalogues in an argument, with commas between them; raises Unusable."""
    found = [name.strip() for name in text.split(",") if name.strip()]
    for name in found:
        if name not in FORMATS:
            near = get_close_matches(name, FORMATS, 1)
            known = f"did you mean {near[0]}?" if near else f"there are {', '.join(FORMATS)}"
            raise Unusable(f"there is no other catalogue {ascii(name)[1:-1][:80]}; {known}", ours=True)
    return found


def against(
    catalogue: Catalogue, providers: Sequence[str], witnesses: Sequence[str], folder: Path, day: date
) -> Iterator[Verdict]:
    """The verdicts of every witness on each of the providers, all of them unless some are named."""
    for provider in providers or catalogue.providers:
        for name in witnesses:
            one = catalogue.providers[provider]
            try:
                said = witness(name, folder, one, day)
            except Unusable as problem:
                yield Verdict.none(provider, problem.reason, fault=problem.ours, endpoint=name)
                continue
            yield from heard(one, catalogue.models.get(provider, {}), said, day)
