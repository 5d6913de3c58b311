"""Puts edits into the files of data/models, when the catalogue with them reads back as what was meant.

Everything is read over in memory first; the files are replaced at the end, each in one step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..loading.load import load_catalogue
from ..schema.catalogue import Catalogue
from ..source.atomic import replace_files
from ..source.problem import CatalogueError
from ..source.reader import read_source
from .edits import Edit, NotEditable, edited


@dataclass(frozen=True)
class Step:
    """Edits of one provider's models that make sense only together."""

    provider: str
    edits: tuple[Edit, ...]
    why: tuple[str, ...]
    """A sentence for each thing that they say."""

    @property
    def file(self) -> str:
        return f"data/models/{self.provider}.yml"


@dataclass(frozen=True)
class Change:
    """The bytes of a file as they were and as they shall be."""

    old: bytes
    new: bytes


def accepted(root: Path, catalogue: Catalogue, steps: Sequence[Step]) -> tuple[list[Step], dict[Step, str]]:
    """The steps that can be made together, and why each of the others cannot.

    Those that cannot are found by halves: of many steps, each of which costs a reading of the catalogue, few are bad.
    """
    kept: list[Step] = []
    refused: dict[Step, str] = {}

    def add(some: Sequence[Step]) -> None:
        try:
            tried(root, catalogue, [*kept, *some])
            kept.extend(some)
        except (CatalogueError, NotEditable) as problem:
            if len(some) == 1:
                refused[some[0]] = str(problem)
                return
            half = len(some) // 2
            add(some[:half])
            add(some[half:])

    if steps:
        add(steps)
    return kept, refused


def tried(root: Path, catalogue: Catalogue, steps: Sequence[Step]) -> Mapping[str, Change]:
    """What the steps make of which file; raises CatalogueError or NotEditable when that is not what they mean."""
    meant = {provider: dict(models) for provider, models in catalogue.models.items()}
    edits: dict[str, list[Edit]] = {}
    for step in steps:
        edits.setdefault(step.file, []).extend(step.edits)
        for edit in step.edits:
            was = meant[step.provider][edit.model]
            meant[step.provider][edit.model] = was.model_copy(update={edit.field: edit.value})
    changes = {}
    for file, some in edits.items():
        old = (root / file).read_bytes()
        changes[file] = Change(old, edited(read_source(file, old), some).encode())
    said = load_catalogue(root, changed={file: change.new for file, change in changes.items()})
    if {provider: dict(models) for provider, models in said.models.items()} != meant:
        raise NotEditable("the edited file would say something else than was meant")
    return changes


def keep(root: Path, changes: Mapping[str, Change]) -> None:
    """Put the changes in place; raises NotEditable when a file is no longer what it was, or none can be written."""
    for file, change in changes.items():
        if (root / file).read_bytes() != change.old:
            raise NotEditable(f"{file} changed while it was being edited")
    try:
        replace_files({root / file: change.new for file, change in changes.items()})
    except OSError as error:
        where = " and ".join(changes)
        raise NotEditable(f"{where} cannot be written ({error.strerror}); check permissions and free space") from None
