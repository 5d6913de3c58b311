"""What the site gives to programs: a JSON document for each provider with its schema, and a feed for each language.

Pure: it says which file has which text, and writes none. Feeds and documents name themselves by absolute
addresses, so a site that does not know its own address has documents without a schema's address, and no feeds.
"""

from collections.abc import Mapping
from urllib.parse import urljoin

from ..evidence.history import history
from ..exports.changelog import change_days
from ..exports.feed import feed
from ..exports.provider_json import document, document_text, schema_text
from ..pages.queries import Queries
from ..schema.fields import LANGUAGES

FOLDER = "assets/data/"
SCHEMA = FOLDER + "provider.schema.json"
FEED = "changes.xml"


def feed_path(language: str) -> str:
    """Where the feed of `language` stands below the site's root; the first language lives at the root itself."""
    return FEED if language == LANGUAGES[0] else f"{language}/{FEED}"


def publications(query: Queries, address: str) -> Mapping[str, str]:
    """Path below the site's root -> text; `address` is the site's own, with a slash at its end, or empty."""
    files = {SCHEMA: schema_text(urljoin(address, SCHEMA))}
    schema = urljoin(address, SCHEMA) if address else SCHEMA.rpartition("/")[2]
    for name, provider in query.catalogue.providers.items():
        made = document(query.catalogue, provider, query.recordings.get(name, ()))
        files[f"{FOLDER}{name}.json"] = document_text(made, schema)
    if address:
        files |= {feed_path(language): _feed(query, address, language) for language in LANGUAGES}
    return files


def _feed(query: Queries, address: str, language: str) -> str:
    catalogue = query.catalogue
    home = urljoin(address, feed_path(language).removesuffix(FEED))
    say = {group: {name: text[language] for name, text in words.items()} for group, words in catalogue.words.items()}
    changes = [
        change
        for name, models in catalogue.models.items()
        for change in history(query.recordings.get(name, ()), models)
    ]

    def link(provider: str, name: str) -> str:
        known = catalogue.find(provider, name)
        return f"{home}models/{provider}/{name}/" if known else ""

    return feed(
        change_days(changes, say),
        language=language,
        page=f"{home}changes/",
        address=urljoin(address, feed_path(language)),
        names={name: provider.name[language] for name, provider in catalogue.providers.items()},
        say=say,
        link=link,
    )
