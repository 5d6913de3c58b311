"""Tasks in processes of their own: their results come back in order, and so does whatever goes wrong in them."""

import os
import signal
from functools import partial
from pathlib import Path

import pytest
from keyway.site.processes import CORES, Begun, TaskFailed, cores, side_by_side
from keyway.source.problem import CatalogueError, Problem

WRONG = Problem("data/words.yml", 3, 1, "it is wrong; mend it")


class Unsendable(Exception):
    """An exception that can be pickled and not read again."""

    def __init__(self, here: int, there: int) -> None:
        super().__init__(f"between {here} and {there}")


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CORES, "2")


def fail(error: Exception) -> None:
    raise error


def end(number: int) -> None:
    os.kill(os.getpid(), number)


def test_results_come_in_the_order_of_tasks_each_from_a_process_of_its_own() -> None:
    results = side_by_side([partial(lambda name: (name, os.getpid()), name) for name in "abc"])
    assert [name for name, _ in results] == ["a", "b", "c"]
    assert len({process for _, process in results} | {os.getpid()}) == 4


def test_a_task_has_what_is_in_memory_whether_it_can_be_sent_or_not() -> None:
    page = "text " * 100_000
    assert Begun(lambda: page).result() == page


def test_with_one_core_a_task_runs_here_when_its_result_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CORES, "1")
    done: list[int] = []
    begun = Begun(lambda: done.append(os.getpid()))
    assert done == []
    begun.result()
    assert done == [os.getpid()]


@pytest.mark.parametrize(("given", "expected"), [("1", 1), ("7", 7)])
def test_the_number_of_cores_can_be_given(monkeypatch: pytest.MonkeyPatch, given: str, expected: int) -> None:
    monkeypatch.setenv(CORES, given)
    assert cores() == expected


@pytest.mark.parametrize("given", ["", "0", "many", "-1"])
def test_without_a_number_there_are_as_many_as_this_process_may_use(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv(CORES, given)
    assert cores() == len(os.sched_getaffinity(0))


def test_an_error_is_raised_where_the_result_is_asked_for_with_all_that_it_says() -> None:
    with pytest.raises(CatalogueError) as raised:
        side_by_side([partial(fail, CatalogueError([WRONG])), partial(fail, ValueError("later"))])
    assert raised.value.problems == (WRONG,)


def test_an_error_that_cannot_be_sent_is_told_in_words() -> None:
    with pytest.raises(TaskFailed, match=r"^Unsendable: between 1 and 2$"):
        Begun(partial(fail, Unsendable(1, 2))).result()


def test_a_result_that_cannot_be_sent_is_an_error() -> None:
    with pytest.raises(TaskFailed, match=r"^function: "):
        Begun(lambda: lambda: None).result()


def test_a_process_that_is_killed_is_an_error() -> None:
    with pytest.raises(TaskFailed, match=f"ended with -{signal.SIGKILL.value} and no result"):
        Begun(partial(end, signal.SIGKILL)).result()


def test_where_one_task_fails_no_other_goes_on(tmp_path: Path) -> None:
    def forever() -> None:
        (tmp_path / str(os.getpid())).touch()
        signal.pause()

    with pytest.raises(ValueError, match="first"):
        side_by_side([partial(fail, ValueError("first")), forever])
    for file in tmp_path.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(file.name), 0)
