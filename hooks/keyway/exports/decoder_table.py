"""How to tell a provider's errors apart and what a model id means, as plain JSON for the decoder on the site.

It carries conditions and facts only; what an error means for the reader stands on the page of that error.
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from ..schema.catalogue import Catalogue
from ..schema.errors import ErrorAnswer
from ..schema.fields import LANGUAGES
from ..schema.model import Model
from ..schema.provider import Provider
from .request_rules import refused, renames

Table = dict[str, Any]

ID_FACTS = ("retired", "replacement", "routed_to", "unlisted")
"""What the decoder says of an id beside the model that it means."""


def decoder_table(catalogue: Catalogue) -> Table:
    """Every error and every id of every provider, ready for JSON.

    `{"providers": {id: {"name", "hosts": {host: "all" or [id]}, "own_headers": [name], "renames": {field: field},
    "refused": [field], "errors": {id: {"status", "match", "says", "retry", "seen", "title"}}, "models": {id: {"name",
    "aliases", …}}}}}`;
    names and titles are `{language: text}`.
    """
    titles = catalogue.words.get("error", {})
    return {
        "providers": {
            name: {
                "name": _localized(provider.name),
                "hosts": _hosts(provider),
                "own_headers": list(provider.own_headers),
                "renames": {
                    source: target for route in provider.requests.values() for source, target in renames(route).items()
                },
                "refused": sorted({field for route in provider.requests.values() for field in refused(route)}),
                "errors": {
                    error: {**_error(answer), "title": _localized(titles[error])}
                    for error, answer in provider.errors.items()
                },
                "models": {model.id: _model(model) for model in catalogue.models.get(name, {}).values()},
            }
            for name, provider in catalogue.providers.items()
        },
    }


def _localized(text: Any) -> dict[str, str]:
    return {language: text[language] for language in LANGUAGES}


def _hosts(provider: Provider) -> Table:
    """Host -> which models it serves; where two endpoints share a host, all that either serves."""
    hosts: Table = {}
    for endpoint in provider.endpoints.values():
        host = urlsplit(endpoint.base_url).hostname
        known = hosts.get(host, [])
        served = "all" if "all" in (endpoint.models, known) else sorted({*known, *endpoint.models})
        hosts[host] = served
    return hosts


def _error(answer: ErrorAnswer) -> Table:
    return {
        "status": list(answer.status),
        "match": answer.match.model_dump(exclude_defaults=True),
        "says": sorted({text for body in (answer.body, *answer.other_bodies) if body for text in _messages(body)}),
        "retry": answer.retry,
        "seen": answer.seen,
    }


def _messages(body: str) -> Iterator[str]:
    """The sentences of a recorded body; none that the record itself cuts short."""
    try:
        value = json.loads(body)
    except ValueError:
        return
    stack = [value]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack += value
        elif isinstance(value, dict):
            for name in ("message", "detail", "error", "msg"):
                inner = value.get(name)
                if isinstance(inner, str) and "…" not in inner:
                    yield inner
                elif isinstance(inner, (dict, list)):
                    stack.append(inner)


def _model(model: Model) -> Table:
    facts = model.model_dump(mode="json", include=set(ID_FACTS), exclude_none=True)
    return {"name": model.name, "aliases": list(model.aliases), **facts}
