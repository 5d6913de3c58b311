"""What the catalogue says of one client: a tool, or a library, that people reach models with."""

from typing import Annotated, Literal

from pydantic import Field

from .fields import (
    Address,
    Citation,
    Day,
    DayOrMonth,
    FieldName,
    Flag,
    Id,
    KeyedRecord,
    Label,
    Record,
    Temperature,
    Text,
    Variable,
)
from .words import Worded

AddressForm = Annotated[Literal["root", "base", "base-slash", "chat"], Worded("address")]
Platform = Literal[
    "vscode",
    "jetbrains",
    "windows",
    "macos",
    "linux",
    "web",
    "ios",
    "android",
    "docker",
    "terminal",
    "python",
    "node",
    "browser",
]


class Lifecycle(Record):
    """Whether the client is still made."""

    state: Annotated[Literal["active", "final", "ended"], Worded("lifecycle")]
    """active; final (a last version exists, read-only since); ended (shut down)."""
    since: DayOrMonth | None = None
    """Since when it has been final or ended."""
    version: Text | None = None
    """The last version, where there is one."""
    successors: tuple[Id, ...] = ()
    """The clients to move to, the closest first."""
    source: Id
    """Which of the client's `sources` says so."""


class LabelsRead(Record):
    """From what the labels were taken."""

    version: Text | None = None
    """The client's version, or the commit of its source."""
    seen: DayOrMonth
    """The day."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the client's `sources`."""


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
    variable: Variable | None = None
    """The environment variable it reads the key from."""
    temperature: DefaultTemperature | None = None
    """The client's own default temperature for this provider."""
    models: tuple[Id, ...] = ()
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
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the client's `sources` say so."""


class ConfigFile(Record):
    """The file, or the code, that configures the client."""

    file: Text
    """Where it stands, with ~ for the home folder; for a library, a name for the example."""
    format: Literal["yaml", "json", "toml", "bash", "python", "javascript", "typescript"]
    """Its language, for highlighting and checking."""
    discovers_models: Flag = False
    """True where the client asks the endpoint for its models."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the client's `sources` describe it."""


class SentField(Record):
    """A request field that the client is known to send."""

    seen: DayOrMonth
    """When it was seen."""
    source: Id
    """Which of the client's `sources` saw it."""


class Client(KeyedRecord):
    """A tool that people code or chat with, a gateway, or a library."""

    name: Text
    """Its name."""
    kind: Annotated[Literal["extension", "editor", "gateway", "chat", "terminal", "library"], Worded("client_kind")]
    """What sort of thing it is."""
    website: Address
    """Its home page, or the page of its source."""
    documentation: Address | None = None
    """Its documentation of providers."""
    lifecycle: Lifecycle
    """Whether it is still made."""
    platforms: tuple[Platform, ...] = Field(min_length=1)
    """Where it runs."""
    labels: dict[Id, Label] = {}
    """Name to what the client shows; steps quote these."""
    labels_read: LabelsRead | None = None
    """From which version and day the labels are."""
    native: dict[Id, Native] = {}
    """Provider to how the client names it."""
    compatible: Compatible | None = None
    """How it reaches other endpoints; left out where it cannot."""
    config: ConfigFile | None = None
    """The file or code that configures it, where there is one."""
    sends: dict[FieldName, SentField] = {}
    """Request field to where it was seen to be sent."""
    sources: dict[Id, Citation] = Field(min_length=1)
    """Source name to where it is; every fact names one of these."""

    def reaches(self, provider: str) -> bool:
        """Whether a guide for this client and `provider` makes sense."""
        return provider in self.native or self.compatible is not None
