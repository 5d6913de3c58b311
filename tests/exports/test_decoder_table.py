"""What the decoder's table says of ids, as of the day that it is made for."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from keyway.exports.decoder_table import decoder_table
from keyway.loading.load import load_catalogue
from keyway.schema.catalogue import Catalogue
from keyway.schema.errors import SENTENCES

END = date(2026, 7, 31)
"""The day on which Devstral 2 stopped answering."""


@pytest.fixture(scope="module")
def catalogue(project: Path) -> Catalogue:
    return load_catalogue(project, rules=())


def models(catalogue: Catalogue, day: date) -> dict[str, Any]:
    return decoder_table(catalogue, day)["providers"]["mistral"]["models"]


def test_an_id_is_retired_from_the_day_of_its_end(catalogue: Catalogue) -> None:
    before, after = (models(catalogue, day)["devstral-2512"] for day in (END - timedelta(1), END))
    assert (before["state"], before["retired"]) == ("deprecated", "2026-07-31")
    assert (after["state"], after["retired"], after["successor"]) == ("retired", "2026-07-31", "mistral-medium-2604")


@pytest.mark.parametrize("day", [date(2025, 1, 1), END, date(2026, 11, 21), date(2099, 1, 1)])
def test_what_takes_an_ids_place_is_what_pages_of_that_day_say(day: date, catalogue: Catalogue) -> None:
    table = models(catalogue, day)
    for model in catalogue.models["mistral"].values():
        successor = catalogue.successor(model, day)
        assert table[model.id].get("successor") == (successor.id if successor else None)
        assert table[model.id]["state"] == model.state(day)


def test_the_decoder_looks_for_sentences_where_recorded_bodies_have_them(catalogue: Catalogue) -> None:
    table = decoder_table(catalogue, END)
    assert table["sentences"] == list(SENTENCES)
    for provider in catalogue.providers.values():
        for error, answer in provider.errors.items():
            assert table["providers"][provider.id]["errors"][error]["says"] == list(answer.sentences)
