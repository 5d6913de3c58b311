"""What pages ask about a model's place in its provider's newest list."""

from datetime import date

from keyway.evidence.recording import Recording, Row
from keyway.loading.load import load_catalogue
from keyway.pages.status import StatusQueries
from support.projects import BASE

DAY = date(2026, 11, 25)


def test_a_list_leaves_out_what_it_does_not_name_and_without_a_list_nothing_is_left_out() -> None:
    catalogue = load_catalogue(BASE)
    named, *others = catalogue.models["mistral"].values()
    newest = Recording("mistral", "", date(2026, 10, 8), "a test", True, (Row(named.id, {}),))
    query = StatusQueries(catalogue, {"mistral": (newest,)}, DAY)
    assert not query.left_out(named)
    assert others
    assert all(query.left_out(model) for model in others)
    assert not any(query.left_out(model) for model in catalogue.models["deepseek"].values())
