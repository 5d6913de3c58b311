"""What each provider's models list looks like, and which of our facts its words mean.

A shape is a few lines: which fields are kept as evidence, and how one row of them is read.
Nothing here opens a socket or a file, and nothing judges: a row that cannot be understood makes
the whole answer `Unusable`, a field that is not known passes.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from ..schema.facts import FactValue

Facts = Mapping[str, FactValue]
"""Field of the catalogue's Model (and `chat`) -> value; only what the endpoint said."""

NAME = re.compile(r"[!-~]{1,200}")
"""An id: printable ASCII without spaces. A look-alike letter is no evidence of anything."""

MAX_ROWS = 5_000
"""The longest known list (OpenRouter's) has some 400 rows."""

OWN_MODEL = {"type": "fine-tuned"}
"""What the row of an account's own model says; nobody else can use it, and its id can name a person."""


class Unusable(Exception):
    """No usable list came from an endpoint or a file; the text says why and never quotes the answer.

    `ours` is True where our own key, file or settings are the cause, so that waiting will not help.
    """

    def __init__(self, reason: str, *, ours: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.ours = ours


@dataclass(frozen=True)
class ListFormat:
    """How one provider words a row of its list."""

    keeps: tuple[str, ...]
    """The fields that a recording keeps, in the order it writes them."""
    facts: Callable[[Mapping[str, object]], dict[str, FactValue]]
    """A row -> what it says, under the catalogue's field names."""
    alias_rows: bool = False
    """True where every alias has a row of its own, so that a missing row says something."""
    flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field that is an object of flags -> the flags that it has had."""


def rows_of(answer: object, kind: ListFormat) -> list[dict[str, object]]:
    """Reduce a whole answer to its rows with the fields that are kept; raise Unusable."""
    if not isinstance(answer, dict):
        raise Unusable("the answer is not an object with a list under `data`")
    rows = answer.get("data")
    if not isinstance(rows, list):
        raise Unusable("the answer has no list under `data`")
    links = answer.get("links")
    if answer.get("has_more") is True or (isinstance(links, Mapping) and links.get("next")):
        raise Unusable("the answer is one page of a longer list")
    return reduced(rows, kind)


def reduced(rows: Sequence[object], kind: ListFormat) -> list[dict[str, object]]:
    """Keep of each row what is compared; rows of an account's own fine-tuned models are left out."""
    if not rows:
        raise Unusable("the list is empty")
    if len(rows) > MAX_ROWS:
        raise Unusable(f"the list has more than {MAX_ROWS} rows")
    public: list[dict[str, object]] = []
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise Unusable(f"row {number} of the list is not an object")
        if not isinstance(row.get("id"), str) or not NAME.fullmatch(row["id"]):
            raise Unusable(f"row {number} of the list has no id, or one that no id looks like")
        if not OWN_MODEL.items() <= row.items():
            public.append({key: row[key] for key in kind.keeps if key in row})
    return public


def field_faults(row: Mapping[str, object], kind: ListFormat) -> Iterator[tuple[str, str]]:
    """(field, what is wrong with it) for each field that cannot be understood of a row that has an id."""
    for name in kind.keeps:
        if name in row:
            try:
                kind.facts({"id": row["id"], name: row[name]})
            except Unusable as problem:
                yield name, problem.reason


# What a field may be. Each reader takes the row and a key that is in it.


def _wrong(row: Mapping[str, object], key: str, wanted: str) -> Unusable:
    return Unusable(f"`{key}` of {row['id']} is not {wanted}")


def _whole(row: Mapping[str, object], key: str) -> int | None:
    value = row[key]
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 10**9):
        raise _wrong(row, key, "a number of tokens")
    return value


def _number(row: Mapping[str, object], key: str) -> float | None:
    value = row[key]
    if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 100):
        raise _wrong(row, key, "a temperature")
    return value


def _names(row: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = row[key]
    if not isinstance(value, list) or not all(isinstance(item, str) and NAME.fullmatch(item) for item in value):
        raise _wrong(row, key, "a list of names")
    return tuple(value)


def _utc_day(row: Mapping[str, object], key: str) -> date | None:
    """A moment -> its day in UTC: what the endpoint calls deprecation is the day the model stops."""
    value = row[key]
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value if isinstance(value, str) else "")
        return moment.astimezone(UTC).date() if moment.tzinfo else moment.date()
    except (ValueError, OverflowError):
        raise _wrong(row, key, "a date") from None


