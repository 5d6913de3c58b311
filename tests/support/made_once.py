"""What is dear to make and only read: one worker of a parallel run makes it, the others wait for it."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(request: pytest.FixtureRequest, name: str, make: Callable[[Path], None]) -> Path:
    """The folder `name` of this run, which `make` fills in the worker that asks for it first.

    Where `make` fails, the next one that asks tries again.
    """
    shared: Path = request.getfixturevalue("tmp_path_factory").getbasetemp()
    if hasattr(request.config, "workerinput"):
        shared = shared.parent  # of all workers of this run
    folder, done = shared / name, shared / f"{name}.done"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until it is closed
        if not done.exists():
            make(folder)
            done.touch()
    return folder
