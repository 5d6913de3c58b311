"""Tables of clients: how each reaches a provider, and what the forms of an address look like."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ...schema.client import Client
from ...schema.connection import Connection
from ...schema.endpoint import AddressForm
from ...schema.provider import Provider
from ...schema.ways import connection
from ...schema.words import NeededWord, choices
from ..columns import Arguments, Column, Layout, Table, itself
from ..queries import Queries


@dataclass(frozen=True)
class Reaches:
    """A client, a provider, and the way from one to the other."""

    client: Client
    provider: Provider
    connection: Connection


CLIENT = Layout(
    (
        Column(NeededWord("card", "provider"), "link.provider_guide", lambda row: Arguments(row.provider, row.client)),
        Column("choice", "value.text", lambda row: row.connection.choice),
        Column("address_form", "matrix.address_form", lambda row: row.connection),
        Column("variable", "value.code", lambda row: row.connection.variable),
        Column("client_temperature", "value.decimal", lambda row: row.connection.temperature, number=True),
    )
)
MATRIX = Layout((Column(NeededWord("card", "client"), "matrix.client", itself),), "kw-matrix")
FORMS = Layout((Column("address_form", "matrix.form", itself),))


@dataclass(frozen=True)
class ClientTables:
    """The tables of clients, as templates ask for them."""

    query: Queries

    def providers(self, client: Client) -> Table:
        """How a client reaches each provider."""
        return CLIENT.table(self._reaches(client))

    def matrix(self) -> Table:
        """A row for each client, a column for each provider."""
        return self._by_provider(MATRIX, _way).table(self.query.catalogue.clients.values())

    def forms(self) -> Table:
        """Each form of address, written out for every provider's first endpoint."""
        return self._by_provider(FORMS, _address).table(choices(AddressForm))

    def _by_provider(self, layout: Layout, column: Callable[[Provider], Column]) -> Layout:
        """The layout with a column more for each provider."""
        more = (column(provider) for provider in self.query.catalogue.providers.values())
        return Layout((*layout.columns, *more), layout.style)

    def _reaches(self, client: Client) -> Iterator[Reaches]:
        for provider, _ in self.query.guides(client=client):
            way = connection(client, provider)
            if way:
                yield Reaches(client, provider, way)


def _way(provider: Provider) -> Column:
    return Column(provider.name, "matrix.way", lambda client: Arguments(provider, client))


def _address(provider: Provider) -> Column:
    endpoint = next(iter(provider.speaking("chat")), provider.default_endpoint)
    return Column(provider.name, "value.code", endpoint.address, empty="nothing")
