"""What pages ask about a model's place in its provider's newest list."""

from datetime import date

from keyway.evidence.aliases import Pointing
from keyway.evidence.recording import Recording, Row
from keyway.loading.load import load_catalogue
from keyway.pages.queries import Queries
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
    younger = others[0].model_copy(update={"released": date(2026, 10, 9)})
    assert not query.left_out(younger)


def test_a_model_of_which_sources_say_that_another_answers_is_not_set_up(queries: Queries) -> None:
    deepseek = queries.catalogue.providers["deepseek"]
    disputed = {model.id for model in queries.current(deepseek) if "routed_to" in model.disputed}
    assert disputed == {"deepseek-v4-pro"}
    assert disputed.isdisjoint(model.id for model in queries.configurable(deepseek))


def test_an_alias_says_in_which_list_it_was_last_seen_and_whether_that_is_the_newest(queries: Queries) -> None:
    """Of a name that the newest list lacks, or that ended with its model, nobody knows where it points today."""
    models = queries.catalogue.models["mistral"]

    def said(alias: str) -> Pointing:
        return queries.pointing(queries.catalogue.model("mistral", alias), alias)

    assert said("codestral-latest") == Pointing(date(2026, 10, 8), now=True)
    assert said("mistral-large-latest") == Pointing(date(2026, 9, 25), now=False)
    assert said("pixtral-large-latest") == Pointing(date(2025, 12, 30), now=False)
    named = {alias for model in models.values() for alias in model.aliases if not said(alias).day}
    assert all(not said(alias).now for alias in named)


def test_of_what_a_free_account_gets_a_trial_says_more_than_a_newer_price(queries: Queries) -> None:
    flash = queries.catalogue.models["zhipu"]["glm-4.7-flash"]
    assert flash.free_plan[0].result == "price-zero"
    assert flash.free_result.result == "usable"


def test_why_nothing_is_said_of_a_free_account_has_two_words(queries: Queries) -> None:
    models = queries.catalogue.models
    assert queries.without_free_plan(models["deepseek"]["deepseek-flash"]) == "none", "no plan is free"
    assert queries.without_free_plan(models["zhipu"]["glm-5.3"]) == "none", "the free plan is of models at price zero"
    assert queries.without_free_plan(models["mistral"]["zai-glm-5-2"]) == "untried"


def test_what_was_never_tried_and_what_is_never_listed_are_not_served_nowhere(queries: Queries) -> None:
    models = queries.catalogue.models["zhipu"]
    assert queries.status(models["glm-4.7-flash"]) == "hidden"
    assert queries.place(models["glm-4.7-flash"]) == "known"
    assert queries.place(models["glm-z1-flash"]) == "untried"
    assert queries.place(queries.catalogue.models["mistral"]["pixtral-large-2411"]) == "none"
