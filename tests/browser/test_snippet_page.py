"""The configuration on a guide: complete without a script, and the very text of the engine for whatever is chosen."""

import json

import pytest
from keyway.exports.snippets import snippets
from playwright.sync_api import Page
from selectolax.lexbor import LexborHTMLParser
from support.paths import CLIENTS, PROVIDERS
from support.snippet_inputs import catalogue

LANGUAGES = {"en": "", "zh": "zh/", "ja": "ja/"}


def guides() -> list[tuple[str, str]]:
    """Provider and client of every guide that has a configuration."""
    return [(provider.id, client.id) for provider, client in catalogue().pairs() if client.config]


def shown(page: Page) -> list[str]:
    """The texts of the blocks that are shown, as a reader copies them."""
    return [text.rstrip("\n") for text in page.locator(".kw-snippet__shown pre code").all_text_contents()]


def written(client: str, provider: str, endpoint: str, name: str) -> list[str]:
    known = catalogue()
    company = known.providers[provider]
    blocks = snippets(known.clients[client], company, company.endpoints[endpoint], known.find(provider, name), name)
    return [block.text.rstrip("\n") for block in blocks]


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_guide_has_its_configuration_without_a_script(provider, client, site, subtests):
    for language in LANGUAGES if (provider, client) in guides() else ():
        with subtests.test(language=language):
            has_its_configuration(site / LANGUAGES[language] / "providers" / provider / client, provider, client)


def has_its_configuration(folder, provider, client):
    page = LexborHTMLParser((folder / "index.html").read_bytes())
    company = catalogue().providers[provider]
    codes = [node.text().rstrip("\n") for node in page.css(".kw-snippet__shown pre code")]
    reached = [name for name in company.endpoints if written(client, provider, name, company.recommended)]
    assert codes == (written(client, provider, reached[0], company.recommended) if reached else [])
    others = [node.text() for node in page.css(".kw-snippet__other pre code")]
    for endpoint in [one for one in company.endpoints.values() if one.id not in reached[:1]]:
        name = company.recommended if endpoint.models == "all" else company.recommended_free
        for text in written(client, provider, endpoint.id, name):
            assert text in [other.rstrip("\n") for other in others]


def test_only_guides_of_clients_with_a_file_or_code_have_one(site):
    for provider, client in catalogue().pairs():
        text = (site / "providers" / provider.id / client.id / "index.html").read_text(encoding="utf-8")
        assert ('id="configuration"' in text) == bool(client.config), (provider.id, client.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_follows_endpoint_and_model_without_a_reload(language, page, server):
    page.goto(f"{server}{LANGUAGES[language]}providers/mistral/curl/")
    page.wait_for_selector(".kw-snippet__choices")
    page.evaluate("window.stayed = true")
    assert shown(page) == written("curl", "mistral", "platform", "mistral-medium-latest")
    page.select_option("#kw-snippet-model", "codestral-latest")
    assert shown(page) == written("curl", "mistral", "platform", "codestral-latest")
    page.select_option("#kw-snippet-endpoint", "codestral")
    assert page.input_value("#kw-snippet-model") == "codestral-latest"
    assert shown(page) == written("curl", "mistral", "codestral", "codestral-latest")
    assert page.text_content(".kw-snippet__key code") == "CODESTRAL_API_KEY"
    page.select_option("#kw-snippet-endpoint", "platform")
    page.select_option("#kw-snippet-model", "mistral-medium-latest")
    assert shown(page) == written("curl", "mistral", "platform", "mistral-medium-latest")
    assert page.evaluate("window.stayed")


def test_a_block_that_a_choice_adds_is_copied_like_the_others(page, server):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{server}providers/mistral/curl/")
    page.wait_for_selector(".kw-snippet__choices")
    page.select_option("#kw-snippet-model", "codestral-latest")
    texts = written("curl", "mistral", "platform", "codestral-latest")
    for number, text in enumerate(texts):
        page.locator(".kw-snippet__shown .kw-copy").nth(number).click()
        assert page.evaluate("navigator.clipboard.readText()") == text
    assert page.locator(".kw-snippet__shown .kw-copy").count() == len(texts)


def test_every_choice_of_every_guide_is_in_its_data(site):
    for provider, client in guides():
        file = site / "assets" / "data" / "snippets" / f"{provider}.{client}.json"
        tables = json.loads(file.read_text(encoding="utf-8"))
        for endpoint in tables["endpoints"]:
            for model in endpoint["models"]:
                for name, numbers in model["ids"].items():
                    texts = [text(tables, tables["blocks"][number]) for number in numbers]
                    assert texts == written(client, provider, endpoint["id"], name)


def text(tables: dict, block: dict) -> str:
    return "\n".join("".join(tables["lines"][line][1::2]) for line in block["lines"])
