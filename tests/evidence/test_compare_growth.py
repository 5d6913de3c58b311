"""A comparison takes as long as its list is, whatever the rows are: four times the rows, not sixteen times the work."""

from collections.abc import Callable
from time import process_time

import pytest
from keyway.evidence.compare import compare
from keyway.evidence.list_formats import MAX_ROWS
from keyway.evidence.recording import Recording, made_rows, newest_complete
from keyway.schema.catalogue import Catalogue

FEW, MANY = MAX_ROWS // 8, MAX_ROWS // 2
GROWTH = MANY // FEW
ROWS: dict[str, Callable[[int], dict[str, object]]] = {
    "new ones": lambda n: {"id": f"new-{n}", "aliases": []},
    "one new id again and again": lambda n: {"id": "new", "aliases": []},
    "one new id, each time with another name": lambda n: {"id": "new", "aliases": [f"name-{n}"]},
    "a chain of names": lambda n: {"id": f"new-{n}", "aliases": [f"new-{n - 1}", f"new-{n + 1}"]},
    "names of many": lambda n: {"id": f"new-{n}", "aliases": [f"new-{n + step}" for step in range(-9, 10) if step]},
    "one of ours, each time with another name": lambda n: {"id": "codestral-2508", "aliases": [f"name-{n}"]},
    "one of ours, each time otherwise": lambda n: {"id": "codestral-2508", "default_model_temperature": n / 10_000},
    "names that ours have": lambda n: {"id": f"new-{n}", "aliases": ["codestral-2508", "codestral-latest"]},
}


@pytest.mark.parametrize("kind", ROWS)
def test_the_work_grows_as_the_list_does(
    kind: str, catalogue: Catalogue, recordings: dict[str, tuple[Recording, ...]]
) -> None:
    newest = newest_complete(recordings["mistral"])

    def seconds(rows: int) -> float:
        more = made_rows([ROWS[kind](n) for n in range(rows)], "mistral")
        listed = Recording("mistral", newest.endpoint, newest.day, "a test", True, (*newest.rows, *more))
        begun = process_time()
        compare(catalogue.providers["mistral"], catalogue.models["mistral"], listed)
        return process_time() - begun

    few, many = (min(seconds(rows) for _ in range(3)) for rows in (FEW, MANY))
    assert many < 2.5 * GROWTH * few + 0.05, f"{GROWTH} times the rows take {many / few:.0f} times as long"
