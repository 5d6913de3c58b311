"""What `mkdocs serve` does beside building: it watches folders that may be away, and outlives builds that fail."""

import logging
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from threading import Thread

import pytest
from jinja2 import DictLoader, Environment, FileSystemLoader, StrictUndefined, TemplateError
from mkdocs.livereload import LiveReloadServer
from serve import described, surviving, watch_patiently

PATIENCE = 120  # seconds until the test gives up; the server looks every half second

Builds = Queue[None]


@pytest.fixture
def builds(tmp_path: Path) -> Iterator[Builds]:
    """A server of MkDocs' own that watches `tmp_path`/watched; each build it would make is put into the queue."""
    (tmp_path / "watched").mkdir()
    (tmp_path / "watched" / "page.md").write_text("one", encoding="utf-8")
    queue: Builds = Queue()
    server = LiveReloadServer(lambda: queue.put(None), "127.0.0.1", 0, str(tmp_path))
    server.watch(str(tmp_path / "watched"))
    watch_patiently(server)
    thread = Thread(target=server.serve)
    thread.start()
    while not all(emitter.is_alive() for emitter in server.observer.emitters):
        pass
    yield queue
    server.shutdown(wait=True)
    thread.join(PATIENCE)


def test_a_folder_that_was_away_is_watched_again(builds: Builds, tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "watched", tmp_path / "elsewhere"
    for content in ("two", "three"):
        folder.rename(elsewhere)
        builds.get(timeout=PATIENCE)
        elsewhere.rename(folder)
        builds.get(timeout=PATIENCE)
        (folder / "page.md").write_text(content * 2, encoding="utf-8")
        builds.get(timeout=PATIENCE)


def test_a_link_that_leads_nowhere_is_noticed(builds: Builds, tmp_path: Path) -> None:
    (tmp_path / "watched" / "lost.svg").symlink_to(tmp_path / "nowhere")
    builds.get(timeout=PATIENCE)


def shown(site: Path) -> str:
    return (site / "index.html").read_text(encoding="utf-8")


def test_a_build_that_fails_is_said_on_every_page_with_what_was_logged(tmp_path: Path) -> None:
    def failing() -> None:
        logging.getLogger("mkdocs.config").error("Config value 'nav': <it> is wrong")
        raise SystemExit("Aborted")

    surviving(failing, str(tmp_path), tmp_path, ())()
    assert "Config value &#39;nav&#39;: &lt;it&gt; is wrong\nSystemExit: Aborted" in shown(tmp_path)
    assert shown(tmp_path) == (tmp_path / "404.html").read_text(encoding="utf-8")


def test_a_hook_that_cannot_be_compiled_is_said_before_anything_is_built(tmp_path: Path) -> None:
    hook = tmp_path / "hook.py"
    hook.write_text("x = 1\ndef def f():\n", encoding="utf-8")
    built: list[None] = []
    surviving(lambda: built.append(None), str(tmp_path), tmp_path, (hook,))()
    assert "hook.py:2:5: invalid syntax" in shown(tmp_path)
    assert built == []
    hook.write_text("x = 1\n", encoding="utf-8")
    surviving(lambda: built.append(None), str(tmp_path), tmp_path, (hook,))()
    assert built == [None]


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
