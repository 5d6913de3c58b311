"""What single values of the catalogue look like, and the base class of every record.

Values arrive from `source.reader` as str, int, float, bool or None; nothing is coerced here,
so that what a contributor wrote is what a reader of the site gets.
"""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.fields import FieldInfo
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from ..source.characters import codepoint
from ..source.scalars import PlainDay
from .hosts import address_problem, base_url_problem
from .words import Titled

LANGUAGES = ("en", "zh", "ja")
TAGS = {"en": "en", "zh": "zh-Hans", "ja": "ja"}
"""Language -> its tag (BCP 47), which browsers and the search index go by: no word that translators change."""
JSON_SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""The version of JSON Schema that we write: pydantic's."""

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
YEARS = (2015, 2099)
"""The first models that anybody could call are younger; a date outside is a slip of the finger."""
ID = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
ID_LENGTH = 80
"""Characters; the longest has 30."""
TAKEN = frozenset(("index",))
"""Names that pages of the site have already."""
DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
)
"""Names of devices, which Windows takes for no file, whatever ending they have."""


class Record(BaseModel):
    """A mapping of the catalogue: unknown fields are refused, values cannot change."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


OWN_KEY = "\0key"
"""Under which name a record is given its own key. No file can say it: YAML has no such character."""


class KeyedRecord(Record):
    """A record that knows the key it stands under; it cannot be made without one."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)

    id: SkipJsonSchema[str] = Field(validation_alias=OWN_KEY, exclude=True)
    """The key under which the record stands (for a provider or a client: its file name)."""


def with_keys(mapping: object, **more: str) -> object:
    """The records of a mapping, not yet validated, each given its key and `more` beside it.

    What is no mapping of mappings stays as it is, for its type to refuse.
    """
    if not isinstance(mapping, dict):
        return mapping
    return {
        key: {**value, **more, OWN_KEY: key} if isinstance(value, dict) else value for key, value in mapping.items()
    }


KEYED = BeforeValidator(with_keys)
"""Marks a mapping of keyed records: `Annotated[dict[Id, Endpoint], KEYED]`."""


