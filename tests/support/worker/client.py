"""Clients of a Worker: one that sends exact bytes, one that reads a stream, one that can hang up."""

import contextlib
import socket
import struct
from collections.abc import Iterator

import httpx

from .runtime import Runtime
from .upstream import PATIENCE

ASKED = {"authorization": "Bearer k", "content-type": "application/json"}
CHAT = "/v1/chat/completions"


def ask(
    runtime: Runtime,
    script: str,
    method: str,
    path: str,
    headers: dict[str, str] | None = None,
    body: str | None = None,
    latin1: str | None = None,
    deep: int | None = None,
) -> httpx.Response:
    """Send exactly these headers and bytes; `path` goes out letter for letter."""
    content = body.encode() if body is not None else latin1.encode("latin-1") if latin1 is not None else None
    if deep is not None:
        content = b'{"model":"m","messages":[],"deep":' + b"[" * deep + b"]" * deep + b"}"
    address = f"http://127.0.0.1:{runtime.ports[script]}"
    sent = ASKED if headers is None else headers
    request = runtime.client.build_request(method, address, headers=sent, content=content)
    request.url = request.url.copy_with(raw_path=path.encode())
    for name in ("user-agent", "accept-encoding"):
        if name not in sent:
            del request.headers[name]
    return runtime.client.send(request)


def stream(runtime: Runtime) -> contextlib.AbstractContextManager[httpx.Response]:
    """An answer to a chat request, to be read piece by piece."""
    address = f"http://127.0.0.1:{runtime.ports['default']}{CHAT}"
    return runtime.client.stream("POST", address, headers=ASKED, content=b'{"model":"m","messages":[],"stream":true}')


@contextlib.contextmanager
def asking(runtime: Runtime) -> Iterator[socket.socket]:
    """A client that sends a request and in the end hangs up for good, instead of only ending its own half."""
    body = b'{"model":"m","messages":[],"stream":true}'
    with socket.create_connection(("127.0.0.1", runtime.ports["default"]), timeout=PATIENCE) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.sendall(
            b"POST %s HTTP/1.1\r\nhost: w\r\nauthorization: Bearer k\r\ncontent-length: %d\r\n\r\n%s"
            % (CHAT.encode(), len(body), body)
        )
        yield client
