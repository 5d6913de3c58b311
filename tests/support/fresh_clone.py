"""A clone just begun, in which the Makefile's own rules install what a test offers them."""

import os
import subprocess
from pathlib import Path
from shutil import copy

SETTINGS_OF = ("PIP_", "NPM_CONFIG_", "PYTHON", "MAKE", "MFLAGS")
"""How the names of variables begin that say how pip, npm and make work."""


def begin_clone(project: Path, folder: Path) -> Path:
    """A new folder with nothing but the project's Makefile."""
    folder.mkdir()
    copy(project / "Makefile", folder)
    return folder


def make(clone: Path, target: str, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run make as somebody would whose pip and npm are not set up in any way but by `settings`."""
    env = {name: value for name, value in os.environ.items() if not name.upper().startswith(SETTINGS_OF)}
    env |= {"HOME": str(clone.parent), "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    return subprocess.run(
        ["make", target, *arguments], cwd=clone, env=env | settings, capture_output=True, text=True, check=False
    )
