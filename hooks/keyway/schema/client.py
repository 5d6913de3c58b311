"""What the catalogue says of one client: a tool, or a library, that people reach models with."""

from typing import Annotated, Literal

from pydantic import Field

from .connection import Compatible, FormField, Native
from .endpoint import Protocol, Speech
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
    Text,
)
from .provider import Provider
from .words import Worded

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


class Tried(Record):
    """The program that tests start on what pages give to paste."""

    package: Text
    """What its registry calls it."""
    version: Text
    """The version that is locked; a test holds the two together."""


class TriedByHand(Record):
    """A run of the program, once, on what a page gives to paste; no test repeats it."""

    version: Text
    """The version that ran."""
    seen: Day
    """The day."""


class MaliciousRelease(Record):
    """A published version that holds malicious code; the sources are what a warning of it rests on."""

    published: Day | None = None
    """The day it was published."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the client's `sources` say so."""


class SentField(Record):
    """A request field that the client is known to send."""

    seen: DayOrMonth
    """When it was seen."""
    source: Id
    """Which of the client's `sources` saw it."""


class NotSpoken(Record):
    """That a client does not speak a protocol with an endpoint of a reader's choice: somebody looked."""

    seen: DayOrMonth
    """When somebody looked."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the client's `sources` say so."""


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
    forms: dict[Id, tuple[FormField, ...]] = {}
    """Name to what a reader does, in order, to add a provider; ways name the form that they use."""
    native: dict[Id, Native] = {}
    """Provider to how the client names it."""
    compatible: dict[Protocol, Compatible] = {}
    """Protocol to how it reaches any endpoint that speaks it, the way to recommend first."""
    not_spoken: dict[Protocol, NotSpoken] = {}
    """Protocol in which it reaches no endpoint of a reader's choice to who says so; what stands neither here nor in
    `compatible` is not known."""
    config: ConfigFile | None = None
    """The file or code that configures it, where there is one."""
    tried: Tried | None = None
    """With which version of it the files and programs of pages are tried; left out where no test can start it."""
    tried_by_hand: TriedByHand | None = None
    """Which version of it somebody started on them, where no test does."""
    malicious_releases: dict[Id, MaliciousRelease] = {}
    """Version to what is known of it: pages warn of these, and no command of theirs installs one."""
    sends: dict[FieldName, SentField] = {}
    """Request field to where it was seen to be sent."""
    sources: dict[Id, Citation] = Field(min_length=1)
    """Source name to where it is; every fact names one of these."""

    def speech(self, protocol: Protocol) -> Speech:
        """Whether it speaks `protocol` with an endpoint of a reader's choice."""
        if protocol in self.compatible:
            return "yes"
        return "no" if protocol in self.not_spoken else "unknown"

    def safe_requirement(self, requirement: str) -> str:
        """`requirement`, as pip takes one, without the versions that hold malicious code."""
        return requirement + ",".join(f"!={version}" for version in self.malicious_releases)

    def built_in_ids(self, provider: Provider) -> tuple[str, ...]:
        """The ids of the provider's models that are written into it."""
        native = self.native.get(provider.id)
        return native.models if native else ()
