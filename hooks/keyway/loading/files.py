"""Which files `data/` holds, and their bytes.

It reads nothing outside that folder: no link is followed, and only ordinary files are opened.
It knows which names may stand where, and nothing of what is in the files.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from ..schema.fields import id_problem
from ..source.folder import NO_FOLDER, NO_LINK, file_content, folder_problem, is_folder, names_in
from ..source.problem import Problem
from ..source.reader import MAX_BYTES

FOLDERS = ("providers", "models", "clients")
"""Folders with one file for each provider (or client); the file name is the id."""
OPTIONAL = ("intermediaries",)
"""Folders of the same kind that may be missing."""
OTHERS = frozenset(("recordings", "schema"))
"""Folders that other modules read."""
WORDS = "words.yml"
FREE = "free.yml"
AGES = "ages.yml"
"""May be missing."""
ENDINGS = (".yml", ".yaml")
"""What a hidden file is taken for data by; it is refused by its name."""


def data_files(root: Path, problems: list[Problem]) -> Iterator[tuple[str, bytes | None]]:
    """Yield (`data/models/mistral.yml`, its bytes) for each file, sorted; wrong names go to `problems`.

    None stands for the bytes of what cannot be read, which is a problem too: something of that name is there.
    """
    problems += (
        Problem(f"data/{folder}", 1, 1, f"the folder data/{folder} is missing; create it")
        for folder in FOLDERS
        if not is_folder(root / "data" / folder)
    )
    if not os.path.lexists(root / "data" / WORDS):
        problems.append(Problem(f"data/{WORDS}", 1, 1, f"the file data/{WORDS} is missing; create it"))
    if (root / "data").is_symlink():
        problems.append(Problem("data", 1, 1, NO_LINK.format("folder")))
        return
    for name in names_in(root, "data", ENDINGS, problems):
        file = f"data/{name}"
        if name in (*FOLDERS, *OPTIONAL):
            yield from _folder(root, file, problems)
        elif name in (WORDS, FREE, AGES):
            yield from _content(root, file, problems)
        elif name not in OTHERS:
            expected = ", ".join((*FOLDERS, *OPTIONAL, *sorted(OTHERS), WORDS, FREE, AGES))
            problems.append(
                Problem(file, 1, 1, f"nothing of this name belongs in data/; move it away (there are {expected})")
            )
        elif problem := folder_problem(root, file):
            problems.append(problem)


def _folder(root: Path, folder: str, problems: list[Problem]) -> Iterator[tuple[str, bytes | None]]:
    if not is_folder(root / folder):
        problems.append(Problem(folder, 1, 1, NO_FOLDER))
        return
    for name in names_in(root, folder, ENDINGS, problems):
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


def _content(root: Path, file: str, problems: list[Problem]) -> Iterator[tuple[str, bytes | None]]:
    """The bytes of one file, or a problem; never more bytes than tell that a file is too long."""
    yield file, file_content(root, file, MAX_BYTES, "a YAML file", problems)
