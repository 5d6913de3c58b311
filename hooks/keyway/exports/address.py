"""How an endpoint's address is written for a client; four forms, as clients differ in what they add to it."""

from urllib.parse import urlsplit

from ..schema.client import AddressForm
from ..schema.provider import Endpoint


def address(endpoint: Endpoint, form: AddressForm) -> str:
    """The endpoint's address in the form that a client wants: root, base, base-slash or chat."""
    parts = urlsplit(endpoint.base_url)
    return {
        "root": f"{parts.scheme}://{parts.netloc}",
        "base": endpoint.base_url,
        "base-slash": endpoint.base_url + "/",
        "chat": endpoint.base_url + endpoint.routes.get("chat", "/chat/completions"),
    }[form]
