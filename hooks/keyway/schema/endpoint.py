"""What the catalogue says of one address that answers: which protocols it speaks there, with which key, for whom."""

from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit

from pydantic import Field

from .fields import BaseUrl, DayOrMonth, Factor, Id, KeyedRecord, Localized, Record, Route, Tokens
from .hosts import LOOPBACK
from .model_ids import ModelId
from .requests import RouteName
from .words import Worded

Protocol = Annotated[Literal["chat", "responses", "messages", "generate"], Worded("protocol")]
"""The formats in which models are talked with, by the name of their route: OpenAI's Chat Completions and Responses,
Anthropic's Messages, Google's generateContent."""
PROTOCOLS: tuple[Protocol, ...] = get_args(get_args(Protocol)[0])

Speech = Annotated[Literal["yes", "no", "unknown"], Worded("speech")]
"""Whether somebody speaks a protocol: that nobody knows is no "no"."""

TAILS: dict[Protocol, str] = {
    "chat": "/chat/completions",
    "responses": "/responses",
    "messages": "/messages",
    "generate": "/models",
}
"""Protocol -> what its clients append to an address that ends in a version; a model's id follows Google's."""

AddressForm = Annotated[Literal["root", "unversioned", "base", "base-slash", "route"], Worded("address")]
"""How an address is written, by what the client adds: the host alone, the address before the version (`/v1`), with the
version, the same with a slash at its end, or the whole route."""

Auth = Literal["bearer", "x-api-key", "api-key", "x-goog-api-key", "query", "none"]
"""What carries the key: the header Authorization with the word Bearer, a header of that name, `key` in the address."""

Region = Annotated[Literal["international", "china", "eu", "us", "singapore", "hong-kong", "japan"], Worded("region")]
Feature = Annotated[Literal["agents", "audio", "batch", "files"], Worded("feature")]
"""What a provider offers beside answers."""


class AllBut(Record):
    """All models of the provider except a few."""

    all_but: tuple[ModelId, ...] = Field(min_length=1)
    """The ids of those that it does not serve."""


class Endpoint(KeyedRecord):
    """An address that answers requests."""

    name: Localized
    """What to call it on a page."""
    base_url: BaseUrl
    """The base URL with its version path and no slash at the end; plain http on the reader's own machine alone."""
    key: Id | None = None
    """Which of the provider's `keys` it takes; left out where it answers without."""
    auth: Auth = "bearer"
    """What carries the key; `none` where it takes none."""
    region: Region | None = None
    """For whom, or where, it is, where the provider has one for each region."""
    plan: Id | None = None
    """Which of the provider's `plans` it belongs to, where it serves only one."""
    routes: dict[RouteName, Route] = {}
    """Route name to the path after the base URL. The routes of protocols are `chat` (OpenAI Chat Completions),
    `responses` (OpenAI Responses), `messages` (Anthropic Messages) and `generate` (Google)."""
    models: Literal["all"] | tuple[ModelId, ...] | AllBut = "all"
    """Which models it serves: all, a list of ids, or {all_but: [ids]}."""
    contexts: dict[ModelId, Tokens] = {}
    """Model to its context window here, where that is another than elsewhere."""
    price_factor: Factor | None = None
    """How many times the list price is asked here, where it is not once."""
    without: tuple[Feature, ...] = ()
    """What the provider offers elsewhere and not here."""
    list_seen: DayOrMonth | None = None
    """When its models list was last seen to answer; left out where it never was."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the `sources` say so."""

    @property
    def host(self) -> str:
        """The host of its base URL; no address of the catalogue lacks one."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def origin(self) -> str:
        """Scheme, host and port of its base URL."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def local(self) -> bool:
        """Whether it is a server on the reader's own machine."""
        return self.host in LOOPBACK

    @property
    def protocols(self) -> tuple[Protocol, ...]:
        """The protocols that it speaks."""
        return tuple(protocol for protocol in PROTOCOLS if protocol in self.routes)

    def speaks(self, protocol: Protocol) -> bool:
        """Whether it has the route of `protocol`."""
        return protocol in self.routes

    def address(self, form: AddressForm, protocol: Protocol = "chat") -> str | None:
        """Where it speaks `protocol`, written as a client wants it that adds the rest by itself.

        None where it does not speak the protocol, or its route does not end in what such a client adds.
        """
        if protocol not in self.routes:
            return None
        whole = self.base_url + self.routes[protocol]
        match form:
            case "root":
                return self.origin
            case "route":
                return whole
            case "unversioned":
                return _before(whole, "/v1" + TAILS[protocol])
            case _:
                base = _before(whole, TAILS[protocol])
                return f"{base}/" if base and form == "base-slash" else base

    def path(self, protocol: Protocol) -> str | None:
        """What follows the host where it speaks `protocol`; None where it does not."""
        whole = self.address("route", protocol)
        return whole.removeprefix(self.origin) if whole else None

    def serves(self, model: str) -> bool:
        """Whether it serves the model of that id."""
        if isinstance(self.models, AllBut):
            return model not in self.models.all_but
        return self.models == "all" or model in self.models


def _before(address: str, tail: str) -> str | None:
    return address.removesuffix(tail) if address.endswith(tail) else None
