"""The request checker in a real browser: what it says of pasted bodies, and that the Worker would send the same."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from keyway.exports.request_rules import request_tables
from keyway.loading.load import load_catalogue
from playwright.sync_api import Browser, Page, expect
from support.projects import named_cases
from support.tool_page import DAY, ToolSite

CASES = named_cases("requests")
ROUTES = {"/v1/chat/completions": "chat", "/v1/fim/completions": "fim", "/v1/embeddings": "embeddings"}
BYTE_ORDER_MARK = "\ufeff"


def is_plain(case: dict[str, Any]) -> bool:
    """Whether the case is of the Worker as it comes, and of a body that can be pasted."""
    body = case["request"].get("body")
    return bool(body) and not body.startswith(BYTE_ORDER_MARK) and "worker" not in case


def is_filtered(case: dict[str, Any]) -> bool:
    """Whether the Worker sends the case's body on once."""
    sent = case.get("sent")
    return is_plain(case) and case["answer"]["status"] == 200 and isinstance(sent, dict) and "body" in sent


FILTERED = {name: case for name, case in named_cases("worker").items() if is_filtered(case)}

LIMITED = {
    name: case for name, case in named_cases("worker").items() if is_plain(case) and case["answer"]["status"] == 400
}

CHECK = """async ([text, provider, route]) => {
  const { checkBody } = await import("/assets/js/request-validate.js");
  return checkBody(text, await (await fetch(`/assets/data/${provider}.requests.json`)).json(), route);
}"""


@pytest.mark.parametrize("name", CASES)
def test_a_pasted_body_is_checked(name: str, blank: Page) -> None:
    case = CASES[name]
    found = blank.evaluate(CHECK, [case["body"], case.get("provider", "mistral"), case.get("route", "chat")])
    if "problem" in case:
        assert found["problem"] == case["problem"]
        return
    for row in found["rows"]:
        row.pop("says", None)  # a sentence of the data, in three languages
    rows = [(row.pop("path"), row) for row in found["rows"] if row["verdict"] != "accepted"]
    assert rows == list(case["rows"].items())
    assert found["body"] == (case["body"] if case["through"] == "same" else case["through"])


@pytest.mark.parametrize("name", FILTERED)
def test_the_worker_sends_what_the_checker_shows(name: str, blank: Page) -> None:
    request, sent = FILTERED[name]["request"], FILTERED[name]["sent"]["body"]
    found = blank.evaluate(CHECK, [request["body"], "mistral", ROUTES[request["path"]]])
    assert found["body"] == sent


@pytest.mark.parametrize("name", LIMITED)
def test_what_the_worker_refuses_to_send_the_checker_leaves_to_the_reader(name: str, blank: Page) -> None:
    request = LIMITED[name]["request"]
    assert blank.evaluate(CHECK, [request["body"], "mistral", ROUTES[request["path"]]])["body"] is None


def test_the_tables_name_every_field_with_its_state(project: Path) -> None:
    catalogue = load_catalogue(project, rules=())
    for provider in catalogue.providers.values():
        tables = request_tables(catalogue, provider, DAY)
        assert {name: set(route["fields"]) for name, route in tables["routes"].items()} == {
            name: set(route.fields) for name, route in provider.requests.items()
        }
        assert {field["state"] for route in tables["routes"].values() for field in route["fields"].values()} <= {
            "accepted",
            "refused",
            "disputed",
            "ignored",
        }


@pytest.fixture
def checker(browser: Browser, tools: ToolSite) -> Iterator[Any]:
    """Opens a page with the checker in a language; complains of what the console says and of foreign requests."""
    complaints: list[str] = []
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])

    def opened(lang: str) -> Page:
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: complaints.extend(
                [] if request.url.startswith((tools.address, "data:")) else [request.url]
            ),
        )
        data = {"source": "assets/data/mistral.requests.json", "details": "../errors/mistral/{error}/"}
        page.goto(tools.page(lang, "kw-checker", "request-checker.js", data))
        return page

    yield opened
    context.close()
    assert complaints == []


@pytest.mark.parametrize("lang", ["en", "zh", "ja"])
def test_the_findings_are_in_the_pages_language(lang: str, project: Path, checker: Any) -> None:
    words = load_catalogue(project, rules=()).words["checker"]
    page = checker(lang)
    page.get_by_role("textbox").fill('{"model":"codestral-latest","messages":[],"seed":1,"user":"u"}')
    expect(page.get_by_role("status")).to_have_text(words["changed"][lang])
    expect(page.get_by_role("listitem")).to_have_text(
        [
            "seed " + words["renamed"][lang].replace("{instead}", "random_seed"),
            "user " + words["refused"][lang],
        ]
    )
    expect(page.locator("pre")).to_have_text('{"model":"codestral-latest","messages":[],"random_seed":1}')


