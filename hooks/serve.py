"""What `mkdocs serve` needs beside MkDocs' own server: folders that may be away, builds that may fail.

Each of MkDocs' and watchdog's inner parts that this touches stands here: the emitter's snapshot (watchdog 6.0),
`server.builder` and the cache of hooks (MkDocs 1.6), `utils.clean_directory` (static-i18n 1.3).
"""

import logging
import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError
from markupsafe import escape
from mkdocs import utils
from mkdocs.config.config_options import Hooks
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingEmitter
from watchdog.utils.dirsnapshot import DirectorySnapshot, EmptyDirectorySnapshot

FAILURE = (
    '<!doctype html><meta charset="utf-8"><title>Keyway</title><pre class="kw-problems" role="alert">{problem}</pre>'
)
"""What is shown while MkDocs or a theme template cannot build any page."""


class PatientEmitter(PollingEmitter):
    """A watcher of a folder that may vanish and come back, as another branch can make it.

    Watchdog's own stops for good when the folder is away. To this one such a folder is empty: its files are
    deleted, and created once it is back. A link that leads nowhere counts as a file, since a build meets it.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options, stat=_stat)
        self._take_snapshot = self._patiently(self._take_snapshot)

    @staticmethod
    def _patiently(take: Callable[[], DirectorySnapshot]) -> Callable[[], DirectorySnapshot]:
        def snapshot() -> DirectorySnapshot:
            try:
                return take()
            except (FileNotFoundError, NotADirectoryError):
                return EmptyDirectorySnapshot()

        return snapshot


def _stat(path: str) -> os.stat_result:
    try:
        return os.stat(path)  # noqa: PTH116 - watchdog asks for this very function
    except FileNotFoundError:
        return os.lstat(path)


def watch_patiently(server: LiveReloadServer) -> None:
    """Let the server watch its folders, and those that it is told of later, with `PatientEmitter`."""
    server.observer._emitter_class = PatientEmitter
    for path in list(server._watched_paths):
        server.unwatch(path)
        server.watch(path)


def surviving(builder: Callable[..., None], site_dir: str, root: Path, hooks: tuple[Path, ...]) -> Callable[..., None]:
    """`builder`, made to start with the hooks as they stand and to outlive a build that fails.

    MkDocs itself would keep its first copy of a hook, and leave every request waiting after a failure in its own
    configuration or in a theme template. What went wrong stands on every page instead.
    """
    clean_directory = utils.clean_directory

    def build(*arguments: Any) -> None:
        with _errors_logged() as logged:
            try:
                for hook in hooks:
                    compile(hook.read_bytes(), hook, "exec")
                Hooks._load_hook.cache_clear()
                builder(*arguments)
            except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a template or a plugin raises
                utils.clean_directory = clean_directory  # static-i18n takes it away while it builds other languages
                problem = "\n".join(dict.fromkeys((*logged, described(error, root))))
                logging.getLogger("mkdocs.plugins.keyway").error(described(error, root))  # noqa: TRY400 - no frames
                page = FAILURE.format(problem=escape(problem)).encode()
                for name in ("index.html", "404.html"):
                    utils.write_file(page, str(Path(site_dir, name)))

    return build


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
