"""The error decoder in a real browser: what it makes of pasted errors, and what it shows."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from keyway.loading.load import load_catalogue
from playwright.sync_api import Browser, Page, expect
from support.paths import PROVIDERS
from support.projects import named_cases
from support.tool_page import ToolSite

CASES = named_cases("errors")
PATIENCE = 60_000
"""Milliseconds after which an answer that never comes is a failure: a browser lays out five million letters slowly."""

DECODE = """async ([paste, home]) => {
  const { decode } = await import("/assets/js/error-match.js");
  const tables = await (await fetch("/assets/data/errors.json")).json();
  const { facts, matches, ids, general, through, addresses, pointed } = decode(paste, tables, home);
  return { matches, ids, refused: [...facts.refused], general, through, addresses, pointed };
}"""

PASTE = "(input, text) => { input.value = text; input.dispatchEvent(new Event('input')); }"
"""Puts a text into the field at once; Playwright's own way types it."""

NO_QUOTA = '{"object":"error","message":"Rate limit exceeded","type":"rate_limited","code":"1300"}'
WITH_HEADERS = f"HTTP/2 429\nx-ratelimit-limit-req-minute: 0\n\n{NO_QUOTA}"


@pytest.mark.parametrize("name", CASES)
def test_a_pasted_error_is_told(name: str, blank: Page) -> None:
    case = CASES[name]
    found = blank.evaluate(DECODE, [case["paste"], case.get("page")])
    told = [shown(match) for match in found["matches"]]
    likely = next(
        (match["provider"] for match in found["matches"] if match["provider"]), next(iter(found["pointed"]), None)
    )
    assert {
        "errors": told,
        "refused": found["refused"],
        "ids": {one.pop("id"): known(one, likely) for one in found["ids"]},
        "general": found["general"] and found["general"]["error"],
        "through": found["through"],
        "addresses": [f"{one['kind']} {one['base']}" for one in found["addresses"]],
    } == {
        "errors": case["errors"],
        "refused": case.get("refused", []),
        "ids": {one: {part: str(value) for part, value in facts.items()} for one, facts in case.get("ids", {}).items()},
        "general": case.get("general"),
        "through": case.get("through", []),
        "addresses": case.get("addresses", []),
    }


def shown(match: dict[str, Any]) -> str:
    name = f"{match['provider'] or match['between']}/{match['error']}"
    if match["header"]:
        return f"{name} {match['header']}"
    return f"{name} by {match['doubt']}" if match["doubt"] else name


def known(facts: dict[str, Any], likely: str | None) -> dict[str, str]:
    """Without what is empty, and without the provider where it is the one that the text is of."""
    return {part: value for part, value in facts.items() if value is not None and (part, value) != ("provider", likely)}


def test_an_error_that_two_providers_share_is_the_pages_own(blank: Page) -> None:
    for home in PROVIDERS:
        found = blank.evaluate(
            """async ([paste, home]) => {
          const { decode } = await import("/assets/js/error-match.js");
          const tables = await (await fetch("/assets/data/errors.json")).json();
          for (const table of Object.values(tables.providers)) table.errors = tables.providers.mistral.errors;
          return decode(paste, tables, home).matches;
        }""",
            [WITH_HEADERS, home],
        )
        assert [shown(match) for match in found] == [f"{home}/no-quota"]


def test_sentences_are_read_from_the_members_that_the_table_names(blank: Page) -> None:
    read = """async ([paste, sentences]) => {
      const { parseError } = await import("/assets/js/error-parse.js");
      return [...parseError(paste, [], sentences).messages];
    }"""
    paste = '{"detail":"Caf\\u00e9","reason":"None","error":{"message":"Inner"}}'
    assert blank.evaluate(read, [paste, ["detail", "message"]]) == ["Café", "Inner"]
    assert blank.evaluate(read, [paste, ["reason"]]) == ["None"]


def test_every_recorded_body_is_told_from_all_others(project: Path, blank: Page) -> None:
    for provider in load_catalogue(project, rules=()).providers.values():
        for error, answer in provider.errors.items():
            for body in filter(None, (answer.body, *answer.other_bodies)):
                found = blank.evaluate(DECODE, [pasted(answer, body), provider.id])
                assert [shown(match) for match in found["matches"]] == [f"{provider.id}/{error}"], body


def pasted(answer: Any, body: str) -> str:
    """The answer as `curl -i` prints it; a header that tells the error apart, or for others some header."""
    headers = answer.match.headers or {"date": "Sat, 21 Nov 2026 09:00:00 GMT"}
    lines = "\n".join(f"{name}: {value}" for name, value in headers.items())
    return f"HTTP/2 {(*answer.status, 400)[0]}\n{lines}\n\n{body}"


@pytest.fixture
def decoder(browser: Browser, tools: ToolSite) -> Iterator[Any]:
    """Opens a page with the decoder in a language; complains of what the console says."""
    complaints: list[str] = []
    context = browser.new_context()

    def opened(lang: str, **data: str) -> Page:
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: complaints.extend(
                [] if request.url.startswith((tools.address, "data:")) else [request.url]
            ),
        )
        details = "../{provider}/errors/{error}/"
        source = {"source": "assets/data/errors.json", "provider": "mistral", "details": details, **data}
        page.goto(tools.page(lang, "kw-decoder", "error-decoder.js", source))
        return page

    yield opened
    context.close()
    assert complaints == []


