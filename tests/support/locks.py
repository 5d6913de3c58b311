"""Locks of Python packages: what a `requirements*.in` asks for and why, and what its `.txt` holds."""

import re
from pathlib import Path

from packaging.requirements import Requirement

from support.paths import PROJECT

LOCKS = sorted(path.stem for path in PROJECT.glob("requirements*.in"))
"""The name of each lock, which is its files' name without `.in` or `.txt`."""
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def asked(project: Path, name: str) -> dict[str, str]:
    """Line of a requirements.in -> the comment beside it."""
    lines = (project / f"{name}.in").read_text(encoding="utf-8").splitlines()
    asked = [line.partition("#") for line in lines if line and not line.startswith("#")]
    return {requirement.strip(): reason.strip() for requirement, _, reason in asked}


def locked(project: Path, name: str) -> list[tuple[Requirement, list[str]]]:
    """Each requirement of a lock with its hashes."""
    text = (project / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    return [(Requirement(entry.split(" --hash")[0]), HASH.findall(entry)) for entry in entries]


def environment(name: str) -> str:
    """The folder that the Makefile builds from a lock: `.venv-clients` from `requirements-clients`."""
    return name.replace("requirements", ".venv", 1)
