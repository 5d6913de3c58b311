"""Every edit link of the built site opens a file that is there, and what the page prints stands in one of them."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from keyway.schema.catalogue import Catalogue
from selectolax.lexbor import LexborHTMLParser
from support.built_site import REPO_URL, SITE_URL
from support.paths import PROJECT

LANGUAGES = {"en": "", "zh": "zh/", "ja": "ja/"}
EDIT = f"{REPO_URL}/edit/main/"
MODEL = re.compile(r"models/([^/]+)/([^/]+)/")


@dataclass
class EditedPage:
    """A built page below its language, and the files that its edit links open."""

    language: str
    path: str
    html: LexborHTMLParser
    files: dict[str, str]
    """File -> its text."""


def edited(site: Path, language: str, index: Path) -> EditedPage:
    home = site / LANGUAGES[language]
    html = LexborHTMLParser(index.read_text(encoding="utf-8"))
    path = index.parent.relative_to(home).as_posix().removeprefix(".")
    files = {}
    for link in html.css('a[rel="edit"]'):
        address = link.attributes["href"]
        assert address.startswith(EDIT), address
        file = unquote(urlsplit(address).path.removeprefix(urlsplit(EDIT).path))
        files[file] = Path(PROJECT, file).read_text(encoding="utf-8")
    return EditedPage(language, f"{path}/" if path else "", html, files)


@pytest.fixture(scope="module")
def pages(site: Path) -> list[EditedPage]:
    """Every page of every language."""
    others = {site / prefix for prefix in LANGUAGES.values() if prefix}
    return [
        edited(site, language, index)
        for language, prefix in LANGUAGES.items()
        for index in (site / prefix).rglob("index.html")
        if prefix or not others & set(index.parents)
    ]


def test_every_page_offers_its_text_in_the_language_of_the_page(pages: list[EditedPage]) -> None:
    for page in pages:
        texts = [file for file in page.files if file.startswith("docs/")]
        assert texts, page.path
        assert all(file.startswith(f"docs/{page.language}/") for file in texts), page.path


def test_every_section_of_a_page_stands_in_a_text_that_it_offers(pages: list[EditedPage], catalogue: Catalogue) -> None:
    """But for sections that a page makes of records: one for each provider, intermediary, route, or day of a list."""
    made = {
        *catalogue.providers,
        *catalogue.intermediaries,
        *(route for one in catalogue.providers.values() for route in one.requests),
    }
    for page in pages:
        text = "".join(text for file, text in page.files.items() if file.startswith("docs/"))
        for heading in page.html.css("article h2[id]"):
            anchor = heading.attributes["id"]
            assert f"{{#{anchor}}}" in text or anchor in made, (page.language, page.path, anchor)


def test_every_model_of_a_table_stands_in_a_file_that_the_page_offers(pages: list[EditedPage]) -> None:
    kinds: Counter[str] = Counter()
    for page in pages:
        here = urljoin(SITE_URL, LANGUAGES[page.language] + page.path)
        for link in page.html.css("article tbody th a[href]"):
            target = urljoin(here, link.attributes["href"]).removeprefix(SITE_URL + LANGUAGES[page.language])
            if found := MODEL.fullmatch(target.partition("#")[0]):
                provider, name = found.groups()
                models = page.files.get(f"data/models/{provider}.yml", "")
                assert re.search(rf"(^|[\s\[,]){re.escape(name)}\b", models), (page.language, page.path, name)
                kinds[page.path.partition("/")[0]] += 1
    assert kinds.keys() >= {"models", "providers", "free", "errors"}


def test_a_page_below_a_record_s_name_offers_the_file_of_that_record(
    pages: list[EditedPage], catalogue: Catalogue
) -> None:
    folders = {"providers": "providers", "requests": "providers", "errors": "providers", "models": "models"}
    kinds: Counter[str] = Counter()
    for page in pages:
        kind, *names = page.path.rstrip("/").split("/")
        guided = names if kind in ("clients", "providers") else ()
        wanted = [f"data/clients/{name}.yml" for name in guided if name in catalogue.clients]
        wanted += [f"data/{folders.get(kind)}/{name}.yml" for name in names[:1] if name in catalogue.providers]
        assert [file for file in wanted if file not in page.files] == [], (page.language, page.path)
        kinds[f"{kind} {len(names)}"] += bool(wanted)
    assert len([kind for kind, pages_of_it in kinds.items() if pages_of_it]) >= 5, kinds


def test_every_address_stands_in_the_provider_that_the_page_offers(
    pages: list[EditedPage], catalogue: Catalogue
) -> None:
    addresses = {
        endpoint.base_url: f"data/providers/{provider.id}.yml"
        for provider in catalogue.providers.values()
        for endpoint in provider.endpoints.values()
    }
    for page in pages:
        for code in page.html.css("article code"):
            file = addresses.get(code.text().strip())
            assert file is None or file in page.files, (page.language, page.path, code.text())


def test_every_label_stands_in_the_client_or_provider_that_the_page_offers(pages: list[EditedPage]) -> None:
    for page in pages:
        records = "".join(text for file, text in page.files.items() if file.startswith(("data/clients/", "data/prov")))
        for label in page.html.css("article .kw-ui"):
            assert label.text().strip() in records, (page.language, page.path, label.text())


def test_a_link_that_names_a_line_names_that_of_the_record(pages: list[EditedPage]) -> None:
    named: Counter[str] = Counter()
    for page in pages:
        for link in page.html.css('a[rel="edit"]'):
            parts = urlsplit(link.attributes["href"])
            if parts.fragment:
                file = unquote(parts.path.removeprefix(urlsplit(EDIT).path))
                line = page.files[file].splitlines()[int(parts.fragment.removeprefix("L")) - 1]
                kind = page.path.partition("/")[0]
                key = line.strip().partition(":")[0].strip("\"'")
                about = page.path.rstrip("/").split("/")[1:]
                assert key in about or key in page.html.css_first("article").text(), (page.path, line)
                named[kind] += 1
    assert named.keys() == {"models", "errors", "providers"}
