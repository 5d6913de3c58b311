"""What the catalogue says of one provider: where it answers, with which key, on which terms."""

from typing import Annotated, Literal

from pydantic import Field

from .endpoint import Endpoint, Protocol, Speech
from .errors import ErrorAnswer
from .fields import (
    KEYED,
    Address,
    Citation,
    Count,
    Day,
    DayOrMonth,
    Days,
    Id,
    KeyedRecord,
    Label,
    Language,
    Localized,
    Period,
    Record,
    Temperature,
    Text,
    Variable,
)
from .model_ids import ModelId
from .plan import Plan
from .requests import BodyRoute, RequestRoute
from .words import Worded


class Key(Record):
    """A kind of API key."""

    name: Localized
    """What the provider calls it."""
    page: Address
    """Where a reader makes one."""
    variable: Variable
    """The environment variable that tools and this project read it from."""


class TemperatureRange(Record):
    """Which temperatures requests may give."""

    min: Temperature
    """The smallest."""
    max: Temperature
    """The largest."""


HOURS_AHEAD: dict[Language, int] = {"en": 8, "zh": 8, "ja": 9}
"""Language -> hours by which the clock that its readers are told of times by is ahead of UTC: China's or Japan's."""


class Peak(Record):
    """The hours in which prices are higher; a model's `off_peak` price holds outside them."""

    hours: tuple[Period, ...] = Field(min_length=1)
    """Periods of a UTC day, as HH:MM-HH:MM."""
    days: Literal["every-day", "monday-to-friday"]
    """The days that have them."""
    holidays: Literal["china"] | None = None
    """Whose public holidays have none."""
    since: Day
    """The UTC day on which they began."""
    sources: tuple[Id, ...] = Field(min_length=1)
    """Which of the `sources` say so."""

    @property
    def periods(self) -> tuple[tuple[int, int], ...]:
        """The beginning and the end of each period, in minutes from midnight."""
        clocks = ([clock.split(":") for clock in period.split("-")] for period in self.hours)
        return tuple((int(h) * 60 + int(m), int(to_h) * 60 + int(to_m)) for (h, m), (to_h, to_m) in clocks)

    def clock(self, language: Language | None = None) -> tuple[str, ...]:
        """The periods as people write them, 9:00–12:00: in the time of those who read `language`, else in UTC."""
        ahead = HOURS_AHEAD[language] if language else 0
        return tuple("–".join(_clock(minutes, ahead) for minutes in period) for period in self.periods)


def _clock(minutes: int, ahead: int) -> str:
    return f"{(minutes // 60 + ahead) % 24}:{minutes % 60:02}"


class NotOffered(Record):
    """That a provider does not speak a protocol: somebody looked, which is more than that nobody knows."""

    seen: DayOrMonth
    """When somebody looked."""
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
    called: tuple[Text, ...] = ()
    """Other names of it in what programs print, such as the name of an exception; a text with one points to it."""
    order: Count = 100
    """Where it stands in lists: the lower, the earlier; equal ones by id."""
    website: Address
    """Its home page."""
    documentation: dict[Annotated[Id, Worded("documentation")], Address]
    """Subject (a key of `documentation` in words.yml) to the page of its documentation."""
    documentation_in: dict[Literal["zh", "ja"], dict[Annotated[Id, Worded("documentation")], Address]] = {}
    """Language to subject to the page of its documentation in that language, where there is one."""
    labels: dict[Id, Label] = {}
    """Name to what the provider's website shows; steps quote these."""
    keys: dict[Id, Key] = {}
    """The kinds of key it gives; none where it answers without, as a server on one's own machine does."""
    endpoints: Annotated[dict[Id, Endpoint], KEYED] = Field(min_length=1)
    """The addresses that answer; the first is the one to use unless a page says otherwise."""
    not_offered: dict[Protocol, NotOffered] = {}
    """Protocol that no endpoint of it speaks to who says so; what is neither here nor a route is not known."""
    recommended: ModelId
    """The id or alias of the model that guides set up first."""
    recommended_free: ModelId | None = None
    """The id or alias that a free account can use."""
    temperature_range: TemperatureRange | None = None
    """Which temperatures requests may give."""
    peak: Peak | None = None
    """The hours in which prices are higher, where it has such."""
    known_as: dict[Id, Text] = {}
    """Catalogue of another project (litellm, genai-prices, models.dev) to what it calls the provider, where that is not
    the id; `keyway drift --against` asks there."""
    list_limit_days: Days
    """How old, in days, a recording of its models list may be before pages warn."""
    plans: Annotated[dict[Id, Plan], KEYED] = {}
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

    def documentation_page(self, subject: str, language: str) -> str:
        """The page about `subject`, in `language` where the provider has it."""
        pages = next((pages for name, pages in self.documentation_in.items() if name == language), {})
        return pages.get(subject, self.documentation[subject])

    @property
    def default_endpoint(self) -> Endpoint:
        """The first endpoint: the one to use unless a page says otherwise."""
        return next(iter(self.endpoints.values()))

    def key_of(self, endpoint: Endpoint) -> Key | None:
        """The key that goes with the endpoint; None where it takes none."""
        return self.keys[endpoint.key] if endpoint.key else None

    def speaking(self, protocol: Protocol) -> tuple[Endpoint, ...]:
        """The endpoints that speak `protocol`, in the order of the file."""
        return tuple(endpoint for endpoint in self.endpoints.values() if endpoint.speaks(protocol))

    def speech(self, protocol: Protocol) -> Speech:
        """Whether it speaks `protocol`."""
        if self.speaking(protocol):
            return "yes"
        return "no" if protocol in self.not_offered else "unknown"
