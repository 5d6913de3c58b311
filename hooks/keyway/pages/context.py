"""The names that a template sees on one page in one language."""

from collections.abc import Callable

from ..schema.client import Client
from ..schema.provider import Provider
from .links import file_links, page_links
from .queries import Queries
from .routes import Page
from .words import Names


def context(query: Queries, words: Names, page: Page, language: str, addresses: frozenset[str]) -> dict[str, object]:
    """The names that the templates of `page` see."""
    provider = query.catalogue.providers.get(page.params.get("provider", ""))
    client = query.catalogue.clients.get(page.params.get("client", ""))
    names: dict[str, object] = {
        "asset": file_links(page, language),
        "catalogue": query.catalogue,
        "day": query.day,
        "query": query,
        "href": page_links(page, addresses),
        "language": language,
        "page": page,
        "words": words,
    }
    if provider:
        names["provider"] = provider
        names["console"] = _label(provider, language)
        if "model" in page.params:
            names["model"] = query.catalogue.models[provider.id][page.params["model"]]
        if "alias" in page.params:
            names["alias"] = page.params["alias"]
            names["model"] = query.catalogue.aliases(provider.id)[page.params["alias"]]
        if "error" in page.params:
            names["error"] = provider.errors[page.params["error"]]
    if client:
        names["client"] = client
        names["label"] = _label(client, language)
    return names


def _label(record: Client | Provider, language: str) -> Callable[[str], str]:
    """A function that gives what a tool or website shows in `language`, refusing labels that are not recorded."""

    def label(name: str) -> str:
        if name not in record.labels:
            raise ValueError(f"{record.id}.yml has no label {name!r}")
        return record.labels[name][language]

    return label
