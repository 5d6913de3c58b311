"""The names that a template sees on one page in one language."""

from collections.abc import Callable, Mapping

from ..records.catalogue import Words
from ..records.client import Client
from ..records.provider import Provider
from .facts import Facts
from .links import file_links, page_links
from .routes import Page


class Names:
    """Words by name; a name that does not exist is an error of the template, not an empty text.

    Only items, no attributes, so that a word may be called `items` or `keys`.
    """

    def __init__(self, entries: Mapping[str, object]) -> None:
        self._entries = entries

    def __getitem__(self, name: str) -> object:
        return self._entries[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries


def words_in(words: Words, language: str) -> Names:
    """Group -> word -> text in `language`."""
    return Names(
        {group: Names({name: text[language] for name, text in entries.items()}) for group, entries in words.items()}
    )


def context(facts: Facts, words: Names, page: Page, language: str, addresses: frozenset[str]) -> dict[str, object]:
    """The names that the templates of `page` see."""
    provider = facts.catalogue.providers.get(page.subjects.get("provider", ""))
    client = facts.catalogue.clients.get(page.subjects.get("client", ""))
    names: dict[str, object] = {
        "asset": file_links(page, language),
        "catalogue": facts.catalogue,
        "day": facts.day,
        "facts": facts,
        "href": page_links(page, addresses),
        "language": language,
        "page": page,
        "words": words,
    }
    if provider:
        names["provider"] = provider
        names["console"] = _label(provider, language)
        if "model" in page.subjects:
            names["model"] = facts.catalogue.models[provider.id][page.subjects["model"]]
        if "alias" in page.subjects:
            names["alias"] = page.subjects["alias"]
            names["model"] = facts.catalogue.aliases(provider.id)[page.subjects["alias"]]
        if "error" in page.subjects:
            names["error"] = provider.errors[page.subjects["error"]]
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