@pytest.mark.parametrize("lang", ["en", "zh", "ja"])
def test_the_answer_is_in_the_pages_language(lang: str, project: Path, decoder: Any) -> None:
    words = load_catalogue(project, rules=()).words
    page = decoder(lang)
    page.get_by_role("textbox").fill(WITH_HEADERS)
    expect(page.get_by_label(words["decoder"]["label"][lang])).to_be_visible()
    expect(page.get_by_role("link")).to_have_text(words["error"]["no-quota"][lang])
    expect(page.get_by_role("link")).to_have_attribute("href", "../mistral/errors/no-quota/")
    expect(page.get_by_text(words["decoder"]["retry_after-change"][lang])).to_be_visible()


def test_the_field_can_be_reached_and_filled_by_keyboard_alone(decoder: Any) -> None:
    page = decoder("en")
    expect(page.get_by_role("textbox")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.type("Model mistral-small-4-0-26-03 was not found.")
    expect(page.get_by_role("status")).to_contain_text("the ID is mistral-small-2603")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "../mistral/errors/model-not-found/"


def test_without_headers_both_limits_are_named_with_the_header_that_decides(decoder: Any) -> None:
    page = decoder("en")
    page.get_by_role("textbox").fill(NO_QUOTA)
    expect(page.get_by_role("link")).to_have_count(2)
    expect(page.get_by_role("status")).to_contain_text("the header x-ratelimit-limit-req-minute with the value 0")


def test_a_refused_field_names_what_to_send(decoder: Any) -> None:
    page = decoder("en")
    page.get_by_role("textbox").fill('{"detail":[{"type":"extra_forbidden","loc":["body","seed"],"msg":"…"}]}')
    expect(page.get_by_role("status")).to_contain_text("seed is refused: send random_seed in its place")


@pytest.mark.parametrize("lang", ["en", "zh", "ja"])
def test_a_bare_status_says_what_it_means_and_asks_which_provider_it_was(
    lang: str, project: Path, decoder: Any
) -> None:
    catalogue = load_catalogue(project, rules=())
    page = decoder(lang, provider="")
    page.get_by_role("textbox").fill("429")
    answer = page.get_by_role("status")
    expect(answer).to_contain_text(catalogue.words["decoder"]["general"][lang])
    expect(answer).to_contain_text(catalogue.words["decoder"]["which"][lang])
    for provider in catalogue.providers.values():
        expect(answer).not_to_contain_text(provider.name[lang])
    page.get_by_role("combobox").select_option("mistral")
    comes_from = catalogue.words["decoder"]["provider"][lang].replace("{provider}", "Mistral AI")
    expect(answer).to_contain_text(comes_from)
    expect(answer).not_to_contain_text(catalogue.words["decoder"]["which"][lang])


@pytest.mark.parametrize("lang", ["en", "zh", "ja"])
def test_an_error_is_shown_with_its_provider_its_meaning_and_what_to_do(lang: str, project: Path, decoder: Any) -> None:
    provider = load_catalogue(project, rules=()).providers["deepseek"]
    known = provider.errors["reasoning-content"]
    page = decoder(lang, provider="")
    page.get_by_role("textbox").fill("400 The `reasoning_content` in the thinking mode must be passed back to the API.")
    expect(page.locator("[data-error='deepseek/reasoning-content'] ol li")).to_have_text(
        [step[lang].replace("`", "") for step in known.steps]
    )
    assert known.meaning is not None
    expect(page.get_by_role("status")).to_contain_text(known.meaning[lang].replace("`", ""))
    expect(page.get_by_role("status")).to_contain_text(provider.name[lang])


def test_an_address_with_a_part_twice_is_shown_with_the_one_to_give(decoder: Any) -> None:
    page = decoder("en", provider="")
    page.get_by_role("textbox").fill("404 https://api.mistral.ai/v1/chat/completions/chat/completions")
    expect(page.locator(".kw-panel__row--doubled")).to_contain_text("the address to give is https://api.mistral.ai/v1")


def test_on_a_phone_the_answer_to_a_paste_is_in_view(decoder: Any) -> None:
    page = decoder("en", provider="")
    page.set_viewport_size({"width": 390, "height": 420})
    page.get_by_role("textbox").evaluate(
        """(input, text) => {
      input.dispatchEvent(new ClipboardEvent("paste"));
      input.value = text;
      input.dispatchEvent(new Event("input"));
    }""",
        NO_QUOTA,
    )
    expect(page.locator("[data-error]").first).to_be_in_viewport()


def test_an_emptied_field_empties_the_answer(decoder: Any) -> None:
    page = decoder("en")
    page.get_by_role("textbox").fill(NO_QUOTA)
    page.get_by_role("textbox").fill("  ")
    expect(page.get_by_role("status")).to_be_empty()


def test_pasted_markup_stays_text(decoder: Any) -> None:
    page = decoder("en")
    page.get_by_role("textbox").fill(
        '{"detail":[{"type":"extra_forbidden","loc":["body","<img src=x onerror=alert(1)>"]}],"model":"<b>x</b>"}'
    )
    expect(page.get_by_role("status")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("img, b").count() == 0


@pytest.mark.parametrize(
    "paste",
    [
        "[{" * 3_000 + '"' * 3_000 + "a-b" * 30_000,
        "a word " * 700_000,
        "[" * 200_000 + "]" * 200_000,
        "status" + " " * 400_000 + "x",
        "a: " + " " * 400_000 + "b",
        "{" + "a" * 190_000 + "}",
        "{'" * 100_000,
        "model " * 60_000,
        "HTTP/2 429\n" * 1_000,
        "\\" * 300_000,
        "<script>alert(1)</script>" * 20_000,
        '{"type":"extra_forbidden","loc":' + "[" * 40_000 + "]" * 40_000 + "}",
    ],
    ids=[
        "quotes in brackets",
        "words",
        "brackets",
        "blanks",
        "header",
        "a long name",
        "quotes",
        "models",
        "answers",
        "slashes",
        "scripts",
        "a deep list",
    ],
)
def test_a_huge_paste_does_no_harm(paste: str, decoder: Any) -> None:
    page = decoder("en")
    page.get_by_role("textbox").evaluate(PASTE, paste)
    expect(page.get_by_role("status")).not_to_be_empty(timeout=PATIENCE)
    assert page.locator("script").count() == 1


@pytest.mark.parametrize("lang", ["en", "zh", "ja"])
def test_of_a_long_paste_the_beginning_is_read_and_the_page_says_so(lang: str, project: Path, decoder: Any) -> None:
    said = load_catalogue(project, rules=()).words["decoder"]["long"][lang].replace("{count}", "100,000")
    page = decoder(lang)
    page.get_by_role("textbox").fill(NO_QUOTA + " " * 100_000 + "codestral-2508")
    expect(page.get_by_text(said)).to_be_visible()
    expect(page.get_by_role("status")).not_to_contain_text("codestral-2508")
    page.get_by_role("textbox").fill("codestral-2508" + " " * (100_000 - len("codestral-2508")))
    expect(page.get_by_role("status")).to_contain_text("codestral-2508")
    expect(page.get_by_text(said)).to_have_count(0)


def test_of_many_fields_and_ids_the_first_are_explained_and_the_rest_counted(decoder: Any) -> None:
    page = decoder("en")
    fields = [{"type": "extra_forbidden", "loc": ["body", f"field{number}"]} for number in range(1_000)]
    models = [{"model": f"model-{number}"} for number in range(100)]
    page.get_by_role("textbox").fill(json.dumps({"detail": fields, "tried": models}))
    expect(page.locator(".kw-panel__row--refused")).to_have_count(50)
    expect(page.locator(".kw-panel__row--unknown")).to_have_count(8)
    expect(page.locator(".kw-panel__rows > :last-child")).to_have_text(["and 950 more", "and 92 more"])


def test_a_long_name_is_shown_as_far_as_a_line_can(decoder: Any) -> None:
    page = decoder("en")
    page.get_by_role("textbox").fill('{"detail":[{"type":"extra_forbidden","loc":["body","%s"]}]}' % ("n" * 50_000))
    expect(page.locator(".kw-panel__row--refused code")).to_have_text("n" * 100 + "…")


def test_nothing_is_read_while_a_key_is_pressed(decoder: Any) -> None:
    page = decoder("en")
    page.get_by_role("textbox").wait_for()
    at_once, readings = page.evaluate(
        """async (paste) => {
      const input = document.querySelector("textarea"), answer = document.querySelector("[role=status]");
      let readings = 0;
      const read = new Promise((done) => {
        new MutationObserver(() => done(readings += 1)).observe(answer, { childList: true });
      });
      for (let end = 1; end <= paste.length; end += 1) {
        input.value = paste.slice(0, end);
        input.dispatchEvent(new Event("input"));
      }
      const atOnce = answer.textContent;
      await read;
      return [atOnce, readings];
    }""",
        NO_QUOTA,
    )
    assert (at_once, readings) == ("", 1)


def test_without_its_data_the_page_keeps_its_own_text(browser: Browser, tools: ToolSite) -> None:
    page = browser.new_page()
    page.goto(tools.page("en", "kw-decoder", "error-decoder.js", {"source": "assets/data/none.json"}))
    expect(page.locator(".kw-decoder")).to_have_text("the table says it")
    page.close()


def test_every_word_of_the_tools_is_there_in_three_languages(project: Path) -> None:
    words = load_catalogue(project, rules=()).words
    kinds = {"current", "alias", "ending", "retired", "replaced", "slug", "other", "host", "nearest", "unknown"}
    assert {f"id_{kind}" for kind in kinds} <= set(words["decoder"])
    errors = {error for provider in load_catalogue(project, rules=()).providers.values() for error in provider.errors}
    assert errors <= set(words["error"])
