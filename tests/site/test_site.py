"""The built site as search engines, browsers and readers of its source get it."""

import json
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser
from support.built_site import SITE_URL

LANGUAGES = {"en": "", "zh": "zh/", "ja": "ja/"}
TAGS = {"en": "en", "zh": "zh-Hans", "ja": "ja"}
"""What tells a browser the letters of a language: Chinese characters are drawn in the forms of simplified Chinese."""
LOADING = "script[src], img[src], iframe, link[rel=stylesheet], link[rel=icon], link[rel=preconnect], source"
LISTED_ELSEWHERE = ("assets", "pagefind", "search")


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, LexborHTMLParser]:
    """Address below the site -> parsed page, for every page of every language."""
    return {
        file.parent.relative_to(site).as_posix().removeprefix(".") + "/"
        if file.parent != site
        else "": LexborHTMLParser(file.read_text(encoding="utf-8"))
        for file in site.rglob("index.html")
    }


def language_of(address: str) -> str:
    return next((language for language in ("zh", "ja") if address.startswith(f"{language}/")), "en")


def in_language(address: str, language: str) -> str:
    own = LANGUAGES[language_of(address)]
    return LANGUAGES[language] + address.removeprefix(own)


def test_every_page_exists_in_every_language(pages: dict[str, LexborHTMLParser]) -> None:
    assert len(pages) > 600
    wanted = {in_language(page, language) for page in pages for language in LANGUAGES}
    assert wanted <= pages.keys()


def test_every_page_says_its_language_and_where_it_is_in_the_others(pages: dict[str, LexborHTMLParser]) -> None:
    for address, page in pages.items():
        assert page.css_first("html").attributes["lang"] == TAGS[language_of(address)], address
        canonical = page.css_first('link[rel="canonical"]').attributes["href"]
        assert canonical == urljoin(SITE_URL, address)
        alternates = {link.attributes["hreflang"]: link.attributes["href"] for link in page.css("link[hreflang]")}
        wanted = {language: urljoin(SITE_URL, in_language(address, language)) for language in LANGUAGES}
        assert alternates == wanted | {"x-default": wanted["en"]}, address


def test_the_switcher_leads_to_the_same_page(pages: dict[str, LexborHTMLParser]) -> None:
    for address, page in pages.items():
        here = urljoin(SITE_URL, address)
        leads = {urljoin(here, link.attributes["href"]) for link in page.css("a[hreflang]")}
        assert leads >= {urljoin(SITE_URL, in_language(address, language)) for language in LANGUAGES}, address


def test_titles_and_descriptions_are_there_and_one_of_a_kind(pages: dict[str, LexborHTMLParser]) -> None:
    titles: dict[tuple[str, str], str] = {}
    for address, page in pages.items():
        title = page.css_first("title").text()
        assert "None" not in title, address
        assert page.css_first('meta[name="description"]').attributes["content"].strip(), address
        assert (language_of(address), title) not in titles, f"{address} and {titles.get((language_of(address), title))}"
        titles[language_of(address), title] = address


def test_every_page_has_one_first_heading_and_headings_with_ids(pages: dict[str, LexborHTMLParser]) -> None:
    for address, page in pages.items():
        assert len(page.css("h1")) == 1, address
        ids = [node.attributes["id"] for node in page.css("article [id]")]
        assert len(ids) == len(set(ids)), address
        assert all(heading.attributes.get("id") for heading in page.css("article h1, article h2, article h3")), address


def test_every_link_and_anchor_leads_somewhere(site: Path, pages: dict[str, LexborHTMLParser]) -> None:
    anchors = {address: {node.attributes["id"] for node in page.css("[id]")} for address, page in pages.items()}
    broken = set()
    for address, page in pages.items():
        here = urljoin(SITE_URL, address)
        for node in page.css("a[href], link[href], script[src], img[src]"):
            target = urljoin(here, node.attributes.get("href") or node.attributes.get("src") or "")
            if not target.startswith(SITE_URL):
                continue
            path, _, anchor = target.removeprefix(SITE_URL).partition("#")
            if path in anchors:
                if anchor and anchor not in anchors[path]:
                    broken.add((address, target))
            elif not (site / path).is_file():
                broken.add((address, target))
    assert not broken


