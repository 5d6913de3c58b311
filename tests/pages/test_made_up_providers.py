"""What a provider of tomorrow gets: every page about it, and every guide, from its data alone.

The providers are made up, one for each shape that a provider can have; no client knows them by name. Their pages are
rendered with the real templates, beside the real providers, of whom nothing may stand there.
"""

import html
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pytest
import yaml
from keyway.loading.load import load_catalogue
from keyway.pages.queries import Queries
from keyway.pages.render import Renderer
from keyway.schema import hosts
from keyway.schema.client import Client
from keyway.schema.provider import Provider
from support.paths import PROJECT
from support.projects import load_cases

LANGUAGES = ("en", "zh", "ja")
CASES = load_cases("providers")
NAMES = sorted(CASES)
HEADING = re.compile(r"^(#{1,6}) .*\{#([\w-]+)\}$")
TAG = re.compile(r"<[^>]+>")
FENCE = re.compile(r"^( *)```.*?^\1```", re.MULTILINE | re.DOTALL)
URL = re.compile(r"https?://[\w.-]+(?::\d+)?(?:/[\w./-]*)?(?<!\.)", re.ASCII)


@dataclass(frozen=True)
class Made:
    """The catalogue with the made-up providers, and their pages: language -> path -> text, its characters unescaped."""

    queries: Queries
    pages: Mapping[str, Mapping[str, str]]

    def guides(self, provider: str, language: str) -> Iterator[tuple[Client, str]]:
        """Every guide of the provider, with its client."""
        for client in self.queries.catalogue.clients.values():
            page = self.pages[language].get(f"providers/{provider}/{client.id}.md")
            if page is not None:
                yield client, page

    def provider(self, name: str) -> Provider:
        return self.queries.catalogue.providers[name]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A copy of the project with the providers in it, and their hosts in the list that a maintainer keeps."""
    root = tmp_path_factory.mktemp("made-up")
    for name in ("data", "docs", "overrides"):
        shutil.copytree(PROJECT / name, root / name, ignore=shutil.ignore_patterns("recordings", "assets"))
    with pytest.MonkeyPatch.context() as patch:
        for name, case in CASES.items():
            for kind in ("provider", "model"):
                said = case["provider" if kind == "provider" else "models"]
                text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False)
                (root / "data" / f"{kind}s" / f"{name}.yml").write_text(text, encoding="utf-8")
            patch.setitem(hosts.KEY_HOSTS, name, case["hosts"])
        queries = Queries(load_catalogue(root), {}, date(2026, 11, 29))
        yield Made(queries, {language: _pages(Renderer(root, language, queries)) for language in LANGUAGES})


def _pages(renderer: Renderer) -> dict[str, str]:
    return {
        page.path: html.unescape(renderer.render(page).markdown)
        for page in renderer.pages
        if page.params.get("provider") in CASES or page.path in ("clients/matrix.md", "providers/index.md")
    }


def plain(text: str) -> str:
    return TAG.sub("", text)


def part(page: str, anchor: str) -> str:
    found = re.search(rf"^## [^\n]*{{#{anchor}}}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found, f"there is no section {anchor}"
    return found[1]


def foreign(made: Made, provider: str) -> set[str]:
    """Hosts, variables and pages of keys, names and ids of every other provider."""
    found: set[str] = set()
    for other in made.queries.catalogue.providers.values():
        if other.id != provider:
            found |= {endpoint.host for endpoint in other.endpoints.values() if not endpoint.local}
            found |= {key.variable for key in other.keys.values()} | {key.page for key in other.keys.values()}
            found |= set(made.queries.catalogue.models[other.id])
            found |= {other.name[language].split()[0].split("（")[0] for language in LANGUAGES}
    return found


def test_a_provider_that_speaks_one_format_has_guides_in_the_clients_that_speak_it(made: Made) -> None:
    for client in made.queries.catalogue.clients.values():
        for name in NAMES:
            spoken = {
                protocol for endpoint in made.provider(name).endpoints.values() for protocol in endpoint.protocols
            }
            there = f"providers/{name}/{client.id}.md" in made.pages["en"]
            if there:
                assert spoken & client.compatible.keys()
    assert [client for client, _ in made.guides("messages-only", "en")]
    chatting = [client.id for client in made.queries.catalogue.clients.values() if "chat" in client.compatible]
    for client_id in chatting:
        assert f"providers/two-regions/{client_id}.md" in made.pages["en"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_another_provider_stands_on_its_pages(name: str, language: str, made: Made) -> None:
    others = re.compile("|".join(rf"(?<![\w-]){re.escape(text)}(?![\w-])" for text in sorted(foreign(made, name))))
    for path, page in made.pages[language].items():
        if path.startswith((f"providers/{name}/", f"models/{name}/")):
            assert others.findall(page) == [], path
    assert others.search(made.pages[language]["clients/matrix.md"]), "what is looked for stands where it belongs"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_no_heading_stands_over_nothing(name: str, language: str, made: Made) -> None:
    for path, page in made.pages[language].items():
        if f"/{name}/" not in path:
            continue
        lines = [line for line in page.splitlines() if plain(line).strip()]
        for line, below in zip(lines, [*lines[1:], "# end {#end}"], strict=True):
            heading, next_heading = HEADING.match(line), HEADING.match(below)
            if heading and next_heading:
                assert len(next_heading[1]) > len(heading[1]), f"{path}: {line}"
        assert not re.search(r"\(\)|（）", plain(FENCE.sub("", page))), path
        assert not re.search(r"<tbody>\s*</tbody>|<dd>\s*</dd>|<ul[^>]*>\s*</ul>", page), path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_its_guides_give_each_address_in_the_form_of_the_client(name: str, language: str, made: Made) -> None:
    provider = made.provider(name)
    own = {endpoint.host for endpoint in provider.endpoints.values()}
    for client, page in made.guides(name, language):
        steps = part(page, "steps")
        right = {one.base_url for way in made.queries.ways(provider, client) for one in way.connections}
        said = {url for url in URL.findall(plain(steps)) if any(host in url for host in own)}
        assert said == right, client.id
        form = made.queries.ways(provider, client)[0].first.address
        assert "`/v1`" not in steps or form in ("root", "unversioned"), client.id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_first_steps_need_one_key_and_a_model_that_is_served_there(name: str, language: str, made: Made) -> None:
    provider = made.provider(name)
    for client, page in made.guides(name, language):
        first = made.queries.ways(provider, client)[0].first
        numbered = [plain(line) for line in part(page, "steps").splitlines() if re.match(r"1\. ", line)]
        count = len(numbered) // len(made.queries.ways(provider, client))
        text = "\n".join(numbered[:count])
        needed = {first.endpoint.key} - {None}
        shown = {
            name
            for name, key in provider.keys.items()
            if re.search(rf"\b{key.variable}\b", text) or re.search(rf"{re.escape(key.name[language])}(?! of)", text)
        }
        assert shown <= needed, client.id
        assert provider.recommended in text, client.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_server_without_a_key_is_asked_without_one(language: str, made: Made) -> None:
    for client, page in made.guides("local-server", language):
        assert "{#key}" not in page, client.id
        assert "HOMESTEAD" not in page, client.id
        own = page.replace("$LITELLM_MASTER_KEY", "")  # what a gateway asks of its own clients
        assert "Bearer $" not in own, client.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_of_a_plan_is_told_with_its_key_and_its_model(language: str, made: Made) -> None:
    for client, page in made.guides("coding-plan", language):
        for line in part(page, "steps").splitlines():
            if line.startswith("- ") and "api.coder.planeta.example" in line:
                assert made.provider("coding-plan").keys["plan"].name[language] in line, client.id
                assert "planeta-coder" in line, client.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_matrix_calls_impossible_only_what_somebody_looked_up(language: str, made: Made) -> None:
    catalogue = made.queries.catalogue
    table = made.pages[language]["clients/matrix.md"]
    pairs = [(provider, client) for provider in catalogue.providers.values() for client in catalogue.clients.values()]
    missing = [pair for pair in pairs if not made.queries.ways(*pair)]
    denied = [pair for pair in missing if made.queries.impossible(*pair)]
    assert table.count(catalogue.words["way"]["none"][language]) == len(denied)
    assert table.count(catalogue.words["way"]["unknown"][language]) == len(missing) - len(denied)
    assert all(client.not_spoken for _, client in denied)
    assert missing
    assert denied
