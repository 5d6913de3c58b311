"""Snippets for editors and terminals that take a JSON file: Zed, OpenCode, Kilo Code."""

from typing import Any

from ...schema.connection import Native
from ..quoting import NO_KEY, json_text
from .input import Block, SnippetInput

ANSWER_TOKENS = 32_000
"""The longest answer that OpenCode and Kilo Code ask for by themselves; a larger number here would change nothing."""
ANSWER_SHARE = 4
"""An answer gets at most this part of a context window (a quarter), so that a question still fits beside it."""


def zed(subject: SnippetInput) -> tuple[Block, ...]:
    """Zed's settings; none for a model of unknown context window, which Zed demands under the name max_tokens.

    None either where the settings' name for the provider is not known.
    """
    model = subject.model
    if model.context is None:
        return ()
    entry: dict[str, Any] = {"name": subject.name, "display_name": model.name, "max_tokens": model.context}
    # A limit on answers would reach the endpoint as max_completion_tokens in some of Zed's formats; none is given.
    way = subject.connection
    if isinstance(way.entry, Native):
        if way.entry.configured_as is None:
            return ()
        where, variable = way.entry.configured_as, way.variable or subject.variable or ""
        entry |= {name: bool(getattr(model, fact)) for fact, name in way.entry.flags.items()}
        settings: dict[str, Any] = {where: {"api_url": way.base_url, "available_models": [entry]}}
    else:
        # Zed reads the key from the entry's name in capitals with _API_KEY.
        variable = subject.variable or f"{subject.provider.id.upper().replace('-', '_')}_API_KEY"
        where = variable.removesuffix("_API_KEY").lower()
        entry["capabilities"] = {
            "tools": bool(model.function_calling),
            "images": bool(model.vision),
            "parallel_tool_calls": False,
            "prompt_cache_key": False,
        }
        settings = {way.choice: {where: {"api_url": way.base_url, "available_models": [entry]}}}
    text = json_text(
        {
            "agent": {"default_model": {"provider": where, "model": subject.name}},
            "language_models": settings,
        }
    )
    if subject.variable is None:
        start = f"{variable}={NO_KEY} zed"
    else:
        start = "zed" if variable == subject.variable else f'{variable}="${subject.variable}" zed'
    return (Block("file", "json", text + "\n", subject.file, main=True), Block("start", "bash", start + "\n"))


def opencode(subject: SnippetInput) -> tuple[Block, ...]:
    """OpenCode's file; a variable in braces is read from the environment."""
    entry = _entry(subject)
    if subject.variable:
        entry["options"]["apiKey"] = f"{{env:{subject.variable}}}"
    text = json_text({"$schema": "https://opencode.ai/config.json", **_chosen(subject, entry)})
    return (
        Block("file", "json", text + "\n", subject.file, main=True),
        Block("start", "bash", "opencode\n"),
    )


def kilo_code(subject: SnippetInput) -> tuple[Block, ...]:
    """Kilo Code's file, for its terminal program and its extension; `env` names the variable of the key."""
    entry = {"env": [subject.variable], **_entry(subject)} if subject.variable else _entry(subject)
    text = json_text(_chosen(subject, entry))
    return (
        Block("file", "json", text + "\n", subject.file, main=True),
        Block("start", "bash", "kilo\n"),
    )


def _entry(subject: SnippetInput) -> dict[str, Any]:
    """One entry of `provider`, the key left out."""
    options = {"options": {"baseURL": subject.address("base")}, "models": {subject.name: _model(subject)}}
    entry = subject.connection.entry
    if isinstance(entry, Native) and entry.configured_as and subject.first:
        return options
    return {"npm": subject.connection.package, "name": subject.endpoint.name["en"], **options}


def _model(subject: SnippetInput) -> dict[str, Any]:
    model = subject.model
    known: dict[str, Any] = {"name": model.name}
    if model.vision:
        known |= {"attachment": True, "modalities": {"input": ["text", "image"], "output": ["text"]}}
    if model.context:
        answer = min(model.max_output or ANSWER_TOKENS, ANSWER_TOKENS, model.context // ANSWER_SHARE)
        known["limit"] = {"context": model.context, "output": answer}
    return known


def _chosen(subject: SnippetInput, entry: dict[str, Any]) -> dict[str, Any]:
    # The same model for titles and summaries: the one that is chosen otherwise can be of another provider.
    chosen = f"{subject.entry}/{subject.name}"
    return {"provider": {subject.entry: entry}, "model": chosen, "small_model": chosen}