@pytest.mark.parametrize("lang", ["en", "zh", "ja"])
def test_what_speaks_against_the_request_as_a_whole_is_said_and_explained(
    lang: str, project: Path, checker: Any
) -> None:
    catalogue = load_catalogue(project, rules=())
    rule = catalogue.providers["mistral"].requests["chat"].rules["effort-none-or-high"]
    page = checker(lang)
    page.get_by_role("textbox").fill(
        '{"model":"mistral-small-latest","messages":[{"role":"user","content":"hi"}],"reasoning_effort":"medium"}'
    )
    expect(page.get_by_role("status")).to_have_text(catalogue.words["checker"]["faults"][lang])
    expect(page.get_by_role("listitem")).to_contain_text([rule.says[lang].replace("`", "")])
    expect(page.get_by_role("link")).to_have_attribute("href", "../errors/mistral/effort-value/")


def test_the_whole_checker_works_by_keyboard(checker: Any) -> None:
    page = checker("en")
    expect(page.get_by_role("combobox")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type('{"model":"codestral-latest","prompt":"a","seed":1}')
    expect(page.locator("pre")).to_have_text('{"model":"codestral-latest","prompt":"a","random_seed":1}')
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button")).to_have_text("Copied")
    assert (
        page.evaluate("navigator.clipboard.readText()") == '{"model":"codestral-latest","prompt":"a","random_seed":1}'
    )


def test_another_route_judges_anew(checker: Any) -> None:
    page = checker("en")
    page.get_by_role("textbox").fill('{"model":"codestral-latest","input":"a"}')
    expect(page.get_by_role("listitem")).not_to_have_count(0)
    page.get_by_role("combobox").select_option(label="POST /v1/embeddings")
    expect(page.get_by_role("status")).to_have_text("Every field goes through.")
    expect(page.get_by_role("listitem")).to_have_count(0)


def test_a_limit_leaves_the_choice_to_the_reader(checker: Any) -> None:
    page = checker("en")
    page.get_by_role("textbox").fill('{"model":"codestral-latest","messages":[],"max_output_tokens":9}')
    expect(page.get_by_role("status")).to_contain_text("limits what the request may cost")
    expect(page.locator("pre")).to_have_count(0)


@pytest.mark.parametrize("lang", ["en", "zh", "ja"])
def test_a_body_that_is_too_long_is_not_read(lang: str, project: Path, checker: Any) -> None:
    words = load_catalogue(project, rules=()).words["checker"]
    page = checker(lang)
    body = '{"model":"codestral-latest","messages":[{"role":"user","content":"%s"}]}'
    page.get_by_role("textbox").fill(body % ("a" * (1_000_000 - len(body) + 2)))
    expect(page.get_by_role("status")).to_have_text(words["unchanged"][lang])
    page.get_by_role("textbox").fill(body % ("a" * 1_000_000))
    expect(page.get_by_role("status")).to_have_text(words["long"][lang].replace("{count}", "1,000,000"))
    expect(page.locator("pre")).to_have_count(0)


def test_of_many_findings_the_first_are_shown_and_the_rest_counted(checker: Any) -> None:
    page = checker("en")
    page.get_by_role("textbox").fill('{"model":"codestral-latest","messages":[],%s"n":1}' % ('"user":1,' * 100_000))
    expect(page.get_by_role("listitem").last).to_have_text("and 99,950 more")
    expect(page.get_by_role("listitem")).to_have_count(51)


def test_nothing_is_checked_while_a_key_is_pressed(checker: Any) -> None:
    page = checker("en")
    page.get_by_role("textbox").wait_for()
    at_once = page.evaluate("""() => {
      const input = document.querySelector("textarea");
      input.value = "{}";
      input.dispatchEvent(new Event("input"));
      return document.querySelector("[role=status]").textContent;
    }""")
    assert at_once == ""
    expect(page.get_by_role("status")).not_to_be_empty()


def test_pasted_markup_stays_text(checker: Any) -> None:
    page = checker("en")
    page.get_by_role("textbox").fill('{"model":"<b>","messages":[],"<img src=x onerror=alert(1)>":1}')
    expect(page.get_by_role("listitem")).to_contain_text(["<img src=x onerror=alert(1)>"])
    assert page.locator("img, b").count() == 0
