"""What `mkdocs serve` does beside building.

It watches folders that may be away, outlives builds that fail, says what is wrong on pages that it does not build
again, and leaves out builds of what it has built.
"""

import logging
import os
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from queue import Queue
from threading import Thread
from wsgiref.util import FileWrapper

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, StrictUndefined, TemplateError
from mkdocs.livereload import LiveReloadServer
from serve import described, follow, showing_problems, surviving, with_problems
from serve_inputs import fingerprint, stamps
from serve_state import STATE, ServeState

PATIENCE = 120  # seconds until the test gives up; the server looks every half second

Builds = Queue[None]


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> ServeState:
    """The state of a server that has built nothing."""
    for name, value in vars(ServeState()).items():
        monkeypatch.setattr(STATE, name, value)
    return STATE


@pytest.fixture
def builds(tmp_path: Path, state: ServeState) -> Iterator[Builds]:
    """A server of MkDocs' own that follows `tmp_path`/watched; each build it would make is put into the queue."""
    (tmp_path / "watched").mkdir()
    (tmp_path / "watched" / "page.md").write_text("one", encoding="utf-8")
    queue: Builds = Queue()
    stamp = partial(stamps, (str(tmp_path / "watched"),))

    def build() -> None:
        state.reading = stamp(), ""
        queue.put(None)

    state.reading = stamp(), ""
    server = LiveReloadServer(build, "127.0.0.1", 0, str(tmp_path))
    server.watch(str(tmp_path / "watched"))
    follow(server, stamp)
    thread = Thread(target=server.serve)
    thread.start()
    yield queue
    server.shutdown(wait=True)
    thread.join(PATIENCE)


def test_a_folder_that_was_away_is_watched_again(builds: Builds, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "watched", tmp_path / "elsewhere"
    for content in ("two", "three"):
        folder.rename(elsewhere)
        builds.get(timeout=PATIENCE)
        elsewhere.rename(folder)  # at once: no look at the files need come between
        builds.get(timeout=PATIENCE)
        (folder / "page.md").write_text(content * 2, encoding="utf-8")
        builds.get(timeout=PATIENCE)


def test_a_link_that_leads_nowhere_is_noticed(builds: Builds, tmp_path: Path) -> None:
    (tmp_path / "watched" / "lost.svg").symlink_to(tmp_path / "nowhere")
    builds.get(timeout=PATIENCE)


def shown(site: Path) -> str:
    return (site / "index.html").read_text(encoding="utf-8")


def stamp() -> str:
    return "when it was written"


def inputs() -> str:
    return "what there is"


@pytest.mark.usefixtures("state")
def test_a_build_that_fails_is_said_on_every_page_with_what_was_logged(tmp_path: Path) -> None:
    def failing() -> None:
        logging.getLogger("mkdocs.config").error("Config value 'nav': <it> is wrong")
        raise SystemExit("Aborted")

    surviving(failing, str(tmp_path), tmp_path, (), stamp, inputs)()
    assert "Config value &#39;nav&#39;: &lt;it&gt; is wrong\nSystemExit: Aborted" in shown(tmp_path)
    assert shown(tmp_path) == (tmp_path / "404.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("state")
def test_a_hook_that_cannot_be_compiled_is_said_before_anything_is_built(tmp_path: Path) -> None:
    hook = tmp_path / "hook.py"
    hook.write_text("x = 1\ndef def f():\n", encoding="utf-8")
    built: list[None] = []
    surviving(lambda: built.append(None), str(tmp_path), tmp_path, (hook,), stamp, inputs)()
    assert "hook.py:2:5: invalid syntax" in shown(tmp_path)
    assert built == []
    hook.write_text("x = 1\n", encoding="utf-8")
    surviving(lambda: built.append(None), str(tmp_path), tmp_path, (hook,), stamp, inputs)()
    assert built == [None]


def test_a_failure_before_any_page_is_touched_leaves_the_pages_and_is_said_on_them(
    tmp_path: Path, state: ServeState
) -> None:
    def failing() -> None:
        raise ValueError("no")

    state.whole = True
    surviving(failing, str(tmp_path), tmp_path, (), stamp, inputs)()
    assert state.problems == ("ValueError: no",)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("whole", "made_from", "builds"), [(True, inputs(), 0), (True, "", 1), (False, inputs(), 1)])
def test_what_is_built_is_not_built_again(
    tmp_path: Path, state: ServeState, whole: bool, made_from: str, builds: int
) -> None:
    built: list[None] = []
    state.whole, state.built, state.problems = whole, made_from, ("something was wrong",)
    surviving(lambda: built.append(None), str(tmp_path), tmp_path, (), stamp, inputs)()
    assert len(built) == builds
    assert state.problems == ()


PLACE = b'<body><div class="kw-problems" role="alert" hidden>\n<p>The data</p>\n<pre></pre></div><pre></pre></body>'
SHOWN = PLACE.replace(b" hidden>", b">").replace(b"<pre></pre></div>", b"<pre>a.yml:1:2: &lt;x&gt;\nb</pre></div>")


def test_problems_stand_in_their_place_on_each_page_and_no_page_is_changed_without_any() -> None:
    assert with_problems(PLACE, ("a.yml:1:2: <x>", "b")) == SHOWN
    assert with_problems(PLACE, ()) == PLACE
    assert with_problems(b"<p>no place", ("a",)) == b"<p>no place"


@pytest.mark.parametrize(("kind", "expected"), [("text/html", SHOWN), ("text/css", PLACE)])
def test_pages_show_problems_when_they_are_asked_for_and_other_files_stay(
    state: ServeState, kind: str, expected: bytes
) -> None:
    def app(environ: dict[str, object], start_response: Callable[..., object]) -> FileWrapper:
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(PLACE)))])
        return FileWrapper(BytesIO(PLACE))

    state.problems = ("a.yml:1:2: <x>", "b")
    said: list[object] = []
    body = showing_problems(app)({}, lambda status, headers: said.extend((status, *headers)))
    assert b"".join(body) == expected
    assert said == ["200 OK", ("Content-Type", kind), ("Content-Length", str(len(expected)))]


