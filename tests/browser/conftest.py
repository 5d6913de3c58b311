"""A real browser, and pages in it that fail their test on any console error or foreign request."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from support.leaving_out import leave_out

if TYPE_CHECKING:
    from support.tool_page import ToolSite

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_FLAGS = (
    "--no-sandbox",  # root, as CI is, gets no sandbox; these pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",  # Chromium's own errands would look like requests of the page
    "--disable-component-update",
    "--disable-sync",
)
HOW_TO_GET_IT = "`make test` installs what is missing for root on Debian and says the command elsewhere"


# A module at a time, not a session: while Playwright runs, nothing else in this process can use asyncio.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not program:
        leave_out(f"no Chromium here: {HOW_TO_GET_IT}")
    try:
        playwright = sync_playwright().start()
    except Exception as error:  # noqa: BLE001 - Playwright has no class for a driver that lacks a library (libatomic1)
        leave_out(f"Playwright does not start ({error}): {HOW_TO_GET_IT}")
    chromium = playwright.chromium.launch(executable_path=program, args=list(BROWSER_FLAGS))
    yield chromium
    chromium.close()
    playwright.stop()


@dataclass
class Complaints:
    """What a page did that none of ours may do: console errors and warnings, exceptions, requests to other hosts."""

    home: str
    found: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", lambda message: self._note(message.type in ("error", "warning"), "console", message.text))
        page.on("pageerror", lambda error: self._note(True, "exception", str(error)))
        page.on("request", lambda request: self._note(not self._is_ours(request.url), "request", request.url))

    def _is_ours(self, address: str) -> bool:
        return address.startswith((self.home, "data:", "blob:"))

    def _note(self, is_complaint: bool, kind: str, text: str) -> None:
        if is_complaint:
            self.found.append(f"{kind}: {text}")


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    """An empty page, desktop wide; the test fails when the console is not clean or another host is asked.

    For a page that must complain, take `browser.new_page()` instead.
    """
    complaints = Complaints(server)
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    page = context.new_page()
    complaints.watch(page)
    yield page
    context.close()
    assert complaints.found == []


@pytest.fixture(scope="module")
def tools(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator["ToolSite"]:
    """Pages with one of the site's tools each; `tools.page(...)` makes one."""
    from support.tool_page import ToolSite  # it needs the engine, which a run without any tool's test need not have

    site = ToolSite(project, tmp_path_factory.mktemp("tools"))
    yield site
    site.close()


@pytest.fixture(scope="module")
def blank(browser: Browser, tools: "ToolSite") -> Iterator[Page]:
    """A page with no tool on it, from which every tool's modules can be imported."""
    page = browser.new_page()
    page.goto(tools.page("en", "kw-none", "dom.js", {}))
    yield page
    page.close()
