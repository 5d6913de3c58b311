"""How a client reaches a provider: what a reader chooses and fills in, and with which address, key and package."""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from .endpoint import AddressForm, Auth, Endpoint, Protocol
from .fields import BaseUrl, Day, DayOrMonth, FieldName, Id, Record, Temperature, Text, Variable
from .model_ids import ModelId

SENT: dict[Protocol, Auth] = {
    "chat": "bearer",
    "responses": "bearer",
    "messages": "x-api-key",
    "generate": "x-goog-api-key",
}
"""Protocol -> what carries the key in the vendor's own library for it, and so in nearly every client."""


class DefaultTemperature(Record):
    """The temperature that the client sends when the user sets none."""

    value: Temperature | None = None
    """The number; left out where the client sends none."""
    since: Day | None = None
    """Since when."""
    source: Id
    """Which of the client's `sources` says so."""


class FormField(Record):
    """One thing that a reader does in the client, in order; guides make a step of each.

    Steps say more than the label where the catalogue knows more: an address that is built in is left empty, a region
    is the one that the key is from.
    """

    takes: Literal[
        "open",
        "click",
        "choose",
        "type",
        "switch",
        "test",
        "save",
        "fetch",
        "entry",
        "region",
        "name",
        "id",
        "key",
        "address",
        "model",
        "model-id",
        "model-switch",
        "other-model",
        "context",
        "file",
    ]
    """What to do, or what goes in: `open` a page, `click` a button, `choose` an item, `type` a command, `switch`
    something on, `test` whether it answers, `save`, `fetch` the models list; the `entry` to choose, the `region` of the
    key, a `name` and an `id` of the reader's own, the `key`, the `address`, the `model` to choose from a list, a
    `model-id` to type or a `model-switch` to turn on, the place for an `other-model` that the list lacks, the `context`
    window, the client's `file` with the configuration that guides show."""
    label: Id | None = None
    """Which of the client's `labels` is shown there; left out where the client shows none."""


class Native(Record):
    """How the client names a provider that it knows."""

    choice: Text
    """The entry to choose in its list of providers, or the prefix or type it uses."""
    protocol: Protocol = "chat"
    """The format in which it speaks with the provider."""
    endpoints: tuple[Id, ...] = ()
    """Which of the provider's endpoints are built into it, the one that it takes by itself first; left out where that
    is the provider's first endpoint alone."""
    default_address: BaseUrl | None = None
    """The address that it takes by itself, where that is none of the provider's `endpoints`."""
    choices: dict[Id, Text] = {}
    """Endpoint to the entry to choose for it, where that is another one."""
    regions: dict[Id, Id] = {}
    """Endpoint to the label of what to choose for it in the field that takes the `region`."""
    form: Id | None = None
    """Which of the client's `forms` a reader fills in."""
    address: AddressForm | None = None
    """The form of address it wants for this provider; left out where it asks for none."""
    address_variable: Variable | None = None
    """The environment variable it reads an address from that is not the one it has built in."""
    variable: Variable | None = None
    """The environment variable it reads the key from."""
    configured_as: Id | None = None
    """What its configuration calls the provider; left out where it has no such name, or none that is known."""
    package: Text | None = None
    """The package that speaks with the provider, for an entry of a reader's own making."""
    factory: FieldName | None = None
    """The function of that package that makes the provider, for those who program."""
    flags: dict[Literal["function_calling", "vision"], FieldName] = {}
    """Fact of a model to the name that it has in the client's configuration for this provider."""
    passes: tuple[FieldName, ...] = ()
    """Request fields that it knows this provider to take: it passes them on, if under the provider's own names.

    Given for a gateway, which may leave out what it does not know.
    """
    temperature: DefaultTemperature | None = None
    """The client's own default temperature for this provider."""
    models: tuple[ModelId, ...] = ()
    """Model ids written into the client."""
    models_seen: DayOrMonth | None = None
    """When that list was read."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the client's `sources` say so."""