DAY = date(2026, 10, 15)


def test_the_fingerprint_is_of_names_contents_and_the_day_and_no_other_time(tmp_path: Path) -> None:
    folder, link = tmp_path / "data", tmp_path / "data" / "link"
    (folder / "below").mkdir(parents=True)
    file = folder / "below" / "file.yml"
    file.write_text("one", encoding="utf-8")
    first = fingerprint((str(folder), str(tmp_path / "away")), DAY), stamps((str(folder),))

    def now(day: date = DAY) -> tuple[bool, bool]:
        """Whether fingerprint and stamps are the first ones."""
        there = fingerprint((str(folder), str(tmp_path / "away")), day), stamps((str(folder),))
        return there[0] == first[0], there[1] == first[1]

    assert now() == (True, True)
    assert now(date(2026, 10, 16)) == (False, True)
    (folder / "module.pyc").write_bytes(b"bytecode")
    assert now() == (True, True)
    file.write_text("two", encoding="utf-8")
    assert now() == (False, False)
    file.write_text("one", encoding="utf-8")
    os.utime(file, (1, 1))
    assert now() == (True, False)
    link.symlink_to("nowhere")
    assert now() == (False, False)
    link.unlink()
    file.rename(folder / "file.yml")
    assert now()[0] is False


TEMPLATES = {
    "syntax.html": ("<p>\n{% if %}", "overrides/syntax.html:2: Expected an expression, got 'end of statement block'"),
    "unknown.html": ("<p>\n\n{{ a.b }}", "overrides/unknown.html:3: UndefinedError: 'a' is undefined"),
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_an_error_in_a_theme_template_names_its_file_and_line(tmp_path: Path, name: str) -> None:
    text, expected = TEMPLATES[name]
    (tmp_path / "overrides").mkdir()
    (tmp_path / "overrides" / name).write_text(text, encoding="utf-8")
    environment = Environment(loader=FileSystemLoader(tmp_path / "overrides"), undefined=StrictUndefined)  # noqa: S701
    with pytest.raises(TemplateError) as raised:
        environment.get_template(name).render()
    assert described(raised.value, tmp_path) == expected


def test_an_error_elsewhere_is_said_without_a_place(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as raised:
        Environment(loader=DictLoader({"x": "{{ a.b }}"}), undefined=StrictUndefined).get_template("x").render()  # noqa: S701
    assert described(raised.value, tmp_path) == "UndefinedError: 'a' is undefined"
