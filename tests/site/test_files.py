"""Which files the site has beside its pages, and that the tools can read them."""

import json
from datetime import date
from pathlib import Path

from keyway.loading.load import load_catalogue
from keyway.site.files import tool_files

DAY = date(2026, 11, 21)


def test_every_filter_and_every_tools_data_has_its_address(project: Path) -> None:
    catalogue = load_catalogue(project, rules=())
    files = set(tool_files(catalogue, DAY))
    described = [provider.id for provider in catalogue.providers.values() if provider.requests]
    assert {f"assets/data/{provider}.requests.json" for provider in described} <= files
    assert {"assets/data/errors.json", "assets/filters/mistral/worker.mjs"} <= files


def test_the_tools_data_is_json_with_the_words_of_three_languages(project: Path) -> None:
    for path, text in tool_files(load_catalogue(project, rules=()), DAY).items():
        if path.startswith("assets/data/"):
            words = json.loads(text)["words"]
            assert words["en"].keys() == words["zh"].keys() == words["ja"].keys()


def test_an_id_of_two_endpoints_on_one_host_is_served_there(project: Path) -> None:
    providers = json.loads(tool_files(load_catalogue(project, rules=()), DAY)["assets/data/errors.json"])["providers"]
    assert providers["mistral"]["hosts"] == {
        "api.mistral.ai": "all",
        "api.eu.mistral.ai": "all",
        "api.us.mistral.ai": "all",
        "codestral.mistral.ai": ["codestral-2508"],
    }
    assert set(providers["zhipu"]["hosts"]) == {"api.z.ai", "open.bigmodel.cn"}
