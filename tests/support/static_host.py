"""A static host on loopback: the files of one folder, for as long as a block lasts."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any


class _Silent(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, directory: str, not_found: Path | None) -> None:
        self.not_found = not_found
        super().__init__(*arguments, directory=directory)

    def log_message(self, *_: Any) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != HTTPStatus.NOT_FOUND or not self.not_found:
            super().send_error(code, message, explain)
            return
        body = self.not_found.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@contextmanager
def served(folder: Path, not_found: Path | None = None) -> Iterator[str]:
    """The host's address, without a slash at its end; `folder` may be filled later.

    `not_found` is the page that a browser gets where there is none, as a deployment has it.
    """
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder), not_found=not_found)) as host:
        thread = Thread(target=host.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{host.server_port}"
        finally:
            host.shutdown()
            thread.join()
