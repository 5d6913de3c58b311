"""What pages leave out for want of data: nothing is wrong with it, and each line says what would fill the place."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from ..evidence.recording import Recording
from ..schema.catalogue import Catalogue
from ..schema.client import Client
from ..schema.endpoint import PROTOCOLS
from ..schema.provider import Provider
from ..schema.ways import ways
from ..source.problem import Problem

OF_A_MODEL = ("context", "function_calling", "vision")
"""What a guide says first of the model that it recommends, and its configuration tells the client."""


def wanting(root: Path, catalogue: Catalogue, recordings: Mapping[str, tuple[Recording, ...]]) -> list[Problem]:
    """One line for each thing that would make a page fuller, at the file that would say it."""
    found: list[Problem] = []
    for provider in catalogue.providers.values():
        file = f"data/providers/{provider.id}.yml"
        said = [*_of_provider(root, provider, bool(recordings.get(provider.id))), *_of_start(catalogue, provider)]
        found += [Problem(file, catalogue.line(file, *keys) or 1, 1, text) for keys, text in said]
        if not any(ways(client, provider) for client in catalogue.clients.values()):
            found.append(Problem(file, 1, 1, "no client has a way to it; say in `data/clients` which speak it"))
    for client in catalogue.clients.values():
        file = f"data/clients/{client.id}.yml"
        found += [Problem(file, catalogue.line(file, *keys) or 1, 1, text) for keys, text in _of_client(client)]
    return found


Said = Iterator[tuple[tuple[str, ...], str]]
"""The keys of the record that a line is about, and the line."""


def _of_provider(root: Path, provider: Provider, recorded: bool) -> Said:
    if not recorded and any("models" in endpoint.routes for endpoint in provider.endpoints.values()):
        yield (), f"nobody has recorded its models list; `keyway record {provider.id}` does, with its key"
    page = root / "docs" / "en" / "providers" / provider.id / "index.md"
    if provider.keys and not (page.is_file() and "{% block key %}" in page.read_text(encoding="utf-8")):
        yield ("keys",), "how a key is made is not told step by step; fill the block `key` in its index.md in `docs`"
    if not provider.plans:
        yield (), "`plans` are missing; say what it costs, with who saw it and when"
    for name, plan in provider.plans.items():
        if not plan.observations and not plan.levels:
            yield (
                ("plans", name),
                f"the plan {name} has no `observations`; say what an account got, and when",
            )
    for field, what in (("requests", "which fields its requests take"), ("errors", "how it refuses")):
        if not getattr(provider, field):
            yield (), f"`{field}` are missing; say {what}"
    unknown = [protocol for protocol in PROTOCOLS if provider.speech(protocol) == "unknown"]
    if unknown:
        yield (
            (),
            f"whether it speaks {', '.join(unknown)} is not known; give a route, or `not_offered` and who says so",
        )


def _of_start(catalogue: Catalogue, provider: Provider) -> Said:
    for name in dict.fromkeys(filter(None, (provider.recommended, provider.recommended_free))):
        model = catalogue.model(provider.id, name)
        missing = [field for field in OF_A_MODEL if getattr(model, field) is None]
        if missing:
            fields = ", ".join(f"`{field}`" for field in missing)
            yield (), f"guides recommend {name}, of which {fields} {'is' if len(missing) == 1 else 'are'} not known"


def _of_client(client: Client) -> Said:
    forms = [way.form for way in client.native.values()] + [way.form for way in client.compatible.values()]
    if None in forms and not client.config:
        yield (), "it has neither a form nor a file for every way, so its steps are general; write what it asks for"
    unknown = [protocol for protocol in PROTOCOLS if client.speech(protocol) == "unknown"]
    if unknown:
        yield (), f"whether it speaks {', '.join(unknown)} with any host is not known; say so, with who says it"
