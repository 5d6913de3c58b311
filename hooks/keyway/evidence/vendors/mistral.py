"""Mistral's rows: every alias has one of its own, with flags for what the model can do."""

from collections.abc import Mapping

from ...schema.facts import FactValue
from ..row_values import ListFormat, flags, names, number, read, utc_day, whole

FLAGS = {
    "completion_chat": "chat",
    "function_calling": "function_calling",
    "vision": "vision",
    "completion_fim": "fim",
    "reasoning": "reasoning",
}


KINDS = {
    "ocr": "ocr",
    "moderation": "moderation",
    "audio_speech": "speech",
    "audio_transcription": "transcription",
    "audio_transcription_realtime": "transcription",
}
"""Capability -> what a row that does not chat does; an embedding model has none of these."""

OTHERS = ("fine_tuning", "classification", "audio", "unified_resources")
"""Capabilities that say nothing of what we have facts on."""


def facts(row: Mapping[str, object]) -> dict[str, FactValue]:
    """Mistral's rich row (`mistralai.client.models.BaseModelCard`)."""
    able = flags(row, "capabilities", (*FLAGS, *KINDS))
    said: dict[str, FactValue] = {ours: able[word] for word, ours in FLAGS.items() if word in able}
    if said.get("chat") is False:
        kinds = [kind for word, kind in KINDS.items() if able.get(word)]
        said |= {"kind": kinds[0]} if kinds else {}
    return said | read(
        row,
        {
            "aliases": ("aliases", names),
            "default_model_temperature": ("temperature", number),
            "max_context_length": ("context", whole),
            "deprecation": ("retired", utc_day),
        },
    )


FORMAT = ListFormat(
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
    facts,
    alias_rows=True,
    flags={"capabilities": (*FLAGS, *KINDS, *OTHERS)},
)
