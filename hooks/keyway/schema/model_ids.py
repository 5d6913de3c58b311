"""Ids of models, as vendors write them: which text is one, and which two can be taken for each other.

Aggregators put the maker before a slash and a variant behind a colon, clouds a version behind an at-sign, and makers
write capitals: `Qwen/Qwen3-8B`, `openai/gpt-oss-20b:free`, `claude-sonnet-4@20250514`. Where the page of a model
stands is derived in `pages/addresses.py`.
"""

import re
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from ..source.characters import codepoint
from ..source.scalars import PlainDay

_STEP = r"[@~]?[A-Za-z0-9]+(?:(?:[._:@+]|-{1,2})[A-Za-z0-9]+)*\+?"
MODEL_ID = re.compile(f"{_STEP}(?:/{_STEP})*")
"""All of the 8,261 ids that models.dev had on 2026-09-30 are of this form."""
LONGEST = 100
"""Characters; the longest of those ids has 61, and no key of a file has more (`source/parser.py`)."""

ALIKE = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("i", "l"), ("_", "-"), (".", "-"), ("--", "-"))
"""What people read as the same, most letters first."""


def model_id_problem(value: str) -> str | None:
    """Say why `value` is no id of a model and what to write, or None when it is one."""
    strange = next((c for c in value if not c.isascii()), None)
    if strange:
        return f"has the character {codepoint(strange)}, which is not ASCII; write the id as the vendor's list gives it"
    if len(value) > LONGEST:
        return f"has {len(value)} characters; {LONGEST} are the most"
    if not MODEL_ID.fullmatch(value):
        return (
            "is not an id of a model; write it as the vendor's list gives it: letters and digits,"
            " with one of `.` `_` `-` `:` `@` `+` `/` between them, such as Qwen/Qwen3-8B or gpt-oss-20b:free"
        )
    return None


def confusable_form(name: str) -> str:
    """What `name` looks like; names with the same form can be taken for each other, and differ in case at least."""
    name = name.lower()
    for one, other in ALIKE:
        name = name.replace(one, other)
    return name


def _model_id(value: object) -> object:
    if isinstance(value, PlainDay):
        raise PydanticCustomError("text", 'is a date without quotes; put it in quotes: "{day}"', {"day": str(value)})
    problem = model_id_problem(value) if isinstance(value, str) else None
    if problem:
        raise PydanticCustomError("id", "{problem}", {"problem": problem})
    return value


ModelId = Annotated[
    str, Field(strict=True, pattern=f"^{MODEL_ID.pattern}$", max_length=LONGEST), BeforeValidator(_model_id)
]
"""What requests name a model by, letter for letter as its vendor writes it."""
