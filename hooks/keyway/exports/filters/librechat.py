"""An entry of LibreChat's `endpoints.custom` that leaves out what a provider refuses.

`dropParams` takes names off the list of parameters that LibreChat itself would send; it changes no messages, renames
nothing and sees no field that LibreChat does not know.
"""

import json

from ...schema.provider import Provider
from ..request_rules import SPENDING_LIMITS, refused


def librechat_endpoint(provider: Provider) -> str | None:
    """The whole `librechat.yaml` with one custom endpoint for `provider`.

    None where no endpoint of it takes a key and speaks LibreChat's format, OpenAI's Chat Completions.
    """
    route = provider.requests["chat"]
    endpoint = next((one for one in provider.speaking("chat") if one.key), None)
    key = provider.key_of(endpoint) if endpoint else None
    if endpoint is None or key is None:
        return None
    limits = set(SPENDING_LIMITS)
    drop = [name for name in refused(route) if name not in limits and route.renames.get(name) not in limits]
    lines = [
        "endpoints:",
        "  custom:",
        f"    - name: {json.dumps(provider.name.en, ensure_ascii=False)}",
        f'      apiKey: "${{{key.variable}}}"',
        f"      baseURL: {json.dumps(endpoint.base_url)}",
        "      models:",
        f"        default: {json.dumps([provider.recommended])}",
        "        fetch: true",
        *([f"      dropParams: {json.dumps(drop)}"] if drop else []),
    ]
    return "\n".join(lines) + "\n"
