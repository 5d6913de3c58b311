"""How a client reaches a provider: what a reader chooses in it, and which address, key and package go with that."""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from .endpoint import AddressForm, Endpoint
from .fields import Day, DayOrMonth, FieldName, Id, Record, Temperature, Text, Variable
from .model_ids import ModelId


class DefaultTemperature(Record):
    """The temperature that the client sends when the user sets none."""

    value: Temperature | None = None
    """The number; left out where the client sends none."""
    since: Day | None = None
    """Since when."""
    source: Id
    """Which of the client's `sources` says so."""


class Native(Record):
    """How the client names a provider that it knows."""

    choice: Text
    """The entry to choose in its list of providers, or the prefix or type it uses."""
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
    """How the client reaches any endpoint that speaks OpenAI's format."""

    choice: Text
    """The entry to choose, or the package or prefix to use."""
    address: AddressForm
    """The form of address it wants."""
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
    """One way from a client to an endpoint: by the client's own entry for the provider, or as any compatible one."""

    endpoint: Endpoint
    """Where it leads."""
    entry: Native | Compatible
    """What the catalogue says of the way that the client has."""
    package: str | None
    """The package for an entry of a reader's own making: the provider's own where there is one."""

    @property
    def kind(self) -> Literal["native", "compatible"]:
        """Whether the client knows the provider by name."""
        return "native" if isinstance(self.entry, Native) else "compatible"

    @property
    def choice(self) -> str:
        """The entry to choose, or the prefix, type or package to use."""
        return self.entry.choice

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
        return self.endpoint.address(self.address) or self.endpoint.base_url

    @property
    def variable(self) -> str | None:
        """The environment variable that the client reads the key from by itself."""
        return self.entry.variable

    @property
    def default_temperature(self) -> DefaultTemperature | None:
        """What the catalogue says of the temperature that the client sends when the user sets none."""
        return self.entry.temperature if isinstance(self.entry, Native) else None

    @property
    def temperature(self) -> float | None:
        """That temperature; None where it sends none, or nobody knows."""
        return self.default_temperature.value if self.default_temperature else None
