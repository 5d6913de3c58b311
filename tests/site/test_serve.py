"""`mkdocs serve` shows every edit, and outlives every broken file: a real server on a copy of the project.

MkDocs answers a request only when the newest edit is built, and its live reload address only when there is one;
so nothing here waits by the clock.
"""

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from support.paths import PROJECT

pytestmark = pytest.mark.slow

COPIED = ("data", "docs", "hooks", "overrides", "mkdocs.yml")
PATIENCE = 600  # seconds that one answer may take before the test gives up; a build takes some 15 on a quiet machine
MODEL = "models/mistral/codestral-2508/"
ALARM = 'class="kw-problems" role="alert">'
BUILDS = 4  # that an edit may take to show: its own, and those that other edits began before it


class Served:
    """A project folder and the server that shows it."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address
        self.epoch = 0
        self._wait()

    def _wait(self) -> None:
        """Wait for a build after the newest one known; the server answers once there is one, or each minute."""
        for _ in range(PATIENCE // 60):
            epoch = int(self._get(f"livereload/{self.epoch}/1"))
            if epoch > self.epoch:
                self.epoch = epoch
                return
        pytest.fail("the edit was not built")

    def _get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
            return answer.read().decode()

    def page(self, path: str = "") -> str:
        """A page as of the newest edit, whether it exists or not."""
        try:
            return self._get(path)
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def edit(self, file: str, old: str, new: str) -> None:
        """Change one file as an editor would."""
        target = self.folder / file
        text = target.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        target.write_text(text.replace(old, new, 1), encoding="utf-8")

    def shows(self, path: str, *texts: str, without: tuple[str, ...] = ()) -> str:
        """A page once it has all `texts` and none of `without`; the test fails when no build brings that."""
        for _ in range(BUILDS):
            html = self.page(path)
            if all(text in html for text in texts) and not any(text in html for text in without):
                return html
            self._wait()
        pytest.fail(f"{path or 'the home page'} never showed {texts} without {without}")


def start(folder: Path) -> Iterator[Served]:
    """Serve a copy of the project in `folder`, which may have been broken already."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )
    started = next((line for line in server.stderr if "Serving on" in line), None)
    drain = Thread(target=lambda: [None for _ in server.stderr])
    drain.start()
    try:
        assert started, "mkdocs serve ended before it served"
        yield Served(folder, f"http://127.0.0.1:{port}/")
    finally:
        server.terminate()
        server.wait(PATIENCE)
        drain.join()
        server.stderr.close()


def copy(folder: Path) -> Path:
    for name in COPIED:
        source = PROJECT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    return folder


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    yield from start(copy(tmp_path_factory.mktemp("served")))


EDITS = (
    ("data/models/mistral.yml", "name: Codestral 25.08", "name: Codestral Anew", "Codestral Anew", MODEL),
    ("docs/zh/index.md", "# ", "# 新标题 ", "新标题", "zh/"),
    ("data/words.yml", "temperature: {en: Default temperature,", "temperature: {en: Warmth,", "Warmth", MODEL),
    ("overrides/parts/mark.html", "kw-badge--{{ status }}", "kw-badge--{{ status }} kw-anew", "kw-anew", MODEL),
    ("hooks/keyway/pages/markup.py", 'f"{value:.1f}"', 'f"{value:.3f}"', "0.300", MODEL),
    (
        "hooks/events.py",
        "return STATE.site.content_html(html, ",
        'return "<i>anew</i>" + STATE.site.content_html(html, ',
        "<i>anew</i>",
        "",
    ),
    ("overrides/main.html", "{% block content %}", "{% block content %}<!--theme anew-->", "<!--theme anew-->", ""),
)
"""File, old text, new text, what then shows, on which page: every kind of file that a contributor edits."""

