"""The site in a real browser: the languages, the search, small screens, no scripts, and a clean console."""

import pytest
from keyway.schema.model_ids import LONGEST as ID_LENGTH
from playwright.sync_api import Browser, Page, expect

LANGUAGES = {"en": "", "zh": "zh/", "ja": "ja/"}
TAGS = {"en": "en", "zh": "zh-Hans", "ja": "ja"}
KINDS = (
    "",
    "providers/",
    "providers/mistral/",
    "providers/mistral/zoo-code/",
    "providers/zhipu/cline/",
    "models/",
    "models/mistral/codestral-2508/",
    "models/mistral/pixtral-large-latest/",
    "clients/",
    "clients/roo-code/",
    "free/",
    "contribute/",
)
LONG_ID = "models/mistral/voxtral-mini-transcribe-realtime-2602/"
WIDE = (
    "clients/matrix/",
    "errors/",
    "requests/mistral/",
    "changes/",
    "providers/mistral/continue/",
    LONG_ID,
    "404.html",
)
ONE_WORD = """([letters, shortId, longId]) => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let changed = 0;
  while (texts.nextNode()) {
    const place = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || place.closest("script, svg, time, .kw-seen, .kw-timeline__days")) continue;
    const id = place.closest(".kw-id");
    texts.currentNode.data = "w".repeat(id ? (id.matches(".kw-id--long") ? longId : shortId) : letters);
    changed += 1;
  }
  for (const details of document.querySelectorAll("details")) details.open = true;
  return changed;
}"""
SHORT_ID = 28  # letters up to which overrides/parts/link.html keeps an id in one piece
FOUND = {
    "en": {"codestral": "codestral", "rate limit": "", "temperature": ""},
    "zh": {"速率限制": "", "密钥": "", "函数调用": "", "codestral": "codestral"},
    "ja": {"レート制限": "", "関数呼び出し": "", "デフォルトの温度": "", "codestral": "codestral"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page_opens_with_a_clean_console(page: Page, server: str, language: str) -> None:
    for kind in KINDS:
        page.goto(server + LANGUAGES[language] + kind)
        expect(page.locator("html")).to_have_attribute("lang", TAGS[language])
        expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("path", ["providers/mistral/zoo-code/", "models/mistral/codestral-2508/"])
def test_the_switcher_goes_to_the_same_page(page: Page, server: str, path: str) -> None:
    page.goto(server + path)
    for language in ("zh", "ja", "en"):
        link = page.locator(f'header a[hreflang="{language}"]')
        if link.count():
            page.evaluate("(link) => link.click()", link.first.element_handle())
        else:
            page.goto(server + path)
        page.wait_for_url(server + LANGUAGES[language] + path)
        expect(page.locator("html")).to_have_attribute("lang", TAGS[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_finds_words_of_the_page_s_own_language(page: Page, server: str, language: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server + LANGUAGES[language] + "free/")
    assert not [url for url in asked if "pagefind" in url], "nothing is loaded before the reader searches"
    for query in FOUND[language]:
        page.keyboard.press("Control+k")
        page.locator("#kw-find input").fill(query)
        results = page.locator("#kw-find ol a")
        expect(results.first).to_be_visible()
        own = server + LANGUAGES[language]
        others = [server + prefix for prefix in LANGUAGES.values() if len(prefix) > len(LANGUAGES[language])]
        for link in results.all():
            address = link.evaluate("link => link.href")
            assert address.startswith(own)
            assert not any(address.startswith(other) for other in others)
        page.keyboard.press("Escape")


def test_search_says_when_it_finds_nothing(page: Page, server: str) -> None:
    page.goto(server)
    page.keyboard.press("/")
    page.locator("#kw-find input").fill("zzqqxxyy")
    expect(page.locator("#kw-find [role=status]")).to_contain_text("zzqqxxyy")


@pytest.mark.parametrize("width", [320, 390, 768])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_scrolls_sideways_on_a_narrow_screen(page: Page, server: str, language: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for kind in KINDS:
        page.goto(server + LANGUAGES[language] + kind)
        widest = page.evaluate("document.documentElement.scrollWidth")
        assert widest <= width, f"{language} {kind} is {widest} wide"


@pytest.mark.parametrize("width", [320, 1280])
def test_one_unbroken_word_widens_no_page(page: Page, server: str, width: int) -> None:
    """Every text of the page becomes one word of 150 letters; ids become as long as they may be, days stay days."""
    page.set_viewport_size({"width": width, "height": 800})
    for kind in KINDS + WIDE:
        page.goto(server + kind)
        changed = page.evaluate(ONE_WORD, [150, SHORT_ID, ID_LENGTH])
        widest = page.evaluate("document.documentElement.scrollWidth")
        assert changed > 20
        assert widest <= width, f"{kind} is {widest} wide"


def test_the_policy_stops_a_script_that_was_not_there_at_the_build(browser: Browser, server: str) -> None:
    page = browser.new_page()
    page.goto(server)
    ran = page.evaluate(
        """() => { const script = document.createElement("script"); script.textContent = "window.ran = true";
        document.body.append(script); return window.ran === true }"""
    )
    page.close()
    assert ran is False


def test_a_guide_can_be_read_and_followed_without_scripts(browser: Browser, server: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(server + "zh/providers/mistral/zoo-code/")
    expect(page.locator("#steps ~ ol").first).to_be_visible()
    expect(page.locator("article table").first).to_be_visible()
    japanese = page.locator('a[hreflang="ja"]').first
    expect(japanese).to_have_attribute("href", "../../../../ja/providers/mistral/zoo-code/")
    context.close()


def test_what_is_not_there_gets_the_sites_own_page(browser: Browser, server: str) -> None:
    page = browser.new_page()
    answer = page.goto(server + "no/such/page/")
    assert answer.status == 404
    assert page.locator("article a").first.evaluate("link => link.href").removesuffix(".") == server
    page.close()


def test_the_keyboard_reaches_the_content_first(page: Page, server: str) -> None:
    page.goto(server + "providers/mistral/")
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.className")
    assert "skip" in skip
