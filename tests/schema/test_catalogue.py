"""Questions that go across the files of the catalogue: names of models, and what follows a retired one."""

from datetime import date

import pytest
from keyway.schema.catalogue import Catalogue, UnknownModel
from keyway.schema.model import Model

DAY = date(2026, 11, 25)
ENDED, ENDING = {"retired": date(2026, 5, 31)}, {"deprecated": date(2026, 10, 1), "retired": date(2027, 1, 1)}


def catalogue(**models: dict) -> Catalogue:
    """A catalogue of one provider with these models, by id."""
    made = {
        name: Model(id=name, provider="mistral", name=name, sources=("docs",), **facts)
        for name, facts in models.items()
    }
    return Catalogue(providers={}, models={"mistral": made}, clients={}, words={})


def successor(**models: dict) -> str | None:
    """The id of what follows the first of `models` on DAY."""
    made = catalogue(**models)
    found = made.successor(next(iter(made.models["mistral"].values())), DAY)
    return found.id if found else None


def test_a_model_without_a_replacement_has_no_successor() -> None:
    assert successor(a=ENDED) is None


def test_the_successor_is_where_the_line_of_replacements_ends() -> None:
    assert successor(a=ENDED | {"replacement": "b"}, b=ENDED | {"replacement": "c"}, c={}) == "c"


def test_a_replacement_that_is_ending_itself_is_passed_over_although_it_still_answers() -> None:
    assert successor(a=ENDED | {"replacement": "b"}, b=ENDING | {"replacement": "c"}, c={}) == "c"


def test_a_line_whose_end_has_ended_leads_to_the_last_that_has_not() -> None:
    assert successor(a=ENDED | {"replacement": "b"}, b=ENDING | {"replacement": "c"}, c=ENDED) == "b"
    assert successor(a=ENDED | {"replacement": "b"}, b=ENDED) is None


def test_a_replacement_that_is_named_by_an_alias_is_the_model_that_it_means() -> None:
    assert successor(a=ENDED | {"replacement": "b-latest"}, b={"aliases": ("b-latest",)}) == "b"


def test_an_id_goes_before_an_alias_and_what_is_neither_is_nothing() -> None:
    made = catalogue(a={"aliases": ("b",)}, b={})
    assert made.find("mistral", "b") is made.models["mistral"]["b"]
    assert made.find("mistral", "c") is None
    with pytest.raises(UnknownModel, match="no model of mistral has the id or alias c"):
        made.model("mistral", "c")
