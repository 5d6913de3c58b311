"""The rows of Moonshot's platform and of Kimi Code: window, media and thinking; no price, no longest answer.

Rows of 2026 grew: `supports_thinking_type` and `think_efforts` came in July, and a row of a model without levels of
effort has no `think_efforts`. Kimi Code adds `display_name`, which alone tells to which model its alias leads.
"""

from collections.abc import Mapping

from ...schema.facts import FactValue
from ..row_values import NAME, ListFormat, flag, read, text, whole, wrong


def facts(row: Mapping[str, object]) -> dict[str, FactValue]:
    """What one row says. The name beside the id says nothing that we compare, nor any word for how it may think
    but `only`, which is the one that has been seen."""
    said = read(
        row,
        {
            "context_length": ("context", whole),
            "supports_image_in": ("vision", flag),
            "supports_reasoning": ("reasoning", flag),
        },
    )
    for name in ("supports_video_in", "supports_dynamic_tools"):
        if name in row:
            flag(row, name)
    if "display_name" in row:
        text(row, "display_name")
    if {"supports_image_in", "supports_video_in"} <= row.keys():
        seen = [medium for medium in ("image", "video") if row[f"supports_{medium}_in"]]
        said["inputs"] = ("text", *seen)
    if "supports_thinking_type" in row and text(row, "supports_thinking_type") == "only":
        said["reasoning_off"] = False
    return said | _efforts(row)


def _efforts(row: Mapping[str, object]) -> dict[str, FactValue]:
    """The levels of effort, and the one that is taken where a request names none."""
    given = row.get("think_efforts")
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise wrong(row, "think_efforts", "an object with levels")
    levels, default = given.get("valid_efforts", []), given.get("default_effort", "")
    known = isinstance(levels, list) and all(isinstance(one, str) and NAME.fullmatch(one) for one in levels)
    if not known or not isinstance(default, str):
        raise wrong(row, "think_efforts", "an object with levels")
    return {"efforts": tuple(levels), "default_effort": default} if given.get("support") is True else {}


FORMAT = ListFormat(
    (
        "id",
        "display_name",
        "context_length",
        "supports_image_in",
        "supports_video_in",
        "supports_reasoning",
        "supports_dynamic_tools",
        "supports_thinking_type",
        "think_efforts",
    ),
    facts,
)
