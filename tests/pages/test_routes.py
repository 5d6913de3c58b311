"""Which pages the brackets of the templates make."""

from pathlib import Path

import pytest
from keyway.loading.load import load_catalogue
from keyway.pages.routes import Page, UnknownRoute, expand_nav, pages
from keyway.schema.catalogue import Catalogue
from support.projects import BASE

GUIDE = "providers/[provider]/[client].md"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(BASE)


def paths(made: tuple[Page, ...]) -> set[str]:
    return {page.path for page in made}


def test_a_route_makes_one_page_for_each_pair_that_makes_sense(catalogue: Catalogue) -> None:
    made = pages(catalogue, ["providers/[provider]/[client].md"])
    assert paths(made) == {f"providers/{provider.id}/{client.id}.md" for provider, client in catalogue.pairs()}
    assert made, "the base project has at least one pair"


def test_a_route_of_models_makes_every_model_and_one_of_aliases_every_alias(catalogue: Catalogue) -> None:
    made = pages(catalogue, ["models/[provider]/[model].md", "models/[provider]/[alias].md"])
    for provider, models in catalogue.models.items():
        for model in models.values():
            for name in model.ids:
                assert f"models/{provider}/{name}.md" in paths(made)


def test_a_literal_file_wins_over_the_route_and_keeps_its_subjects(catalogue: Catalogue) -> None:
    provider = next(iter(catalogue.providers))
    literal = f"providers/{provider}/index.md"
    made = {page.path: page for page in pages(catalogue, ["providers/[provider]/index.md", literal])}
    assert made[literal].template == literal
    assert made[literal].params == {"provider": provider}
    assert len(made) == len(catalogue.providers)


def test_a_client_s_own_file_renders_its_page_and_its_guides(catalogue: Catalogue) -> None:
    made = {page.path: page for page in pages(catalogue, ["clients/[client].md", GUIDE, "clients/zoo-code.md"])}
    assert made["clients/zoo-code.md"].template == "clients/zoo-code.md"
    assert made["clients/zoo-code.md"].layout == "clients/[client].md"
    assert made["providers/mistral/zoo-code.md"].template == "clients/zoo-code.md"
    assert made["providers/mistral/zoo-code.md"].layout == GUIDE
    assert made["clients/roo-code.md"].template == "clients/[client].md"


def test_a_file_for_one_pair_wins_over_the_file_of_the_client(catalogue: Catalogue) -> None:
    pair = "providers/mistral/zoo-code.md"
    made = {page.path: page for page in pages(catalogue, [GUIDE, "clients/zoo-code.md", pair])}
    assert (made[pair].template, made[pair].layout) == (pair, GUIDE)


def test_a_page_of_prose_alone_has_no_params_and_no_sources(catalogue: Catalogue) -> None:
    (page,) = pages(catalogue, ["contribute.md"])
    assert (page.path, dict(page.params), page.sources, page.layout) == ("contribute.md", {}, (), None)


def test_every_page_of_a_record_names_data_files_that_exist(catalogue: Catalogue) -> None:
    templates = ["clients/[client].md", "models/[provider]/[model].md", "providers/[provider]/index.md"]
    for page in pages(catalogue, templates):
        assert page.sources
        assert all(Path(BASE, source.file).is_file() for source in page.sources)


def test_brackets_that_nothing_can_fill_are_refused(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownRoute):
        pages(catalogue, ["[planet].md"])


@pytest.mark.parametrize(
    ("path", "url"),
    [("index.md", ""), ("free.md", "free/"), ("models/index.md", "models/"), ("models/m/x-1.5.md", "models/m/x-1.5/")],
)
def test_addresses_are_folders(path: str, url: str) -> None:
    assert Page(path, path, {}).url == url


def test_the_navigation_repeats_a_section_for_each_provider_and_leaves_empty_ones_out(catalogue: Catalogue) -> None:
    routed = pages(catalogue, ["index.md", "models/index.md", "models/[provider]/[model].md"])
    shown = next(page for page in routed if "model" in page.params)
    titles = {"index.md": "Home", "models/index.md": "All", shown.path: "One"}
    nav = ["index.md", {"models": ["models/index.md", {"[provider]": ["models/[provider]/[model].md"]}]}]
    grown = expand_nav(nav, routed, titles, lambda kind, value: f"{kind}:{value}")
    assert grown == [
        {"Home": "index.md"},
        {"nav:models": [{"All": "models/index.md"}, {f"provider:{shown.params['provider']}": [{"One": shown.path}]}]},
    ]
