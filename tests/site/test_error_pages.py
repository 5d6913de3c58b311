"""The built pages of errors, request fields and filters: all that the data says is there."""

from pathlib import Path

import pytest
from keyway.exports.filters import filters
from keyway.pages.disputes import changed, claims
from keyway.schema.catalogue import Catalogue
from selectolax.lexbor import LexborHTMLParser, LexborNode
from support.paths import PROJECT, PROVIDERS

LANGUAGES = {"en": "", "zh": "zh/", "ja": "ja/"}
OR = {"en": " or ", "zh": " 或 ", "ja": " または "}
"""What stands between the types that a field can have."""
SAYS = {"en": 10, "zh": 4, "ja": 4}
"""Language -> characters that say something; a Han character says more than a letter."""
SECTIONS = ("meaning", "do", "avoid", "answer", "other", "sources")


def opened(site: Path, language: str, address: str) -> LexborHTMLParser:
    file = site / LANGUAGES[language] / address / "index.html"
    assert file.is_file(), f"there is no page {file.relative_to(site)}"
    return LexborHTMLParser(file.read_text(encoding="utf-8"))


def text_of(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text().split())


def section(page: LexborHTMLParser, anchor: str) -> list[LexborNode]:
    """What stands between the heading `anchor` and the next one of its level."""
    heading = page.css_first(f"h2#{anchor}")
    assert heading is not None, anchor
    found, node = [], heading.next
    while node is not None and node.tag != "h2":
        found.append(node)
        node = node.next
    return found


def rows_after(page: LexborHTMLParser, heading: str) -> list[LexborNode]:
    """The rows of the first table after `heading`."""
    node = page.css_first(heading)
    while node is not None and node.tag != "div":
        node = node.next
    assert node is not None, heading
    return node.css("tbody tr")


def that_is_headed_by_the_answers_own_words(
    provider: str, error: str, language: str, site: Path, catalogue: Catalogue
) -> None:
    answer = catalogue.providers[provider].errors[error]
    page = opened(site, language, f"errors/{provider}/{error}")
    words = catalogue.words["error"][error][language]
    headline = " ".join((answer.headline or "").split())
    heading, title = (text_of(page.css_first(place)) for place in ("h1", "title"))
    assert words in heading
    assert words in title
    assert headline in heading
    own = (PROJECT / "docs" / language / "errors" / provider / f"{error}.md").exists()
    assert headline in title or (own and title.startswith(f"{answer.status[0]} "))  # its page may quote it in short


def that_says_status_type_code_and_the_recorded_bodies(
    provider: str, error: str, language: str, site: Path, catalogue: Catalogue
) -> None:
    answer = catalogue.providers[provider].errors[error]
    page = opened(site, language, f"errors/{provider}/{error}")
    card = text_of(page.css_first("dl.kw-guide"))
    for status in answer.status:
        assert str(status) in card
    for sign in answer.type_and_code.values():
        assert sign in card
    for header, value in answer.match.headers.items():
        assert f"{header}: {value}" in card
    assert str(answer.seen) in card
    assert catalogue.words["fidelity"][answer.fidelity][language] in card
    assert catalogue.words["decoder"][f"retry_{answer.retry}"][language] in card
    searched = " ".join(text_of(part) for part in section(page, "answer") if part.tag == "p")
    for mark in answer.identifiers:
        assert mark in searched
    shown = [node.text().strip() for part in section(page, "answer") for node in part.css("pre code")]
    assert shown == [body for body in (answer.body, *answer.other_bodies) if body]


