"""Which files stand beside the pages: filters, the data of the tools on pages, documents, feeds and the sitemap.

Pure: it says which file has which text, and writes none. Feeds and documents name themselves by absolute addresses,
so a site that does not know its own address has documents without a schema's address, no feeds and no sitemap.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urljoin

from ..evidence.history import history
from ..exports.changelog import change_days
from ..exports.decoder_table import decoder_table
from ..exports.feed import feed
from ..exports.filters import filters
from ..exports.provider_json import document, document_text, schema_text
from ..exports.request_rules import request_tables
from ..exports.sitemap import sitemap
from ..exports.snippets.choices import table
from ..pages.addresses import model_page
from ..pages.queries import Queries
from ..pages.routes import Page
from ..schema.catalogue import Catalogue
from ..schema.fields import LANGUAGES

DATA = "assets/data/"
FILTERS = "assets/filters/"
SCHEMA = DATA + "provider.schema.json"
FEED = "changes.xml"
SITEMAP = "sitemap.xml"

Files = dict[str, str]
"""Path below the site's root -> text."""


def site_files(query: Queries, pages: Iterable[Page], address: str) -> Files:
    """Every file; `address` is the site's own, with a slash at its end, or empty."""
    tools = tool_files(query.catalogue, query.day)
    return tools | _snippets(query) | _documents(query, address) | _feeds(query, address) | _sitemap(pages, address)


def tool_files(catalogue: Catalogue, day: date) -> Files:
    """The data of the error decoder, as of `day`, and of the request checker, and the filters to download."""
    files = {f"{DATA}errors.json": _json({**decoder_table(catalogue, day), "words": _words(catalogue, "decoder")})}
    for provider in catalogue.providers.values():
        if provider.requests:
            tables = {**request_tables(catalogue, provider, day), "words": _words(catalogue, "checker")}
            files[f"{DATA}{provider.id}.requests.json"] = _json(tables)
        for name, text in filters(provider, catalogue.clients).items():
            files[f"{FILTERS}{provider.id}/{name}"] = text
    return files


def feed_path(language: str) -> str:
    """Where the feed of `language` stands below the site's root; the first language lives at the root itself."""
    return FEED if language == LANGUAGES[0] else f"{language}/{FEED}"


def _home(language: str, address: str) -> str:
    """Where the pages of `language` stand, with a slash at its end."""
    return urljoin(address, feed_path(language).removesuffix(FEED))


def _sitemap(pages: Iterable[Page], address: str) -> Files:
    if not address:
        return {}
    return {SITEMAP: sitemap({name: _home(name, address) + page.url for name in LANGUAGES} for page in pages)}


def _snippets(query: Queries) -> Files:
    """The configuration of each provider and client, in all its variants."""
    words = _words(query.catalogue, "snippet")
    return {
        f"{DATA}snippets/{provider}.{client}.json": _json(table(choices, words))
        for (provider, client), choices in query.snippet_choices.items()
    }


def _documents(query: Queries, address: str) -> Files:
    """A document for each provider, and the schema of all."""
    files = {SCHEMA: schema_text(urljoin(address, SCHEMA))}
    schema = urljoin(address, SCHEMA) if address else SCHEMA.rpartition("/")[2]
    for name, provider in query.catalogue.providers.items():
        made = document(query.catalogue, provider, query.recordings.get(name, ()))
        files[f"{DATA}{name}.json"] = document_text(made, schema)
    return files


def _feeds(query: Queries, address: str) -> Files:
    return {feed_path(language): _feed(query, address, language) for language in LANGUAGES} if address else {}


def _feed(query: Queries, address: str, language: str) -> str:
    catalogue = query.catalogue
    home = _home(language, address)
    say = {group: {name: text[language] for name, text in words.items()} for group, words in catalogue.words.items()}
    changes = [
        change
        for name, models in catalogue.models.items()
        for change in history(query.recordings.get(name, ()), models)
    ]

    def link(provider: str, name: str) -> str:
        return f"{home}{model_page(provider, name)}/" if catalogue.find(provider, name) else ""

    return feed(
        change_days(changes, say),
        language=language,
        page=f"{home}changes/",
        address=urljoin(address, feed_path(language)),
        names={name: provider.name[language] for name, provider in catalogue.providers.items()},
        say=say,
        link=link,
    )


def _words(catalogue: Catalogue, group: str) -> dict[str, dict[str, str]]:
    """Language -> word -> text, the way round in which a page needs one half of it."""
    words = catalogue.words[group]
    return {language: {name: text[language] for name, text in words.items()} for language in LANGUAGES}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
