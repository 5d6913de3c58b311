"""What a build stands on: the catalogue and the recordings, or every problem of both at once."""

from collections.abc import Mapping
from pathlib import Path

from ..evidence.recording import Recording, read_recordings, recording_problems
from ..loading.load import load_catalogue
from ..schema.catalogue import Catalogue
from ..source.problem import CatalogueError


def read_inputs(root: Path) -> tuple[Catalogue, Mapping[str, tuple[Recording, ...]]]:
    """The catalogue in `root`/data and each provider's recordings; raises CatalogueError with every problem."""
    problems = recording_problems(root)
    try:
        catalogue = load_catalogue(root)
    except CatalogueError as error:
        problems += error.problems
    if problems:
        raise CatalogueError(problems)
    return catalogue, read_recordings(root)
