"""How to tell a provider's errors apart and what a model id means, as plain JSON for the decoder on the site.

It carries conditions and facts only; what an error means for the reader stands on the page of that error.
"""

from datetime import date
from typing import Any

from ..schema.catalogue import Catalogue
from ..schema.errors import SENTENCES, ErrorAnswer
from ..schema.fields import LANGUAGES
from ..schema.model import Model
from ..schema.provider import Provider
from .request_rules import renames

Table = dict[str, Any]


def decoder_table(catalogue: Catalogue, day: date) -> Table:
    """Every error and every id of every provider as of `day`, ready for JSON.

    `{"sentences": [member], "providers": {id: {"name", "hosts": {host: "all" or [id]}, "own_headers": [name],
    "renames": {field: field}, "errors": {id: {"status", "match", "says", "retry", "seen", "title"}},
    "models": {id: {"aliases", "state", "retired", "successor"}}}}}`; names and titles are `{language: text}`.
    """
    titles = catalogue.words.get("error", {})
    return {
        "sentences": list(SENTENCES),
        "providers": {
            name: {
                "name": _localized(provider.name),
                "hosts": _hosts(provider),
                "own_headers": list(provider.own_headers),
                "renames": {
                    source: target for route in provider.requests.values() for source, target in renames(route).items()
                },
                "errors": {
                    error: {**_error(answer), "title": _localized(titles[error])}
                    for error, answer in provider.errors.items()
                },
                "models": {
                    model.id: _model(catalogue, model, day) for model in catalogue.models.get(name, {}).values()
                },
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
        host = endpoint.host
        known = hosts.get(host, [])
        served = "all" if "all" in (endpoint.models, known) else sorted({*known, *endpoint.models})
        hosts[host] = served
    return hosts


def _error(answer: ErrorAnswer) -> Table:
    return {
        "status": list(answer.status),
        "match": answer.match.model_dump(exclude_defaults=True),
        "says": list(answer.sentences),
        "retry": answer.retry,
        "seen": answer.seen,
    }


def _model(catalogue: Catalogue, model: Model, day: date) -> Table:
    """What an id means: whether it answers on `day`, the day of its end, and the model that takes its place."""
    table: Table = {"aliases": list(model.aliases), "state": model.state(day)}
    if model.retired:
        table["retired"] = model.retired.isoformat()
    successor = catalogue.successor(model, day)
    if successor:
        table["successor"] = successor.id
    return table
