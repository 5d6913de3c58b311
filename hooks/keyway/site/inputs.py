"""What a build stands on: the catalogue and the recordings, or every problem of both at once."""

from datetime import date
from pathlib import Path

from ..evidence.recording_folder import Recordings, read_recordings
from ..loading.load import load_catalogue
from ..schema.catalogue import Catalogue
from ..source.problem import CatalogueError, Problem


def read_inputs(root: Path, until: date | None = None) -> tuple[Catalogue, Recordings]:
    """The catalogue in `root`/data and each provider's recordings; raises CatalogueError with every problem.

    What somebody saw after `until`, where that is given, is such a problem.
    """
    problems: list[Problem] = []
    catalogue, recordings = None, None
    try:
        recordings = read_recordings(root, until)
    except CatalogueError as error:
        problems += error.problems
    try:
        catalogue = load_catalogue(root, until=until)
    except CatalogueError as error:
        problems += error.problems
    if catalogue is None or recordings is None:
        raise CatalogueError(problems)
    return catalogue, recordings
