"""How a client reaches an endpoint: its own entry or the compatible one, and the address as it wants it."""

import pytest
from keyway.schema.client import Client
from keyway.schema.connection import Connection
from keyway.schema.provider import Endpoint, Provider

NAME = {"en": "n", "zh": "n", "ja": "n"}
NATIVE = {"choice": "Mistral", "variable": "MISTRAL_API_KEY", "sources": ("docs",)}
COMPATIBLE = {"choice": "OpenAI Compatible", "address": "base-slash", "package": "any", "sources": ("docs",)}


def provider() -> Provider:
    """A provider with two hosts."""
    key = {"name": NAME, "page": "https://console.mistral.ai/", "variable": "MISTRAL_API_KEY"}
    common = {"name": NAME, "key": "platform", "sources": ("docs",)}
    return Provider(
        id="mistral",
        name=NAME,
        website="https://mistral.ai/",
        documentation={},
        keys={"platform": key},
        endpoints={
            "platform": {**common, "base_url": "https://api.mistral.ai/v1", "routes": {"chat": "/chat/completions"}},
            "codestral": {**common, "base_url": "https://codestral.mistral.ai/v1", "models": ("code-1",)},
        },
        recommended="code-1",
        list_limit_days=30,
        sources={"docs": {"title": "Documentation", "seen": "2026-10-08"}},
    )


def client(**ways: object) -> Client:
    """A client with these ways to providers."""
    return Client(
        id="tool",
        name="Tool",
        kind="editor",
        website="https://zed.dev/",
        lifecycle={"state": "active", "source": "docs"},
        platforms=("linux",),
        sources={"docs": {"title": "Documentation", "seen": "2026-10-08"}},
        **ways,
    )


def connection(endpoint: str | None = None, **ways: object) -> Connection | None:
    to = provider()
    return client(**ways).connection(to, to.endpoints[endpoint] if endpoint else None)


def test_a_client_without_a_way_reaches_nothing() -> None:
    assert connection() is None
    assert connection(native={"deepseek": NATIVE}) is None


def test_its_own_entry_goes_before_the_compatible_one() -> None:
    found = connection(native={"mistral": NATIVE}, compatible=COMPATIBLE)
    assert found
    assert (found.kind, found.choice, found.variable) == ("native", "Mistral", "MISTRAL_API_KEY")
    assert not found.asks
    assert (found.address, found.base_url) == ("base", "https://api.mistral.ai/v1")


def test_an_entry_that_takes_no_address_leads_to_the_default_endpoint_alone() -> None:
    found = connection("codestral", native={"mistral": NATIVE}, compatible=COMPATIBLE)
    assert found
    assert (found.kind, found.base_url) == ("compatible", "https://codestral.mistral.ai/v1/")
    assert connection("codestral", native={"mistral": NATIVE}) is None


def test_an_entry_that_takes_an_address_leads_to_every_endpoint() -> None:
    found = connection("codestral", native={"mistral": NATIVE | {"address": "root"}}, compatible=COMPATIBLE)
    assert found
    assert (found.kind, found.asks, found.base_url) == ("native", True, "https://codestral.mistral.ai")


@pytest.mark.parametrize("endpoint", ["platform", "codestral"])
def test_the_providers_own_package_speaks_with_it_by_every_way(endpoint: str) -> None:
    own = connection(endpoint, native={"mistral": NATIVE | {"package": "own"}}, compatible=COMPATIBLE)
    any_other = connection(endpoint, native={"mistral": NATIVE}, compatible=COMPATIBLE)
    assert own
    assert any_other
    assert (own.package, any_other.package) == ("own", "any")


def test_a_temperature_is_that_of_its_own_entry() -> None:
    sent = NATIVE | {"temperature": {"value": 0, "source": "docs"}}
    own, other = connection(native={"mistral": sent}), connection(compatible=COMPATIBLE)
    assert own
    assert other
    assert (own.temperature, other.temperature) == (0, None)


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("root", "https://api.mistral.ai"),
        ("base", "https://api.mistral.ai/v1"),
        ("base-slash", "https://api.mistral.ai/v1/"),
        ("chat", "https://api.mistral.ai/v1/chat/completions"),
    ],
)
def test_an_address_has_the_form_that_is_asked_for(form: str, written: str) -> None:
    assert provider().default_endpoint.address(form) == written


def test_an_endpoint_serves_all_models_or_those_that_it_names() -> None:
    endpoints: dict[str, Endpoint] = provider().endpoints
    assert [endpoints[name].serves(id) for name in endpoints for id in ("code-1", "other")] == [True, True, True, False]
