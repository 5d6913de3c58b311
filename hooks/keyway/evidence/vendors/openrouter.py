"""OpenRouter's rows; no provider of ours yet, kept to show what the next one costs."""

from collections.abc import Mapping

from ...schema.facts import FactValue
from ..row_values import ListFormat, names, read, utc_day, whole


def facts(row: Mapping[str, object]) -> dict[str, FactValue]:
    """OpenRouter's row; no provider of ours yet, kept to show what the next one costs."""
    said = read(row, {"context_length": ("context", whole), "expiration_date": ("retired", utc_day)})
    if "supported_parameters" in row:
        given = names(row, "supported_parameters")
        said |= {"function_calling": "tools" in given, "reasoning": "reasoning" in given}
    return said


FORMAT = ListFormat(("id", "context_length", "supported_parameters", "expiration_date"), facts)
