"""The endpoint client against a real server that plays every fault: a verdict each, in time, and no key anywhere."""

import json
import resource
import shutil
import ssl
import traceback
from argparse import Namespace
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from typing import Any
from urllib.parse import quote

import pytest
from keyway.cli import main, parser
from keyway.commands.drift import drift
from keyway.commands.record import record
from keyway.evidence.recording import Recording
from keyway.evidence.recording_folder import read_recordings
from keyway.evidence.row_values import Unusable
from keyway.live.endpoint import Patience, Target, ask, target
from keyway.live.secret import Secret
from keyway.schema.catalogue import Catalogue
from support.endpoint_server import Endpoint
from support.paths import CASES, PROJECT
from support.projects import load_cases, mistral_alone

SECRET = "sk-keyway-7f3a9d-do-not-show"
OTHER_SECRET = "sk-another-19c2e8-do-not-show"
NOON = datetime(2026, 10, 8, 12, tzinfo=UTC)
CHANCE = "chance"
HANGS = 60
"""Seconds after which a case counts as hanging; the slowest takes about three."""


def cases() -> Iterator[Any]:
    for file, listed in load_cases("faults").items():
        for case in listed:
            yield pytest.param(case, id=f"{file}: {case['name']}")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Mistral's data, to see whether anything is written."""
    return mistral_alone(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def listed() -> bytes:
    """The newest whole list of Mistral's as the endpoint would send it."""
    rows = [dict(row.said) for row in read_recordings(PROJECT)["mistral"][-1].rows]
    return json.dumps(
        {"object": "list", "data": [row | {"created": 1, "owned_by": "mistralai"} for row in rows]}
    ).encode()


@pytest.fixture(scope="module")
def mistral_list(catalogue: Catalogue) -> Target:
    """Where Mistral's list is asked for."""
    return target(catalogue.providers["mistral"])


def given(*arguments: str, root: Path) -> Namespace:
    """What a command is called with, as its own parser reads it."""
    return parser().parse_args([*arguments, "--root", str(root)])


def rows_of(listed: bytes) -> list[dict[str, Any]]:
    return json.loads(listed)["data"]


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def filled(value: Any, **names: str) -> Any:
    """A case with the test's key and addresses in it."""
    if isinstance(value, dict):
        return {key: filled(item, **names) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, **names) for item in value]
    return names.get(value, value) if isinstance(value, str) else value


class Asking:
    """Asks a server of the test's, and notes how long was slept and what was raised."""

    def __init__(self, address: str, *, impatient: bool = False) -> None:
        self.waits: list[float] = []
        self.traces = ""
        limits = (
            {"deadline": 1.5, "silence": 0.25, "pause": 0}
            if impatient
            else {"deadline": HANGS / 2, "silence": HANGS / 4}
        )
        self._ask = partial(
            ask,
            key=Secret("MISTRAL_API_KEY", SECRET),
            day=NOON.date(),
            loopback=address,
            patience=Patience(sleep=self._sleep, now=lambda: NOON, **limits),
        )

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    def __call__(self, where: Target) -> Recording:
        try:
            return self._ask(where)
        except Unusable as problem:
            self.traces += "".join(traceback.format_exception(problem)) + repr(problem) + repr(vars(problem))
            raise


def in_time(work: Callable[[], Any]) -> Any:
    """The result of `work`, which must end by itself."""
    done: list[Any] = []
    thread = Thread(target=lambda: done.append(work()), daemon=True)
    thread.start()
    thread.join(HANGS)
    assert done, "it hangs, or failed"
    return done[0]


