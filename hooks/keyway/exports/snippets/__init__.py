"""The configuration that a client takes, for one endpoint and one model: ready to paste, without a key.

A key is always the name of an environment variable, read in the client's own way, and never part of an address.
Which models a page offers is `choices.py`; how a page looks is `overrides/parts/snippet.html`.
"""

from collections.abc import Callable, Mapping

from ...schema.client import Client
from ...schema.endpoint import Endpoint
from ...schema.model import Model
from ...schema.provider import Provider
from ...schema.ways import connection
from . import agents, editors, files, programs
from .input import Block, SnippetInput

__all__ = ["WRITERS", "Block", "SnippetInput", "snippet", "snippets"]

WRITERS: Mapping[str, Callable[[SnippetInput], tuple[Block, ...]]] = {
    "aider": files.aider,
    "claude-code": agents.claude_code,
    "codex": agents.codex,
    "continue": files.continue_,
    "curl": programs.by_curl,
    "kilo-code": editors.kilo_code,
    "litellm": files.litellm,
    "mistralai-python": programs.mistralai_python,
    "openai-python": programs.openai_python,
    "opencode": editors.opencode,
    "vercel-ai-sdk": programs.vercel_ai_sdk,
    "zed": editors.zed,
}
"""Client -> what writes its blocks."""


def snippets(
    client: Client, provider: Provider, endpoint: Endpoint, model: Model, name: str | None = None
) -> tuple[Block, ...]:
    """Every file, program and command that sets `client` up for `model` at `endpoint`, in the order of their use.

    `name` is the id or alias that requests are to give, the model's own id where it is left out. Empty where the
    client takes no file or code, or cannot be configured for a model of which the catalogue knows so little.
    """
    writer = WRITERS.get(client.id) if client.config else None
    way = connection(client, provider, endpoint)
    if writer is None or way is None:
        return ()
    return writer(SnippetInput(client, provider, way, model, name or model.id))


def snippet(client: Client, provider: Provider, endpoint: Endpoint, model: Model, name: str | None = None) -> str:
    """The text of the one block that the client reads: its file, or its program.

    Raises LookupError where there is none.
    """
    for block in snippets(client, provider, endpoint, model, name):
        if block.main:
            return block.text
    raise LookupError(f"{client.id} has no configuration for {provider.id}, {endpoint.id}, {name or model.id}")
