"""Which endpoints and models a guide offers a snippet for, and all of its variants in a form that a page can swap in.

A page shows one variant and lists a few more; the rest is data, written as lines with their colours, so that a page
puts together what this project wrote and tested, and escapes nothing by itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypedDict

from ...schema.client import Client
from ...schema.endpoint import Endpoint
from ...schema.model import Model
from ...schema.provider import Provider
from . import Block, snippets
from .highlighting import highlighted


@dataclass(frozen=True)
class Variant:
    """The blocks for one endpoint and one id."""

    endpoint: Endpoint
    model: Model
    name: str
    variable: str | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Choices:
    """What a guide offers: `start` is shown, `others` are listed below it, `variants` are all there are.

    `starts` is what each endpoint begins with.
    """

    start: Variant
    others: tuple[Variant, ...]
    starts: Mapping[str, Variant]
    variants: tuple[Variant, ...]


def choices(client: Client, provider: Provider, models: Iterable[Model]) -> Choices | None:
    """The variants of a guide for `models`, in the order of the catalogue; None where there are none."""
    variants = tuple(_variants(client, provider, tuple(models)))
    if not variants:
        return None
    found = {endpoint: _first(provider, variants, endpoint) for endpoint in provider.endpoints}
    starts = {endpoint: variant for endpoint, variant in found.items() if variant}
    start = next(iter(starts.values()))
    free = [
        variant
        for variant in variants
        if variant.endpoint is start.endpoint and variant.name == provider.recommended_free and variant is not start
    ]
    return Choices(start, (*free, *list(starts.values())[1:]), starts, variants)


def _variants(client: Client, provider: Provider, models: tuple[Model, ...]) -> Iterable[Variant]:
    for endpoint in provider.endpoints.values():
        for model in models:
            if not endpoint.serves(model.id):
                continue
            for name in model.ids:
                blocks = snippets(client, provider, endpoint, model, name)
                if blocks:
                    key = provider.key_of(endpoint)
                    yield Variant(endpoint, model, name, key.variable if key else None, blocks)


def _first(provider: Provider, variants: tuple[Variant, ...], endpoint: str) -> Variant | None:
    """What an endpoint begins with: the recommended model where it serves it, else the free one, else its first."""
    here = {variant.name: variant for variant in variants if variant.endpoint.id == endpoint}
    wanted = (provider.recommended, provider.recommended_free)
    return next((here[name] for name in wanted if name in here), next(iter(here.values()), None))


Words = Mapping[str, Mapping[str, str]]
"""Language -> word -> text."""


class BlockTable(TypedDict):
    """A block: what it is for, where it goes, and the numbers of its lines."""

    title: str
    file: str | None
    lines: list[int]


class ModelTable(TypedDict):
    """A model: for each of its ids the numbers of its blocks."""

    name: str
    ids: dict[str, list[int]]


class EndpointTable(TypedDict):
    """An endpoint; `start` is the id that it begins with."""

    id: str
    name: dict[str, str]
    variable: str | None
    start: str
    models: list[ModelTable]


class SnippetTable(TypedDict):
    """All variants; lines and blocks that many of them share stand here once and are named by their number.

    A line is a class, a text, a class, a text, and so on; `start` is the endpoint that a page begins with.
    """

    lines: list[list[str]]
    blocks: list[BlockTable]
    endpoints: list[EndpointTable]
    start: str
    words: Words


def table(offered: Choices, words: Words) -> SnippetTable:
    """All variants, ready for JSON."""
    lines: dict[tuple[str, ...], int] = {}
    blocks: dict[Block, int] = {}
    written: list[BlockTable] = []
    endpoints: dict[str, EndpointTable] = {}
    models: dict[tuple[str, str], ModelTable] = {}
    for variant in offered.variants:
        name = variant.endpoint.id
        if name not in endpoints:
            endpoints[name] = {
                "id": name,
                "name": variant.endpoint.name.model_dump(),
                "variable": variant.variable,
                "start": offered.starts[name].name,
                "models": [],
            }
        for block in variant.blocks:
            if block not in blocks:
                blocks[block] = len(blocks)
                numbers = [lines.setdefault(line, len(lines)) for line in highlighted(block.text, block.language)]
                written.append({"title": block.title, "file": block.file, "lines": numbers})
        if (name, variant.model.id) not in models:
            models[name, variant.model.id] = {"name": variant.model.name, "ids": {}}
            endpoints[name]["models"].append(models[name, variant.model.id])
        models[name, variant.model.id]["ids"][variant.name] = [blocks[block] for block in variant.blocks]
    return {
        "lines": [list(line) for line in lines],
        "blocks": written,
        "endpoints": list(endpoints.values()),
        "start": offered.start.endpoint.id,
        "words": words,
    }
