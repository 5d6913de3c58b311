"""Filters: ready-made files that keep requests within what a provider takes, each made from the catalogue.

A filter's module turns a `Provider` into the text of one file and nothing else; this one only lists them.

There is none for nginx and none for Caddy: neither can take a member out of a JSON body without code of its own
(a script in nginx's njs, a plugin in Caddy), and a configuration that only passes bodies on filters nothing.
"""

from collections.abc import Mapping

from ...schema.client import Client
from ...schema.provider import Provider
from ..request_rules import LIST_ROUTE, refused
from .librechat import librechat_endpoint
from .litellm import litellm_config
from .new_api import new_api_override
from .worker import worker

__all__ = ["filters", "librechat_endpoint", "litellm_config", "new_api_override", "worker"]


def filters(provider: Provider, clients: Mapping[str, Client]) -> Mapping[str, str]:
    """Every filter for `provider`: file name -> text; none where nothing is known to be refused.

    `clients` are those of the catalogue: what LiteLLM does with the provider's requests by itself stands there.

    `worker.mjs` is for the provider's first endpoint; each further endpoint that takes one of the described routes
    has a `worker-<endpoint>.mjs`, for a Worker sends keys to one host only.
    """
    if not any(route.closed or refused(route) for route in provider.requests.values()):
        return {}
    files = {}
    for number, (name, endpoint) in enumerate(provider.endpoints.items()):
        if endpoint.local:
            continue  # a Worker on Cloudflare's network cannot reach it
        if any(route in provider.requests for route in endpoint.routes if route != LIST_ROUTE):
            files["worker.mjs" if number == 0 else f"worker-{name}.mjs"] = worker(provider, name)
    if "chat" in provider.requests:
        files["new-api.json"] = new_api_override(provider)
        litellm = litellm_config(provider, clients["litellm"]) if "litellm" in clients else None
        if litellm:
            files["litellm.yaml"] = litellm
        librechat = librechat_endpoint(provider)
        if librechat:
            files["librechat.yaml"] = librechat
    return files
