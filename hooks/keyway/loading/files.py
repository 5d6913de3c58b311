"""Which files `data/` holds, and their bytes.

It reads nothing outside that folder: no link is followed, and only ordinary files are opened.
It knows which names may stand where, and nothing of what is in the files.
"""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from ..schema.fields import id_problem
from ..source.problem import Problem
from ..source.reader import MAX_BYTES

FOLDERS = ("providers", "models", "clients")
"""Folders with one file for each provider (or client); the file name is the id."""
OTHERS = frozenset(("recordings", "schema"))
"""Folders that other modules read."""
WORDS = "words.yml"
FREE = "free.yml"
"""May be missing."""


def data_files(root: Path, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """Yield (`data/models/mistral.yml`, its bytes) for each file, sorted; wrong names go to `problems`."""
    problems += (
        Problem(f"data/{folder}", 1, 1, f"the folder data/{folder} is missing; create it")
        for folder in FOLDERS
        if not _is(root / "data" / folder, stat.S_ISDIR)
    )
    if not os.path.lexists(root / "data" / WORDS):
        problems.append(Problem(f"data/{WORDS}", 1, 1, f"the file data/{WORDS} is missing; create it"))
    if (root / "data").is_symlink():
        message = "this is a symbolic link, which is not followed; put the folder itself here"
        problems.append(Problem("data", 1, 1, message))
        return
    for name in _names(root, "data", problems):
        file = f"data/{name}"
        if name in FOLDERS:
            yield from _folder(root, file, problems)
        elif name in (WORDS, FREE):
            yield from _content(root, file, problems)
        elif name not in OTHERS or not _is(root / file, stat.S_ISDIR):
            expected = ", ".join((*FOLDERS, *sorted(OTHERS), WORDS, FREE))
            problems.append(
                Problem(file, 1, 1, f"nothing of this name belongs in data/; move it away (there are {expected})")
            )


def _folder(root: Path, folder: str, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    if not _is(root / folder, stat.S_ISDIR):
        problems.append(Problem(folder, 1, 1, "this is not a folder (links are not followed); make it one"))
        return
    for name in _names(root, folder, problems):
        file = f"{folder}/{name}"
        stem, dot, ending = name.rpartition(".")
        problem = id_problem(stem)
        if ending in ("yaml", "YML", "YAML") and dot:
            problems.append(Problem(file, 1, 1, f"files of the catalogue end in .yml; rename it to {stem}.yml"))
        elif ending != "yml" or not dot:
            problems.append(Problem(file, 1, 1, f"only .yml files belong in {folder}; move it away"))
        elif problem:
            problems.append(Problem(file, 1, 1, f"the file name is the id, and {stem} {problem}"))
        else:
            yield from _content(root, file, problems)


def _names(root: Path, folder: str, problems: list[Problem]) -> list[str]:
    """The names in a folder, but not what editors and systems leave there for themselves."""
    try:
        names = sorted(entry.name for entry in (root / folder).iterdir())
    except OSError as error:
        problems.append(Problem(folder, 1, 1, f"the folder cannot be read ({error.strerror}); check its permissions"))
        return []
    return [printable(name) for name in names if not _passing(name)]


def _passing(name: str) -> bool:
    """Whether an editor or a system made `name` for itself: backup, lock, swap or folder settings."""
    hidden_data = name.startswith(".") and name.endswith((".yml", ".yaml")) and not name.startswith(".#")
    return name.endswith(("~", ".swp")) or (name.startswith((".", "#")) and not hidden_data)


def printable(name: str) -> str:
    """A file name as it can be shown: what is not printable becomes an escape, so that such a name is never found."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)


def _is(path: Path, kind: Callable[[int], bool]) -> bool:
    try:
        return kind(os.lstat(path).st_mode)
    except OSError:
        return False


def _content(root: Path, file: str, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """The bytes of one file, or a problem; never more bytes than tell that a file is too long."""
    path = root / file
    if path.is_symlink():
        problems.append(Problem(file, 1, 1, "this is a symbolic link, which is not followed; put the file itself here"))
        return
    if not _is(path, stat.S_ISREG):
        problems.append(Problem(file, 1, 1, "this is not an ordinary file; put a YAML file here"))
        return
    try:
        with path.open("rb") as stream:
            yield file, stream.read(MAX_BYTES + 1)
    except OSError as error:
        problems.append(Problem(file, 1, 1, f"the file cannot be read ({error.strerror}); check its permissions"))