@pytest.mark.parametrize("case", list(cases()))
def test_every_fault_has_its_verdict(
    case: dict[str, Any], root: Path, listed: bytes, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISTRAL_API_KEY", SECRET)
    monkeypatch.delenv("CODESTRAL_API_KEY", raising=False)
    before = snapshot(root)
    with Endpoint([[{"read": True}, {"answer": {}}]], listed) as other, Endpoint([], listed) as closed:
        connections = filled(case["connections"], KEY=SECRET, OTHER=f"{other.address}/v1/models")
        with Endpoint(connections, listed) as endpoint:
            if case.get("refused"):
                closed.__exit__()
            asking = Asking(
                closed.address if case.get("refused") else endpoint.address, impatient=case.get("impatient", False)
            )
            arguments = given("drift", "mistral", "--write", "--format", "json", root=root)
            code = in_time(lambda: drift(arguments, asking))
        assert other.requests == [], "the key went to another host"
    out, err = capfd.readouterr()
    verdicts = json.loads(out)
    assert code == case["exit"]
    assert endpoint.attempts == case["attempts"]
    if code == 0:
        assert {one["verdict"] for one in verdicts} == {"same"}
    else:
        (verdict,) = verdicts
        assert verdict["verdict"] == "no-verdict"
        if "starts" in case:
            assert verdict["why"].startswith(case["starts"])
        else:
            assert verdict["why"] in case.get("any_of", [case.get("why")])
    if "waits" in case:
        assert len(asking.waits) == len(case["waits"])
        for wait, meant, nth in zip(asking.waits, case["waits"], range(9), strict=False):
            low, high = (2**nth / 2, 2**nth) if meant == CHANCE else (meant, meant)
            assert low <= wait <= high
    for request in endpoint.requests:
        assert request.startswith("GET /v1/models HTTP/1.1\r\n")
        assert request.count(SECRET) == 1
        assert f"authorization: bearer {SECRET}\r\n" in request.lower()
    assert SECRET not in out + err + asking.traces
    assert snapshot(root) == before


def test_there_are_at_least_fifty_faults() -> None:
    assert len([case for case in cases() if case.values[0]["exit"]]) >= 50


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_no_format_shows_the_key(
    form: str, root: Path, listed: bytes, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISTRAL_API_KEY", SECRET)
    body = json.dumps({"data": [{"id": SECRET, "aliases": [SECRET]}]})
    for answer in (
        {"body": body},
        {"status": 401, "body": SECRET},
        {"status": 302, "headers": {"Location": f"/{SECRET}"}},
    ):
        with Endpoint([[{"read": True}, {"answer": answer}]], listed) as endpoint:
            arguments = given("drift", "mistral", "--write", "--format", form, root=root)
            assert drift(arguments, Asking(endpoint.address)) != 0
    out, err = capfd.readouterr()
    assert "mistral" in out.lower()
    assert SECRET not in out + err


def test_a_key_shows_itself_nowhere() -> None:
    key = Secret("MISTRAL_API_KEY", SECRET)
    shown = [repr(key), str(key), f"{key}", repr([key]), repr({"key": key}), repr(Namespace(key=key))]
    assert set(shown[:3]) == {"Secret(MISTRAL_API_KEY)"}
    assert not any(SECRET in text for text in shown)
    with pytest.raises(TypeError, match="a key is not written anywhere"):
        __import__("pickle").dumps(key)


ECHOES: dict[str, Callable[[str], str]] = {
    "plainly": str,
    "in capitals": str.upper,
    "in base64": lambda text: b64encode(text.encode()).decode(),
    "in base64 of an address": lambda text: urlsafe_b64encode(f"?key={text}&x".encode()).decode(),
    "in base64 of a header": lambda text: b64encode(f"Authorization: Bearer {text}\r\n".encode()).decode(),
    "in base64 of basic credentials": lambda text: b64encode(f"u:{text}".encode()).decode(),
    "in base64 with percent signs": lambda text: quote(b64encode(f"ab{text}".encode()).decode(), safe=""),
    "in hexadecimal digits": lambda text: text.encode().hex(),
    "in hexadecimal digits with colons": lambda text: text.encode().hex(":").upper(),
    "in percent signs": lambda text: "".join(f"%{ord(c):02x}" for c in text),
    "in percent signs, in part": lambda text: text.replace("-", "%2D"),
    "in entities": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "in entities, in part": lambda text: text.replace("k", "&#x6b;"),
    "in escapes": lambda text: "".join(f"\\u{ord(c):04x}" for c in text),
}


@pytest.mark.parametrize("echo", ECHOES)
@pytest.mark.parametrize(
    "body",
    [
        {"data": [{"id": "codestral-2508", "aliases": ["ECHO"]}]},
        {"data": [{"id": "ECHO", "aliases": 1}]},
        {"data": [{"id": "codestral-2508", "description": "from ECHO, as asked"}]},
        {"data": [], "request": {"headers": ["ECHO"]}},
    ],
    ids=["a name", "a wrong row", "a field that nobody keeps", "beside the list"],
)
def test_no_encoding_of_the_key_is_shown(echo: str, body: dict[str, Any], listed: bytes, mistral_list: Target) -> None:
    shown = ECHOES[echo](SECRET)
    with Endpoint(
        [[{"read": True}, {"answer": {"body": json.dumps(body).replace("ECHO", shown)}}]], listed
    ) as endpoint:
        asking = Asking(endpoint.address)
        with pytest.raises(Unusable) as caught:
            asking(mistral_list)
    assert caught.value.reason == "the answer repeats the key"
    assert shown not in asking.traces


def test_an_encoded_key_is_not_kept(
    root: Path, listed: bytes, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISTRAL_API_KEY", SECRET)
    before, shown = snapshot(root), b64encode(f"u:{SECRET}".encode()).decode()
    body = json.dumps({"data": [*rows_of(listed), {"id": "new", "aliases": [shown]}]})
    with Endpoint([[{"read": True}, {"answer": {"body": body}}]], listed) as endpoint:
        assert record(given("record", "mistral", "--account", "paid", root=root), Asking(endpoint.address)) == 3
    out, err = capfd.readouterr()
    assert err == "keyway: nothing was recorded: the answer repeats the key\n"
    assert shown not in out
    assert snapshot(root) == before


def test_what_only_looks_like_a_key_is_no_echo() -> None:
    key = Secret("MISTRAL_API_KEY", SECRET)
    texts = [path.read_text(encoding="utf-8") for path in (PROJECT / "data").rglob("*.json")]
    assert texts
    assert not any(key.is_in(text) for text in texts)
    assert not key.is_in(SECRET[:-1])
    assert not key.is_in(b64encode(SECRET[1:].encode()).decode())


@pytest.mark.parametrize("value", ["", " ", f"{SECRET}\n", f"'{SECRET} '", f"{SECRET}é", "short", f"Bearer {SECRET}"])
def test_what_cannot_be_a_key_is_not_sent_and_not_shown(value: str) -> None:
    with pytest.raises(Unusable, match="MISTRAL_API_KEY") as caught:
        Secret("MISTRAL_API_KEY", value)
    assert caught.value.ours
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_a_stranger_s_certificate_gets_no_key(listed: bytes, mistral_list: Target) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(CASES / "tls" / "stranger.pem")
    usual = [[{"read": True}, {"answer": {}}]]
    with Endpoint(usual, listed, tls=tls) as endpoint, pytest.raises(Unusable, match="no secure connection"):
        Asking(endpoint.address)(mistral_list)
    assert endpoint.requests == []


def test_a_server_without_tls_gets_no_key_where_tls_is_due(listed: bytes, mistral_list: Target) -> None:
    plain = [[{"send": "HTTP/1.1 400 Bad Request\r\n\r\n"}, {"read": True}]]
    with Endpoint(plain, listed) as endpoint, pytest.raises(Unusable, match=r"no (secure )?connection"):
        Asking(endpoint.address.replace("http:", "https:"))(mistral_list)
    assert SECRET not in "".join(endpoint.requests)


def test_proxies_of_the_environment_are_not_used(
    listed: bytes, mistral_list: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        Endpoint([[{"read": True}, {"answer": {}}]], listed) as proxy,
        Endpoint([[{"read": True}, {"answer": {}}]], listed) as endpoint,
    ):
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.address)
        assert len(Asking(endpoint.address)(mistral_list).rows) == 46
    assert proxy.attempts == 0


def test_a_silent_name_server_does_not_stretch_the_deadline(
    mistral_list: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = Event()

    def silent(*_: object, **__: object) -> list[object]:
        over.wait(HANGS)
        raise OSError("nothing was found")

    monkeypatch.setattr("socket.getaddrinfo", silent)
    patience = Patience(deadline=1, silence=0.6, pause=0)
    begun = monotonic()
    with pytest.raises(Unusable, match=r"silence for|no whole answer within"):
        ask(mistral_list, Secret("MISTRAL_API_KEY", SECRET), NOON.date(), patience=patience)
    assert monotonic() - begun < HANGS / 4
    over.set()


@pytest.mark.parametrize("command", ["drift", "record"])
def test_help_names_the_deadline(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    said = " ".join(capfd.readouterr().out.split())
    assert f"ends within {Patience().deadline:g} seconds" in said


def test_only_loopback_takes_the_place_of_a_host(mistral_list: Target) -> None:
    with pytest.raises(ValueError, match="loopback"):
        Asking("http://192.0.2.1:80")(mistral_list)


def test_each_host_takes_its_own_key_and_no_other(catalogue: Catalogue, mistral_list: Target) -> None:
    asked = {
        (one.id, name): (target(one, name).address, target(one, name).variable)
        for one in catalogue.providers.values()
        for name, endpoint in one.endpoints.items()
        if "models" in endpoint.routes
    }
    assert asked == {
        ("mistral", "platform"): ("https://api.mistral.ai/v1/models", "MISTRAL_API_KEY"),
        ("mistral", "eu"): ("https://api.eu.mistral.ai/v1/models", "MISTRAL_API_KEY"),
        ("mistral", "us"): ("https://api.us.mistral.ai/v1/models", "MISTRAL_API_KEY"),
        ("mistral", "codestral"): ("https://codestral.mistral.ai/v1/models", "CODESTRAL_API_KEY"),
        ("deepseek", "platform"): ("https://api.deepseek.com/models", "DEEPSEEK_API_KEY"),
        ("zhipu", "international"): ("https://api.z.ai/api/paas/v4/models", "ZHIPU_API_KEY"),
        ("zhipu", "china"): ("https://open.bigmodel.cn/api/paas/v4/models", "BIGMODEL_API_KEY"),
        ("zhipu", "coding-international"): ("https://api.z.ai/api/coding/paas/v4/models", "ZHIPU_API_KEY"),
        ("zhipu", "coding-china"): ("https://open.bigmodel.cn/api/coding/paas/v4/models", "BIGMODEL_API_KEY"),
        ("groq", "platform"): ("https://api.groq.com/openai/v1/models", "GROQ_API_KEY"),
        ("moonshot", "international"): ("https://api.moonshot.ai/v1/models", "MOONSHOT_API_KEY"),
        ("moonshot", "china"): ("https://api.moonshot.cn/v1/models", "MOONSHOT_API_KEY"),
        ("kimi-code", "international"): ("https://api.kimi.ai/coding/v1/models", "KIMI_API_KEY"),
        ("kimi-code", "china"): ("https://api.kimi.com/coding/v1/models", "KIMI_API_KEY"),
    }
    with pytest.raises(Unusable, match="takes the key in MISTRAL_API_KEY"):
        ask(mistral_list, Secret("CODESTRAL_API_KEY", OTHER_SECRET), NOON.date(), loopback="http://127.0.0.1:9")


@pytest.mark.parametrize(
    "address",
    [
        "https://docs.mistral.ai/v1",
        "https://api.mistral.ai.example/v1",
        "http://api.mistral.ai/v1",
        "https://api.mistral.ai:8443/v1",
        "https://user@api.mistral.ai/v1",
        "https://api.z.ai/v1",
    ],
)
def test_an_address_in_the_catalogue_cannot_send_a_key_elsewhere(address: str, catalogue: Catalogue) -> None:
    mistral = catalogue.providers["mistral"]
    platform = mistral.endpoints["platform"].model_copy(update={"base_url": address})
    with pytest.raises(Unusable, match="lets no key of mistral go"):
        target(mistral.model_copy(update={"endpoints": {"platform": platform}}))


def test_one_provider_that_fails_does_not_stop_the_others(
    recordings: Mapping[str, tuple[Recording, ...]],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("MISTRAL_API_KEY", "DEEPSEEK_API_KEY", "ZHIPU_API_KEY"):
        monkeypatch.setenv(name, SECRET)

    def asking(where: Target) -> Recording:
        if where.provider == "deepseek":
            raise Unusable("the endpoint answered 500")
        return recordings[where.provider][-1]

    arguments = given("drift", "--format", "json", root=PROJECT)
    assert drift(arguments, asking) == 3
    verdicts = json.loads(capfd.readouterr().out)
    found = {(one["provider"], one["verdict"]) for one in verdicts}
    assert ("deepseek", "no-verdict") in found
    assert found - {("deepseek", "no-verdict")} == {(name, "same") for name in recordings if name != "deepseek"}


def test_a_recording_is_added_once_and_never_edited(
    root: Path, listed: bytes, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISTRAL_API_KEY", SECRET)
    shutil.copytree(root / "data", tmp_path / "data")
    arguments = given("record", "mistral", "--account", "free", root=tmp_path)
    old = tmp_path / "data" / "recordings" / "mistral" / "2026-10-08.json"
    old.unlink()
    with Endpoint([[{"read": True}, {"answer": {}}]], listed) as endpoint:
        assert record(arguments, Asking(endpoint.address)) == 0
        added, known = read_recordings(tmp_path)["mistral"][-1], read_recordings(PROJECT)["mistral"][-1]
        assert added == replace(known, origin="recorded by `keyway record`")
        assert [row.said for row in added.rows] == [row.said for row in known.rows]
        text = old.read_bytes()
        assert record(arguments, Asking(endpoint.address)) == 2
    assert old.read_bytes() == text
    assert sorted(path.name for path in old.parent.iterdir()) == [
        "2025-12-30.json",
        "2026-09-25.json",
        "2026-10-06.json",
        "2026-10-08.json",
    ]
    assert "recordings are never edited" in capfd.readouterr().err


def test_a_list_of_another_kind_of_account_is_added_beside_that_of_the_day(
    root: Path, listed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISTRAL_API_KEY", SECRET)
    shutil.copytree(root / "data", tmp_path / "data")
    arguments = given("record", "mistral", "--account", "paid", root=tmp_path)
    with Endpoint([[{"read": True}, {"answer": {}}]], listed) as endpoint:
        assert [record(arguments, Asking(endpoint.address)) for _ in range(2)] == [0, 2]
    added = read_recordings(tmp_path)["mistral"]
    assert [(one.day.isoformat(), one.account) for one in added[-2:]] == [
        ("2026-10-08", "paid"),
        ("2026-10-08", "free"),
    ]
    assert (tmp_path / "data/recordings/mistral/2026-10-08-paid.json").exists()


def test_nothing_is_recorded_of_a_fault(
    root: Path, listed: bytes, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISTRAL_API_KEY", SECRET)
    before = snapshot(root)
    with Endpoint([[{"read": True}, {"answer": {"body": "<html>"}}]], listed) as endpoint:
        assert record(given("record", "mistral", "--account", "free", root=root), Asking(endpoint.address)) == 3
    assert snapshot(root) == before
    assert "nothing was recorded: the list is not JSON" in capfd.readouterr().err


DOUBTFUL: dict[str, Callable[[list[dict[str, Any]]], list[dict[str, Any]]]] = {
    "a third of the list": lambda rows: rows[: len(rows) // 3],
    "one model": lambda rows: rows[:1],
    "the list of somebody else": lambda rows: [{"id": f"model-{number}", "aliases": []} for number in range(40)],
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_is_no_verdict_is_no_recording(
    name: str, root: Path, listed: bytes, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages take the newest whole list for the truth, so a list that nobody would believe is not kept as one."""
    monkeypatch.setenv("MISTRAL_API_KEY", SECRET)
    before = snapshot(root)
    body = json.dumps({"data": DOUBTFUL[name](rows_of(listed))})
    with Endpoint([[{"read": True}, {"answer": {"body": body}}]], listed) as endpoint:
        asked = given("drift", "mistral", "--format", "json", root=root)
        assert drift(asked, Asking(endpoint.address)) == 3
        assert record(given("record", "mistral", "--account", "paid", root=root), Asking(endpoint.address)) == 3
    assert "nothing was recorded: " in (said := capfd.readouterr().err)
    assert "ids that we expect are missing at once, so this may be no whole list" in said
    assert snapshot(root) == before


def test_a_full_disk_records_nothing(
    root: Path, listed: bytes, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISTRAL_API_KEY", SECRET)
    before = snapshot(root)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Endpoint([[{"read": True}, {"answer": {}}]], listed) as endpoint:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))  # no file can be longer than 1,000 bytes
        try:
            code = record(given("record", "mistral", "--account", "paid", root=root), Asking(endpoint.address))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert code == 2
    said = "data/recordings/mistral cannot be written (File too large); check permissions and free space"
    assert said in capfd.readouterr().err
    assert snapshot(root) == before
