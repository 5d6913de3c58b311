"""What the catalogue says of one provider: where it answers, with which key, on which terms."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field

from .errors import ErrorAnswer
from .fields import (
    KEYED,
    Address,
    Citation,
    Count,
    Day,
    DayOrMonth,
    Days,
    Flag,
    Id,
    KeyedRecord,
    Label,
    Limit,
    Localized,
    Record,
    Route,
    Temperature,
    Term,
    Text,
    Variable,
)
from .limits import Credit, Limited
from .model_ids import ModelId
from .requests import BodyRoute, RequestRoute, RouteName
from .words import Worded

AddressForm = Annotated[Literal["root", "base", "base-slash", "chat"], Worded("address")]
"""How an endpoint's address is written: the host alone, the base URL, the same with a slash, or with the chat route."""
PERIOD = r"^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-4]):[0-5][0-9]$"


class Key(Record):
    """A kind of API key."""

    name: Localized
    """What the provider calls it."""
    page: Address
    """Where a reader makes one."""
    variable: Variable
    """The environment variable that tools and this project read it from."""


class Endpoint(KeyedRecord):
    """An address that answers requests."""

    name: Localized
    """What to call it on a page."""
    base_url: Address
    """The base URL with its version path and no slash at the end."""
    key: Id
    """Which of the provider's `keys` it takes."""
    region: Literal["international", "china"] | None = None
    """For whom it is meant, where the provider has one for each region."""
    plan: Id | None = None
    """Which of the provider's `plans` it belongs to, where it serves only one."""
    routes: dict[RouteName, Route] = {}
    """Route name (models, chat, fim, embeddings) to the path after the base URL."""
    models: Literal["all"] | tuple[ModelId, ...] = "all"
    """Which models it serves."""
    list_seen: DayOrMonth | None = None
    """When its models list was last seen to answer; left out where it never was."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the `sources` say so."""

    @property
    def host(self) -> str:
        """The host of its base URL; no address of the catalogue lacks one."""
        return urlsplit(self.base_url).hostname or ""

    def address(self, form: AddressForm) -> str:
        """Its address in one of the forms that clients want, as they differ in what they add to it."""
        parts = urlsplit(self.base_url)
        return {
            "root": f"{parts.scheme}://{parts.netloc}",
            "base": self.base_url,
            "base-slash": self.base_url + "/",
            "chat": self.base_url + self.routes.get("chat", "/chat/completions"),
        }[form]

    def serves(self, model: str) -> bool:
        """Whether it serves the model of that id."""
        return self.models == "all" or model in self.models


class PlanObservation(Limited):
    """The terms of a plan as one source saw them on one day."""

    seen: DayOrMonth
    """The day, or month, of the observation."""
    source: Id
    """Which of the `sources` saw it."""
    card: Term | None = None
    """Whether a payment card is asked for."""
    phone: Term | None = None
    """Whether a phone number is asked for."""
    requests_per_second: Limit | None = None
    """Requests a second."""
    requests_per_minute: Limit | None = None
    """Requests a minute."""
    requests_per_day: Limit | None = None
    """Requests a day."""
    tokens_per_minute: Limit | None = None
    """Tokens a minute."""
    tokens_per_month: Limit | None = None
    """Tokens a month."""
    credit: Credit | None = None
    """An allowance in money."""


class Plan(Record):
    """A way to pay, or not to."""

    name: Localized
    """What the provider calls it."""
    free: Flag = False
    """True where it costs nothing."""
    observations: tuple[PlanObservation, ...] = ()
    """Its terms over time, newest first."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the `sources` describe it."""


class TemperatureRange(Record):
    """Which temperatures requests may give."""

    min: Temperature
    """The smallest."""
    max: Temperature
    """The largest."""


class Peak(Record):
    """The hours in which prices are higher; a model's `off_peak` price holds outside them."""

    hours: tuple[Annotated[str, Field(strict=True, pattern=PERIOD)], ...] = Field(min_length=1)
    """Periods of a UTC day, as HH:MM-HH:MM."""
    days: Literal["every-day", "monday-to-friday"]
    """The days that have them."""
    holidays: Literal["china"] | None = None
    """Whose public holidays have none."""
    since: Day
    """The UTC day on which they began."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the `sources` say so."""


class OwnHeader(Record):
    """A response header that no other provider sends, so that it tells whose answer it is in."""

    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the `sources` saw it in an answer."""


class Provider(KeyedRecord):
    """A company, or service, that answers requests for models."""

    name: Localized
    """Its name."""
    order: Count = 100
    """Where it stands in lists: the lower, the earlier; equal ones by id."""
    website: Address
    """Its home page."""
    documentation: dict[Annotated[Id, Worded("documentation")], Address]
    """Subject (a key of `documentation` in words.yml) to the page of its documentation."""
    labels: dict[Id, Label] = {}
    """Name to what the provider's website shows; steps quote these."""
    keys: dict[Id, Key] = Field(min_length=1)
    """The kinds of key it gives."""
    endpoints: Annotated[dict[Id, Endpoint], KEYED] = Field(min_length=1)
    """The addresses that answer; the first is the one to use unless a page says otherwise."""
    recommended: ModelId
    """The id or alias of the model that guides set up first."""
    recommended_free: ModelId | None = None
    """The id or alias that a free account can use."""
    temperature_range: TemperatureRange | None = None
    """Which temperatures requests may give."""
    peak: Peak | None = None
    """The hours in which prices are higher, where it has such."""
    list_limit_days: Days
    """How old, in days, a recording of its models list may be before pages warn."""
    plans: dict[Id, Plan] = {}
    """Its plans."""
    requests: dict[BodyRoute, RequestRoute] = {}
    """Route name to what it takes."""
    own_headers: dict[Id, OwnHeader] = {}
    """Response headers that only this provider sends, in lower case; a pasted answer is told by them."""
    errors: Annotated[dict[Annotated[Id, Worded("error")], ErrorAnswer], KEYED] = {}
    """Error name to what is known of it; guides explain each under the same name."""
    ignored: dict[ModelId, Text] = {}
    """Ids of the models list that are left out on purpose, with the reason."""
    sources: dict[Id, Citation] = Field(min_length=1)
    """Source name to where it is; every fact names one of these."""

    @property
    def default_endpoint(self) -> Endpoint:
        """The first endpoint: the one to use unless a page says otherwise."""
        return next(iter(self.endpoints.values()))

    @property
    def other_endpoints(self) -> tuple[Endpoint, ...]:
        """The endpoints that serve all models as the first one does, for another region or with another plan."""
        return tuple(e for e in self.endpoints.values() if e.models == "all" and e is not self.default_endpoint)
