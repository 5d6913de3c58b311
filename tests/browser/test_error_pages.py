"""The pages of errors and request fields as a reader uses them, with the keyboard alone."""

import pytest
from keyway.schema.catalogue import Catalogue
from playwright.sync_api import Locator, Page, expect

LANGUAGES = {"en": "", "zh": "zh/", "ja": "ja/"}
REFUSED_BODY = '{"model": "codestral-latest", "messages": [], "max_completion_tokens": 20}'
RATE_LIMITED = """HTTP/2 429
x-ratelimit-limit-req-minute: {limit}

{{"object":"error","message":"Rate limit exceeded","type":"rate_limited","param":null,"code":"1300"}}"""


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
