"""Edits of YAML change what they mean to and leave every other byte alone."""

from datetime import date
from typing import Any

import pytest
from keyway.proposals.edits import Edit, NotEditable, edited
from keyway.source.reader import read_source
from support.projects import load_cases


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{file}: {case['name']}")
        for file, listed in load_cases("edits").items()
        for case in listed
    ]


def as_fact(value: object) -> object:
    if isinstance(value, list):
        return tuple("no" if item is False else item for item in value)
    return value


@pytest.mark.parametrize("case", cases())
def test_an_edit_changes_what_it_means_to_and_nothing_else(case: dict[str, Any]) -> None:
    before, after = (case[key].replace("\n", "\r\n") if case.get("crlf") else case[key] for key in ("before", "after"))
    source = read_source("data/models/x.yml", before.encode())
    assert source.problems == ()
    edits = [Edit(one["model"], one["field"], as_fact(one["value"])) for one in case["edits"]]
    assert edited(source, edits) == after
    again = read_source("data/models/x.yml", after.encode())
    assert again.problems == ()
    assert edited(again, edits) == after
    for edit in edits:
        said = again.data[edit.model][edit.field]
        assert (tuple(said) if isinstance(said, list) else said) == (
            edit.value.isoformat() if isinstance(edit.value, date) else edit.value
        )


def test_a_block_of_text_is_left_to_a_person() -> None:
    source = read_source("data/models/x.yml", b"a-1:\n  name: |\n    A\n  context: >\n    1\n")
    with pytest.raises(NotEditable, match="context of a-1 is a block of text"):
        edited(source, [Edit("a-1", "context", 2)])
