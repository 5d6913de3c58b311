"""Runs a command as one who may not read and write every file, whoever runs the tests."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from support.leaving_out import leave_out
from support.paths import PROJECT

CAPABILITIES = "-dac_override,-dac_read_search"
"""What lets root pass over permissions; without them it is held to those of files that are its own."""


def keyway(*arguments: object, before: Sequence[str] = (), cwd: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    """Run `keyway` with the arguments as a process that permissions hold for; `before` is a command that runs it."""
    held: list[str] = []
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            leave_out("root may read every file, and there is no setpriv (util-linux) to give that up")
        held = ["setpriv", f"--bounding-set={CAPABILITIES}", f"--inh-caps={CAPABILITIES}"]
    return subprocess.run(
        [*before, *held, sys.executable, "-m", "keyway", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(PROJECT / "hooks")},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