class Compatible(Record):
    """How the client reaches any endpoint that speaks a protocol."""

    choice: Text
    """The entry to choose, or the package or prefix to use."""
    form: Id | None = None
    """Which of the client's `forms` a reader fills in."""
    address: AddressForm
    """The form of address it wants."""
    address_variable: Variable | None = None
    """The environment variable it reads the address from."""
    auth: tuple[Auth, ...] = ()
    """What it can be told to send the key in; left out where that is what the protocol's own vendor reads it from."""
    variable: Variable | None = None
    """The environment variable it reads the key from."""
    package: Text | None = None
    """The package that speaks with such an endpoint, for an entry of a reader's own making."""
    factory: FieldName | None = None
    """The function of that package that makes the provider, for those who program."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the client's `sources` say so."""


@dataclass(frozen=True)
class Connection:
    """A client's way to one endpoint: by the client's own entry for the provider, or as any compatible one."""

    endpoint: Endpoint
    """Where it leads."""
    entry: Native | Compatible
    """What the catalogue says of the way that the client has."""
    package: str | None
    """The package for an entry of a reader's own making: the provider's own where there is one."""
    protocol: Protocol = "chat"
    """The format in which they speak."""
    built_in: bool = False
    """Whether the client has the address, so that nobody has to write it."""

    @property
    def kind(self) -> Literal["native", "compatible"]:
        """Whether the client knows the provider by name."""
        return "native" if isinstance(self.entry, Native) else "compatible"

    @property
    def choice(self) -> str:
        """The entry to choose, or the prefix, type or package to use."""
        other = self.entry.choices.get(self.endpoint.id) if isinstance(self.entry, Native) else None
        return other or self.entry.choice

    @property
    def region(self) -> str | None:
        """The label of what to choose as the region; None where the client asks for none, or has none for it."""
        return self.entry.regions.get(self.endpoint.id) if isinstance(self.entry, Native) else None

    @property
    def asks(self) -> bool:
        """Whether the client has a place for an address."""
        return self.entry.address is not None

    @property
    def address(self) -> AddressForm:
        """The form of an address that the client wants: the base URL where it has no place for one."""
        return self.entry.address or "base"

    @property
    def base_url(self) -> str:
        """The endpoint's address in that form."""
        return self.endpoint.address(self.address, self.protocol) or self.endpoint.base_url

    @property
    def variable(self) -> str | None:
        """The environment variable that the client reads the key from by itself."""
        return self.entry.variable

    @property
    def address_variable(self) -> str | None:
        """The environment variable that the client reads the address from."""
        return self.entry.address_variable

    @property
    def default_address(self) -> str | None:
        """What the client calls by itself, where that is not the endpoint."""
        return self.entry.default_address if isinstance(self.entry, Native) else None

    @property
    def default_temperature(self) -> DefaultTemperature | None:
        """What the catalogue says of the temperature that the client sends when the user sets none."""
        return self.entry.temperature if isinstance(self.entry, Native) else None

    @property
    def temperature(self) -> float | None:
        """That temperature; None where it sends none, or nobody knows."""
        return self.default_temperature.value if self.default_temperature else None


@dataclass(frozen=True)
class Way:
    """One entry of a client and every endpoint of a provider that it leads to, the one to begin with first."""

    connections: tuple[Connection, ...]
    """The ways to the endpoints; never empty."""
    fields: tuple[FormField, ...]
    """What a reader does, in order; empty where the client's own text says it."""

    @property
    def first(self) -> Connection:
        """The one that steps are written for."""
        return self.connections[0]

    @property
    def others(self) -> tuple[Connection, ...]:
        """The rest: other regions, plans and keys."""
        return self.connections[1:]

    @property
    def opens(self) -> bool:
        """Whether the form itself says where in the client it is."""
        return bool(self.fields) and self.fields[0].takes in ("open", "type")

    def has(self, takes: str) -> bool:
        """Whether the form has a field that takes it."""
        return any(field.takes == takes for field in self.fields)

    def label(self, takes: str) -> str | None:
        """The label of the field that takes it; None where there is none."""
        return next((field.label for field in self.fields if field.takes == takes), None)