def test_nothing_is_loaded_from_another_host(pages: dict[str, LexborHTMLParser]) -> None:
    for address, page in pages.items():
        here = urljoin(SITE_URL, address)
        loaded = [node.attributes.get("src") or node.attributes.get("href") for node in page.css(LOADING)]
        hosts = {urlsplit(urljoin(here, target or "")).netloc for target in loaded}
        assert hosts <= {urlsplit(SITE_URL).netloc}, address


def test_every_page_has_the_policy_before_anything_loads(site: Path) -> None:
    for file in [*site.rglob("index.html"), *site.rglob("404.html")]:
        html = file.read_text(encoding="utf-8")
        policy = html.index('http-equiv="Content-Security-Policy"')
        first = min(position for position in (html.find("<script"), html.find("<link")) if position > 0)
        assert policy < first, file
        assert "'unsafe-inline'" not in html
        blocked = re.search(r"<[a-z][^>]*\s(?:on[a-z]+|style)=", html)
        assert not blocked, f"{file}: the policy blocks inline handlers and styles"


def test_the_sitemap_names_every_page_with_its_alternates(site: Path, pages: dict[str, LexborHTMLParser]) -> None:
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    named = set(re.findall(r"<loc>([^<]+)</loc>", sitemap))
    assert {urljoin(SITE_URL, address) for address in pages} <= named
    assert set(re.findall(r'hreflang="([\w-]+)"', sitemap)) >= set(LANGUAGES)


def test_each_language_has_its_own_page_for_what_is_not_there(site: Path) -> None:
    for language, prefix in LANGUAGES.items():
        page = LexborHTMLParser((site / prefix / "404.html").read_text(encoding="utf-8"))
        assert page.css_first("html").attributes["lang"] == TAGS[language]
        home = page.css_first("article a").attributes["href"]
        assert urljoin("https://keyway.example/nowhere/", home) == urljoin(SITE_URL, prefix)


def test_aliases_and_retired_ids_lead_to_the_answer(pages: dict[str, LexborHTMLParser]) -> None:
    alias = pages["models/mistral/codestral-latest/"]
    assert any(a.attributes["href"].endswith("codestral-2508/") for a in alias.css("article a"))
    retired = pages["models/mistral/pixtral-large-latest/"]
    assert "mistral-medium-2604" in retired.css_first("article").text()


def test_a_shut_down_client_says_so_first_and_names_where_to_go(pages: dict[str, LexborHTMLParser]) -> None:
    for prefix in LANGUAGES.values():
        warning = pages[f"{prefix}providers/mistral/roo-code/"].css_first("article .admonition")
        assert "2026-05-15" in warning.text()
        assert all(name in warning.text() for name in ("Zoo Code", "Cline", "Kilo Code"))


def test_facts_are_equal_in_all_languages(pages: dict[str, LexborHTMLParser]) -> None:
    def facts(address: str) -> tuple[list[str], list[str]]:
        article = pages[address].css_first("article")
        return [node.text() for node in article.css("code")], [node.text() for node in article.css("time, .kw-num")]

    for address in pages:
        if language_of(address) == "en":
            for language in ("zh", "ja"):
                code, numbers = facts(in_language(address, language))
                english, english_numbers = facts(address)
                assert sorted(code) == sorted(english), in_language(address, language)
                digits = [re.sub(r"\D", "", text) for text in numbers]
                assert sorted(digits) == sorted(re.sub(r"\D", "", text) for text in english_numbers), address


def test_the_schema_of_search_is_one_index_a_language(site: Path) -> None:
    entry = json.loads((site / "pagefind" / "pagefind-entry.json").read_text(encoding="utf-8"))
    assert set(entry["languages"]) == {tag.lower() for tag in TAGS.values()}


def test_no_box_has_lost_its_text(pages: dict[str, LexborHTMLParser]) -> None:
    """Jinja takes the blanks before a tag at the start of a line, and with them the line's place in a box."""
    for address, page in pages.items():
        for box in page.css(".admonition"):
            assert len(box.css("p")) > 1, address
