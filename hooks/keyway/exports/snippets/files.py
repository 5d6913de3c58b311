"""Snippets for tools that take YAML: Continue, LiteLLM, Aider."""

from ...schema.connection import Native
from ..curl import curl
from ..litellm import MASTER_KEY, config
from ..quoting import NO_KEY, bare, json_text, literal, word
from .input import QUESTION, Block, SnippetInput

LITELLM_PORT = 4000
"""LiteLLM's own default."""


def continue_(subject: SnippetInput) -> tuple[Block, ...]:
    """Continue's file; `secrets` are read from a file beside it, not from the environment."""
    way, model = subject.connection, subject.model
    lines = [
        f"name: {bare(subject.provider.id)}",
        "version: 0.0.1",
        "schema: v1",
        "models:",
        f"  - name: {literal(model.name)}",
        f"    provider: {bare(way.choice)}",
        f"    model: {bare(subject.name)}",
    ]
    if way.asks:
        lines.append(f"    apiBase: {bare(way.base_url)}")
    if subject.variable:
        lines.append(f"    apiKey: ${{{{ secrets.{subject.variable} }}}}")
    roles = ["chat", "edit", "apply"] + (["autocomplete"] if model.fim and way.kind == "native" else [])
    lines.append(f"    roles: [{', '.join(roles)}]")
    able = [name for name, flag in (("tool_use", model.function_calling), ("image_input", model.vision)) if flag]
    if able:
        lines.append(f"    capabilities: [{', '.join(able)}]")
    if model.context:
        lines += ["    defaultCompletionOptions:", f"      contextLength: {model.context}"]
    file = Block("file", "yaml", "\n".join(lines) + "\n", subject.file, main=True)
    if subject.variable is None:
        return (file,)
    return (file, Block("secret", "bash", f"{subject.variable}=YOUR_KEY\n", "~/.continue/.env"))


def litellm(subject: SnippetInput) -> tuple[Block, ...]:
    """LiteLLM's proxy, open to this machine alone; clients name the model as requests to the provider do."""
    text = config(subject.connection, subject.name, subject.variable)
    body = {"model": subject.name, "messages": [{"role": "user", "content": QUESTION}]}
    ask = curl(f"http://127.0.0.1:{LITELLM_PORT}/v1/chat/completions", MASTER_KEY, body)
    # It refuses to start without a key of its own, and with one that can be guessed.
    own_key = f'export {MASTER_KEY}="sk-$(openssl rand -hex 32)"\necho "${MASTER_KEY}"\n'
    return (
        Block("install", "bash", f"pip install {word(subject.client.safe_requirement('litellm[proxy]'))}\n"),
        Block("file", "yaml", text, subject.file, main=True),
        Block("own_key", "bash", own_key),
        Block("start", "bash", f"litellm --config {word(subject.file)} --host 127.0.0.1 --port {LITELLM_PORT}\n"),
        Block("ask", "bash", ask),
    )


def aider(subject: SnippetInput) -> tuple[Block, ...]:
    """Aider's file, what it is to know of the model, and how to start it."""
    way, model = subject.connection, subject.model
    known = way.entry if isinstance(way.entry, Native) else None
    name = way.choice + subject.name
    # Other models, for summaries and commit messages, would need keys of other providers.
    lines = [f"model: {bare(name)}", f"weak-model: {bare(name)}"]
    if known is None:
        lines.append(f"openai-api-base: {bare(way.base_url)}")
    elif known.address_variable:
        # Left to itself it would ask an address of the provider's that is meant for something else.
        lines += ["set-env:", f"  - {bare(f'{known.address_variable}={way.base_url}')}"]
    blocks = [Block("file", "yaml", "\n".join(lines) + "\n", subject.file, main=True)]
    if model.context:
        facts = {"max_input_tokens": model.context, "litellm_provider": way.choice.rstrip("/"), "mode": "chat"}
        blocks.append(Block("file", "json", json_text({name: facts}) + "\n", "~/.aider.model.metadata.json"))
    if model.temperature:
        # Aider sends 0 by itself, whatever the model's own default is.
        settings = f"- name: aider/extra_params\n  extra_params:\n    temperature: {model.temperature:g}\n"
        blocks.append(Block("file", "yaml", settings, "~/.aider.model.settings.yml"))
    own = f'"${subject.variable}"' if subject.variable else NO_KEY
    start = "aider\n" if known else f"{way.variable}={own} aider\n"
    return (*blocks, Block("start", "bash", start))
