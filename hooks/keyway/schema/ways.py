"""Which ways lead from a client to a provider: only those whose protocol, address and header fit on both sides."""

from collections.abc import Iterator

from .client import Client
from .connection import SENT, Compatible, Connection, Native, Way
from .endpoint import TAILS, Endpoint, Protocol
from .provider import Provider


def ways(client: Client, provider: Provider) -> tuple[Way, ...]:
    """Every way, the one to recommend first: the client's own entry, then its compatible ones in the client's order.

    Where no form is filled in, as with a file or a program, a compatible way leads to what the own entry does not
    reach: to the rest, one file is enough.
    """
    found = []
    native = client.native.get(provider.id)
    if native:
        found.append(_way(client, native, _by_native(client, provider, native)))
    reached = {connection.endpoint.id for way in found if way for connection in way.connections}
    for protocol, compatible in client.compatible.items():
        connections = _by_compatible(provider, native, protocol, compatible)
        if compatible.form is None:
            connections = (one for one in connections if one.endpoint.id not in reached)
        found.append(_way(client, compatible, connections))
    return tuple(way for way in found if way)


def connection(client: Client, provider: Provider, endpoint: Endpoint | None = None) -> Connection | None:
    """The way to recommend to `endpoint`, or to the provider at all; None where there is none."""
    for way in ways(client, provider):
        for one in way.connections:
            if endpoint is None or one.endpoint.id == endpoint.id:
                return one
    return None


def _way(client: Client, entry: Native | Compatible, connections: Iterator[Connection]) -> Way | None:
    """The way by one entry; addresses of a plan come after those that anybody can use."""
    order = tuple(sorted(connections, key=lambda one: (one.endpoint.plan is not None, one.endpoint.models != "all")))
    if not order:
        return None
    fields = client.forms[entry.form] if entry.form else ()
    return Way(order, tuple(one for one in fields if one.takes != "region" or order[0].region))


def _by_native(client: Client, provider: Provider, native: Native) -> Iterator[Connection]:
    chat = client.compatible.get(native.protocol)
    package = native.package or (chat.package if chat else None)
    own = native.endpoints or (() if native.default_address else (provider.default_endpoint.id,))
    first = provider.endpoints[own[0]] if own else provider.default_endpoint
    for endpoint in provider.speaking(native.protocol):
        known = endpoint.id in own or endpoint.id in native.choices or endpoint.id in native.regions
        if known or _replaces(native, first, endpoint):
            yield Connection(endpoint, native, package, native.protocol, known)


def _by_compatible(
    provider: Provider, native: Native | None, protocol: Protocol, compatible: Compatible
) -> Iterator[Connection]:
    package = (native.package if native and native.protocol == protocol else None) or compatible.package
    for endpoint in provider.speaking(protocol):
        if _takes(compatible, protocol, endpoint):
            yield Connection(endpoint, compatible, package, protocol)


def _replaces(native: Native, built_in: Endpoint, endpoint: Endpoint) -> bool:
    """Whether an address can take the place of the built-in one: below a bare host, the client adds the path it has."""
    if native.address is None and native.address_variable is None:
        return False
    address = endpoint.address(native.address or "base", native.protocol)
    return address is not None and (
        native.address != "root" or endpoint.path(native.protocol) == built_in.path(native.protocol)
    )


def _takes(compatible: Compatible, protocol: Protocol, endpoint: Endpoint) -> bool:
    """Whether the entry can be given the endpoint's address, and sends its key as the endpoint wants it."""
    sent = compatible.auth or (SENT[protocol],)
    if endpoint.auth != "none" and endpoint.auth not in sent:
        return False
    if compatible.address == "root":
        return endpoint.path(protocol) == "/v1" + TAILS[protocol]
    return endpoint.address(compatible.address, protocol) is not None
