"""Which recordings `data/recordings/` holds, as a stranger's folder: all of them, or every problem at once.

    data/recordings/<provider>/<day>.json            the day's first list
    data/recordings/<provider>/<day>-<name>.json     another of that day: of another endpoint, or kind of account

A recording is added, never edited. What would silently not be read is a problem here.
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from ..schema.fields import ID
from ..source.atomic import add_file
from ..source.folder import file_content, folder_problem, is_folder, names_in
from ..source.problem import CatalogueError, Problem
from ..source.suggestions import nearest
from .recording import MAX_BYTES, Recording
from .recording_file import read_recording, text_of
from .row_values import Unusable

FOLDER = Path("data", "recordings")
ENDING = ".json"
NAME = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(-{ID.pattern})?\.json")
"""A file's name; its first group is the day."""

Recordings = Mapping[str, tuple[Recording, ...]]
"""Provider -> its recordings, oldest first."""


def read_recordings(root: Path, until: date | None = None) -> Recordings:
    """Every recording below `root`'s data folder; raises CatalogueError with every problem of all of them.

    One that is of a day after `until`, where that is given, is such a problem.
    """
    problems: list[Problem] = []
    found: dict[str, tuple[Recording, ...]] = {}
    for folder in _folders(root, problems):
        read = _recordings(root, folder, problems)
        problems += (
            Problem(file, 1, 1, f"this is of {one.day}, after {until}; check the day of the file and in it")
            for file, one in read.items()
            if until is not None and one.day > until
        )
        if read:
            found[Path(folder).name] = tuple(
                read[file] for file in sorted(read, key=lambda file: (read[file].day, file))
            )
    if problems:
        raise CatalogueError(problems)
    return MappingProxyType(found)


def add(recording: Recording, root: Path, name: str = "") -> Path:
    """Add the recording as a new file and return its path; raises FileExistsError rather than edit one.

    `name` tells it from another of the same day. What could not be read back raises Unusable, and nothing is written.
    """
    path = root / FOLDER / recording.provider / f"{recording.day.isoformat()}{name and f'-{name}'}{ENDING}"
    content = text_of(recording).encode()
    try:
        read_recording(path.name, content, recording.provider, recording.day)
    except CatalogueError as error:
        raise Unusable(f"the list cannot be kept: {error.problems[0].message}") from None
    add_file(path, content)
    return path


def _folders(root: Path, problems: list[Problem]) -> list[str]:
    """The folders of providers."""
    for folder in ("data", FOLDER.as_posix()):
        if not (root / folder).exists() and not (root / folder).is_symlink():
            return []
        if problem := folder_problem(root, folder):
            problems.append(problem)
            return []
    found = []
    providers = [path.stem for path in (root / "data" / "providers").glob("*.yml")]
    for name in names_in(root, FOLDER.as_posix(), (ENDING,), problems):
        folder = (FOLDER / name).as_posix()
        if not is_folder(root / folder) and not (root / folder).is_symlink():
            problems.append(Problem(folder, 1, 1, "only folders belong here, one for each provider; move it away"))
        elif name not in providers:
            near = nearest(name, providers)
            advice = f"did you mean {near}?" if near else "add the provider, or move the folder away"
            problems.append(Problem(folder, 1, 1, f"there is no provider of this name in data/providers; {advice}"))
        elif problem := folder_problem(root, folder):
            problems.append(problem)
        else:
            found.append(folder)
    return found


def _recordings(root: Path, folder: str, problems: list[Problem]) -> dict[str, Recording]:
    """File -> its recording, of those in one folder that can be read."""
    found: dict[str, Recording] = {}
    kinds: dict[tuple[date, str, str], str] = {}
    for name in sorted(names_in(root, folder, (ENDING,), problems), key=lambda name: name.removesuffix(ENDING)):
        file = f"{folder}/{name}"
        day = _day(root, file, problems)
        content = file_content(root, file, MAX_BYTES, "a recording", problems) if day else None
        if content is None:
            continue
        try:
            one = found[file] = read_recording(file, content, Path(folder).name, day)
        except CatalogueError as error:
            problems += error.problems
            continue
        other = kinds.setdefault((one.day, one.endpoint, one.account), file)
        if other != file:
            message = (
                f"this is of the day, the endpoint and the kind of account of {Path(other).name}; keep one of them"
            )
            problems.append(Problem(file, 1, 1, message))
    return found


def _day(root: Path, file: str, problems: list[Problem]) -> date | None:
    """The day that a file is named after; None, and a problem, for a name that no recording has."""
    name = Path(file).name
    given = NAME.fullmatch(name)
    if is_folder(root / file):
        message = f"this is a folder, and nobody reads what is in it; move its files to {Path(file).parent.as_posix()}"
    elif given:
        try:
            return date.fromisoformat(given[1])
        except ValueError:
            message = (
                f"{given[1]} is not a date; name the file after the day it was recorded on, such as 2026-10-08.json"
            )
    elif name.lower().endswith(ENDING) and not name.endswith(ENDING):
        message = f"recordings end in {ENDING}, in small letters; rename it to {name[: -len(ENDING)]}{ENDING}"
    elif name.endswith(ENDING):
        message = "the name is not that of a recording; name it after its day, such as 2026-10-08.json"
    else:
        message = "only recordings belong here, each named after its day, such as 2026-10-08.json; move it away"
    problems.append(Problem(file, 1, 1, message))
    return None
