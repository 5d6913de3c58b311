"""curl: one request as a command for a POSIX shell, its key read from an environment variable."""

from collections.abc import Mapping

from ..schema.provider import Endpoint, Provider
from .quoting import json_text, word


def curl(address: str, variable: str, body: Mapping[str, object] | None = None, option: str = "") -> str:
    """The command that asks `address` with the key in `variable`: a POST of `body`, or without one a GET on one line.

    A GET is one line so that PowerShell takes it too, with its own way to name a variable.
    """
    parts = [f"curl {option} {word(address)}" if option else f"curl {word(address)}"]
    parts.append(f'--header "Authorization: Bearer ${variable}"')
    if body is None:
        return " ".join(parts) + "\n"
    parts += ['--header "Content-Type: application/json"', f"--data {word(json_text(body))}"]
    return " \\\n  ".join(parts) + "\n"


def list_request(provider: Provider, endpoint: Endpoint) -> str:
    """The command that asks `endpoint` for its models."""
    return curl(endpoint.base_url + endpoint.routes["models"], provider.keys[endpoint.key].variable)


def trial_request(address: str, variable: str, model: str) -> str:
    """The command that shows a refusal, or a filter at work: one field has another name at Mistral, one is refused.

    The answer comes with its headers, as some errors are told by a header alone.
    """
    message = {"role": "user", "content": "Say hello"}
    body = {"model": model, "max_completion_tokens": 20, "user": "me", "messages": [message]}
    return curl(address, variable, body, "-i")
