"""curl: one request as a command for a POSIX shell, its key read from an environment variable."""

from collections.abc import Mapping

from ..schema.endpoint import Auth, Endpoint
from ..schema.provider import Provider
from .quoting import json_text, word

ANTHROPIC_VERSION = "anthropic-version: 2023-06-01"
"""The header without which Anthropic's format is refused; other vendors ignore it."""


def curl(
    address: str,
    variable: str | None,
    body: Mapping[str, object] | None = None,
    option: str = "",
    *,
    auth: Auth = "bearer",
    headers: tuple[str, ...] = (),
) -> str:
    """The command that asks `address` with the key in `variable`: a POST of `body`, or without one a GET on one line.

    `auth` says what carries the key; `headers` are further lines of the request. A GET is one line so that PowerShell
    takes it too, with its own way to name a variable.
    """
    asked = word(address)
    if variable and auth == "query":
        asked = f'"{address}?key=${variable}"'
    parts = [f"curl {option} {asked}" if option else f"curl {asked}"]
    parts += [f'--header "{line}"' for line in (*_key_header(variable, auth), *headers)]
    if body is None:
        return " ".join(parts) + "\n"
    parts += ['--header "Content-Type: application/json"', f"--data {word(json_text(body))}"]
    return " \\\n  ".join(parts) + "\n"


def _key_header(variable: str | None, auth: Auth) -> tuple[str, ...]:
    """The header that carries the key, where one does."""
    if variable is None or auth in ("query", "none"):
        return ()
    return (f"Authorization: Bearer ${variable}" if auth == "bearer" else f"{auth}: ${variable}",)


def list_request(provider: Provider, endpoint: Endpoint) -> str:
    """The command that asks `endpoint` for its models."""
    key = provider.key_of(endpoint)
    headers = (ANTHROPIC_VERSION,) if endpoint.protocols == ("messages",) else ()
    address = endpoint.base_url + endpoint.routes["models"]
    return curl(address, key.variable if key else None, auth=endpoint.auth, headers=headers)


def trial_request(address: str, variable: str | None, model: str) -> str:
    """The command that shows a refusal, or a filter at work: one field has another name at Mistral, one is refused.

    The answer comes with its headers, as some errors are told by a header alone.
    """
    message = {"role": "user", "content": "Say hello"}
    body = {"model": model, "max_completion_tokens": 20, "user": "me", "messages": [message]}
    return curl(address, variable, body, "-i")
