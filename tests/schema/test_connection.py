"""How a client reaches an endpoint: its own entry or the compatible one, and the address as it wants it."""

import pytest
from keyway.schema.client import Client
from keyway.schema.connection import Connection
from keyway.schema.endpoint import AddressForm, AllBut, Endpoint
from keyway.schema.provider import Provider
from keyway.schema.ways import connection as connection_to

NAME = {"en": "n", "zh": "n", "ja": "n"}
ROUTES = {"chat": "/chat/completions"}
NATIVE = {"choice": "Mistral", "variable": "MISTRAL_API_KEY", "sources": ("docs",)}
COMPATIBLE = {"chat": {"choice": "OpenAI Compatible", "address": "base-slash", "package": "any", "sources": ("docs",)}}


def provider() -> Provider:
    """A provider with two hosts."""
    key = {"name": NAME, "page": "https://console.mistral.ai/", "variable": "MISTRAL_API_KEY"}
    common = {"name": NAME, "key": "platform", "routes": ROUTES, "sources": ("docs",)}
    return Provider(
        id="mistral",
        name=NAME,
        website="https://mistral.ai/",
        documentation={},
        keys={"platform": key},
        endpoints={
            "platform": {**common, "base_url": "https://api.mistral.ai/v1"},
            "codestral": {
                **common,
                "base_url": "https://codestral.mistral.ai/v1",
                "models": ("code-1",),
                "routes": ROUTES,
            },
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
    return connection_to(client(**ways), to, to.endpoints[endpoint] if endpoint else None)


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


def test_an_address_that_the_client_takes_by_itself_is_not_built_in() -> None:
    elsewhere = NATIVE | {"address": "base", "default_address": "https://api.mistral.ai/beta"}
    found = connection(native={"mistral": elsewhere})
    assert found
    assert (found.built_in, found.default_address) == (False, "https://api.mistral.ai/beta")
    assert connection(native={"mistral": NATIVE | {"default_address": "https://api.mistral.ai/beta"}}) is None


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
        ("unversioned", "https://api.mistral.ai"),
        ("route", "https://api.mistral.ai/v1/chat/completions"),
    ],
)
def test_an_address_has_the_form_that_is_asked_for(form: str, written: str) -> None:
    assert provider().default_endpoint.address(form) == written


def test_an_endpoint_serves_all_models_or_those_that_it_names() -> None:
    endpoints: dict[str, Endpoint] = provider().endpoints
    assert [endpoints[name].serves(id) for name in endpoints for id in ("code-1", "other")] == [True, True, True, False]


def made(base_url: str, **routes: str) -> Endpoint:
    """An endpoint at `base_url` with these routes."""
    return Endpoint(id="one", name=NAME, base_url=base_url, key="platform", routes=routes, sources=("docs",))


@pytest.mark.parametrize(
    ("base_url", "route", "form", "written"),
    [
        ("https://api.deepseek.com/anthropic", "/v1/messages", "unversioned", "https://api.deepseek.com/anthropic"),
        ("https://api.deepseek.com/anthropic", "/v1/messages", "base", "https://api.deepseek.com/anthropic/v1"),
        ("https://openrouter.ai/api/v1", "/messages", "unversioned", "https://openrouter.ai/api"),
        ("https://openrouter.ai/api/v1", "/messages", "base-slash", "https://openrouter.ai/api/v1/"),
        ("https://api.z.ai/api/v4", "/messages", "unversioned", None),
        ("https://api.z.ai/api/v4", "/talk", "base", None),
        ("https://api.z.ai/api/v4", "/talk", "route", "https://api.z.ai/api/v4/talk"),
    ],
)
def test_an_address_of_a_protocol_stops_where_its_clients_go_on(
    base_url: str, route: str, form: AddressForm, written: str | None
) -> None:
    endpoint = made("https://api.mistral.ai/v1", messages=route).model_copy(update={"base_url": base_url})
    assert endpoint.address(form, "messages") == written
    assert endpoint.address(form, "responses") is None


def test_an_endpoint_can_serve_all_models_but_a_few() -> None:
    endpoint = made("https://api.mistral.ai/v1").model_copy(update={"models": AllBut(all_but=("code-1",))})
    assert [endpoint.serves(name) for name in ("code-1", "other")] == [False, True]


@pytest.mark.parametrize("address", ["http://127.0.0.1:11434/v1", "http://localhost:1234/v1", "http://[::1]:8000/v1"])
def test_a_server_on_the_readers_machine_is_asked_in_plain_http(address: str) -> None:
    endpoint = made(address, chat="/chat/completions")
    assert endpoint.local
    assert endpoint.address("base") == address
    assert not made("https://api.mistral.ai/v1").local
