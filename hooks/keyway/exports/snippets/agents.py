"""Snippets for the vendors' own agents, which reach another host in one format each: Claude Code and Codex."""

import re

from ..quoting import json_text, literal
from .input import QUESTION, Block, SnippetInput

KNOWN_WINDOW = 200_000
"""Tokens that Claude Code works with where it is told nothing; a model with less has to be compacted earlier."""
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
"""A key of TOML that needs no quotes."""
SLOTS = (
    "ANTHROPIC_MODEL",
    "ANTHROPIC_DEFAULT_FABLE_MODEL",
    "ANTHROPIC_DEFAULT_OPUS_MODEL",
    "ANTHROPIC_DEFAULT_SONNET_MODEL",
    "ANTHROPIC_DEFAULT_HAIKU_MODEL",
    "CLAUDE_CODE_SUBAGENT_MODEL",
)
"""What Claude Code takes a model's id from: for the conversation, for each of its own names, and for its helpers."""
TOKEN, KEY = "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY"
"""Its variables for a key: the first is sent as Bearer, the second as x-api-key."""


def claude_code(subject: SnippetInput) -> tuple[Block, ...]:
    """Claude Code's settings, every slot filled with the one model; the key goes in on the command line."""
    env = {"ANTHROPIC_BASE_URL": subject.connection.base_url, **dict.fromkeys(SLOTS, subject.name)}
    window = subject.endpoint.contexts.get(subject.model.id, subject.model.context)
    if window:
        env["CLAUDE_CODE_MAX_CONTEXT_TOKENS"] = str(window)
        if window < KNOWN_WINDOW:
            env["CLAUDE_CODE_AUTO_COMPACT_WINDOW"] = str(window)
    env["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1"
    sent, other = (KEY, TOKEN) if subject.endpoint.auth == "x-api-key" else (TOKEN, KEY)
    value = f'"${subject.variable}"' if subject.variable else "none"
    command = f"env -u {other} {sent}={value} claude"
    return (
        Block("file", "json", json_text({"env": env}) + "\n", subject.file, main=True),
        Block("start", "bash", f"{command}\n"),
        Block("chat", "bash", f'{command} -p "{QUESTION}"\n'),
    )


def codex(subject: SnippetInput) -> tuple[Block, ...]:
    """Codex's file; the key is read from the variable that it names."""
    entry = subject.entry
    window = subject.endpoint.contexts.get(subject.model.id, subject.model.context)
    lines = [f"model = {literal(subject.name)}", f"model_provider = {literal(entry)}"]
    if window:
        lines.append(f"model_context_window = {window}")
    lines += [
        "",
        f"[model_providers.{entry if BARE_KEY.fullmatch(entry) else literal(entry)}]",
        f"name = {literal(subject.endpoint.name['en'])}",
        f"base_url = {literal(subject.connection.base_url)}",
        'wire_api = "responses"',
    ]
    if subject.variable:
        lines.append(f"env_key = {literal(subject.variable)}")
    return (
        Block("file", "toml", "\n".join(lines) + "\n", subject.file, main=True),
        Block("start", "bash", "codex\n"),
        Block("chat", "bash", f'codex exec "{QUESTION}"\n'),
    )
