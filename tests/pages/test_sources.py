"""Which files a page's facts come from, and at which line the record begins."""

from pathlib import Path

import pytest
from keyway.loading.load import load_catalogue
from keyway.pages.routes import pages
from keyway.pages.sources import PRINTED, Source
from keyway.schema.catalogue import Catalogue
from support.paths import PROJECT
from support.projects import BASE


@pytest.fixture(scope="module")
def base() -> Catalogue:
    return load_catalogue(BASE)


def sources(catalogue: Catalogue, template: str, path: str) -> tuple[Source, ...]:
    return next(page.sources for page in pages(catalogue, [template]) if page.path == path)


def line_of(source: Source) -> str:
    """The text of the line that the source names, without blanks around it."""
    assert source.line
    return (BASE / source.file).read_text(encoding="utf-8").splitlines()[source.line - 1].strip()


def test_a_model_stands_in_its_provider_s_models_at_the_line_of_its_id(base: Catalogue) -> None:
    models, provider = sources(base, "models/[provider]/[model].md", "models/mistral/mistral-ocr-2512.md")
    assert (models.kind, models.file) == ("models", "data/models/mistral.yml")
    assert line_of(models).startswith("mistral-ocr-2512:")
    assert provider == Source("provider", "mistral", "data/providers/mistral.yml")


def test_an_alias_stands_with_the_model_that_it_means(base: Catalogue) -> None:
    models, provider = sources(base, "models/[provider]/[alias].md", "models/mistral/codestral-latest.md")
    assert line_of(models).startswith("codestral-2508:")
    assert provider == Source("provider", "mistral", "data/providers/mistral.yml")


def test_an_error_stands_at_its_line_of_the_provider(base: Catalogue) -> None:
    provider = next(one for one in base.providers.values() if one.errors)
    error = next(iter(provider.errors))
    path = f"errors/{provider.id}/{error}.md"
    assert line_of(sources(base, "errors/[provider]/[error].md", path)[0]).startswith(f"{error}:")


def test_a_guide_has_its_client_at_the_line_of_the_provider_and_the_provider_and_its_models(base: Catalogue) -> None:
    made = sources(base, "providers/[provider]/[client].md", "providers/mistral/zoo-code.md")
    assert [source.file for source in made] == [
        "data/clients/zoo-code.yml",
        "data/providers/mistral.yml",
        "data/models/mistral.yml",
    ]
    assert line_of(made[0]).startswith("mistral:")


def test_a_page_of_all_providers_has_the_file_of_each(base: Catalogue) -> None:
    made = sources(base, "models/index.md", "models/index.md")
    assert [source.file for source in made] == [f"data/models/{provider}.yml" for provider in base.providers]


def test_a_page_of_prose_has_no_data(base: Catalogue) -> None:
    assert sources(base, "contribute.md", "contribute.md") == ()


def test_every_template_that_is_named_is_there() -> None:
    assert [name for name in PRINTED if not Path(PROJECT, "docs", "en", name).is_file()] == []
