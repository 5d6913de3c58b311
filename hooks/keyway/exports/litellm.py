"""LiteLLM's proxy configuration: the one writer of its `config.yaml`, for guides and for the filter."""

from collections.abc import Sequence

from ..schema.connection import Connection
from .quoting import NO_KEY, bare

MASTER_KEY = "LITELLM_MASTER_KEY"
"""The variable with the key that LiteLLM asks of its own clients."""


def config(connection: Connection, name: str, variable: str | None, settings: Sequence[str] = ()) -> str:
    """The whole file, with one model; clients name it `name`, as requests to the provider do.

    `variable` has the provider's key, None where the endpoint takes none; `settings` are further lines of the entry's
    `litellm_params`. What LiteLLM's own list for the provider lacks is left out of requests. The proxy does not start
    without a key of its own.
    """
    lines = [
        f"model: {bare(connection.choice + name)}",
        f"api_base: {bare(connection.base_url)}",
        f"api_key: os.environ/{variable}" if variable else f"api_key: {NO_KEY}",
        "drop_params: true",
        *settings,
    ]
    return (
        f"model_list:\n  - model_name: {bare(name)}\n    litellm_params:\n"
        + "".join(f"      {line}\n" for line in lines)
        + f"general_settings:\n  master_key: os.environ/{MASTER_KEY}\n"
    )
