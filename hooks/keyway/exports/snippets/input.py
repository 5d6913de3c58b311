"""What a snippet is about, and what it is made of."""

from dataclasses import dataclass
from typing import Annotated, Literal

from ...schema.client import Client
from ...schema.connection import Connection
from ...schema.endpoint import AddressForm, Endpoint
from ...schema.model import Model
from ...schema.provider import Provider
from ...schema.words import Worded

QUESTION = "Say hello."
"""What the examples ask; English in every language, as code is."""


BlockTitle = Annotated[
    Literal["install", "file", "secret", "own_key", "start", "ask", "chat", "stream", "fim"], Worded("snippet")
]


@dataclass(frozen=True)
class Block:
    """One text to paste: where it goes, in which language it is written, and what it does.

    `title` says what it is for; `file` is where the client looks for it, None for a command.
    `main` marks the one block that holds the client's configuration, or the program.
    """

    title: BlockTitle
    language: str
    text: str
    file: str | None = None
    main: bool = False


@dataclass(frozen=True)
class SnippetInput:
    """One client's way to one endpoint, with one model; `name` is the id or alias that requests give."""

    client: Client
    provider: Provider
    connection: Connection
    model: Model
    name: str

    @property
    def endpoint(self) -> Endpoint:
        """The endpoint that the snippet asks."""
        return self.connection.endpoint

    @property
    def variable(self) -> str | None:
        """The environment variable with the key of this endpoint; None where it takes none."""
        key = self.provider.key_of(self.endpoint)
        return key.variable if key else None

    @property
    def first(self) -> bool:
        """Whether this is the endpoint that the provider is known by."""
        return self.endpoint.id == self.provider.default_endpoint.id

    @property
    def entry(self) -> str:
        """A name for the endpoint in a list of providers: `mistral`, `zhipu-china`."""
        return self.provider.id if self.first else f"{self.provider.id}-{self.endpoint.id}"

    @property
    def file(self) -> str:
        """Where the client looks for its configuration."""
        if self.client.config is None:
            raise LookupError(f"{self.client.id} takes no file")
        return self.client.config.file

    def address(self, form: AddressForm) -> str:
        """The endpoint's address in one of the forms."""
        return self.endpoint.address(form) or self.endpoint.base_url
