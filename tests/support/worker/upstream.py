"""A strict stand-in for the API: a loopback server that takes what the description takes, and can be told to fail.

The runtime hands it every request of the Worker in the form that proxies get, with the whole address in the first
line; so what a test sees here is the address that the Worker asked for, scheme and host included.
"""

import gzip
import json
import socket
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from pydantic import ValidationError

from support.incoming import body_of

from .description import BODIES

LIMITS = {
    "x-ratelimit-limit-req-minute": "60",
    "x-ratelimit-remaining-req-minute": "59",
    "x-ratelimit-tokens-query-cost": "12",
    "mistral-correlation-id": "c-1",
}
PATIENCE = 20
"""Seconds after which a step of a test that never comes is a failure."""


@dataclass
class Seen:
    """One request as it arrived."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Upstream:
    """The server, what it saw, and what it is to do with the next request instead of answering by the description."""

    fault: dict | None = None
    seen: list[Seen] = field(default_factory=list)
    step: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    hung_up: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        upstream = self

        class Handler(_Handler):
            owner = upstream

        self.server = _Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def reset(self, fault: dict | None = None) -> None:
        self.fault, self.seen = fault, []
        self.step, self.hung_up = threading.Semaphore(0), threading.Event()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Server(ThreadingHTTPServer):
    request_queue_size = 64
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    owner: Upstream

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (ConnectionError, BrokenPipeError):
            self.owner.hung_up.set()
            self.close_connection = True

    def _answer(self) -> None:
        body = body_of(self)
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.owner.seen.append(Seen(self.command, self.path, headers, body))
        fault = self.owner.fault
        if fault:
            getattr(self, "_" + fault["do"].replace("-", "_"))(fault)
            return
        self._by_description(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_HEAD = _answer

    def _by_description(self, body: bytes) -> None:
        path = urlsplit(self.path).path
        if not self.headers.get("authorization"):
            return self._json(401, {"detail": "Invalid API Key"})
        if path == "/v1/models" and self.command == "GET":
            return self._json(200, {"object": "list", "data": []})
        if path not in BODIES or self.command != "POST":
            return self._json(404, {"detail": "Not Found"})
        try:
            BODIES[path].model_validate_json(body)
        except ValidationError as problem:
            detail = [
                {"type": error["type"], "loc": ["body", *error["loc"]], "msg": error["msg"]}
                for error in problem.errors()
            ]
            return self._json(
                422,
                {
                    "object": "error",
                    "message": {"detail": detail},
                    "type": "invalid_request_error",
                    "param": None,
                    "code": None,
                },
            )
        return self._json(200, {"object": "ok"})

    def _json(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {**LIMITS, "content-type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    # What the `fault` of a case can ask for, by its "do".

    def _respond(self, fault: dict) -> None:
        """Any answer, as the case has it."""
        self._json(fault["status"], fault.get("body", {}), fault.get("headers"))

    def _empty(self, fault: dict) -> None:
        """A status without a body."""
        self.send_response(fault["status"])
        self.end_headers()

    def _packed(self, fault: dict) -> None:
        """A gzip body, although nobody asked for one."""
        raw = gzip.compress(json.dumps(fault["body"]).encode())
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-encoding", "gzip")
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _reset(self, _: dict) -> None:
        """The connection ends before any answer."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
        self.connection.close()

    def _stream(self, fault: dict) -> None:
        """Pieces of a stream; each after the first waits until the test has read the one before it."""
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for number, piece in enumerate(fault["pieces"]):
            if number and not self.owner.step.acquire(timeout=PATIENCE):
                return
            raw = piece.encode()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(raw), raw))
            self.wfile.flush()
        if fault.get("breaks"):
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.wfile.write(b"0\r\n\r\n")

    def _endless(self, _: dict) -> None:
        """A stream that goes on until the other side hangs up."""
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"7\r\ndata: 1\r\n")
        self._until_closed()

    def _silent(self, _: dict) -> None:
        """No answer; waits for the other side to hang up."""
        self.owner.step.release()
        self._until_closed()

    def _until_closed(self) -> None:
        self.connection.settimeout(PATIENCE)
        try:
            if self.connection.recv(1) == b"":
                self.owner.hung_up.set()
        except ConnectionError:
            self.owner.hung_up.set()
        except TimeoutError:
            pass
        self.close_connection = True