def that_says_what_to_do_and_who_recorded_it(
    provider: str, error: str, language: str, site: Path, catalogue: Catalogue
) -> None:
    page = opened(site, language, f"errors/{provider}/{error}")
    assert [heading.attributes["id"] for heading in page.css(".kw-page h2")] == list(SECTIONS)
    steps = [step for part in section(page, "do") for step in ([part] if part.tag == "ol" else part.css("ol"))]
    assert len(steps[0].css("li")) >= 2
    assert [part for part in section(page, "avoid") if part.tag == "ul"]
    assert [part for part in section(page, "meaning") if part.tag == "p" and len(text_of(part)) > SAYS[language]]
    sources = " ".join(text_of(part) for part in section(page, "sources") if part.tag == "ul")
    record = catalogue.providers[provider]
    for source in record.errors[error].sources:
        title = record.sources[source].title
        assert " ".join((title if isinstance(title, str) else title[language]).split()) in sources


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_error_has_a_page(provider: str, site: Path, catalogue: Catalogue, subtests: pytest.Subtests) -> None:
    for error in catalogue.providers[provider].errors:
        for language in LANGUAGES:
            for check in (
                that_is_headed_by_the_answers_own_words,
                that_says_status_type_code_and_the_recorded_bodies,
                that_says_what_to_do_and_who_recorded_it,
            ):
                with subtests.test(check.__name__, error=error, language=language):
                    check(provider, error, language, site, catalogue)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_errors_leads_to_each_of_them(language: str, site: Path, catalogue: Catalogue) -> None:
    page = opened(site, language, "errors")
    leads = {link.attributes["href"] for link in page.css(".kw-table th a")}
    assert leads == {
        f"{provider}/{error}/" for provider, record in catalogue.providers.items() for error in record.errors
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_leads_to_the_decoder(language: str, site: Path) -> None:
    page = opened(site, language, "")
    assert page.css_first('.kw-page a[href="errors/#decoder"]') is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guides_table_of_troubles_leads_to_the_errors(language: str, site: Path, catalogue: Catalogue) -> None:
    page = opened(site, language, "providers/mistral/curl")
    leads = {link.attributes["href"] for link in page.css('.kw-table a[href*="/errors/"]')}
    usual = {name for name, error in catalogue.providers["mistral"].errors.items() if error.usual}
    assert leads == {f"../../../errors/mistral/{error}/" for error in usual}


def has_every_field_with_its_state_type_and_sources(
    provider: str, language: str, site: Path, catalogue: Catalogue
) -> None:
    page = opened(site, language, f"requests/{provider}")
    tables = page.css("table.kw-request")
    routes = catalogue.providers[provider].requests
    assert len(tables) == len(routes)
    for table, route in zip(tables, routes.values(), strict=True):
        rows = {text_of(row.css_first("th code")): row for row in table.css("tbody tr")}
        assert list(rows) == list(route.fields)
        for name, field in route.fields.items():
            row = text_of(rows[name])
            assert catalogue.words["field"][field.state][language] in row
            assert (field.type or "").replace(" or ", OR[language]) in row
            assert (field.instead or "") in row
            assert str(field.since or "") in row
            assert [link.text() for link in rows[name].css("td:last-child a")] == list(field.sources)
            assert (catalogue.words["request"]["required"][language] in text_of(rows[name].css_first("th"))) == (
                field.required
            )


def has_the_fields_of_messages_and_the_names_that_they_may_not_have(
    provider: str, language: str, site: Path, catalogue: Catalogue
) -> None:
    page = opened(site, language, f"requests/{provider}")
    for name, route in catalogue.providers[provider].requests.items():
        if not route.messages:
            continue
        rows = rows_after(page, f"h3#{name}-messages")
        assert [[text_of(cell) for cell in row.css("th, td")[:3]] for row in rows] == [
            [role, " ".join(shape.fields), " ".join(shape.refused) or "–"] for role, shape in route.messages.items()
        ]


def says_who_says_what_of_disputed_fields(provider: str, language: str, site: Path, catalogue: Catalogue) -> None:
    page = opened(site, language, f"requests/{provider}")
    shown = {text_of(node) for node in page.css(".kw-disputed li")}
    colon = ": " if language == "en" else "："
    for route in catalogue.providers[provider].requests.values():
        for name, field in route.fields.items():
            for claim in claims(route, name) if field.state == "disputed" else ():
                group = "field" if claim.seen else "request"
                said = f"{claim.source}{colon}{catalogue.words[group][claim.says][language]}"
                assert (f"{claim.seen} · {said}" if claim.seen else said) in shown


def leads_from_each_source_to_where_it_is(provider: str, language: str, site: Path, _: Catalogue) -> None:
    page = opened(site, language, f"requests/{provider}")
    wanted = {link.attributes["href"] for link in page.css('a[href*="#source-"]')}
    assert wanted
    assert wanted <= {f"./#{node.attributes['id']}" for node in page.css(".kw-sources li[id]")}


def offers_the_filters_that_there_are(provider: str, language: str, site: Path, catalogue: Catalogue) -> None:
    address = site / LANGUAGES[language] / "requests" / provider
    page = opened(site, language, f"requests/{provider}")
    files = {link.text(): address / link.attributes["href"] for link in page.css("a[download]")}
    offered = {name: file.resolve().read_text(encoding="utf-8") for name, file in files.items()}
    assert offered == filters(catalogue.providers[provider], catalogue.clients)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_the_page_of_request_fields(provider: str, site: Path, catalogue: Catalogue, subtests: pytest.Subtests) -> None:
    for language in LANGUAGES if catalogue.providers[provider].requests else ():
        for check in (
            has_every_field_with_its_state_type_and_sources,
            has_the_fields_of_messages_and_the_names_that_they_may_not_have,
            says_who_says_what_of_disputed_fields,
            leads_from_each_source_to_where_it_is,
            offers_the_filters_that_there_are,
        ):
            with subtests.test(check.__name__, language=language):
                check(provider, language, site, catalogue)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_penalties_have_their_history(language: str, site: Path, catalogue: Catalogue) -> None:
    page = opened(site, language, "requests/mistral")
    (history,) = changed(catalogue.providers["mistral"].requests["chat"]).values()
    rows = [[text_of(cell) for cell in row.css("th, td")] for row in rows_after(page, "h3#chat-history")]
    states = {name: text[language] for name, text in catalogue.words["field"].items()}
    assert [row[:3] for row in rows] == [
        [str(event.seen), "presence_penalty frequency_penalty", states[event.state]] for event in history
    ]
