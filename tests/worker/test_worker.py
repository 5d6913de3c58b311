"""The generated Worker in the real runtime, before a stand-in that takes what Mistral's description takes."""

import asyncio
import contextlib
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keyway.exports.filters import worker
from keyway.exports.request_rules import SPENDING_LIMITS
from keyway.loading.load import load_catalogue
from support.leaving_out import leave_out
from support.paths import PROJECT, TESTS
from support.projects import load_cases
from support.worker.client import ASKED, ask, asking, stream
from support.worker.runtime import Runtime, Script, workerd
from support.worker.upstream import PATIENCE, Upstream

CASES = {f"{file}: {name}": case for file, cases in load_cases("worker").items() for name, case in cases.items()}
REBUKED = [name for name, case in CASES.items() if case.get("naive") == "fails"]

RUNTIME_HEADERS = {"host", "content-length", "transfer-encoding", "connection"}
"""Headers that any HTTP client sets by itself."""

MEBIBYTE = 1024 * 1024

pytestmark = pytest.mark.clients


@pytest.fixture(scope="module")
def upstream() -> Iterator[Upstream]:
    server = Upstream()
    yield server
    server.close()


@pytest.fixture(scope="module")
def runtime(upstream: Upstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    if workerd() is None:
        leave_out("workerd is not installed: run `make clients`")
    mistral = load_catalogue(PROJECT, rules=()).providers["mistral"]
    text = worker(mistral, "platform")
    scripts = {
        "default": Script(text, {}),
        "strict": Script(text, {"STRICT": "on"}),
        "listed": Script(text, {"ALLOWED_ORIGINS": "https://chat.example.org, http://localhost:3000"}),
        "pass": Script(text, {"DISPUTED_FIELDS": "pass"}),
        "drop": Script(text, {"DISPUTED_FIELDS": "drop"}),
        "mend": Script(text, {"MEND": "on"}),
        "codestral": Script(worker(mistral, "codestral"), {}),
        "naive": Script((TESTS / "support" / "worker" / "naive.mjs").read_text(encoding="utf-8"), {}),
    }
    process = Runtime(scripts, upstream.port, tmp_path_factory.mktemp("workerd"))
    yield process
    process.close()


@pytest.mark.parametrize("name", CASES)
def test_the_worker_does_as_the_case_says(name: str, runtime: Runtime, upstream: Upstream) -> None:
    assert differences(CASES[name], CASES[name].get("worker", "default"), runtime, upstream) == []


@pytest.mark.parametrize("name", REBUKED)
def test_the_naive_worker_fails_the_case(name: str, runtime: Runtime, upstream: Upstream) -> None:
    assert differences(CASES[name], "naive", runtime, upstream) != []


def test_each_of_the_naive_workers_defects_has_a_case() -> None:
    assert len(CASES) >= 60
    assert len(REBUKED) >= 24


def differences(case: dict[str, Any], script: str, runtime: Runtime, upstream: Upstream) -> list[str]:
    """Where the answer, or what reached the API, is not as the case has it."""
    upstream.reset(case.get("api"))
    try:
        answer = ask(runtime, script, **case["request"])
    except httpx.RemoteProtocolError as error:
        return [f"no answer: {error}"]
    found = []
    wanted = case["answer"]
    if answer.status_code != wanted["status"]:
        found.append(f"status {answer.status_code}: {answer.text}")
    for header, value in wanted.get("headers", {}).items():
        if answer.headers.get(header) != value:
            found.append(f"{header}: {answer.headers.get(header)}")
    if "json" in wanted and (not is_json(answer) or answer.json() != wanted["json"]):
        found.append(f"body {answer.text}")
    if "text" in wanted and answer.text != wanted["text"]:
        found.append(f"body {answer.text}")
    return found + unlike_sent(case, upstream)


def unlike_sent(case: dict[str, Any], upstream: Upstream) -> list[str]:
    if "sent" not in case:
        return []
    sent = case["sent"]
    wanted = [] if sent == "nothing" else sent if isinstance(sent, list) else [sent]
    if len(wanted) != len(upstream.seen):
        return [f"{len(upstream.seen)} requests reached the API: {[seen.url for seen in upstream.seen]}"]
    found = []
    for expected, seen in zip(wanted, upstream.seen, strict=True):
        actual = {
            "method": seen.method,
            "url": seen.url,
            "body": seen.body.decode("utf-8", "replace"),
            "headers": {header: value for header, value in seen.headers.items() if header not in RUNTIME_HEADERS},
        }
        found += [f"sent {part} {actual[part]}" for part, value in expected.items() if actual[part] != value]
    return found


def is_json(answer: httpx.Response) -> bool:
    return answer.headers.get("content-type", "").startswith("application/json")


def test_a_stream_arrives_piece_by_piece(runtime: Runtime, upstream: Upstream) -> None:
    pieces = ["data: 1\n\n", "data: 2\n\n", "data: [DONE]\n\n"]
    upstream.reset({"do": "stream", "pieces": pieces})
    with stream(runtime) as answer:
        assert answer.headers["content-type"] == "text/event-stream"
        read_so_far = answer.iter_raw()
        for piece in pieces:
            assert next(read_so_far).decode() == piece
            upstream.step.release()
        assert list(read_so_far) == []


def test_a_stream_that_breaks_off_has_nothing_added(runtime: Runtime, upstream: Upstream) -> None:
    upstream.reset({"do": "stream", "pieces": ["data: 1\n\n"], "breaks": True})
    got = b""
    with stream(runtime) as answer, contextlib.suppress(httpx.RemoteProtocolError):
        for piece in answer.iter_raw():
            got += piece
    assert got == b"data: 1\n\n"


def test_a_client_that_hangs_up_ends_the_stream_at_the_api(runtime: Runtime, upstream: Upstream) -> None:
    upstream.reset({"do": "endless"})
    with asking(runtime) as client:
        while b"data: 1" not in client.recv(1024):
            pass
    assert upstream.hung_up.wait(PATIENCE)


def test_a_client_that_hangs_up_before_the_answer_ends_the_request(runtime: Runtime, upstream: Upstream) -> None:
    upstream.reset({"do": "silent"})
    with asking(runtime):
        assert upstream.step.acquire(timeout=PATIENCE)
    assert upstream.hung_up.wait(PATIENCE)


def test_a_body_over_the_limit_is_refused_by_its_announced_length(runtime: Runtime, upstream: Upstream) -> None:
    upstream.reset()
    answer = ask(runtime, "default", "POST", "/v1/chat/completions", body='{"model":"' + "m" * (20 * MEBIBYTE) + '"}')
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert upstream.seen == []


def test_a_body_over_the_limit_is_refused_without_a_length(runtime: Runtime, upstream: Upstream) -> None:
    upstream.reset()
    parts = (b"x" * MEBIBYTE for _ in range(21))
    answer = httpx.post(
        f"http://127.0.0.1:{runtime.ports['default']}/v1/chat/completions",
        content=parts,
        headers=ASKED,
        timeout=PATIENCE,
    )
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert upstream.seen == []


def test_a_large_body_below_the_limit_passes(runtime: Runtime, upstream: Upstream) -> None:
    upstream.reset()
    content = "a" * (8 * MEBIBYTE)
    body = '{"model":"m","user":"u","messages":[{"role":"user","content":"%s"}]}'
    answer = ask(runtime, "default", "POST", "/v1/chat/completions", body=body % content)
    assert answer.status_code == 200
    assert len(upstream.seen[0].body) == len(body % content) - len('"user":"u",')


def test_many_requests_at_once_do_not_mix(runtime: Runtime, upstream: Upstream) -> None:
    upstream.reset()

    async def all_of_them() -> list[httpx.Response]:
        base = f"http://127.0.0.1:{runtime.ports['default']}"
        async with httpx.AsyncClient(base_url=base, timeout=PATIENCE) as client:
            return await asyncio.gather(
                *(
                    client.post(
                        "/v1/chat/completions",
                        headers={"authorization": "Bearer k"},
                        json={"model": f"m{number}", "messages": [], f"field{number}": 1},
                    )
                    for number in range(20)
                )
            )

    answers = asyncio.run(all_of_them())
    assert [answer.headers["x-keyway-dropped"] for answer in answers] == [f"field{number}" for number in range(20)]


def test_a_long_list_of_dropped_fields_is_cut(runtime: Runtime, upstream: Upstream) -> None:
    upstream.reset()
    fields = "".join(f',"field_number_{number}":0' for number in range(500))
    answer = ask(runtime, "default", "POST", "/v1/chat/completions", body='{"model":"m","messages":[]' + fields + "}")
    dropped = answer.headers["x-keyway-dropped"]
    assert len(dropped) < 1600
    assert dropped.startswith("field_number_0, field_number_1, ")
    assert dropped.endswith(" more")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
TAKEN = ("model", "temperature", "stop", "metadata", "tools")
NAMES = st.sampled_from(TAKEN) | st.text(max_size=8).filter(lambda name: name not in OTHERWISE)
OTHERWISE = {"messages", "max_completion_tokens", "seed", *SPENDING_LIMITS}
"""Fields that are not simply kept or left out."""


@settings(max_examples=60, derandomize=True, deadline=None)
@given(body=st.dictionaries(NAMES, JSON, max_size=8), indent=st.sampled_from([None, 0, 3]), plain=st.booleans())
def test_any_object_loses_exactly_its_unknown_fields(
    body: dict[str, Any],
    indent: int | None,
    plain: bool,
    runtime: Runtime,
    upstream: Upstream,
    taken: frozenset[str],
) -> None:
    upstream.reset({"do": "respond", "status": 200, "body": {}})
    text = json.dumps(body, indent=indent, ensure_ascii=plain)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(body, indent=indent)
    ask(runtime, "default", "POST", "/v1/chat/completions", body=text)
    assert json.loads(upstream.seen[0].body) == {name: value for name, value in body.items() if name in taken}


@pytest.fixture(scope="module")
def taken() -> frozenset[str]:
    fields = load_catalogue(PROJECT, rules=()).providers["mistral"].requests["chat"].fields
    return frozenset(name for name, field in fields.items() if field.state != "refused")
