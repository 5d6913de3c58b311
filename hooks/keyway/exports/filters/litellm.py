"""A configuration of the LiteLLM proxy that keeps requests within what a provider takes.

LiteLLM knows some providers itself: it gives `max_completion_tokens` and `seed` their names there, and with
`drop_params` leaves out the OpenAI parameters that its own list for the provider lacks. That list can be older than
the provider: what the provider accepts by now has to be let through by name. Messages it brings into the provider's
form itself. What it does stands in the client's data; a test runs its proxy on the file.
"""

import json

from ...schema.client import Client
from ...schema.connection import Native
from ...schema.provider import Provider
from ...schema.ways import connection
from ..litellm import config
from ..request_rules import SPENDING_LIMITS, refused

OPENAI_PARAMETERS = frozenset(
    "frequency_penalty presence_penalty n logprobs top_logprobs prediction service_tier".split()
)
"""Further OpenAI parameters that LiteLLM treats as such, and so drops where its list for a provider lacks them."""


def litellm_config(provider: Provider, litellm: Client) -> str | None:
    """A `config.yaml` for LiteLLM's proxy with one model of `provider`, its recommended one.

    None where LiteLLM cannot reach the provider with a key.
    """
    way = connection(litellm, provider)
    key = provider.key_of(way.endpoint) if way else None
    if way is None or key is None:
        return None
    route = provider.requests["chat"]
    passed = way.entry.passes if isinstance(way.entry, Native) else ()
    drop = [name for name in refused(route) if name not in passed and name not in SPENDING_LIMITS]
    allow = [name for name in route.accepted if name in OPENAI_PARAMETERS and name not in passed]
    settings = [
        *([f"additional_drop_params: {json.dumps(drop)}"] if drop else []),
        *([f"allowed_openai_params: {json.dumps(allow)}"] if allow else []),
    ]
    return config(way, provider.recommended, key.variable, settings)
