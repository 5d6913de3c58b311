"""Every guide, in every language, holds what a reader needs to follow it, in the words of the client.

Read from the pages as they are rendered, before Markdown, with the real catalogue.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from keyway.pages.queries import Queries
from keyway.pages.render import Rendered
from keyway.schema.catalogue import Catalogue
from keyway.schema.client import Client
from keyway.schema.provider import Provider
from support.paths import CLIENTS, PROJECT, PROVIDERS

LANGUAGES = ("en", "zh", "ja")

SHOWN = re.compile(r'<span class="kw-ui">(.*?)</span>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
FENCE = re.compile(r"^ *(```+).*?^ *\1", re.MULTILINE | re.DOTALL)

Pages = Mapping[str, Mapping[str, str]]


@pytest.fixture(scope="module")
def pages(rendered: Mapping[str, Mapping[str, Rendered]]) -> Pages:
    """Language -> path -> the page's Markdown, its character references undone."""
    return {
        language: {path: html.unescape(page.markdown) for path, page in rendered[language].items()}
        for language in LANGUAGES
    }


def pairs(catalogue: Catalogue) -> set[tuple[str, str]]:
    """Provider and client of every guide."""
    return {(provider.id, client.id) for provider, client in catalogue.pairs()}


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


def pair_prose(language: str, client: str) -> str:
    """What is said of the client together with one provider."""
    folder = PROJECT / "docs" / language / "providers"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob(f"*/{client}.md"))]
    based = re.findall(r'{% extends "(providers/[a-z-]+/[a-z-]+\.md)" %}', "".join(texts))
    return "".join(texts) + "".join((folder.parent / name).read_text(encoding="utf-8") for name in based)


def plain(text: str) -> str:
    return TAG.sub("", text)


def lines(page: str) -> Iterator[str]:
    """Every line of prose, and every block of code as one."""
    yield from (block[0] for block in FENCE.finditer(page))
    yield from FENCE.sub("", page).splitlines()


@dataclass(frozen=True)
class Guide:
    """One guide in one language, and the records that it is about."""

    page: str
    language: str
    provider: Provider
    client: Client
    queries: Queries


def gives_the_address_in_the_form_of_the_client(guide: Guide) -> None:
    ways = guide.queries.ways(guide.provider, guide.client)
    assert f"<code>{ways[0].first.base_url}</code>" in guide.page
    for way in ways:
        for connection in way.connections:
            if not connection.built_in:
                assert f"<code>{connection.base_url}</code>" in part(guide.page, "steps")


def leads_to_the_page_of_every_key_that_is_of_use(guide: Guide) -> None:
    for endpoint in guide.queries.reached(guide.provider, guide.client):
        key = guide.provider.key_of(endpoint)
        assert key is None or f'href="{key.page}"' in part(guide.page, "key")


def names_the_recommended_model_in_its_steps_and_says_why(guide: Guide) -> None:
    provider = guide.provider
    assert provider.recommended in part(guide.page, "steps")
    assert provider.recommended in part(guide.page, "models")
    if provider.recommended_free:
        assert provider.recommended_free in part(guide.page, "models")


def has_whole_steps_each_on_a_line_of_its_own(guide: Guide) -> None:
    """An include at the end of a line would swallow the line end, and with it the next step."""
    steps = [plain(line) for line in part(guide.page, "steps").splitlines() if re.match(r"\d+\. ", line)]
    assert len(steps) >= 3
    assert all(step.endswith((".", "。")) for step in steps)
    assert not any(re.search(r"\S1\. ", step) for step in steps)


def shows_labels_in_the_language_of_the_page(guide: Guide) -> None:
    known = {label[guide.language] for label in guide.client.labels.values()}
    assert {plain(text) for text in SHOWN.findall(guide.page)} <= known


def gives_each_host_its_own_key(guide: Guide) -> None:
    """A block of code that names a key's variable speaks to no host of another key."""
    provider = guide.provider
    hosts = {
        key: {urlsplit(endpoint.base_url).netloc for endpoint in provider.endpoints.values() if endpoint.key == key}
        for key in provider.keys
    }
    for block in FENCE.finditer(guide.page):
        named = {key for key, record in provider.keys.items() if record.variable in block[0]}
        spoken_to = {key for key in provider.keys if any(host in block[0] for host in hosts[key])}
        assert not named or spoken_to <= named, block[0]


def keeps_the_codestral_key_away_from_the_platform(guide: Guide) -> None:
    provider = guide.provider
    if "codestral" not in provider.endpoints:
        return
    own, others = provider.endpoints["codestral"], provider.endpoints["platform"]
    variable = provider.keys["codestral"].variable
    for line in lines(guide.page):
        if variable in line and others.base_url.split("/")[2] in line:
            assert own.base_url.split("/")[2] in line, line
    for line in part(guide.page, "key").splitlines():
        if provider.keys["codestral"].page in line:
            assert own.base_url in plain(line)
            assert others.base_url not in plain(line)


def says_what_the_ids_that_the_client_offers_by_itself_mean(guide: Guide) -> None:
    for name in guide.client.built_in_ids(guide.provider):
        assert f"<code>{name}</code>" in part(guide.page, "trouble")


