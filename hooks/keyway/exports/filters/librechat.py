"""An entry of LibreChat's `endpoints.custom` that leaves out what a provider refuses.

`dropParams` takes names off the list of parameters that LibreChat itself would send; it changes no messages, renames
nothing and sees no field that LibreChat does not know.
"""

import json

from ...schema.provider import Provider
from ..request_rules import SPENDING_LIMITS, refused, renames


def librechat_endpoint(provider: Provider) -> str:
    """The whole `librechat.yaml` with one custom endpoint for `provider`."""
    route = provider.requests["chat"]
    endpoint = provider.default_endpoint
    key = provider.keys[endpoint.key].variable
    limits = set(SPENDING_LIMITS)
    drop = [name for name in refused(route) if name not in limits and renames(route).get(name) not in limits]
    lines = [
        "endpoints:",
        "  custom:",
        f"    - name: {json.dumps(provider.name.en, ensure_ascii=False)}",
        f'      apiKey: "${{{key}}}"',
        f"      baseURL: {json.dumps(endpoint.base_url)}",
        "      models:",
        f"        default: {json.dumps([provider.recommended])}",
        "        fetch: true",
        *([f"      dropParams: {json.dumps(drop)}"] if drop else []),
    ]
    return "\n".join(lines) + "\n"
