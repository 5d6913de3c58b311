"""Groq's rows: window and longest answer, since September 2026 with media and features. No row says what is a preview.

Only rows that name their features tell whether a model calls tools or thinks: older rows, and those of models that
classify, have none.
"""

from collections.abc import Mapping

from ...schema.facts import FactValue
from ..row_values import ListFormat, flag, names, read, text, whole

KINDS = {"transcription": "transcription", "speech": "speech"}
"""What a row gives -> what a model that gives it does; a model that gives text chats, as far as its row says."""


def facts(row: Mapping[str, object]) -> dict[str, FactValue]:
    """What one row says."""
    said = read(row, {"context_window": ("context", whole), "max_completion_tokens": ("max_output", whole)})
    if "active" in row:
        flag(row, "active")
    if "name" in row:
        text(row, "name")
    if "input_modalities" in row:
        said["inputs"] = names(row, "input_modalities")
        said["vision"] = "image" in names(row, "input_modalities")
    if "output_modalities" in row:
        kinds = [KINDS[name] for name in names(row, "output_modalities") if name in KINDS]
        said |= {"chat": False, "kind": kinds[0]} if kinds else {"outputs": names(row, "output_modalities")}
    if "supported_features" in row:
        given = names(row, "supported_features")
        said |= {"function_calling": "tools" in given, "reasoning": "reasoning" in given}
    return said


FORMAT = ListFormat(
    (
        "id",
        "name",
        "active",
        "context_window",
        "max_completion_tokens",
        "input_modalities",
        "output_modalities",
        "supported_features",
    ),
    facts,
)
