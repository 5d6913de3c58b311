"""The filters for gateways and chat programs, and what no filter may ever do."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from keyway.exports.filters import filters, worker
from keyway.exports.filters.worker import END, SCRIPTS, SOURCE, TABLES
from keyway.exports.request_rules import SPENDING_LIMITS
from keyway.loading.load import load_catalogue
from keyway.schema.client import Client
from keyway.schema.provider import Provider
from support.worker.description import ChatRequest

Clients = Mapping[str, Client]

REFUSED = {"store": True, "user": "u", "logit_bias": {"1": 2}}
"""Fields with a value each that Mistral's description lacks and nothing there replaces."""

SMALL: dict[str, Any] = {
    "name": {"en": "Small", "zh": "Small", "ja": "Small"},
    "website": "https://mistral.ai/",
    "documentation": {},
    "keys": {
        "main": {"name": {"en": "k", "zh": "k", "ja": "k"}, "page": "https://mistral.ai/", "variable": "SMALL_KEY"},
    },
    "endpoints": {
        "main": {
            "name": {"en": "e", "zh": "e", "ja": "e"},
            "base_url": "https://api.mistral.ai/v1",
            "key": "main",
            "routes": {"models": "/models", "chat": "/chat/completions"},
            "sources": ["s"],
        },
    },
    "recommended": "small-1",
    "list_limit_days": 60,
    "requests": {
        "chat": {
            "closed": True,
            "sources": ["s"],
            "fields": {
                "model": {"type": "string", "sources": ["s"]},
                "limit": {"type": "integer", "sources": ["s"]},
                "max_completion_tokens": {"state": "refused", "instead": "limit", "sources": ["s"]},
                "max_output_tokens": {"state": "refused", "sources": ["s"]},
                "noise": {"state": "refused", "sources": ["s"]},
            },
        },
    },
    "sources": {"s": {"title": "s", "seen": "2026-10-08"}},
}


def small(**changes: Any) -> Provider:
    return Provider(id="small", **{**SMALL, **changes})


@pytest.fixture(scope="module")
def clients(project: Path) -> Clients:
    return load_catalogue(project, rules=()).clients


@pytest.fixture(scope="module")
def mistral(project: Path) -> Provider:
    return load_catalogue(project, rules=()).providers["mistral"]


def test_mistral_has_a_worker_for_each_host_and_three_other_files(mistral: Provider, clients: Clients) -> None:
    assert sorted(filters(mistral, clients)) == [
        "librechat.yaml",
        "litellm.yaml",
        "new-api.json",
        "worker-codestral.mjs",
        "worker-eu.mjs",
        "worker-us.mjs",
        "worker.mjs",
    ]


def test_a_provider_that_refuses_nothing_needs_no_filter(project: Path, clients: Clients) -> None:
    assert filters(load_catalogue(project, rules=()).providers["deepseek"], clients) == {}
    assert filters(small(requests={}), clients) == {}


FILLED = re.compile(rf"^(// keyway:[a-z]+[^\n]*)\n(.*?)\n?^{END}$", re.MULTILINE | re.DOTALL)
"""A place between two marks: its first mark, and what stands in it."""


def test_the_worker_differs_from_its_source_between_the_marks_alone(mistral: Provider) -> None:
    source = FILLED.sub(r"\1", SOURCE.read_text(encoding="utf-8"))
    for text in (worker(mistral, "platform"), worker(mistral, "codestral")):
        assert FILLED.sub(r"\1", text) == source


def test_the_worker_has_the_code_of_the_checker_and_needs_no_other_file() -> None:
    text = worker(small(), "main")
    filled = dict(FILLED.findall(text))
    for name in ("body-filter.js", "json-text.js"):
        script = (SCRIPTS[1] / name).read_text(encoding="utf-8")
        code = re.sub(r"^import .*\n\n", "", script, flags=re.MULTILINE).replace("export function", "function")
        assert filled[f"// keyway:module {name}"] == code.rstrip()
    assert re.findall(r"^(?:import|export)\b.*", text, re.MULTILINE) == ["export default {"]


def test_the_worker_names_its_licence_and_the_day_of_its_facts() -> None:
    text = worker(small(), "main")
    assert "SPDX-License-Identifier: MIT" in text
    assert 'const FACTS_SEEN = "2026-10-08";' in text


def test_the_workers_tables_are_those_of_the_catalogue() -> None:
    tables = worker(small(), "main").partition(TABLES)[2].partition(END)[0]
    routes = tables.partition("const ROUTES = ")[2].partition(";\n")[0]
    assert json.loads(routes.replace(",\n}", "\n}").replace(",\n  }", "\n  }")) == {
        "/v1/models": {"method": "GET"},
        "/v1/chat/completions": {
            "method": "POST",
            "closed": True,
            "accept": ["model", "limit"],
            "disputed": [],
            "refuse": ["max_completion_tokens", "max_output_tokens", "noise"],
            "rename": {"max_completion_tokens": "limit"},
        },
    }


