"""What the built site gives to programs: documents that keep their schema, feeds whose entries lead somewhere."""

import json
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import jsonschema
import pytest
from selectolax.lexbor import LexborHTMLParser
from support.built_site import SITE_URL
from support.paths import PROVIDERS

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEEDS = {"en": "changes.xml", "zh": "zh/changes.xml", "ja": "ja/changes.xml"}


@pytest.fixture(scope="module")
def schema(site: Path) -> dict:
    return json.loads((site / "assets/data/provider.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("provider", PROVIDERS)
def test_each_document_keeps_the_published_schema(site: Path, schema: dict, provider: str) -> None:
    document = json.loads((site / f"assets/data/{provider}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema)
    assert document["$schema"] == schema["$id"]
    assert document["models"]
    assert document["lists"]


def test_a_document_has_catalogue_evidence_and_verdicts(site: Path) -> None:
    document = json.loads((site / "assets/data/mistral.json").read_text(encoding="utf-8"))
    model = next(entry for entry in document["models"] if entry["id"] == "codestral-2508")
    assert model["facts"]["temperature"] == 0.3
    assert model["confirmed"]["temperature"] == "2026-10-08"
    assert {finding["verdict"] for finding in document["verdicts"]} == {"same"}


def anchored(site: Path, address: str) -> bool:
    parts = urlsplit(address)
    assert address.startswith(SITE_URL)
    page = site / parts.path.removeprefix(urlsplit(SITE_URL).path) / "index.html"
    if not page.is_file():
        return False
    ids = {node.attributes["id"] for node in LexborHTMLParser(page.read_text(encoding="utf-8")).css("[id]")}
    return not parts.fragment or parts.fragment in ids


@pytest.mark.parametrize("language", FEEDS)
def test_each_feed_is_atom_whose_entries_lead_to_the_page_and_its_day(site: Path, language: str) -> None:
    root = ElementTree.fromstring((site / FEEDS[language]).read_text(encoding="utf-8"))  # noqa: S314 (our own file)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    entries = root.findall("a:entry", ATOM)
    assert entries
    ids = [entry.findtext("a:id", namespaces=ATOM) for entry in entries]
    assert len(ids) == len(set(ids))
    for entry in entries:
        assert anchored(site, entry.find("a:link", ATOM).attrib["href"])
        for link in LexborHTMLParser(entry.findtext("a:content", namespaces=ATOM)).css("a"):
            assert anchored(site, link.attributes["href"])


def test_the_famous_move_is_told_in_every_language(site: Path) -> None:
    for language, file in FEEDS.items():
        feed = (site / file).read_text(encoding="utf-8")
        page = (site / file.replace("changes.xml", "changes/index.html")).read_text(encoding="utf-8")
        for text in ("mistral-medium-latest", "mistral-medium-2508", "mistral-medium-2604", "→ 1.0"):
            assert text in feed, language
            assert text in LexborHTMLParser(page).text(), language


@pytest.mark.parametrize("language", FEEDS)
def test_every_page_names_the_feed_of_its_language(site: Path, language: str) -> None:
    home = site / FEEDS[language].replace("changes.xml", "models/index.html")
    link = LexborHTMLParser(home.read_text(encoding="utf-8")).css_first('link[type="application/atom+xml"]')
    address = SITE_URL + FEEDS[language].replace("changes.xml", "models/")
    assert urljoin(address, link.attributes["href"]) == SITE_URL + FEEDS[language]
