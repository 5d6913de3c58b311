"""A page with one of the site's tools on it and nothing else, under the site's strict rules, for a real browser."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copytree
from threading import Thread
from typing import Any

from keyway.loading.load import load_catalogue
from keyway.site.files import tool_files

DAY = date(2026, 11, 21)
"""The day that the tools' data is of, so that what has ended by then stays ended."""

POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'"
"""What pages of the site may do, and less."""

PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>tool</title><link rel="icon" href="data:,"></head>
<body><div class="{tool}" {attributes}>{fallback}</div>
<script type="module" src="/assets/js/{script}"></script></body></html>
"""


class _Host(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


class ToolSite:
    """A folder of pages on a loopback port; `address` has no slash at its end."""

    def __init__(self, project: Path, folder: Path) -> None:
        copytree(project / "docs" / "assets", folder / "assets")
        for path, text in tool_files(load_catalogue(project, rules=()), DAY).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        self.folder = folder
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=str(folder)))
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def page(self, lang: str, tool: str, script: str, data: Mapping[str, str]) -> str:
        """Write a page with `tool` on it, and give its address."""
        attributes = " ".join(f'data-{name}="{value}"' for name, value in data.items())
        name = f"{tool}-{lang}-{len(list(self.folder.glob('*.html')))}.html"
        html = PAGE.format(lang=lang, tool=tool, script=script, attributes=attributes, fallback="the table says it")
        (self.folder / name).write_text(html, encoding="utf-8")
        return f"{self.address}/{name}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