def test_a_name_cannot_leave_its_place_in_the_worker() -> None:
    name = 'a";\u2028fetch("https://mistral.ai")//'
    text = worker(small(name={"en": name, "zh": name, "ja": name}), "main")
    assert 'const PROVIDER = "a\\";\\u2028fetch(\\"https://mistral.ai\\")//";' in text.splitlines()


def test_the_shape_of_errors_is_that_of_the_recorded_ones(project: Path) -> None:
    providers = load_catalogue(project, rules=()).providers
    assert "const FLAT_ERRORS = true;" in worker(providers["mistral"], "platform")
    assert "const FLAT_ERRORS = false;" in worker(providers["deepseek"], "platform")


def test_new_api_renames_and_deletes_so_that_the_description_holds(mistral: Provider, clients: Clients) -> None:
    body = {"model": "m", "messages": [], "max_completion_tokens": 64, "seed": 7, **REFUSED}
    sent = overridden(body, filters(mistral, clients)["new-api.json"])
    assert sent == {"model": "m", "messages": [], "max_tokens": 64, "random_seed": 7}
    ChatRequest.model_validate(sent)


def test_new_api_leaves_a_plain_request_alone(mistral: Provider, clients: Clients) -> None:
    body = {"model": "m", "messages": [], "max_tokens": 5, "presence_penalty": 1}
    assert overridden(body, filters(mistral, clients)["new-api.json"]) == body


def test_new_api_keeps_the_providers_own_name_where_both_are_given(mistral: Provider, clients: Clients) -> None:
    body = {"model": "m", "messages": [], "max_tokens": 5, "max_completion_tokens": 64}
    assert overridden(body, filters(mistral, clients)["new-api.json"]) == {
        "model": "m",
        "messages": [],
        "max_tokens": 5,
    }


def overridden(body: dict[str, Any], override: str) -> dict[str, Any]:
    """What New API makes of `body`: its operations in order, a move of what is missing being an error there."""
    sent = dict(body)
    for operation in json.loads(override)["operations"]:
        tests = [holds(condition, sent) for condition in operation.get("conditions", [])]
        if tests and not (all(tests) if operation.get("logic") == "AND" else any(tests)):
            continue
        if operation["mode"] == "move":
            sent[operation["to"]] = sent.pop(operation["from"])
        elif operation["mode"] == "delete":
            sent.pop(operation["path"], None)
        else:
            raise AssertionError(operation)
    return sent


def holds(condition: dict[str, Any], body: dict[str, Any]) -> bool:
    if condition["path"] not in body:
        return bool(condition.get("pass_missing_key"))
    assert condition["mode"] == "prefix"
    return str(body[condition["path"]]).startswith(condition["value"]) != bool(condition.get("invert"))


def test_litellm_drops_what_has_no_other_name_and_lets_penalties_through(mistral: Provider, clients: Clients) -> None:
    config = yaml.safe_load(filters(mistral, clients)["litellm.yaml"])
    entry = config["model_list"][0]
    assert entry["litellm_params"]["model"] == f"mistral/{mistral.recommended}"
    assert entry["litellm_params"]["api_key"] == "os.environ/MISTRAL_API_KEY"
    assert set(entry["litellm_params"]["additional_drop_params"]) == set(REFUSED)
    assert {"presence_penalty", "frequency_penalty", "n"} <= set(entry["litellm_params"]["allowed_openai_params"])


def test_litellm_reaches_an_unknown_provider_by_its_address(clients: Clients) -> None:
    entry = yaml.safe_load(filters(small(), clients)["litellm.yaml"])["model_list"][0]["litellm_params"]
    assert entry == {
        "model": "openai/small-1",
        "api_base": "https://api.mistral.ai/v1",
        "api_key": "os.environ/SMALL_KEY",
        "drop_params": True,
        "additional_drop_params": ["noise"],
    }


def test_librechat_drops_what_is_refused(mistral: Provider, clients: Clients) -> None:
    endpoint = yaml.safe_load(filters(mistral, clients)["librechat.yaml"])["endpoints"]["custom"][0]
    assert endpoint["baseURL"] == "https://api.mistral.ai/v1"
    assert endpoint["apiKey"] == "${MISTRAL_API_KEY}"
    assert set(endpoint["dropParams"]) == {*REFUSED, "seed"}


def test_no_filter_takes_a_spending_limit_away(clients: Clients) -> None:
    files = filters(small(), clients)
    operations = json.loads(files["new-api.json"])["operations"]
    moved = {operation["from"] for operation in operations if operation["mode"] == "move"}
    deleted = {operation["path"] for operation in operations if operation["mode"] == "delete"}
    dropped = yaml.safe_load(files["litellm.yaml"])["model_list"][0]["litellm_params"]["additional_drop_params"]
    left_out = yaml.safe_load(files["librechat.yaml"])["endpoints"]["custom"][0]["dropParams"]
    assert (deleted - moved) & set(SPENDING_LIMITS) == set()
    assert {*dropped, *left_out} & set(SPENDING_LIMITS) == set()
