"""Which ways lead from a client to a provider: own entries first, and only where protocol, address and header fit."""

import pytest
from keyway.schema.client import Client
from keyway.schema.connection import Way
from keyway.schema.provider import Provider
from keyway.schema.ways import ways

NAME = {"en": "n", "zh": "n", "ja": "n"}
CHAT = {"chat": "/chat/completions"}
FORM = ({"takes": "entry"}, {"takes": "region"}, {"takes": "key"})


def provider(**endpoints: dict[str, object]) -> Provider:
    """A provider with these endpoints, each at the host of its own name."""
    key = {"name": NAME, "page": "https://console.mistral.ai/", "variable": "MISTRAL_API_KEY"}
    return Provider(
        id="mistral",
        name=NAME,
        website="https://mistral.ai/",
        documentation={},
        keys={"platform": key},
        endpoints={
            name: {
                "name": NAME,
                "base_url": "https://api.mistral.ai/v1",
                "key": "platform",
                "routes": CHAT,
                "sources": ("docs",),
                **endpoint,
            }
            for name, endpoint in endpoints.items()
        },
        plans={"coding": {"name": NAME, "sources": ("docs",)}},
        recommended="code-1",
        list_limit_days=30,
        sources={"docs": {"title": "Documentation", "seen": "2026-10-08"}},
    )


def found(to: Provider, **client: object) -> tuple[Way, ...]:
    """The ways of a client with these fields."""
    tool = Client(
        id="tool",
        name="Tool",
        kind="editor",
        website="https://zed.dev/",
        lifecycle={"state": "active", "source": "docs"},
        platforms=("linux",),
        sources={"docs": {"title": "Documentation", "seen": "2026-10-08"}},
        **client,
    )
    return ways(tool, to)


def native(**more: object) -> dict[str, object]:
    return {"mistral": {"choice": "Mistral", "sources": ("docs",), **more}}


def compatible(protocol: str = "chat", **more: object) -> dict[str, object]:
    return {protocol: {"choice": protocol, "address": "base", "sources": ("docs",), **more}}


def reached(all_ways: tuple[Way, ...]) -> list[tuple[str, list[str]]]:
    """(entry, ids of the endpoints that it leads to) of each way."""
    return [(way.first.choice, [one.endpoint.id for one in way.connections]) for way in all_ways]


def test_the_own_entry_comes_first_and_a_form_reaches_everything_once_more() -> None:
    to = provider(platform={}, eu={"base_url": "https://api.eu.mistral.ai/v1"})
    assert reached(found(to, native=native(), compatible=compatible(form="any"), forms={"any": FORM})) == [
        ("Mistral", ["platform"]),
        ("chat", ["platform", "eu"]),
    ]


def test_a_file_leads_by_another_way_only_to_what_the_own_entry_does_not_reach() -> None:
    to = provider(platform={}, eu={"base_url": "https://api.eu.mistral.ai/v1"})
    assert reached(found(to, native=native(), compatible=compatible())) == [("Mistral", ["platform"]), ("chat", ["eu"])]
    assert reached(found(to, native=native(address="base"), compatible=compatible())) == [
        ("Mistral", ["platform", "eu"])
    ]


def test_addresses_of_a_plan_and_those_with_a_few_models_come_last() -> None:
    to = provider(plan={"plan": "coding"}, few={"models": ("code-1",)}, platform={})
    assert reached(found(to, compatible=compatible())) == [("chat", ["platform", "few", "plan"])]


def test_no_way_has_a_protocol_that_one_side_does_not_speak() -> None:
    to = provider(messages={"routes": {"messages": "/messages"}, "auth": "x-api-key"})
    assert found(to, native=native(), compatible=compatible()) == ()
    assert reached(found(to, compatible=compatible("messages", address="unversioned"))) == [("messages", ["messages"])]


@pytest.mark.parametrize(("auth", "reaches"), [("bearer", True), ("none", True), ("api-key", False), ("query", False)])
def test_a_way_sends_the_key_in_the_header_that_the_endpoint_reads(auth: str, reaches: bool) -> None:
    to = provider(platform={"auth": auth, "key": None if auth == "none" else "platform"})
    assert bool(found(to, compatible=compatible())) == reaches
    assert found(to, compatible=compatible(auth=("bearer", auth)))


def test_below_a_bare_host_a_client_reaches_only_the_path_that_it_adds() -> None:
    to = provider(platform={}, plan={"base_url": "https://api.mistral.ai/api/paas/v4"})
    assert reached(found(to, compatible=compatible(address="root"))) == [("chat", ["platform"])]
    other = provider(
        platform={"base_url": "https://api.mistral.ai/api/paas/v4"},
        plan={"base_url": "https://api.mistral.ai/api/coding/v4"},
    )
    assert reached(found(other, native=native(address="root"))) == [("Mistral", ["platform"])]


def test_an_entry_leads_where_its_choices_and_regions_say() -> None:
    to = provider(platform={}, china={}, plan={})
    (way,) = found(
        to,
        native=native(choices={"plan": "Mistral Plan"}, regions={"platform": "world", "china": "home"}, form="own"),
        forms={"own": FORM},
    )
    assert [(one.choice, one.region) for one in way.connections] == [
        ("Mistral", "world"),
        ("Mistral", "home"),
        ("Mistral Plan", None),
    ]
    assert all(one.built_in for one in way.connections)


def test_a_region_is_asked_for_only_where_there_are_some() -> None:
    (way,) = found(provider(platform={}), native=native(form="own"), forms={"own": FORM})
    assert [field.takes for field in way.fields] == ["entry", "key"]
