"""How one client reaches one provider, and which model ids it has written into it.

Reads two records and the catalogue; what it means for a reader is said in `docs/`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ..schema.catalogue import Catalogue
from ..schema.client import AddressForm, Client
from ..schema.provider import Provider


@dataclass(frozen=True)
class Connection:
    """How a client reaches a provider: by an entry of its own, or as any endpoint in OpenAI's format.

    `asks` says whether the client has a place for an address; `address` is its form, or the base
    form where it has none. `variable` is the one that the client reads the key from by itself.
    """

    kind: Literal["native", "compatible"]
    choice: str
    address: AddressForm
    asks: bool
    variable: str | None = None
    temperature: float | None = None


def connection(provider: Provider, client: Client) -> Connection | None:
    """How `client` reaches `provider`; None where it cannot."""
    native = client.native.get(provider.id)
    if native:
        temperature = native.temperature.value if native.temperature else None
        form = native.address or "base"
        return Connection("native", native.choice, form, native.address is not None, native.variable, temperature)
    if client.compatible:
        ours = client.compatible
        return Connection("compatible", ours.choice, ours.address, True, ours.variable)
    return None


def built_in_ids(provider: Provider, client: Client) -> Iterator[str]:
    """The model ids that the client brings along for the provider."""
    native = client.native.get(provider.id)
    yield from native.models if native else ()


def retired_ids(catalogue: Catalogue, provider: Provider, client: Client, day: date) -> list[str]:
    """Those of the client's ids that the provider no longer serves on `day`, as far as is known."""
    found = ((name, catalogue.find(provider.id, name)) for name in built_in_ids(provider, client))
    return [name for name, model in found if model is not None and model.state(day) == "retired"]


def unknown_ids(catalogue: Catalogue, provider: Provider, client: Client) -> list[str]:
    """Those of the client's ids that the catalogue has neither as an id nor as an alias."""
    return [name for name in built_in_ids(provider, client) if catalogue.find(provider.id, name) is None]
