"""A models endpoint on loopback that plays recordings and every fault an endpoint can have.

Plain sockets and threads: faults that no HTTP library lets one make (resets at each stage, drips,
lengths that lie) are the point. What it does at each connection is a list of steps, as the files in
cases/faults/ write them; the last connection's steps are repeated. Nothing waits longer than `close`.
"""

import gzip
import json
import socket
import ssl
import struct
from collections.abc import Sequence
from contextlib import suppress
from threading import Event, Thread
from typing import Any

Step = dict[str, Any]
MOMENT = 0.02
"""Seconds between two bytes of a drip: slow for a list, fast for a test."""


class Endpoint:
    """Listens on a free port of loopback; `requests` are the heads of the requests that came."""

    def __init__(
        self, connections: Sequence[Sequence[Step]], listed: bytes, *, tls: ssl.SSLContext | None = None
    ) -> None:
        self._connections, self._listed, self._tls = connections, listed, tls
        self._over = Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[Thread] = []
        self.requests: list[str] = []
        self.attempts = 0
        scheme = "https" if tls else "http"
        self.address = f"{scheme}://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> "Endpoint":
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _start(self, work: Any, *arguments: Any) -> None:
        thread = Thread(target=work, args=arguments)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            steps = self._connections[min(self.attempts, len(self._connections) - 1)]
            self.attempts += 1
            self._start(self._serve, connection, steps)

    def _serve(self, connection: socket.socket, steps: Sequence[Step]) -> None:
        with suppress(OSError):
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            for step in steps:
                ((do, value),) = step.items()
                getattr(self, f"_do_{do}")(connection, value)
        with suppress(OSError):
            connection.close()

    def _do_read(self, connection: socket.socket, _: object) -> None:
        """Read the request's head."""
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(4096)
            if not piece:
                break
            head += piece
        self.requests.append(head.decode("latin-1"))

    def _do_send(self, connection: socket.socket, value: object) -> None:
        connection.sendall(self.content(value))

    def _do_answer(self, connection: socket.socket, answer: Step) -> None:
        """Send a whole answer: status, headers and body; a header given as null is left out."""
        body = self.content(answer.get("body", "list"))
        given = {"Content-Type": "application/json", "Content-Length": str(len(body)), "Connection": "close"}
        headers = "".join(
            f"{name}: {text}\r\n" for name, text in (given | answer.get("headers", {})).items() if text is not None
        )
        connection.sendall(f"HTTP/1.1 {answer.get('status', 200)} Any\r\n{headers}\r\n".encode("latin-1") + body)

    def _do_chunks(self, connection: socket.socket, value: object) -> None:
        content = self.content(value)
        for at in range(0, len(content), 1000):
            piece = content[at : at + 1000]
            connection.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        connection.sendall(b"0\r\n\r\n")

    def _do_half(self, connection: socket.socket, value: object) -> None:
        content = self.content(value)
        connection.sendall(content[: len(content) // 2])

    def _do_drip(self, connection: socket.socket, value: object) -> None:
        """One byte at a time, for as long as the other side listens."""
        for byte in self.content(value):
            if self._over.wait(MOMENT):
                return
            connection.sendall(bytes([byte]))

    def _do_endless(self, connection: socket.socket, value: object) -> None:
        content = self.content(value) * 100
        while not self._over.is_set():
            connection.sendall(content)

    def _do_silence(self, connection: socket.socket, _: object) -> None:
        """Say nothing until the other side leaves or the test is over."""
        connection.settimeout(MOMENT)
        while not self._over.is_set():
            try:
                if not connection.recv(4096):
                    return
            except TimeoutError:
                continue

    def _do_reset(self, connection: socket.socket, _: object) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def content(self, value: object) -> bytes:
        """What a case means by a body: `list`, text, or one of the forms below."""
        if value == "list":
            return self._listed
        if isinstance(value, str):
            return value.encode()
        ((form, inner),) = value.items()
        return getattr(self, f"_body_{form}")(inner)

    def _body_hex(self, digits: str) -> bytes:
        return bytes.fromhex(digits)

    def _body_gzip(self, inner: object) -> bytes:
        return gzip.compress(self.content(inner))

    def _body_repeat(self, given: Step) -> bytes:
        return self.content(given["text"]) * given["times"]

    def _body_join(self, parts: Sequence[object]) -> bytes:
        return b"".join(map(self.content, parts))

    def _body_cut(self, given: Step) -> bytes:
        return self.content(given["text"])[: given["to"]]

    def _body_json(self, value: object) -> bytes:
        return json.dumps(value).encode()

    def _body_changed(self, given: Step) -> bytes:
        """The recorded list with one thing otherwise."""
        answer = json.loads(self._listed)
        rows = answer["data"]
        for change, value in given.items():
            if change == "keep_rows":
                answer["data"] = rows[: len(rows) * value // 100]
            elif change == "double":
                answer["data"] = rows + rows[:value]
            elif change == "set_all":
                answer["data"] = [row | value for row in rows]
            elif change == "set_first":
                answer["data"] = [rows[0] | value, *rows[1:]]
            elif change == "without_first":
                answer["data"] = [{key: item for key, item in rows[0].items() if key != value}, *rows[1:]]
            elif change == "top":
                answer |= value
        return json.dumps(answer).encode()
