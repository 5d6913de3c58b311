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

PROJECT = Path(__file__).parent.parent
COPIED = ("data", "docs", "hooks", "overrides", "mkdocs.yml")
PATIENCE = 180  # seconds that one answer may take before the test gives up; a build takes some 15
MODEL = "models/mistral/codestral-2508/"
ALARM = "kw-problems"


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

    def after(self, file: str, old: str, new: str, path: str = "") -> str:
        """Edit a file, wait for the build that follows, and get a page."""
        target = self.folder / file
        text = target.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        target.write_text(text.replace(old, new, 1), encoding="utf-8")
        self._wait()
        return self.page(path)


def start(folder: Path) -> Iterator[Served]:
    """Serve a copy of the project in `folder`, which may have been broken already."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL,
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


@pytest.mark.parametrize(
    ("file", "old", "new", "shown", "path"),
    [
        ("data/models/mistral.yml", "name: Codestral 25.08", "name: Codestral Anew", "Codestral Anew", MODEL),
        ("docs/zh/index.md", "# ", "# 新标题 ", "新标题", "zh/"),
        ("data/words.yml", "temperature: {en: Default temperature,", "temperature: {en: Warmth,", "Warmth", MODEL),
        ("overrides/parts/mark.html", "kw-badge--{{ status }}", "kw-badge--{{ status }} kw-anew", "kw-anew", MODEL),
        ("hooks/keyway/pages/markup.py", 'f"{value:.1f}"', 'f"{value:.3f}"', "0.300", MODEL),
        ("hooks/events.py", "engine.close(html)", 'engine.close(html) + "<!--anew-->"', "<!--anew-->", ""),
        ("overrides/main.html", "{% block content %}", "{% block content %}<!--theme anew-->", "<!--theme anew-->", ""),
    ],
)
def test_an_edit_shows(served: Served, file: str, old: str, new: str, shown: str, path: str) -> None:
    html = served.after(file, old, new, path)
    assert shown in html
    assert ALARM not in html


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("data/models/mistral.yml", "codestral-2508:\n  name:", "codestral-2508:\n  nme:", "data/models/mistral.yml:"),
        ("docs/en/index.md", "# ", "# {{ nonsense }} ", "docs/en/index.md:"),
        ("hooks/keyway/pages/markup.py", "def decimal(", "def def decimal(", "markup.py"),
        ("hooks/events.py", "def on_post_build(", "def def on_post_build(", "events.py"),
        ("overrides/main.html", "{% block content %}", "{% block content %}{% if %}", "TemplateSyntaxError"),
        ("mkdocs.yml", "site_name:", "site_nme:", "configuration"),
    ],
)
def test_a_broken_file_is_said_on_the_page_and_heals(served: Served, file: str, old: str, new: str, said: str) -> None:
    html = served.after(file, old, new)
    assert ALARM in html
    assert said in html
    healed = served.after(file, new, old)
    assert ALARM not in healed
    assert "<h1" in healed


def test_it_starts_with_a_broken_catalogue_and_heals(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    words = folder / "data" / "words.yml"
    whole = words.read_text(encoding="utf-8")
    words.write_text(whole + "stray: 1\n", encoding="utf-8")
    for served in start(folder):
        assert "data/words.yml:" in served.page()
        assert ALARM not in served.after("data/words.yml", "stray: 1\n", "")
