"""A configuration of the LiteLLM proxy that keeps requests within what a provider takes.

LiteLLM knows some providers itself: it gives `max_completion_tokens` and `seed` their names there, and with
`drop_params` leaves out the OpenAI parameters that its own list for the provider lacks. That list can be older than
the provider: what the provider accepts by now has to be let through by name. Messages it brings into the provider's
form itself. Tried with LiteLLM 1.109.1: all that the catalogue calls refused stays behind or gets its other name.
"""

import json

from ...schema.provider import Provider
from ..request_rules import SPENDING_LIMITS, accepted, refused, renames

KNOWN = frozenset({"mistral"})
"""Providers that LiteLLM has code of its own for, under these names; others it reaches as `openai/` and an address."""

MAPPED = frozenset(
    "stream temperature top_p max_tokens max_completion_tokens tools tool_choice seed stop response_format "
    "parallel_tool_calls reasoning_effort prompt_cache_key".split()
)
"""What LiteLLM 1.109.1 sends to Mistral by itself (litellm/llms/mistral/chat/transformation.py)."""

OPENAI_PARAMETERS = frozenset(
    "frequency_penalty presence_penalty n logprobs top_logprobs prediction service_tier".split()
)
"""Further OpenAI parameters that LiteLLM treats as such, and so drops where its list for a provider lacks them."""


def litellm_config(provider: Provider) -> str:
    """A `config.yaml` for LiteLLM's proxy with one model of `provider`, its recommended one."""
    route = provider.requests["chat"]
    endpoint = next(iter(provider.endpoints.values()))
    key = provider.keys[endpoint.key].variable
    known = provider.id in KNOWN
    left = renames(route) if known else {}
    drop = [name for name in refused(route) if name not in left and name not in SPENDING_LIMITS]
    allow = [name for name in accepted(route) if name in OPENAI_PARAMETERS and name not in MAPPED]
    lines = [
        "model_list:",
        f"  - model_name: {provider.recommended}",
        "    litellm_params:",
        f"      model: {provider.id if known else 'openai'}/{provider.recommended}",
        *([] if known else [f"      api_base: {endpoint.base_url}"]),
        f"      api_key: os.environ/{key}",
        "      drop_params: true",
        *([f"      additional_drop_params: {json.dumps(drop)}"] if drop else []),
        *([f"      allowed_openai_params: {json.dumps(allow)}"] if allow else []),
    ]
    return "\n".join(lines) + "\n"
