"""Snippets for people who program: curl and the libraries."""

import re

from ..curl import curl
from ..quoting import NO_KEY, json_string, literal, word
from .input import QUESTION, Block, SnippetInput

FIM_START, FIM_END = "def add(a, b):\n    ", "\n\nprint(add(1, 2))"
"""The text before and after the gap that the examples have filled in."""
FIM_TOKENS = 64
"""How long the filling of the examples may be."""


def by_curl(subject: SnippetInput) -> tuple[Block, ...]:
    """Requests by hand; the body is JSON in single quotes, so Windows' cmd does not take it."""
    chat = {"model": subject.name, "messages": [{"role": "user", "content": QUESTION}]}
    address, auth = subject.connection.base_url, subject.endpoint.auth
    blocks = [
        Block("chat", "bash", curl(address, subject.variable, chat, auth=auth), main=True),
        Block("stream", "bash", curl(address, subject.variable, {**chat, "stream": True}, "--no-buffer", auth=auth)),
    ]
    if _fills(subject):
        body = {"model": subject.name, "prompt": FIM_START, "suffix": FIM_END, "max_tokens": FIM_TOKENS}
        address = subject.endpoint.base_url + subject.endpoint.routes["fim"]
        blocks.append(Block("fim", "bash", curl(address, subject.variable, body, auth=auth)))
    return tuple(blocks)


def _fills(subject: SnippetInput) -> bool:
    """Whether the endpoint fills in the middle with this model."""
    return bool(subject.model.fim) and "fim" in subject.endpoint.routes


def openai_python(subject: SnippetInput) -> tuple[Block, ...]:
    """The openai library, pointed at the endpoint; without `api_key` it would send OPENAI_API_KEY there."""
    client = (
        "import os\n\nfrom openai import OpenAI\n\n"
        "client = OpenAI(\n"
        f"    base_url={literal(subject.connection.base_url)},\n"
        f"    api_key={_key(subject)},\n"
        ")\n"
    )
    request = f"    model={literal(subject.name)},\n    messages=[{_message()}],\n"
    chat = f"{client}answer = client.chat.completions.create(\n{request})\nprint(answer.choices[0].message.content)\n"
    stream = (
        f"{client}stream = client.chat.completions.create(\n{request}    stream=True,\n)\n"
        "for chunk in stream:\n"
        "    if chunk.choices and chunk.choices[0].delta.content:\n"
        '        print(chunk.choices[0].delta.content, end="", flush=True)\n'
        "print()\n"
    )
    return (
        Block("install", "bash", "pip install openai\n"),
        Block("chat", "python", chat, subject.file, main=True),
        Block("stream", "python", stream),
    )


def mistralai_python(subject: SnippetInput) -> tuple[Block, ...]:
    """Mistral's own library; without `api_key` it would take MISTRAL_API_KEY for Codestral's host too."""
    head = "import os\n\nfrom mistralai.client import Mistral\n\n"
    client = (
        "with Mistral(\n"
        f"    server_url={literal(subject.connection.base_url)},\n"
        f"    api_key={_key(subject)},\n"
        ") as client:\n"
    )
    request = f"        model={literal(subject.name)},\n        messages=[{_message()}],\n    )\n"
    chat = f"{head}{client}    answer = client.chat.complete(\n{request}    print(answer.choices[0].message.content)\n"
    stream = (
        f"{head}{client}    stream = client.chat.stream(\n{request}"
        "    for event in stream:\n"
        '        print(event.data.choices[0].delta.content or "", end="", flush=True)\n'
        "    print()\n"
    )
    blocks = [
        Block("install", "bash", f"pip install {word('mistralai>=3')}\n"),
        Block("chat", "python", chat, subject.file, main=True),
        Block("stream", "python", stream),
    ]
    if _fills(subject):
        fim = (
            f"{head}{client}    answer = client.fim.complete(\n"
            f"        model={literal(subject.name)},\n"
            f"        prompt={literal(FIM_START)},\n"
            f"        suffix={literal(FIM_END)},\n"
            f"        max_tokens={FIM_TOKENS},\n    )\n"
            "    print(answer.choices[0].message.content)\n"
        )
        blocks.append(Block("fim", "python", fim))
    return tuple(blocks)


def _key(subject: SnippetInput) -> str:
    """The key as an expression of Python."""
    return f"os.environ[{literal(subject.variable)}]" if subject.variable else literal(NO_KEY)


def _message() -> str:
    return f'{{"role": "user", "content": {literal(QUESTION)}}}'


def vercel_ai_sdk(subject: SnippetInput) -> tuple[Block, ...]:
    """The Vercel AI SDK, with the provider's own package where it has one; for a server, not for a browser."""
    package, create = subject.connection.choice, subject.connection.entry.factory
    provider = re.sub(r"[^a-z0-9]|^(?=[0-9])", "_", subject.provider.id)
    named = f"  name: {json_string(subject.entry)},\n" if subject.connection.kind == "compatible" else ""
    key = f"  apiKey: process.env.{subject.variable},\n" if subject.variable else ""
    asked = f"{{\n  model: {provider}({json_string(subject.name)}),\n  prompt: {json_string(QUESTION)},\n}}"

    def program(function: str, rest: str) -> str:
        return (
            f'import {{ {create} }} from "{package}";\nimport {{ {function} }} from "ai";\n\n'
            f"const {provider} = {create}({{\n{named}"
            f"  baseURL: {json_string(subject.connection.base_url)},\n"
            f"{key}}});\n{rest}"
        )

    chat = program("generateText", f"const {{ text }} = await generateText({asked});\nconsole.log(text);\n")
    stream = program(
        "streamText",
        f"const {{ textStream }} = streamText({asked});\n"
        "for await (const part of textStream) process.stdout.write(part);\nconsole.log();\n",
    )
    return (
        Block("install", "bash", f"npm install ai {package}\n"),
        Block("chat", "javascript", chat, subject.file, main=True),
        Block("stream", "javascript", stream),
    )
