"""The lenient parser: objects and lists out of any text, as JSON, Python or JavaScript prints them."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page
from support.projects import named_cases

CASES = named_cases("printed_values")
FIND = """async ([texts, patience]) => {
  const { valuesIn } = await import("/assets/js/printed-values.js");
  return texts.map((text) => JSON.stringify(valuesIn(text, { left: patience })));
}"""
PATIENCE = 100_000

TEXTS = st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" \n\t'\"\\{}[]:,"), max_size=8)
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=10,
)
PRINTED = st.lists(VALUES, max_size=4) | st.dictionaries(TEXTS, VALUES, max_size=4)
BEFORE = st.sampled_from(["", "Error code: 400 - ", "it's ", 'a "b', "[pid 7] ", "{ ", "<[x] "])


def found(page: Page, *texts: str, patience: int = PATIENCE) -> list[Any]:
    # Numbers are doubles there, whichever way they are written.
    return [json.loads(values, parse_int=float) for values in page.evaluate(FIND, [list(texts), patience])]


@pytest.mark.parametrize("name", CASES)
def test_values_are_found_in_a_text(name: str, blank: Page) -> None:
    assert found(blank, CASES[name]["text"]) == [CASES[name]["values"]]


@settings(
    max_examples=150, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=PRINTED, before=BEFORE, indent=st.sampled_from([None, 2]), plain=st.booleans())
def test_what_json_and_python_print_is_read_back(
    value: Any, before: str, indent: int | None, plain: bool, blank: Page
) -> None:
    printed = json.dumps(value, indent=indent, ensure_ascii=plain), repr(value), json.dumps(value)
    for values in found(blank, *(before + text + "\nlast" for text in printed)):
        assert values[-1:] == [value]


def test_what_is_deeper_than_anybody_reads_is_read_from_where_it_is_not(blank: Page) -> None:
    (values,) = found(blank, "[" * 100 + "1" + "]" * 100)
    depth, inner = 0, values
    while isinstance(inner, list):
        depth, inner = depth + 1, inner[0]
    assert (depth - 1, inner) == (60, 1)


def test_the_search_ends_with_its_patience(blank: Page) -> None:
    text = "{" * 1_000 + '{"a": 1}'
    assert found(blank, text, patience=10) == [[]]
    assert found(blank, text) == [[{"a": 1}]]