MISTAKES = (
    ("data/models/mistral.yml", "codestral-2508:\n  name:", "codestral-2508:\n  nme:", "data/models/mistral.yml:"),
    ("docs/en/index.md", "# ", "# {{ nonsense }} ", "docs/en/index.md:"),
    ("hooks/keyway/pages/markup.py", "def decimal(", "def def decimal(", "markup.py"),
    ("hooks/events.py", "def on_post_build(", "def def on_post_build(", "events.py"),
    ("hooks/serve_state.py", "class ServeState", "class class ServeState", "hooks/serve_state.py:"),
    ("overrides/main.html", "{% block content %}", "{% block content %}{% if %}", "overrides/main.html:"),
    ("overrides/partials/footer.html", "{{ words.key_warning }}", "{{ nothing.at.all }}", "partials/footer.html:"),
    ("overrides/parts/mark.html", "{% macro", "{{ nonsense }}{% macro", "overrides/parts/mark.html:"),
    ("docs/assets/css/tokens.css", "--head: 3rem;", "--head: 3rem);", "docs/assets/css/tokens.css:"),
    ("mkdocs.yml", "site_name:", "site_nme:", "Required configuration not provided"),
    ("mkdocs.yml", "nav:\n  - index.md", "nav:\n  - nowhere.md", "makes the page nowhere.md"),
    ("data/words.yml", "function_calling: {en:", "calling: {en:", "column.function_calling"),
)
"""File, old text, broken text, what the page says of it."""


def test_every_kind_of_edit_shows(served: Served) -> None:
    for file, old, new, _, _ in EDITS:
        served.edit(file, old, new)
    for *_, shown, path in EDITS:
        served.shows(path, shown, without=(ALARM,))


def test_an_edit_of_a_part_shows_in_the_one_style_sheet(served: Served) -> None:
    served.edit("docs/assets/css/tokens.css", "--round: 0.3rem;", "--round: 0.4rem;")
    served.shows("assets/css/keyway.css", "--round:0.4rem;")


def test_every_broken_file_is_said_on_the_page_and_heals(served: Served) -> None:
    mended: tuple[str, ...] = ()
    for file, old, new, said in MISTAKES:
        served.edit(file, old, new)
        served.shows("", ALARM, said, without=mended)
        served.edit(file, new, old)  # the next mistake is made before this one's healing is built
        mended = (said,)
    served.shows("", "<h1", without=(ALARM,))


AWAY = (
    (
        "data",
        "/data",
        ("data/models/mistral.yml", "name: Ministral 3 8B", "name: BACK", "models/mistral/ministral-8b-2512/"),
    ),
    ("overrides", "overrides", ("overrides/main.html", "{% block content %}", "{% block content %}<!--BACK-->", "")),
    ("docs", "docs", ("docs/en/index.md", "# ", "# BACK ", "")),
    ("hooks", "/hooks/", ("hooks/keyway/pages/markup.py", 'f"{value:.', 'f"BACK {value:.', MODEL)),
    (
        "data/providers/zhipu.yml",
        "data/models/zhipu.yml:",
        ("data/providers/zhipu.yml", "en: Zhipu", "en: BACK", "providers/zhipu/"),
    ),
)
"""What goes away and comes back, what is said meanwhile, and an edit of it afterwards: file, old, new, page."""


def test_what_was_away_is_said_and_watched_again_when_it_is_back(served: Served) -> None:
    for name, said, (file, old, new, page) in AWAY:
        here, elsewhere = served.folder / name, served.folder / "elsewhere"
        here.rename(elsewhere)
        try:
            served.shows("", ALARM, said)
        finally:  # as another branch brings it back: written anew. The tests after this one are of the same folder
            (shutil.copytree if elsewhere.is_dir() else shutil.copy)(elsewhere, here)
            (shutil.rmtree if elsewhere.is_dir() else os.remove)(elsewhere)
        served.edit(file, old, new)
        served.shows(page, "BACK", without=(ALARM,))


def test_a_link_that_leads_nowhere_is_said_and_heals(served: Served) -> None:
    link = served.folder / "docs" / "assets" / "lost.svg"
    link.symlink_to(served.folder / "nowhere.svg")
    served.shows("", ALARM, "lost.svg")
    link.unlink()
    served.shows("", "<h1", without=(ALARM,))


def test_a_page_that_is_no_utf_8_is_said_with_its_name(served: Served) -> None:
    page = served.folder / "docs" / "en" / "free.md"
    text = page.read_bytes()
    page.write_bytes(text.replace(b"\n# ", b"\n# \xff", 1))
    served.shows("", ALARM, "docs/en/free.md:", "is not UTF-8")
    page.write_bytes(text)
    served.shows("", "<h1", without=(ALARM,))


def test_it_starts_with_a_broken_catalogue_and_heals(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    words = folder / "data" / "words.yml"
    words.write_text(words.read_text(encoding="utf-8") + "stray: 1\n", encoding="utf-8")
    for served in start(folder):
        served.shows("", ALARM, "data/words.yml:")
        served.edit("data/words.yml", "stray: 1\n", "")
        served.shows("", "<h1", without=(ALARM,))
