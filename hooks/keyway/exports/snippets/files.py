"""Snippets for tools that take YAML: Continue, LiteLLM, Aider."""

from .input import QUESTION, Block, SnippetInput
from .quoting import bare, json_text, literal, word

LITELLM_PORT = 4000
"""LiteLLM's own default."""
MASTER_KEY = "LITELLM_MASTER_KEY"
"""The variable with the key that LiteLLM asks of its clients."""
ADDRESS_VARIABLES = {"deepseek/": "DEEPSEEK_API_BASE"}
"""Prefix -> the variable that tells Aider's own LiteLLM an address; it would ask DeepSeek's beta otherwise."""


def continue_(subject: SnippetInput) -> tuple[Block, ...]:
    """Continue's file; `secrets` are read from a file beside it, not from the environment."""
    native, model = subject.native, subject.model
    compatible = subject.client.compatible
    if native is None and compatible is None:
        return ()
    lines = [
        f"name: {bare(subject.provider.id)}",
        "version: 0.0.1",
        "schema: v1",
        "models:",
        f"  - name: {literal(model.name)}",
        f"    provider: {bare(native.choice if native else compatible.choice)}",
        f"    model: {bare(subject.name)}",
    ]
    # An address is left to Continue where it knows it and this is the endpoint it means.
    if native is None or native.address or not subject.first:
        lines.append(f"    apiBase: {bare(subject.own_address())}")
    lines.append(f"    apiKey: ${{{{ secrets.{subject.variable} }}}}")
    roles = ["chat", "edit", "apply"] + (["autocomplete"] if model.fim and native else [])
    lines.append(f"    roles: [{', '.join(roles)}]")
    able = [name for name, flag in (("tool_use", model.function_calling), ("image_input", model.vision)) if flag]
    if able:
        lines.append(f"    capabilities: [{', '.join(able)}]")
    if model.context:
        lines += ["    defaultCompletionOptions:", f"      contextLength: {model.context}"]
    return (
        Block("file", "yaml", "\n".join(lines) + "\n", subject.file, main=True),
        Block("secret", "bash", f"{subject.variable}=YOUR_KEY\n", "~/.continue/.env"),
    )


def litellm(subject: SnippetInput) -> tuple[Block, ...]:
    """LiteLLM's proxy, open to this machine alone; clients name the model as requests to the provider do."""
    native, compatible = subject.native, subject.client.compatible
    if native is None and compatible is None:
        return ()
    prefix = native.choice if native else compatible.choice
    config = (
        "model_list:\n"
        f"  - model_name: {bare(subject.name)}\n"
        "    litellm_params:\n"
        f"      model: {bare(prefix + subject.name)}\n"
        f"      api_base: {bare(subject.own_address())}\n"
        f"      api_key: os.environ/{subject.variable}\n"
        "litellm_settings:\n"
        "  drop_params: true\n"
        "general_settings:\n"
        f"  master_key: os.environ/{MASTER_KEY}\n"
    )
    body = json_text({"model": subject.name, "messages": [{"role": "user", "content": QUESTION}]})
    ask = (
        f"curl http://127.0.0.1:{LITELLM_PORT}/v1/chat/completions \\\n"
        f'  --header "Authorization: Bearer ${MASTER_KEY}" \\\n'
        '  --header "Content-Type: application/json" \\\n'
        f"  --data {word(body)}\n"
    )
    # It refuses to start without a key of its own, and with one that can be guessed.
    own_key = f'export {MASTER_KEY}="sk-$(openssl rand -hex 32)"\necho "${MASTER_KEY}"\n'
    return (
        # 1.107.0 was published by strangers.
        Block("install", "bash", f"pip install {word('litellm[proxy]!=1.107.0')}\n"),
        Block("file", "yaml", config, subject.file, main=True),
        Block("own_key", "bash", own_key),
        Block("start", "bash", f"litellm --config {word(subject.file)} --host 127.0.0.1 --port {LITELLM_PORT}\n"),
        Block("ask", "bash", ask),
    )


def aider(subject: SnippetInput) -> tuple[Block, ...]:
    """Aider's file, what it is to know of the model, and how to start it."""
    native, model = subject.native, subject.model
    known = native is not None and subject.first
    prefix = native.choice if native and known else "openai/"
    name = prefix + subject.name
    # Other models, for summaries and commit messages, would need keys of other providers.
    lines = [f"model: {bare(name)}", f"weak-model: {bare(name)}"]
    if not known:
        lines.append(f"openai-api-base: {bare(subject.address('base'))}")
    elif prefix in ADDRESS_VARIABLES:
        lines += ["set-env:", f"  - {bare(ADDRESS_VARIABLES[prefix] + '=' + subject.address('base'))}"]
    blocks = [Block("file", "yaml", "\n".join(lines) + "\n", subject.file, main=True)]
    if model.context:
        facts = {"max_input_tokens": model.context, "litellm_provider": prefix.rstrip("/"), "mode": "chat"}
        blocks.append(Block("file", "json", json_text({name: facts}) + "\n", "~/.aider.model.metadata.json"))
    if model.temperature:
        # Aider sends 0 by itself, whatever the model's own default is.
        settings = f"- name: aider/extra_params\n  extra_params:\n    temperature: {model.temperature:g}\n"
        blocks.append(Block("file", "yaml", settings, "~/.aider.model.settings.yml"))
    start = "aider\n" if known else f'OPENAI_API_KEY="${subject.variable}" aider\n'
    return (*blocks, Block("start", "bash", start))
