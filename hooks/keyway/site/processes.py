"""Work in processes of its own, so that all cores take part: a task begins with all that is in memory here.

A process is made by `fork`, which copies nothing and asks nothing of what a task uses; what the task returns comes
back pickled. Where a system has no `fork`, or one core, a task runs in this process when its result is asked for.
"""

import os
import pickle
from collections.abc import Callable, Sequence
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from typing import Generic, TypeVar, cast

T = TypeVar("T")

CORES = "KEYWAY_CORES"
"""The variable that says how many cores to use; without it, all that this process may use. 1 starts no process."""


class TaskFailed(Exception):
    """A task's process ended without a result, or raised what cannot be sent; the text says how."""


def cores() -> int:
    """How many processes may work at once; 1 where none can be forked."""
    if "fork" not in get_all_start_methods():
        return 1
    given = os.environ.get(CORES, "")
    return int(given) if given.isdecimal() and int(given) else len(os.sched_getaffinity(0))


class Begun(Generic[T]):
    """A task that has begun, in a process of its own where there is a core for it."""

    def __init__(self, task: Callable[[], T]) -> None:
        self._task = task
        self._process = None
        if cores() > 1:
            context = get_context("fork")
            self._answer, sending = context.Pipe(duplex=False)
            self._process = context.Process(target=_send, args=(task, sending), daemon=True)
            self._process.start()
            sending.close()  # so that the other end is the only one: its process's end is then the end of the answer

    def result(self) -> T:
        """What the task returned; waits for it. Raises what the task raised, or TaskFailed. May be asked once."""
        if self._process is None:
            return self._task()
        try:
            result, error = pickle.loads(self._answer.recv_bytes())  # noqa: S301 - our own process wrote it
        except EOFError:
            self._process.join()
            raise TaskFailed(f"a process ended with {self._process.exitcode} and no result") from None
        finally:
            self._answer.close()
        self._process.join()
        if error is not None:
            raise error
        return cast(T, result)

    def stop(self) -> None:
        """End the task's process, whose result nobody needs any more."""
        if self._process is not None:
            self._process.terminate()
            self._process.join()
            self._answer.close()


def _send(task: Callable[[], object], sending: Connection) -> None:
    result, error = None, None
    try:
        result = task()
    except Exception as raised:  # noqa: BLE001 - whatever it is, it is raised again where the result is asked for
        error = raised
    try:
        answer = pickle.dumps((result, error), pickle.HIGHEST_PROTOCOL)
        pickle.loads(answer)  # noqa: S301 - some exceptions can be written and not read
    except Exception:  # noqa: BLE001 - pickle raises whatever a class of another's does
        answer = pickle.dumps((None, TaskFailed(f"{type(error or result).__name__}: {error or result}")))
    sending.send_bytes(answer)


def side_by_side(tasks: Sequence[Callable[[], T]]) -> list[T]:
    """What `tasks` return, in their order, each made in a process of its own; raises what the first of them raised."""
    begun = [Begun(task) for task in tasks]
    try:
        return [task.result() for task in begun]
    except BaseException:
        for task in begun:
            task.stop()
        raise
