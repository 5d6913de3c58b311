"""What lies in a folder of ours, and the bytes of a file in it, if it is an ordinary one.

No link is followed, and nothing but ordinary files is opened: a link can lead to an endless device, and a pipe waits
for ever. It knows nothing of what is in the files, and not which names belong where.
"""

import errno
import os
import stat
from collections.abc import Collection
from pathlib import Path

from .problem import Problem

NO_LINK = "this is a symbolic link, which is not followed; put the {} itself here"
NO_FOLDER = "this is not a folder (links are not followed); make it one"


def names_in(root: Path, folder: str, endings: Collection[str], problems: list[Problem]) -> list[str]:
    """The names in a folder, sorted, as they can be shown; not those that editors and systems leave for themselves.

    A hidden name with one of the data's own `endings` (`.yml`) is listed: somebody may take that file for data.
    """
    try:
        names = sorted(entry.name for entry in (root / folder).iterdir())
    except OSError as error:
        problems.append(Problem(folder, 1, 1, f"the folder cannot be read ({error.strerror}); check its permissions"))
        return []
    return [printable(name) for name in names if not _passing(name, endings)]


def _passing(name: str, endings: Collection[str]) -> bool:
    """Whether an editor or a system made `name` for itself: backup, lock, swap or folder settings."""
    hidden_data = name.startswith(".") and name.endswith(tuple(endings)) and not name.startswith(".#")
    return name.endswith(("~", ".swp")) or _is_probe(name) or (name.startswith((".", "#")) and not hidden_data)


def _is_probe(name: str) -> bool:
    """Whether Vim made `name` for a moment, to see whether it may write here: 4913, or 123 more while that is taken."""
    return name.isascii() and name.isdigit() and int(name[:9]) >= 4913 and (int(name[:9]) - 4913) % 123 == 0


def printable(name: str) -> str:
    """A name as it can be shown: what is not printable becomes an escape, so that such a file is never found."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)


def is_folder(path: Path) -> bool:
    """Whether a folder itself, and no link to one, stands at `path`."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except OSError:
        return False


def folder_problem(root: Path, folder: str) -> Problem | None:
    """What is wrong with what stands at `folder`, which should be one; None where it is one."""
    if is_folder(root / folder):
        return None
    message = NO_LINK.format("folder") if (root / folder).is_symlink() else NO_FOLDER
    return Problem(folder, 1, 1, message)


def file_content(root: Path, file: str, most: int, kind: str, problems: list[Problem]) -> bytes | None:
    """The bytes of one file, at most `most` of them and one that tells that it has more; None for a problem.

    `kind` is what belongs there, as in `a YAML file`. The file is looked at before it is opened, and again once it is
    open, since another can have taken its name in between.
    """
    path = root / file
    try:
        if stat.S_ISLNK(os.lstat(path).st_mode):
            problems.append(Problem(file, 1, 1, NO_LINK.format("file")))
            return None
        if not stat.S_ISREG(os.lstat(path).st_mode):
            problems.append(Problem(file, 1, 1, f"this is not an ordinary file; put {kind} here"))
            return None
        handle = os.open(path, os.O_RDONLY | _flag("O_NOFOLLOW") | _flag("O_NONBLOCK") | _flag("O_BINARY"))
        with os.fdopen(handle, "rb") as stream:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))
            return stream.read(most + 1)
    except OSError as error:
        problems.append(Problem(file, 1, 1, f"the file cannot be read ({error.strerror}); check its permissions"))
        return None


def _flag(name: str) -> int:
    """A flag of `os.open`, or none on systems that lack it."""
    return int(getattr(os, name, 0))
