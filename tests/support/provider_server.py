"""The providers, played on the loopback: a proxy that answers for every key host of the catalogue, and for no other.

Clients run the very text of a snippet: they are told to use a proxy and to trust one certificate more, nothing else.
What a host takes is checked twice, by what the catalogue says and, for Mistral, by its published description as
`worker/description.py` has it, which owes nothing to the catalogue. An unknown field is refused in the words that
the provider uses.
"""

import json
import ssl
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from keyway.schema.catalogue import Catalogue
from keyway.schema.endpoint import Endpoint
from keyway.schema.hosts import KEY_HOSTS, key_hosts
from keyway.schema.provider import Provider
from pydantic import ValidationError

from support.incoming import body_of
from support.worker.description import BODIES

ANSWER = ("Hello", " from the", " loopback.")
"""What every model says, in the pieces of a stream."""
DAYS = "2"
"""How long the certificate is good for; it is made for each run."""


@dataclass
class Seen:
    """One request as it arrived: where it was sent, with which key, and what it was answered."""

    host: str
    method: str
    path: str
    key: str
    body: Any
    status: int


@dataclass
class Providers:
    """The server, the certificate to trust, the keys that it takes, and what it saw."""

    catalogue: Catalogue
    folder: Path
    seen: list[Seen] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.certificate = self.folder / "certificate.pem"
        names = ",".join(f"DNS:{host}" for host in sorted(key_hosts()))
        subprocess.run(
            [
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                DAYS,
                "-subj",
                "/CN=Providers of a test",
                "-addext",
                f"subjectAltName={names}",
                "-keyout",
                str(self.folder / "key.pem"),
                "-out",
                str(self.certificate),
            ],
            check=True,
            capture_output=True,
        )
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(self.certificate, self.folder / "key.pem")

    def key(self, variable: str) -> str:
        """The key that a test gives out under the name of an environment variable."""
        return f"key-of-{variable.lower().replace('_', '-')}"

    def environment(self) -> Mapping[str, str]:
        """What a program needs to reach the server: keys, proxy and certificate, as the different clients read them."""
        trusted = dict.fromkeys(
            ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"), str(self.certificate)
        )
        here = f"http://127.0.0.1:{self.port}"
        proxy = dict.fromkeys(("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"), here)
        keys = {variable: self.key(variable) for hosts in KEY_HOSTS.values() for variable in hosts.values()}
        return {**trusted, **proxy, **keys, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1", "NODE_USE_ENV_PROXY": "1"}

    def taken(self, path: str = "") -> list[Seen]:
        """The requests that were answered with 200, those to a path that ends with `path`."""
        return [seen for seen in self.seen if seen.status == 200 and seen.path.endswith(path)]

    def refused(self) -> list[Seen]:
        """The requests that were not."""
        return [seen for seen in self.seen if seen.status != 200]

    def reset(self) -> None:
        self.seen, self.strangers = [], []

    def find(self, host: str, path: str) -> tuple[Provider, Endpoint, str] | None:
        """The endpoint and the route's name that an address belongs to; the longest base URL first."""
        found = [
            (provider, endpoint, route)
            for provider in self.catalogue.providers.values()
            for endpoint in provider.endpoints.values()
            for route, rest in endpoint.routes.items()
            if endpoint.address("root") == f"https://{host}" and endpoint.base_url + rest == f"https://{host}{path}"
        ]
        return found[0] if found else None

    @contextmanager
    def serving(self) -> Iterator["Providers"]:
        """Answer requests until the block ends."""
        owner = self

        class Handler(_Handler):
            providers = owner

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_: object) -> None:
                """A client that hangs up is no error of ours."""

        server = Server(("127.0.0.1", 0), Handler)
        self.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    providers: Providers
    host = ""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_CONNECT(self) -> None:
        host, _, port = self.path.partition(":")
        if host not in key_hosts() or port != "443":
            self.providers.strangers.append(self.path)
            self.send_response(403)
            self.send_header("content-length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.host = host
        self.connection = self.providers.tls.wrap_socket(self.connection, server_side=True)
        self.rfile.close()
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.close_connection = False

    def finish(self) -> None:
        super().finish()
        self.connection.close()  # the server closes the socket that came in, not the one around it

    def do_POST(self) -> None:
        self._answer("POST")

    def do_GET(self) -> None:
        self._answer("GET")

    def _answer(self, method: str) -> None:
        raw = body_of(self)
        path = self.path.partition("?")[0]
        key = self.headers.get("authorization", "").removeprefix("Bearer ")
        found = self.providers.find(self.host, path)
        named = self.headers.get("host", "").removesuffix(":443")
        try:
            body = json.loads(raw) if raw else None
        except ValueError:
            body = raw
        if named != self.host or found is None or (method == "GET") != (found[2] == "models"):
            status, answer = 404, {"detail": "Not Found"}
        elif key != self.providers.key(KEY_HOSTS[found[0].id][self.host]):
            status, answer = 401, {"detail": "Invalid API Key"}
        elif found[2] == "models":
            status, answer = 200, _list(self.providers.catalogue, found[0])
        else:
            status, answer = _judge(self.providers.catalogue, found[0], found[2], path, body)
        self.providers.seen.append(Seen(self.host, method, path, key, body, status))
        if status == 200 and isinstance(body, dict) and body.get("stream"):
            self._stream(body)
        else:
            self._json(status, answer)

    def _json(self, status: int, body: object) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _stream(self, body: Mapping[str, Any]) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for event in [*_chunks(str(body["model"])), "[DONE]"]:
            raw = f"data: {event if isinstance(event, str) else json.dumps(event)}\n\n".encode()
            self.wfile.write(b"%x\r\n%s\r\n" % (len(raw), raw))
        self.wfile.write(b"0\r\n\r\n")


OWN_MEMBERS = {"groq": {"service_tier": "on_demand"}}
"""Provider -> what it adds to an answer, where a client of its own counts on it."""


def _judge(catalogue: Catalogue, provider: Provider, route: str, path: str, body: Any) -> tuple[int, Any]:
    """The status and the answer for a body: by the catalogue, then by the published description where there is one."""
    if not isinstance(body, dict):
        return 422, {"detail": [{"type": "model_attributes_type", "loc": ["body"], "msg": "Input should be an object"}]}
    rules = provider.requests.get(route)
    if rules:
        known = {name for name, taken in rules.fields.items() if taken.state != "refused"}
        foreign = [name for name in body if name not in known] if rules.closed else []
        missing = [name for name, taken in rules.fields.items() if taken.required and name not in body]
        if foreign or missing:
            return 422, _unprocessable(
                [
                    *(
                        _fault("extra_forbidden", name, "Extra inputs are not permitted", body[name])
                        for name in foreign
                    ),
                    *(_fault("missing", name, "Field required", body) for name in missing),
                ]
            )
    if provider.id == "mistral" and path in BODIES:
        try:
            BODIES[path].model_validate(body)
        except ValidationError as problem:
            return 422, _unprocessable(
                [
                    {**_fault(error["type"], "", error["msg"], repr(error["input"])), "loc": ["body", *error["loc"]]}
                    for error in problem.errors()
                ]
            )
    if catalogue.find(provider.id, str(body["model"])) is None:
        return 404, {"message": f"Model {body['model']} was not found."}
    return 200, _completion(str(body["model"])) | OWN_MEMBERS.get(provider.id, {})


def _fault(kind: str, name: str, message: str, given: object) -> dict[str, Any]:
    return {"type": kind, "loc": ["body", name], "msg": message, "input": given}


def _unprocessable(detail: list[dict[str, Any]]) -> dict[str, Any]:
    """Mistral's 422, as it was recorded (data/providers/mistral.yml, extra-forbidden)."""
    about = {"type": "invalid_request_error", "param": None, "code": None}
    return {"object": "error", "message": {"detail": detail}, **about}


def _list(catalogue: Catalogue, provider: Provider) -> dict[str, Any]:
    ids = [name for model in catalogue.models[provider.id].values() for name in model.ids]
    rows = [{"id": name, "object": "model", "created": 0, "owned_by": provider.id} for name in ids]
    return {"object": "list", "data": rows}


def _completion(model: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": "".join(ANSWER), "tool_calls": None}
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 3, "completion_tokens": 5, "total_tokens": 8},
    }


def _chunks(model: str) -> Iterator[dict[str, Any]]:
    def chunk(delta: dict[str, Any], finish: str | None) -> dict[str, Any]:
        return {
            "id": "c1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": model,
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        }

    yield chunk({"role": "assistant", "content": ""}, None)
    for piece in ANSWER:
        yield chunk({"content": piece}, None)
    yield {**chunk({"content": ""}, "stop"), "usage": {"prompt_tokens": 3, "completion_tokens": 5, "total_tokens": 8}}
