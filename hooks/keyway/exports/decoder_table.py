"""How to tell a provider's errors apart and what a model id means, as plain JSON for the decoder on the site.

It carries conditions and facts only; what an error means for the reader stands on the page of that error.
"""

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from typing import Any, Literal, NotRequired, TypedDict

from ..schema.catalogue import Catalogue
from ..schema.endpoint import Endpoint
from ..schema.errors import SENTENCES, ErrorAnswer
from ..schema.fields import LANGUAGES, Passage
from ..schema.fields import Localized as Text
from ..schema.intermediary import Intermediary
from ..schema.model import Model
from ..schema.provider import Provider

Localized = dict[str, str]
"""Language -> text."""


class ErrorConditions(TypedDict):
    """How to tell an error, and what is known of it."""

    status: list[int]
    match: dict[str, Any]
    says: list[str]
    types: list[str]
    codes: list[str]
    retry: str
    seen: str
    title: Localized
    meaning: NotRequired[Localized]
    steps: NotRequired[list[Localized]]


class ModelMeaning(TypedDict):
    """What an id means: whether it answers on the day of the table, the day of its end, and what takes its place.

    `weights` where documents or weights alone have the name, and no list.
    """

    aliases: list[str]
    state: str
    retired: NotRequired[str]
    weights: NotRequired[bool]
    successor: NotRequired[str]


class Base(TypedDict):
    """A base URL, and the paths of the routes behind it."""

    url: str
    routes: list[str]


class ProviderTable(TypedDict):
    """One provider: `called` are names by which a text points to it, `list` the vendor's own table of errors."""

    name: Localized
    called: list[str]
    list: NotRequired[Localized]
    bases: list[Base]
    hosts: dict[str, list[str] | Literal["all"]]
    own_headers: list[str]
    renames: dict[str, str]
    errors: dict[str, ErrorConditions]
    models: dict[str, ModelMeaning]


class IntermediaryTable(TypedDict):
    """What stands between: `any_provider` for HTTP itself, `marks` what it writes around the errors of others."""

    name: Localized
    any_provider: bool
    marks: list[str]
    does: NotRequired[Localized]
    errors: dict[str, ErrorConditions]


class DecoderTable(TypedDict):
    """All that the decoder knows.

    `sentences` are the members of a body that hold words for people, `phrases` what HTTP calls a status.
    """

    sentences: list[str]
    phrases: dict[str, str]
    intermediaries: dict[str, IntermediaryTable]
    providers: dict[str, ProviderTable]


def decoder_table(catalogue: Catalogue, day: date) -> DecoderTable:
    """Every error and every id of every provider as of `day`, ready for JSON."""
    providers = catalogue.providers.items()
    return {
        "sentences": list(SENTENCES),
        "phrases": {str(status.value): status.phrase.lower() for status in HTTPStatus if status >= 400},
        "intermediaries": {name: _between(catalogue, one) for name, one in catalogue.intermediaries.items()},
        "providers": {name: _provider(catalogue, one, day) for name, one in providers},
    }


def _provider(catalogue: Catalogue, provider: Provider, day: date) -> ProviderTable:
    titles = catalogue.words.get("error", {})
    models = catalogue.models.get(provider.id, {}).values()
    table: ProviderTable = {
        "name": _localized(provider.name),
        "called": [provider.id, *provider.called],
        "bases": [_base(endpoint) for endpoint in provider.endpoints.values() if not endpoint.local],
        "hosts": _hosts(provider, models),
        "own_headers": list(provider.own_headers),
        "renames": {source: target for route in provider.requests.values() for source, target in route.renames.items()},
        "errors": {name: _error(answer, _localized(titles[name])) for name, answer in provider.errors.items()},
        "models": {model.id: model_meaning(catalogue, model, day) for model in models},
    }
    subject = next((name for name in ("errors", "api") if name in provider.documentation), None)
    if subject:
        table["list"] = {language: provider.documentation_page(subject, language) for language in LANGUAGES}
    return table


def _between(catalogue: Catalogue, one: Intermediary) -> IntermediaryTable:
    titles = catalogue.words.get("error", {})
    table: IntermediaryTable = {
        "name": _localized(one.name),
        "any_provider": one.any_provider,
        "marks": list(one.wraps.marks) if one.wraps else [],
        "errors": {name: _error(answer, _localized(titles[name])) for name, answer in one.errors.items()},
    }
    if one.wraps:
        table["does"] = _localized(one.wraps.does)
    return table


def _base(endpoint: Endpoint) -> Base:
    return {"url": endpoint.base_url, "routes": list(endpoint.routes.values())}


def _localized(text: Text | Passage) -> Localized:
    return {language: text[language] for language in LANGUAGES}


def _hosts(provider: Provider, models: Iterable[Model]) -> dict[str, list[str] | Literal["all"]]:
    """Host -> which models it serves; where two endpoints share a host, all that either serves."""
    hosts: dict[str, list[str] | Literal["all"]] = {}
    for endpoint in provider.endpoints.values():
        if endpoint.local:
            continue  # every tool's own server stands there
        known = hosts.get(endpoint.host, [])
        if known == "all" or endpoint.models == "all":
            hosts[endpoint.host] = "all"
        else:
            hosts[endpoint.host] = sorted({*known, *(model.id for model in models if endpoint.serves(model.id))})
    return hosts


def _error(answer: ErrorAnswer, title: Localized) -> ErrorConditions:
    conditions: ErrorConditions = {
        "status": list(answer.status),
        "match": answer.match.model_dump(exclude_defaults=True),
        "says": list(answer.sentences),
        "types": list(answer.told("type")),
        "codes": list(answer.told("code")),
        "retry": answer.retry,
        "seen": answer.seen,
        "title": title,
    }
    if answer.meaning:
        conditions["meaning"] = _localized(answer.meaning)
    if answer.steps:
        conditions["steps"] = [_localized(step) for step in answer.steps]
    return conditions


def model_meaning(catalogue: Catalogue, model: Model, day: date) -> ModelMeaning:
    """What the id of `model` and its aliases mean on `day`."""
    table: ModelMeaning = {"aliases": list(model.aliases), "state": model.state(day)}
    if model.unlisted in ("no-api-id", "unverified"):
        table["weights"] = True
    if model.retired:
        table["retired"] = model.retired.isoformat()
    successor = catalogue.successor(model, day)
    if successor:
        table["successor"] = successor.id
    return table
