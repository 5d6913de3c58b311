"""What `mkdocs serve` needs beside MkDocs' own server: folders that may be away, builds that may fail or be idle.

Each inner part that this touches stands here: the server's builder, its flag that asks for a build, and the cache of
hooks (MkDocs 1.6), `utils.clean_directory` (static-i18n 1.3).
"""

import logging
import re
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from wsgiref.util import FileWrapper

from jinja2 import TemplateSyntaxError
from markupsafe import escape
from mkdocs import utils
from mkdocs.config.config_options import Hooks
from mkdocs.livereload import LiveReloadServer
from serve_state import STATE

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

FAILURE = (
    '<!doctype html><meta charset="utf-8"><title>Keyway</title><pre class="kw-problems" role="alert">{problem}</pre>'
)
"""What is shown while MkDocs or a theme template cannot build any page."""


INTERVAL = 0.25
"""Seconds between two looks at the files."""


def follow(server: LiveReloadServer, stamp: Callable[[], str]) -> None:
    """Let the server build when files are not as they were when the newest build began, whatever came between.

    MkDocs' own watchers tell of changes between two looks of theirs: they stop for good where a folder is away, as
    another branch can make it, and miss that it was when it is back at their next look, which a quick build had seen.
    """
    server.observer.unschedule_all()
    Thread(target=_look, args=(server, stamp), daemon=True).start()


def _look(server: LiveReloadServer, stamp: Callable[[], str]) -> None:
    while not server._shutdown:
        time.sleep(INTERVAL)
        if stamp() != STATE.reading[0]:
            with server._rebuild_cond:
                server._want_rebuild = True
                server._rebuild_cond.notify_all()


def surviving(
    builder: Callable[..., None],
    site_dir: str,
    root: Path,
    hooks: tuple[Path, ...],
    stamp: Callable[[], str],
    inputs: Callable[[], str],
) -> Callable[..., None]:
    """`builder`, made to start with the hooks as they stand, to outlive a build that fails, and to leave out idle ones.

    MkDocs itself would keep its first copy of a hook, and leave every request waiting after a failure in its own
    configuration or in a theme template. What went wrong stands on every page instead, whole ones where a build failed
    before it touched them. `stamp` and `inputs` give the stamps and the fingerprint of what would be built.
    """
    clean_directory = utils.clean_directory

    def build(*arguments: Any) -> None:
        STATE.problems, STATE.reading = (), (stamp(), "")
        if STATE.whole and STATE.built == inputs():
            return
        with _errors_logged() as logged:
            try:
                for hook in hooks:
                    compile(hook.read_bytes(), hook, "exec")
                Hooks._load_hook.cache_clear()
                builder(*arguments)
            except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a template or a plugin raises
                utils.clean_directory = clean_directory  # static-i18n takes it away while it builds other languages
                if not STATE.problems:
                    STATE.problems = tuple(dict.fromkeys((*logged, described(error, root))))
                    logging.getLogger("mkdocs.plugins.keyway").error(described(error, root))  # noqa: TRY400 - no frames
                if not STATE.whole:
                    page = FAILURE.format(problem=escape("\n".join(STATE.problems))).encode()
                    for name in ("index.html", "404.html"):
                        utils.write_file(page, str(Path(site_dir, name)))

    return build


NOTICE = re.compile(rb'(<div class="kw-problems" role="alert") hidden>(.*?<pre>)</pre>', re.DOTALL)
"""Where overrides/main.html has a place for problems, on pages that are served."""


def with_problems(html: bytes, problems: Sequence[str]) -> bytes:
    """A page that shows `problems`, where it has a place for them and there are any."""
    text = escape("\n".join(problems)).encode()
    return NOTICE.sub(lambda place: b"%b>%b%b</pre>" % (place[1], place[2], text), html, count=1) if problems else html


def showing_problems(app: "WSGIApplication") -> "WSGIApplication":
    """The server's application, made to show on each page what is wrong now: no page is built for that."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def begin(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            begun.append((status, headers))
            return lambda data: None

        parts = app(environ, begin)
        body = b"".join(parts)
        if isinstance(parts, FileWrapper):
            parts.close()
        status, headers = begun[0]
        if ("Content-Type", "text/html") in headers:
            body = with_problems(body, STATE.problems)
        others = [(name, value) for name, value in headers if name != "Content-Length"]
        start_response(status, [*others, ("Content-Length", str(len(body)))])
        return [body]

    return answer


@contextmanager
def _errors_logged() -> Iterator[list[str]]:
    """The errors that MkDocs logs meanwhile: of a wrong configuration it raises no more than that there is one."""
    logged: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            logged.append(record.getMessage())

    handler = Keeping(logging.ERROR)
    logging.getLogger("mkdocs").addHandler(handler)
    try:
        yield logged
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)


def described(error: BaseException, root: Path) -> str:
    """What went wrong in one line, with the file below `root` and the line where that can be told."""
    if isinstance(error, SyntaxError):
        return f"{_below(error.filename, root)}:{error.lineno}:{error.offset}: {error.msg}"
    if isinstance(error, TemplateSyntaxError):
        return f"{_below(error.filename or error.name, root)}:{error.lineno}: {error.message}"
    what = f"{type(error).__name__}: {error}"
    own = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith(".html") and Path(frame.filename).is_relative_to(root)
    ]
    return f"{_below(own[-1].filename, root)}:{own[-1].lineno}: {what}" if own else what


def _below(file: str | None, root: Path) -> str:
    path = Path(file or "a template")
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
