"""The built pages of errors, request fields and filters: all that the data says is there, and the tools work.

In a browser, each page is used as a reader uses it, with the keyboard alone; the fixture `page` fails the test when
the console says anything or when another host is asked.
"""

from pathlib import Path

import pytest
from keyway.exports.filters import filters
from keyway.loading.load import load_catalogue
from keyway.pages.disputes import changed, claims
from keyway.pages.error_text import headline, identifiers, sentence, type_and_code
from keyway.schema.catalogue import Catalogue
from keyway.schema.errors import ErrorAnswer
from keyway.schema.requests import FieldHistory, RequestField, RequestRoute
from playwright.sync_api import Locator, Page, expect
from selectolax.lexbor import LexborHTMLParser, LexborNode
from support.paths import PROJECT

CATALOGUE = load_catalogue(PROJECT)
LANGUAGES = {"en": "", "zh": "zh/", "ja": "ja/"}
ERRORS = [(provider, error) for provider, record in CATALOGUE.providers.items() for error in record.errors]
PROVIDERS = [provider for provider, record in CATALOGUE.providers.items() if record.requests]
SECTIONS = ("meaning", "do", "avoid", "answer", "other", "sources")
REFUSED_BODY = '{"model": "codestral-latest", "messages": [], "max_completion_tokens": 20}'
RATE_LIMITED = """HTTP/2 429
x-ratelimit-limit-req-minute: {limit}

{{"object":"error","message":"Rate limit exceeded","type":"rate_limited","param":null,"code":"1300"}}"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return CATALOGUE


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("provider", "error"), ERRORS)
class TestEveryErrorHasAPage:
    def test_that_is_headed_by_the_answers_own_words(
        self, provider: str, error: str, language: str, site: Path, catalogue: Catalogue
    ) -> None:
        answer = catalogue.providers[provider].errors[error]
        page = opened(site, language, f"errors/{provider}/{error}")
        words = catalogue.words["error"][error][language]
        for place in (page.css_first("h1"), page.css_first("title")):
            assert words in text_of(place)
            assert " ".join((headline(answer) or "").split()) in text_of(place)

    def test_that_says_status_type_code_and_the_recorded_bodies(
        self, provider: str, error: str, language: str, site: Path, catalogue: Catalogue
    ) -> None:
        answer = catalogue.providers[provider].errors[error]
        page = opened(site, language, f"errors/{provider}/{error}")
        card = text_of(page.css_first("dl.kw-guide"))
        for status in answer.status:
            assert str(status) in card
        for sign in type_and_code(answer).values():
            assert sign in card
        for header, value in answer.match.headers.items():
            assert f"{header}: {value}" in card
        assert str(answer.seen) in card
        assert catalogue.words["fidelity"][answer.fidelity][language] in card
        assert catalogue.words["decoder"][f"retry_{answer.retry}"][language] in card
        searched = " ".join(text_of(part) for part in section(page, "answer") if part.tag == "p")
        for mark in identifiers(answer):
            assert mark in searched
        shown = [node.text().strip() for part in section(page, "answer") for node in part.css("pre code")]
        assert shown == [body for body in (answer.body, *answer.other_bodies) if body]

    def test_that_says_what_to_do_and_who_recorded_it(
        self, provider: str, error: str, language: str, site: Path, catalogue: Catalogue
    ) -> None:
        page = opened(site, language, f"errors/{provider}/{error}")
        assert [heading.attributes["id"] for heading in page.css(".kw-page h2")] == list(SECTIONS)
        steps = [step for part in section(page, "do") for step in ([part] if part.tag == "ol" else part.css("ol"))]
        assert len(steps[0].css("li")) >= 3
        assert [part for part in section(page, "avoid") if part.tag == "ul"]
        assert [part for part in section(page, "meaning") if part.tag == "p" and len(text_of(part)) > 10]
        sources = " ".join(text_of(part) for part in section(page, "sources") if part.tag == "ul")
        record = catalogue.providers[provider]
        for source in record.errors[error].sources:
            assert " ".join(record.sources[source].title.split()) in sources


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_errors_leads_to_each_of_them(language: str, site: Path) -> None:
    page = opened(site, language, "errors")
    leads = {link.attributes["href"] for link in page.css(".kw-table th a")}
    assert leads == {f"{provider}/{error}/" for provider, error in ERRORS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_leads_to_the_decoder(language: str, site: Path) -> None:
    page = opened(site, language, "")
    assert page.css_first('.kw-page a[href="errors/#decoder"]') is not None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guides_table_of_troubles_leads_to_the_errors(language: str, site: Path) -> None:
    page = opened(site, language, "providers/mistral/curl")
    leads = {link.attributes["href"] for link in page.css('.kw-table a[href*="/errors/"]')}
    assert leads == {f"../../../errors/mistral/{error}/" for provider, error in ERRORS if provider == "mistral"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("provider", PROVIDERS)
class TestThePageOfRequestFields:
    def test_has_every_field_with_its_state_type_and_sources(
        self, provider: str, language: str, site: Path, catalogue: Catalogue
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
                assert (field.type or "") in row
                assert (field.instead or "") in row
                assert str(field.since or "") in row
                assert [link.text() for link in rows[name].css("td:last-child a")] == list(field.sources)
                assert (catalogue.words["request"]["required"][language] in text_of(rows[name].css_first("th"))) == (
                    field.required
                )

    def test_has_the_fields_of_messages_and_the_names_that_they_may_not_have(
        self, provider: str, language: str, site: Path, catalogue: Catalogue
    ) -> None:
        page = opened(site, language, f"requests/{provider}")
        for name, route in catalogue.providers[provider].requests.items():
            if not route.messages:
                continue
            rows = rows_after(page, f"h3#{name}-messages")
            assert [[text_of(cell) for cell in row.css("th, td")[:3]] for row in rows] == [
                [role, " ".join(shape.fields), " ".join(shape.refused) or "–"] for role, shape in route.messages.items()
            ]

    def test_says_who_says_what_of_disputed_fields(
        self, provider: str, language: str, site: Path, catalogue: Catalogue
    ) -> None:
        page = opened(site, language, f"requests/{provider}")
        shown = {text_of(node) for node in page.css(".kw-disputed li")}
        colon = ": " if language == "en" else "："
        for route in catalogue.providers[provider].requests.values():
            for name, field in route.fields.items():
                for claim in claims(route, name) if field.state == "disputed" else ():
                    group = "field" if claim.seen else "request"
                    said = f"{claim.source}{colon}{catalogue.words[group][claim.says][language]}"
                    assert (f"{claim.seen} · {said}" if claim.seen else said) in shown

    def test_leads_from_each_source_to_where_it_is(self, provider: str, language: str, site: Path) -> None:
        page = opened(site, language, f"requests/{provider}")
        wanted = {link.attributes["href"] for link in page.css('a[href*="#source-"]')}
        assert wanted
        assert wanted <= {f"./#{node.attributes['id']}" for node in page.css(".kw-sources li[id]")}

    def test_offers_the_filters_that_there_are(
        self, provider: str, language: str, site: Path, catalogue: Catalogue
    ) -> None:
        address = site / LANGUAGES[language] / "requests" / provider
        page = opened(site, language, f"requests/{provider}")
        files = {link.text(): address / link.attributes["href"] for link in page.css("a[download]")}
        offered = {name: file.resolve().read_text(encoding="utf-8") for name, file in files.items()}
        assert offered == filters(catalogue.providers[provider], catalogue.clients)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_penalties_have_their_history(language: str, site: Path, catalogue: Catalogue) -> None:
    page = opened(site, language, "requests/mistral")
    (history,) = changed(catalogue.providers["mistral"].requests["chat"]).values()
    rows = [[text_of(cell) for cell in row.css("th, td")] for row in rows_after(page, "h3#chat-history")]
    states = {name: text[language] for name, text in catalogue.words["field"].items()}
    assert [row[:3] for row in rows] == [
        [str(event.seen), "presence_penalty frequency_penalty", states[event.state]] for event in history
    ]


def reach(page: Page, target: Locator) -> None:
    """Move the focus to `target` with the tabulator alone."""
    for _ in range(80):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail("the keyboard does not reach it")


def paste(page: Page, target: Locator, text: str) -> None:
    """Focus `target` by keyboard and put `text` in as pasting does."""
    reach(page, target)
    page.keyboard.insert_text(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("limit", "error"), [("0", "no-quota"), ("30", "rate-limited")])
def test_a_pasted_429_leads_to_the_page_of_its_kind(
    language: str, limit: str, error: str, page: Page, server: str, catalogue: Catalogue
) -> None:
    page.goto(f"{server}{LANGUAGES[language]}errors/")
    paste(page, page.locator("#kw-decoder-input"), RATE_LIMITED.format(limit=limit))
    words = catalogue.words["error"][error][language]
    answer = page.locator(".kw-decoder").get_by_role("link", name=words)
    expect(answer).to_be_visible()
    reach(page, answer)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server}{LANGUAGES[language]}errors/mistral/{error}/")
    expect(page.locator("h1")).to_contain_text(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pasted_request_is_told_what_is_renamed(language: str, page: Page, server: str, catalogue: Catalogue) -> None:
    page.goto(f"{server}{LANGUAGES[language]}requests/mistral/")
    paste(page, page.locator("#kw-checker-input"), REFUSED_BODY)
    renamed = catalogue.words["checker"]["renamed"][language].replace("{instead}", "max_tokens")
    expect(page.locator(".kw-checker li")).to_have_text([f"max_completion_tokens {renamed}"])
    expect(page.locator(".kw-checker pre")).to_contain_text('"max_tokens": 20')
    expect(page.locator(".kw-checker pre")).not_to_contain_text("max_completion_tokens")
    reach(page, page.locator(".kw-checker button"))


def test_a_body_with_a_wrong_value_is_not_said_to_go_through(page: Page, server: str, catalogue: Catalogue) -> None:
    page.goto(f"{server}requests/mistral/")
    page.locator("#kw-checker-input").fill(REFUSED_BODY.replace("20}", '20, "temperature": 3}'))
    words = {name: text["en"] for name, text in catalogue.words["checker"].items()}
    expect(page.get_by_role("status")).to_have_text([words["mended"]])
    expect(page.locator(".kw-checker")).to_contain_text(words["result_names"])
    expect(page.locator(".kw-checker")).not_to_contain_text(words["result"])


@pytest.mark.parametrize("address", ["errors/", "requests/mistral/"])
def test_without_scripts_the_tools_say_where_the_same_stands(address: str, browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}{address}")
    expect(page.locator(".kw-panel p")).to_contain_text("JavaScript")
    expect(page.locator(".kw-table tbody tr").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["errors/", "requests/mistral/"])
def test_nothing_of_a_tool_is_wider_than_a_phone(address: str, scheme: str, page: Page, server: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{server}{address}")
    page.locator(".kw-panel textarea").fill(REFUSED_BODY.replace("20", "2" * 200))
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360


def answer(**given: object) -> ErrorAnswer:
    base = {
        "id": "an-error",
        "fidelity": "verbatim",
        "retry": "no",
        "seen": "2026-01-01",
        "sources": ("a",),
        "status": (400,),
    }
    return ErrorAnswer.model_validate(base | given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"body": '{"detail":"No entry"}'}, "400 No entry"),
        ({"body": '{"error":{"message":"Deep"}}', "match": {"message": "deep"}}, "400 Deep"),
        ({"body": '{"message":"Key **** is …"}', "match": {"message": "Key"}}, "400 Key"),
        ({"match": {"message": "Model {model} was not found"}}, "400 Model … was not found"),
        ({"match": {"type": "labs_not_enabled"}}, "400 labs_not_enabled"),
        ({"status": (429, 400), "match": {"message": "Full"}}, "429/400 Full"),
        ({"status": (), "match": {}}, None),
        ({"match": {}}, "400"),
    ],
)
def test_an_answer_is_called_by_its_own_words(given: dict[str, object], said: str | None) -> None:
    assert headline(answer(**given)) == said


def test_an_answer_without_words_has_no_sentence() -> None:
    assert sentence(answer(body='{"code":"1"}')) is None


def test_the_outermost_type_and_code_count() -> None:
    body = '{"message":{"detail":[{"type":"extra_forbidden"}]},"type":"invalid_request_error","code":null}'
    assert type_and_code(answer(body=body)) == {"type": "invalid_request_error"}
    assert type_and_code(answer(body='{"error":{"code":"1113"}}', match={"code": "1113"})) == {"code": "1113"}


def test_a_name_in_place_of_a_sentence_is_a_mark() -> None:
    given = answer(body='{"detail":[{"msg":"Extra"}]}', match={"message": "extra_forbidden", "headers": {"x-a": "0"}})
    assert identifiers(given) == ("extra_forbidden", "x-a: 0")
    assert identifiers(answer(match={"type": "labs_not_enabled"})) == ()


def route(**fields: RequestField) -> RequestRoute:
    return RequestRoute(closed=True, fields=fields, sources=("openapi", "sdk"))


def test_a_source_that_describes_the_route_and_lacks_the_field_says_so() -> None:
    disputed = RequestField(state="disputed", sources=("sdk",))
    assert [(claim.source, claim.says) for claim in claims(route(top_k=disputed), "top_k")] == [
        ("sdk", "named"),
        ("openapi", "unnamed"),
    ]


def test_only_a_change_of_fate_is_a_history() -> None:
    seen = FieldHistory(seen="2025-12", state="refused", source="a")
    later = FieldHistory(seen="2026-02", state="accepted", source="a")
    fields = {
        "once": RequestField(state="refused", sources=("a",), history=(seen,)),
        "one": RequestField(sources=("a",), history=(seen, later)),
        "other": RequestField(sources=("a",), history=(seen, later)),
        "open": RequestField(state="disputed", sources=("a",), history=(seen, later)),
    }
    assert changed(route(**fields)) == {("one", "other"): (seen, later)}
