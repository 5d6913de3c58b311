"""One run of a program: the time it took, the processor time and the memory of all its processes together."""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

INTERVAL = 0.05
"""Seconds between two looks at the memory."""


@dataclass(frozen=True)
class Run:
    """Seconds by the clock and of processors, and MiB at the highest; memory that processes share counts once."""

    wall: float
    cpu: float
    memory: float


def measured(command: Sequence[str], folder: Path, settings: Mapping[str, str]) -> Run:
    """Run `command` in `folder`; raises RuntimeError with what it said when it fails. Needs Linux's /proc."""
    start = time.monotonic()
    with subprocess.Popen(  # noqa: S603 - our own words
        command,
        cwd=folder,
        env=os.environ | settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # so that its processes are known by their session
    ) as process:
        ended, peak = Event(), [0.0]
        watching = Thread(target=_watch, args=(process.pid, ended, peak))
        watching.start()
        said = process.stderr.read() if process.stderr else ""
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        watching.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{said}")
    return Run(wall, usage.ru_utime + usage.ru_stime, peak[0])


def _watch(session: int, ended: Event, peak: list[float]) -> None:
    while not ended.wait(INTERVAL):
        peak[0] = max(peak[0], sum(_memory(session)))


def _memory(session: int) -> Iterator[float]:
    """MiB of each process of a session; what it shares with others counts by its part."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                rollup = (folder / "smaps_rollup").read_text()
                yield next(int(line.split()[1]) / 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
        except (OSError, StopIteration):
            continue  # it has ended meanwhile
