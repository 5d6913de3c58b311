"""DeepSeek's rows: a bare id, and since about October 2026 some facts beside it."""

from collections.abc import Mapping

from ...schema.facts import FactValue
from ..row_values import ListFormat, names, read, whole


def facts(row: Mapping[str, object]) -> dict[str, FactValue]:
    """DeepSeek's row: a bare id, and since about October 2026 some facts beside it."""
    said = read(row, {"context_window": ("context", whole)})
    if "input_modalities" in row:
        said["vision"] = "image" in names(row, "input_modalities")
    return said


FORMAT = ListFormat(("id", "context_window", "max_output_tokens", "input_modalities", "output_modalities"), facts)
