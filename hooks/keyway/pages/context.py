"""The names that a template sees on one page in one language: what prose and macros may use, and nothing else.

On every page:

- `query`: every question of the catalogue and the evidence (`queries.py`)
- `catalogue`: the records themselves, such as `catalogue.providers.mistral`
- `day`: the day of the build
- `language`: the page's language
- `words`: the short texts of `data/words.yml` in that language, such as `words.column.id`
- `parts`: macros by file, such as `parts.mark.ui("save")`: those of `overrides/parts/`, which serve all languages, and
  those of `docs/<language>/_parts/`, which hold sentences
- `tables`: the columns of every table, such as `tables.models.chat` (`tables/`); the macros of `parts.table` show them
- `page`: the page itself (`routes.py`); `page.url` is its address
- `model_page(provider, name)`: the path of the page about an id or alias, for `href`
- `href(path, anchor)`, `asset(path)`: the relative address of a page, or of another file, of the site

On a page about a provider:

- `provider`: its record
- `console(name)`: a label of its website
- `recommended`: the model to start with
- `recommended_free`: the model for a free account, or none

On a page about a client:

- `client`: its record
- `label(name)`: what it shows on a button or a field
- `connection`: on a guide, which is about a provider as well: how the client reaches it (`schema/connection.py`)

On a page of a route:

- `layout`: the route's template, whose blocks the page's own file fills
- `model`, `alias`, `error`: on the pages of a model, an alias (with the model that it means) and an error
"""

from collections.abc import Callable

from ..schema.client import Client
from ..schema.provider import Provider
from ..schema.ways import connection
from .addresses import model_page
from .links import file_links, page_links
from .queries import Queries
from .routes import Page
from .tables import tables
from .words import Names


def context(query: Queries, words: Names, page: Page, language: str, addresses: frozenset[str]) -> dict[str, object]:
    """The names that the templates of `page` see, but for `parts`, whose macros see these names themselves."""
    provider = query.catalogue.providers.get(page.params.get("provider", ""))
    client = query.catalogue.clients.get(page.params.get("client", ""))
    names: dict[str, object] = {
        "asset": file_links(page, language),
        "catalogue": query.catalogue,
        "day": query.day,
        "query": query,
        "tables": tables(query),
        "href": page_links(page, addresses),
        "language": language,
        "model_page": model_page,
        "page": page,
        "words": words,
    }
    if provider:
        names["provider"] = provider
        names["console"] = _label(provider, language)
        names["recommended"] = query.recommended(provider)
        names["recommended_free"] = query.recommended_free(provider)
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
    if provider and client:
        names["connection"] = connection(client, provider)
    if page.layout:
        names["layout"] = page.layout
    return names


def _label(record: Client | Provider, language: str) -> Callable[[str], str]:
    """A function that gives what a tool or website shows in `language`, refusing labels that are not recorded."""

    def label(name: str) -> str:
        if name not in record.labels:
            raise ValueError(f"{record.id}.yml has no label {name!r}")
        return record.labels[name][language]

    return label
