"""What each provider's models list looks like, and which of our facts its words mean.

A shape is a few lines: which fields are kept as evidence, and how one row of them is read. Each vendor that says more
than an id has a module in `vendors/`.
Nothing here opens a socket or a file, and nothing judges: a row that cannot be understood makes
the whole answer `Unusable`, a field that is not known passes.
"""

from collections.abc import Iterator, Mapping, Sequence

from ..schema.facts import FactValue
from .row_values import NAME, ListFormat, Unusable
from .vendors import deepseek, groq, mistral, moonshot, openrouter

MAX_ROWS = 5_000
"""The longest known list (OpenRouter's) has some 400 rows."""

OWN_MODEL = {"type": "fine-tuned"}
"""What the row of an account's own model says; nobody else can use it, and its id can name a person."""


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


def bare(row: Mapping[str, object]) -> dict[str, FactValue]:
    """A row that says nothing but its id (Zhipu), as every endpoint in OpenAI's format has it."""
    return {}


LIST_FORMATS = {
    "mistral": mistral.FORMAT,
    "deepseek": deepseek.FORMAT,
    "moonshot": moonshot.FORMAT,
    "kimi-code": moonshot.FORMAT,
    "groq": groq.FORMAT,
    "openrouter": openrouter.FORMAT,
}
"""Provider -> its shape."""

BARE = ListFormat(("id",), bare)


def shape(provider: str) -> ListFormat:
    """The shape of the provider's list: its own, or bare ids."""
    return LIST_FORMATS.get(provider, BARE)
