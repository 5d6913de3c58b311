"""Every table of the site: which columns it has, and which rows."""

from dataclasses import dataclass

from ..columns import Layout
from ..queries import Queries
from . import clients, models, providers, requests
from .clients import ClientTables
from .models import ModelTables
from .providers import ProviderTables
from .requests import RequestTables

LAYOUTS = tuple(
    layout
    for module in (clients, models, providers, requests)
    for layout in vars(module).values()
    if isinstance(layout, Layout)
)
"""The layouts of all tables; the matrix of clients has a column more for each provider."""

WORDS = frozenset(column.word for layout in LAYOUTS for column in layout.columns if column.word)
"""The words that head columns."""


@dataclass(frozen=True)
class Tables:
    """The tables of a site by what they are about, as templates see them."""

    models: ModelTables
    providers: ProviderTables
    clients: ClientTables
    requests: RequestTables


def tables(query: Queries) -> Tables:
    """The tables that answer from `query`."""
    return Tables(ModelTables(query), ProviderTables(query), ClientTables(query), RequestTables(query))
