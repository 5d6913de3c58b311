"""The names that templates see: those that the module documents, on the pages that it says, and no others."""

import re
from datetime import date

import pytest
from keyway.loading.load import load_catalogue
from keyway.pages import context as contract
from keyway.pages.context import context
from keyway.pages.queries import Queries
from keyway.pages.routes import pages
from keyway.pages.words import words_in
from support.projects import BASE

TEMPLATES = [
    "index.md",
    "providers/[provider]/index.md",
    "clients/[client].md",
    "providers/[provider]/[client].md",
    "models/[provider]/[model].md",
    "models/[provider]/[alias].md",
    "errors/[provider]/[error].md",
]


@pytest.fixture(scope="module")
def seen() -> dict[str, set[str]]:
    """Template -> the names that a page of it sees."""
    query = Queries(load_catalogue(BASE), {}, date(2026, 10, 15))
    words = words_in(query.catalogue.words, "en")
    return {
        page.template: set(context(query, words, page, "en", frozenset())) for page in pages(query.catalogue, TEMPLATES)
    }


def documented(page: str) -> set[str]:
    """The names that the docstring lists below `On <page>:`."""
    section = contract.__doc__.partition(f"On {page}:\n")[2].partition("\nOn ")[0]
    listed = [line.partition(":")[0] for line in section.splitlines() if line.startswith("- ")]
    return {name for line in listed for name in re.findall(r"`(\w+)", line)}


def test_each_kind_of_page_sees_the_names_that_are_documented_for_it(seen: dict[str, set[str]]) -> None:
    everywhere = documented("every page") - {"parts"}
    provider, client = documented("a page about a provider"), documented("a page about a client")
    alone = client - {"connection"}
    assert everywhere
    assert seen == {
        "index.md": everywhere,
        "providers/[provider]/index.md": everywhere | provider | {"layout"},
        "clients/[client].md": everywhere | alone | {"layout"},
        "providers/[provider]/[client].md": everywhere | provider | client | {"layout"},
        "models/[provider]/[model].md": everywhere | provider | {"layout", "model"},
        "models/[provider]/[alias].md": everywhere | provider | {"layout", "model", "alias"},
        "errors/[provider]/[error].md": everywhere | provider | {"layout", "error"},
    }
    assert documented("a page of a route") == {"layout", "model", "alias", "error"}