EVERY_GUIDE: tuple[Callable[[Guide], None], ...] = (
    gives_the_address_in_the_form_of_the_client,
    leads_to_the_page_of_every_key_that_is_of_use,
    names_the_recommended_model_in_its_steps_and_says_why,
    has_whole_steps_each_on_a_line_of_its_own,
    shows_labels_in_the_language_of_the_page,
    gives_each_host_its_own_key,
    keeps_the_codestral_key_away_from_the_platform,
    says_what_the_ids_that_the_client_offers_by_itself_mean,
)


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_guide_holds_what_a_reader_needs(
    provider: str, client: str, pages: Pages, queries: Queries, catalogue: Catalogue, subtests: pytest.Subtests
) -> None:
    path = f"providers/{provider}/{client}.md"
    meets = (provider, client) in pairs(catalogue)
    for language in LANGUAGES:
        assert (path in pages[language]) == meets, "a guide for each pair that can meet, and for no other"
        for check in EVERY_GUIDE if meets else ():
            guide = Guide(
                pages[language][path], language, catalogue.providers[provider], catalogue.clients[client], queries
            )
            with subtests.test(f"it {check.__name__}", language=language):
                check(guide)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_client_has_a_file_of_its_own_and_says_where_its_steps_begin(language: str, catalogue: Catalogue) -> None:
    for client in CLIENTS:
        text = prose(language, client)
        assert all(f"{{% block {name} %}}" in text for name in ("about", "traps"))
        own = "{% block start scoped %}" in text or "{% block steps scoped %}" in text
        assert own or all(form[0].takes == "open" for form in catalogue.clients[client].forms.values())


def test_no_text_of_all_providers_or_all_clients_asks_which_one_it_is_about() -> None:
    """What is special about one stands in a file of its own, where it is looked for, or in the data."""
    asks = re.compile(r"""\b(provider|client|endpoint)\.id\s*(==|!=|in\b)|\bproviders?\.endpoints\.\w+ is defined""")
    files = [*(PROJECT / "docs").rglob("*.md"), *(PROJECT / "overrides").rglob("*.html")]
    found = [
        f"{path.relative_to(PROJECT)}: {tag}"
        for path in files
        for tag in re.findall(r"\{[{%].*?[%}]\}", path.read_text(encoding="utf-8"), re.DOTALL)
        if asks.search(tag)
    ]
    found += [
        f"{path.relative_to(PROJECT)}: {line.strip()}"
        for path in (PROJECT / "hooks").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"""\b(provider|client|endpoint)\.id\s*(==|!=|in)\s*[("'\[{]""", line)
    ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_are_never_typed_by_hand(language: str, catalogue: Catalogue) -> None:
    """A longer label in the text about a client would not follow the client when it renames its button."""
    typed = []
    for client in catalogue.clients.values():
        text = re.sub(r"\{[{%].*?[%}]\}|`[^`]*`", "", prose(language, client.id) + pair_prose(language, client.id))
        for name, label in client.labels.items():
            if len(label.en.split()) > 1 and label.en in text:
                typed.append((client.id, name))
    assert not typed


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_quoted_by_the_text_about_its_client(language: str, catalogue: Catalogue) -> None:
    """A label has a version and a day; one that nothing quotes would grow old unseen."""
    unused = []
    for client in catalogue.clients.values():
        asked = {field.label for form in client.forms.values() for field in form}
        asked |= {label for native in client.native.values() for label in native.regions.values()}
        text = prose(language, client.id) + pair_prose(language, client.id)
        unused += [
            f"data/clients/{client.id}.yml: {name}"
            for name in client.labels
            if name not in asked and f'parts.mark.ui("{name}")' not in text
        ]
    assert not unused, "quote these in a form or a step, or delete them"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_of_a_website_is_quoted_by_a_page(language: str, catalogue: Catalogue) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (PROJECT / "docs" / language).rglob("*.md"))
    for provider in catalogue.providers.values():
        assert [name for name in provider.labels if f'parts.mark.site("{name}")' not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_matrix_has_a_cell_for_each_pair(pages: Pages, language: str, catalogue: Catalogue) -> None:
    table = pages[language]["clients/matrix.md"]
    for provider_id, client_id in pairs(catalogue):
        assert f'href="../../providers/{provider_id}/{client_id}/"' in table
    missing = len(catalogue.clients) * len(catalogue.providers) - len(pairs(catalogue))
    said = [catalogue.words["way"][word][language] for word in ("none", "unknown")]
    assert sum(table.count(word) for word in said) == missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_client_page_says_how_it_stands(pages: Pages, language: str, catalogue: Catalogue) -> None:
    for client in catalogue.clients.values():
        _, _, about = prose(language, client.id).partition("{% block about %}\n")
        page = pages[language][f"clients/{client.id}.md"]
        assert html.unescape(about.splitlines()[0]) in page
        assert catalogue.words["lifecycle"][client.lifecycle.state][language] in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_steps_lead_to_sections_that_the_page_has(pages: Pages, language: str, catalogue: Catalogue) -> None:
    led = 0
    for provider_id, client_id in pairs(catalogue):
        page = pages[language][f"providers/{provider_id}/{client_id}.md"]
        for anchor in re.findall(r'href="\./#([a-z-]+)"', page):
            assert f"{{#{anchor}}}" in page
            led += 1
    assert led


def test_a_variable_that_two_keys_share_is_named_once(queries: Queries) -> None:
    moonshot, zhipu = (queries.catalogue.providers[name] for name in ("moonshot", "zhipu"))
    assert queries.variables(moonshot, moonshot.endpoints.values()) == ("MOONSHOT_API_KEY",)
    assert queries.variables(zhipu, zhipu.endpoints.values()) == ("ZHIPU_API_KEY", "BIGMODEL_API_KEY")