def _flags(row: Mapping[str, object], key: str, words: Collection[str]) -> dict[str, bool]:
    """Those of `words` that the object under `key` has; a row without the object has none."""
    given = row.get(key, {})
    if not isinstance(given, dict) or not all(isinstance(given.get(word, True), bool) for word in words):
        raise _wrong(row, key, "an object of true and false")
    return {word: given[word] for word in words if word in given}


Reader = Callable[[Mapping[str, object], str], FactValue]


def _read(row: Mapping[str, object], readers: Mapping[str, tuple[str, Reader]]) -> dict[str, FactValue]:
    return {ours: read(row, key) for key, (ours, read) in readers.items() if key in row}


MISTRAL_FLAGS = {
    "completion_chat": "chat",
    "function_calling": "function_calling",
    "vision": "vision",
    "completion_fim": "fim",
    "reasoning": "reasoning",
}


MISTRAL_KINDS = {
    "ocr": "ocr",
    "moderation": "moderation",
    "audio_speech": "speech",
    "audio_transcription": "transcription",
    "audio_transcription_realtime": "transcription",
}
"""Capability -> what a row that does not chat does; an embedding model has none of these."""

MISTRAL_OTHERS = ("fine_tuning", "classification", "audio", "unified_resources")
"""Capabilities that say nothing of what we have facts on."""


def mistral(row: Mapping[str, object]) -> dict[str, FactValue]:
    """Mistral's rich row (`mistralai.client.models.BaseModelCard`)."""
    able = _flags(row, "capabilities", (*MISTRAL_FLAGS, *MISTRAL_KINDS))
    facts: dict[str, FactValue] = {ours: able[word] for word, ours in MISTRAL_FLAGS.items() if word in able}
    if facts.get("chat") is False:
        kinds = [kind for word, kind in MISTRAL_KINDS.items() if able.get(word)]
        facts |= {"kind": kinds[0]} if kinds else {}
    return facts | _read(
        row,
        {
            "aliases": ("aliases", _names),
            "default_model_temperature": ("temperature", _number),
            "max_context_length": ("context", _whole),
            "deprecation": ("retired", _utc_day),
        },
    )


def deepseek(row: Mapping[str, object]) -> dict[str, FactValue]:
    """DeepSeek's row: a bare id, and since about October 2026 some facts beside it."""
    facts = _read(row, {"context_window": ("context", _whole)})
    if "input_modalities" in row:
        facts["vision"] = "image" in _names(row, "input_modalities")
    return facts


def bare(row: Mapping[str, object]) -> dict[str, FactValue]:
    """A row that says nothing but its id (Zhipu), as every endpoint in OpenAI's format has it."""
    return {}


def openrouter(row: Mapping[str, object]) -> dict[str, FactValue]:
    """OpenRouter's row; no provider of ours yet, kept to show what the next one costs."""
    facts = _read(row, {"context_length": ("context", _whole), "expiration_date": ("retired", _utc_day)})
    if "supported_parameters" in row:
        given = _names(row, "supported_parameters")
        facts |= {"function_calling": "tools" in given, "reasoning": "reasoning" in given}
    return facts


LIST_FORMATS = {
    "mistral": ListFormat(
        (
            "id",
            "type",
            "aliases",
            "capabilities",
            "max_context_length",
            "default_model_temperature",
            "deprecation",
            "deprecation_replacement_model",
        ),
        mistral,
        alias_rows=True,
        flags={"capabilities": (*MISTRAL_FLAGS, *MISTRAL_KINDS, *MISTRAL_OTHERS)},
    ),
    "deepseek": ListFormat(
        ("id", "context_window", "max_output_tokens", "input_modalities", "output_modalities"), deepseek
    ),
    "openrouter": ListFormat(("id", "context_length", "supported_parameters", "expiration_date"), openrouter),
}
"""Provider -> its shape."""

BARE = ListFormat(("id",), bare)


def shape(provider: str) -> ListFormat:
    """The shape of the provider's list: its own, or bare ids."""
    return LIST_FORMATS.get(provider, BARE)