def file_fields(record: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a record that a file may give: all but those that say where in which file it stands."""
    return {name: field for name, field in record.model_fields.items() if not field.exclude}


def _text(value: object) -> object:
    if isinstance(value, PlainDay):
        raise PydanticCustomError("text", 'is a date without quotes; put it in quotes: "{day}"', {"day": str(value)})
    if isinstance(value, str) and not value.strip():
        raise PydanticCustomError("text", "is empty; write the text, or leave the line out")
    if isinstance(value, str) and value != value.strip():
        raise PydanticCustomError("text", "begins or ends with a space or a line break; take it away")
    if isinstance(value, str) and "\n" in value:
        raise PydanticCustomError("text", "goes on over several lines; write it on one")
    return value


def _word(value: object) -> object:
    return value if value == "" else _text(value)


def _said(value: object) -> object:
    return value if isinstance(value, PlainDay) else _text(value)


def id_problem(value: str) -> str | None:
    """Say why `value` is no id and what to write, or None when it is one."""
    strange = next((c for c in value if not c.isascii()), None)
    if strange:
        return f"has the character {codepoint(strange)}, which is not ASCII; write the id in a-z, 0-9, `.`, `_`, `-`"
    if len(value) > ID_LENGTH:
        return f"has {len(value)} characters; {ID_LENGTH} are the most"
    if value in TAKEN:
        return "is the name of the page that lists the others; choose another"
    if value.partition(".")[0] in DEVICES:
        return "is a name that Windows keeps for a device, so no file can have it; choose another"
    if value != value.lower() and ID.fullmatch(value.lower()):
        return f"has capital letters; write {value.lower()}"
    if not ID.fullmatch(value):
        return "is not an id; write a-z and 0-9 with single `.`, `_` or `-` between them, such as open-webui"
    return None


def _id(value: object) -> object:
    if isinstance(value, PlainDay):
        raise PydanticCustomError("text", 'is a date without quotes; put it in quotes: "{day}"', {"day": str(value)})
    problem = id_problem(value) if isinstance(value, str) else None
    if problem:
        raise PydanticCustomError("id", "{problem}", {"problem": problem})
    return value


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and DAY.fullmatch(value):
        _check_year(value)
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("day", "is not a date; write it as YYYY-MM-DD, such as 2026-10-08")


def _day_or_month(value: object) -> str:
    if isinstance(value, str) and MONTH.fullmatch(value):
        _check_year(value)
        return value
    return _day(value).isoformat()


def _check_year(value: str) -> None:
    """Refuse a year that can only be a slip, without asking what day it is today."""
    first, last = YEARS
    if not first <= int(value[:4]) <= last:
        values = {"day": str(value), "first": first, "last": last}
        raise PydanticCustomError("text", "is {day}; write a year from {first} to {last}", values)


def _address(value: object) -> str:
    problem = address_problem(value)
    if problem:
        raise PydanticCustomError("address", "{problem}", {"problem": problem})
    return str(value)


def _base_url(value: object) -> str:
    problem = base_url_problem(value)
    if problem:
        raise PydanticCustomError("address", "{problem}", {"problem": problem})
    return str(value)


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise PydanticCustomError("number", "is not a number; write digits without quotes, such as 0.3")
    return value


def _looks_like(pattern: str, what: str) -> BeforeValidator:
    """Refuse text that does not match `pattern`, saying that it is not `what`."""

    def check(value: object) -> object:
        if isinstance(value, str) and not re.fullmatch(pattern, value):
            raise PydanticCustomError("id", "is not {what}", {"what": what})
        return value

    return BeforeValidator(check)


Day = Annotated[date, BeforeValidator(_day)]
"""A calendar day, ISO 8601."""

DayOrMonth = Annotated[
    str, Field(json_schema_extra={"pattern": "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"}), BeforeValidator(_day_or_month)
]
"""A day, or a month where the source gives no day; kept as ISO text, so it sorts."""

Id = Annotated[str, Field(strict=True, pattern=f"^{ID.pattern}$", max_length=ID_LENGTH), BeforeValidator(_id)]
"""A name of our own, which files and addresses have too: lower-case ASCII letters, digits and single `.`, `_`, `-`
between them. What a vendor calls a model is a `ModelId`."""

FieldName = Annotated[
    str,
    Field(strict=True, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=60),
    _looks_like(r"[A-Za-z_][A-Za-z0-9_]*", "the name of a field; write letters, digits and _, such as max_tokens"),
]
"""The name of a field in a request body."""

Route = Annotated[
    str,
    Field(strict=True, pattern=r"^(/[a-z0-9_-][a-z0-9._-]*)+$", max_length=80),
    _looks_like(
        r"(/[a-z0-9_-][a-z0-9._-]*)+",
        "a path; write it with a slash at the beginning, none at the end and no steps (. or ..), such as /models",
    ),
]
"""What follows a base URL."""

_PERIOD = r"([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)"
Period = Annotated[
    str,
    Field(strict=True, pattern=f"^{_PERIOD}$"),
    _looks_like(_PERIOD, "a period of a day; write both ends as HH:MM, at most 24:00, such as 06:00-10:00"),
]
"""From one time of a day to another."""

Status = Annotated[int, Field(strict=True, ge=200, le=599)]
"""An HTTP status; an error can hide in a 200."""

Text = Annotated[str, Field(strict=True, min_length=1, max_length=200), BeforeValidator(_text)]
Sentences = Annotated[str, Field(strict=True, min_length=1, max_length=900), BeforeValidator(_text)]
Flag = Annotated[bool, Field(strict=True)]
Word = Annotated[str, Field(strict=True, max_length=200), BeforeValidator(_word)]
"""A text that may be empty: what a request field can be."""
Said = Annotated[str, Field(strict=True, max_length=200), BeforeValidator(_said)] | int | float | bool
"""What a source gives for a field, in its own words or numbers."""
Count = Annotated[int, Field(strict=True, ge=0, le=10**12)]
Limit = Annotated[Count, Titled("limit")]
"""How much a plan or an offer grants; pages print it under the field's name."""
Term = Annotated[Flag, Titled("limit")]
"""Whether something is asked for in return; pages print it under the field's name."""
Days = Annotated[int, Field(strict=True, ge=1, le=1000)]
Tokens = Annotated[int, Field(strict=True, ge=1, le=10**8)]
Number = Annotated[float, BeforeValidator(_number)]
Money = Annotated[float, BeforeValidator(_number), Field(ge=0, le=10**5)]
Factor = Annotated[float, BeforeValidator(_number), Field(gt=0, le=100)]
Temperature = Annotated[float, BeforeValidator(_number), Field(ge=0, le=2)]
Address = Annotated[str, BeforeValidator(_address), Field(json_schema_extra={"format": "uri", "pattern": "^https://"})]
"""An https address on a host that the maintainers have listed in `hosts.py`."""

BaseUrl = Annotated[
    str, BeforeValidator(_base_url), Field(json_schema_extra={"format": "uri", "pattern": "^https?://"})
]
"""The base URL of an endpoint: an https address on a listed host, or an http address on the reader's own machine."""

Variable = Annotated[
    str,
    Field(strict=True, pattern=r"^[A-Z][A-Z0-9_]*$", max_length=60),
    _looks_like(r"[A-Z][A-Z0-9_]*", "a variable; write capital letters, digits and _, such as MISTRAL_API_KEY"),
]
"""The name of an environment variable."""

Language = Literal["en", "zh", "ja"]


class Localized(Record):
    """A short text in the three languages of the site."""

    en: Text
    """In English."""
    zh: Text
    """In Simplified Chinese."""
    ja: Text
    """In Japanese."""

    def __getitem__(self, language: str) -> str:
        return {"en": self.en, "zh": self.zh, "ja": self.ja}[language]


class Passage(Record):
    """A sentence or a few in the three languages, with code between backquotes, which is the same in each."""

    en: Sentences
    """In English."""
    zh: Sentences
    """In Simplified Chinese."""
    ja: Sentences
    """In Japanese."""

    def __getitem__(self, language: str) -> str:
        return {"en": self.en, "zh": self.zh, "ja": self.ja}[language]


class Label(Record):
    """A button, field or menu entry, letter for letter as a tool or a website shows it."""

    en: Text
    """In the English interface."""
    zh: Text | None = None
    """In its Simplified Chinese interface; left out where it has none or shows English there."""
    ja: Text | None = None
    """In its Japanese interface; left out where it has none or shows English there."""

    def __getitem__(self, language: str) -> str:
        return getattr(self, language) or self.en


SourceKind = Literal["vendor", "catalogue", "report"]
"""Who speaks: the vendor's own documents, a catalogue of another project, or anybody who tells what an endpoint did."""


class Citation(Record):
    """Where a fact was read."""

    title: Text | Localized
    """What it is called: in its own words, or, where it has none, in ours, in the three languages."""
    kind: SourceKind = "report"
    """Who speaks there."""
    url: Address | None = None
    """Its address; left out where a public report has no stable one."""
    seen: DayOrMonth
    """When it was read, or the day the observation was made."""


class Note(Record):
    """A fact that no field holds and that matters to a reader: a condition, a consequence, where to click."""

    text: Localized
    """What it is: a sentence without a full stop."""
    page: Address | None = None
    """Where a reader does it, or sees it."""
    seen: DayOrMonth
    """The day that the source's text is of."""
    source: Id
    """Which of the provider's `sources` says so."""
