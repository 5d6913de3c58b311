"""Whom tests write snippets for: every subject of the catalogue, and records that no change of the catalogue moves."""

from collections.abc import Iterator
from functools import cache
from types import MappingProxyType

import yaml
from keyway.exports.snippets import WRITERS, Block, snippets
from keyway.loading.load import load_catalogue
from keyway.schema.catalogue import Catalogue
from keyway.schema.client import Client
from keyway.schema.endpoint import Endpoint
from keyway.schema.model import Model
from keyway.schema.provider import Provider

from support.paths import PROJECT

RECORDS = PROJECT / "tests" / "cases" / "snippets" / "records.yml"

Subject = tuple[Client, Provider, Endpoint, Model, str]


@cache
def catalogue() -> Catalogue:
    """The real one."""
    return load_catalogue(PROJECT)


@cache
def records() -> tuple[Provider, MappingProxyType[str, Model]]:
    """The made-up provider and its models."""
    data = yaml.safe_load(RECORDS.read_text(encoding="utf-8"))
    provider = Provider(id="mistral", **data["provider"])
    models = {name: Model(id=name, provider=provider.id, **facts) for name, facts in data["models"].items()}
    return provider, MappingProxyType(models)


def inputs() -> Iterator[Subject]:
    """Every client with a file or code x provider x endpoint x model for chat x each of its ids."""
    known = catalogue()
    for provider, client in known.pairs():
        if client.id not in WRITERS:
            continue
        for endpoint in provider.endpoints.values():
            for model in known.models[provider.id].values():
                if model.kind == "chat" and (endpoint.models == "all" or model.id in endpoint.models):
                    for name in model.ids:
                        yield client, provider, endpoint, model, name


def speaking(client: Client, provider: Provider, **changes: str) -> Provider:
    """`provider`, its endpoints with the route of what the client speaks where that is not chat, and with `changes`."""
    protocol = next(iter(client.compatible), "chat")
    route = {"messages": "/messages", "responses": "/responses"}.get(protocol)
    auth = "x-api-key" if protocol == "messages" else "bearer"
    update = {"routes": {protocol: route}, "auth": auth, **changes} if route else dict(changes)
    endpoints = {name: one.model_copy(update=update) for name, one in provider.endpoints.items()}
    return provider.model_copy(update={"endpoints": endpoints})


def whose(subject: Subject) -> str:
    """The words for a subject when something of it breaks."""
    client, provider, endpoint, _, name = subject
    return f"{client.id}, {provider.id} ({endpoint.id}), {name}"


def written() -> Iterator[tuple[str, Subject, Block]]:
    """Every block of every subject, with words that say whose it is when it breaks."""
    for subject in inputs():
        for block in snippets(*subject):
            yield f"{whose(subject)}: {block.title} {block.file or ''}", subject, block
