"""Every guide, in every language, holds what a reader needs to follow it, in the words of the client.

Read from the pages as they are rendered, before Markdown, with the real catalogue.
"""

import html
import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest
from keyway.evidence.recording import read_recordings
from keyway.loading.load import load_catalogue
from keyway.pages.queries import Queries
from keyway.pages.render import render_site
from keyway.schema.client import Client
from keyway.schema.provider import Provider
from support.paths import PROJECT

DAY = date(2026, 10, 15)
LANGUAGES = ("en", "zh", "ja")
CATALOGUE = load_catalogue(PROJECT)
PAIRS = [(provider.id, client.id) for provider, client in CATALOGUE.pairs()]

SHOWN = re.compile(r'<span class="kw-ui">(.*?)</span>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
FENCE = re.compile(r"^ *(```+).*?^ *\1", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def facts() -> Queries:
    return Queries(CATALOGUE, read_recordings(PROJECT), DAY)


@pytest.fixture(scope="module")
def pages(facts: Queries) -> dict[str, dict[str, str]]:
    """Language -> path -> the page's Markdown, its character references undone."""
    site = render_site(PROJECT, facts)
    return {
        language: {path: html.unescape(page.markdown) for path, page in site[language].items()}
        for language in LANGUAGES
    }


def part(page: str, anchor: str) -> str:
    """The text of the section `anchor`, up to the next heading of its level."""
    found = re.search(rf"^## [^\n]*{{#{anchor}}}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found, f"there is no section {anchor}"
    return found[1]


def prose(language: str, client: str) -> str:
    """The client's own file, and of the file that it extends by name the blocks that it does not replace."""
    text = (PROJECT / "docs" / language / "clients" / f"{client}.md").read_text(encoding="utf-8")
    base = re.search(r'{% extends "clients/([a-z-]+)\.md" %}', text)
    if base is None:
        return text
    replaced = "|".join(re.findall(r"{% block (\w+) %}", text))
    return text + re.sub(
        rf"{{% block ({replaced}) %}}.*?{{% endblock %}}", "", prose(language, base[1]), flags=re.DOTALL
    )


def plain(text: str) -> str:
    return TAG.sub("", text)


def lines(page: str) -> Iterator[str]:
    """Every line of prose, and every block of code as one."""
    yield from (block[0] for block in FENCE.finditer(page))
    yield from FENCE.sub("", page).splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("provider_id", "client_id"), PAIRS)
class TestEveryGuide:
    @pytest.fixture
    def page(self, pages: dict[str, dict[str, str]], language: str, provider_id: str, client_id: str) -> str:
        return pages[language][f"providers/{provider_id}/{client_id}.md"]

    @pytest.fixture
    def provider(self, provider_id: str) -> Provider:
        return CATALOGUE.providers[provider_id]

    @pytest.fixture
    def client(self, client_id: str) -> Client:
        return CATALOGUE.clients[client_id]

    def test_gives_the_address_in_the_form_of_the_client(
        self, page: str, provider: Provider, client: Client, facts: Queries
    ) -> None:
        way = facts.connection(provider, client)
        assert way is not None
        first = next(iter(provider.endpoints.values()))
        assert f"<code>{facts.address(first, way.address)}</code>" in page

    def test_names_the_address_of_every_region_where_the_reader_has_to_give_one(
        self, page: str, provider: Provider, client: Client
    ) -> None:
        if provider.id in client.native:
            return
        for endpoint in provider.endpoints.values():
            if not endpoint.plan:
                assert urlsplit(endpoint.base_url).netloc in part(page, "steps")

    def test_leads_to_the_page_of_every_key(self, page: str, provider: Provider) -> None:
        for key in provider.keys.values():
            assert f'href="{key.page}"' in part(page, "key")

    def test_names_the_recommended_model_in_its_steps_and_says_why(self, page: str, provider: Provider) -> None:
        assert provider.recommended in part(page, "steps")
        assert provider.recommended in part(page, "models")
        if provider.recommended_free:
            assert provider.recommended_free in part(page, "models")

    def test_has_whole_steps_each_on_a_line_of_its_own(self, page: str) -> None:
        """An include at the end of a line would swallow the line end, and with it the next step."""
        steps = [plain(line) for line in part(page, "steps").splitlines() if re.match(r"\d+\. ", line)]
        assert len(steps) >= 3
        assert all(step.endswith((".", "。")) for step in steps)
        assert not any(re.search(r"\S1\. ", step) for step in steps)

    def test_shows_labels_in_the_language_of_the_page(self, page: str, client: Client, language: str) -> None:
        known = {label[language] for label in client.labels.values()}
        assert {plain(text) for text in SHOWN.findall(page)} <= known

    def test_gives_each_host_its_own_key(self, page: str, provider: Provider) -> None:
        """A block of code that names a key's variable speaks to no host of another key."""
        hosts = {
            key: {urlsplit(endpoint.base_url).netloc for endpoint in provider.endpoints.values() if endpoint.key == key}
            for key in provider.keys
        }
        for block in FENCE.finditer(page):
            named = {key for key, record in provider.keys.items() if record.variable in block[0]}
            spoken_to = {key for key in provider.keys if any(host in block[0] for host in hosts[key])}
            assert not named or spoken_to <= named, block[0]

    def test_keeps_the_codestral_key_away_from_the_platform(self, page: str, provider: Provider) -> None:
        if "codestral" not in provider.endpoints:
            return
        own, others = provider.endpoints["codestral"], provider.endpoints["platform"]
        variable = provider.keys["codestral"].variable
        for line in lines(page):
            if variable in line and others.base_url.split("/")[2] in line:
                assert own.base_url.split("/")[2] in line, line
        for line in part(page, "key").splitlines():
            if provider.keys["codestral"].page in line:
                assert own.base_url in plain(line)
                assert others.base_url not in plain(line)

    def test_says_what_the_client_has_built_in_and_the_provider_has_not(
        self, page: str, provider: Provider, client: Client, facts: Queries
    ) -> None:
        for name in (*facts.hard_coded(provider, client), *facts.uncatalogued(provider, client)):
            assert f"<code>{name}</code>" in part(page, "trouble")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_client_has_a_file_of_its_own_with_its_steps(language: str) -> None:
    for client in CATALOGUE.clients:
        assert all(f"{{% block {name} %}}" in prose(language, client) for name in ("about", "steps", "traps"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_never_typed_by_hand(language: str) -> None:
    """A longer label in the text about a client would not follow the client when it renames its button."""
    typed = []
    for client in CATALOGUE.clients.values():
        text = re.sub(r"\{[{%].*?[%}]\}|`[^`]*`", "", prose(language, client.id))
        for name, label in client.labels.items():
            if len(label.en.split()) > 1 and label.en in text:
                typed.append((client.id, name))
    assert not typed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_quoted_by_the_text_about_its_client(language: str) -> None:
    """A label has a version and a day; one that nothing quotes would grow old unseen."""
    unused = [
        f"data/clients/{client.id}.yml: {name}"
        for client in CATALOGUE.clients.values()
        for name in client.labels
        if f'parts.mark.ui("{name}")' not in prose(language, client.id)
    ]
    assert not unused, "quote these in a step, or delete them"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_of_a_website_is_quoted_by_a_page(language: str) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "docs" / language).rglob("*.md"))
    for provider in CATALOGUE.providers.values():
        assert [name for name in provider.labels if f'parts.mark.site("{name}")' not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_matrix_has_a_cell_for_each_pair(pages: dict[str, dict[str, str]], language: str, facts: Queries) -> None:
    table = pages[language]["clients/matrix.md"]
    for provider_id, client_id in PAIRS:
        assert f'href="../../providers/{provider_id}/{client_id}/"' in table
    missing = len(CATALOGUE.clients) * len(CATALOGUE.providers) - len(PAIRS)
    assert table.count(CATALOGUE.words["way"]["none"][language]) == missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_client_page_says_how_it_stands(pages: dict[str, dict[str, str]], language: str) -> None:
    for client in CATALOGUE.clients.values():
        _, _, about = prose(language, client.id).partition("{% block about %}\n")
        page = pages[language][f"clients/{client.id}.md"]
        assert html.unescape(about.splitlines()[0]) in page
        assert CATALOGUE.words["lifecycle"][client.lifecycle.state][language] in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_steps_lead_to_sections_that_the_page_has(pages: dict[str, dict[str, str]], language: str) -> None:
    led = 0
    for provider_id, client_id in PAIRS:
        page = pages[language][f"providers/{provider_id}/{client_id}.md"]
        for anchor in re.findall(r'href="\./#([a-z-]+)"', page):
            assert f"{{#{anchor}}}" in page
            led += 1
    assert led
