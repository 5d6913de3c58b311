"""Every snippet in the hands of its client, before providers on the loopback (`provider_server.py`).

Run as a reader would, the very text, only with a proxy and one certificate more in the environment: curl, the openai
and mistralai packages for Python, the Vercel AI SDK, Aider, OpenCode, Kilo Code's terminal program and LiteLLM's proxy.
LiteLLM's loader and router take the file of every endpoint; Continue's own reader (@continuedev/config-yaml) and the
JavaScript parser take those of every model.

Not run: Zed, which no package offers (its files are held against the types of its settings, as its source has them:
`clients/zed.schema.json`), the editors' extensions of Continue and Kilo Code (their files are read by the packages
named above), and the clients that are set up by hand and take no file. OpenCode and Kilo Code run on Linux with an
x64 processor alone, where their packages are installed. Which versions run stands in `tried` of each client's data.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

import httpx
import jsonschema
import pytest
from keyway.exports.curl import curl, trial_request
from keyway.exports.filters import filters
from keyway.exports.snippets import Block, snippets
from keyway.schema.model import Model
from support.leaving_out import leave_out
from support.provider_server import ANSWER, Providers, Seen
from support.snippet_inputs import PROJECT, Subject, catalogue, inputs, whose, written

HERE = PROJECT / "tests" / "clients"
PROGRAMS = {
    "opencode": "opencode-linux-x64-baseline/bin/opencode",
    "kilo": "@kilocode/cli-linux-x64-baseline/bin/kilo",
}
PATIENCE = 120
"""Seconds that one run of a client may take on a slow machine."""
QUIET = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "NO_COLOR": "1",
    "OPENCODE_DISABLE_AUTOUPDATE": "1",
    "OPENCODE_DISABLE_MODELS_FETCH": "1",
    "KILO_DISABLE_AUTOUPDATE": "1",
    "KILO_DISABLE_MODELS_FETCH": "1",
    "KILO_TELEMETRY_LEVEL": "off",
    "KILO_NO_DAEMON": "1",
    "KILO_DISABLE_CODEBASE_INDEXING": "1",
    "KILO_DISABLE_DEFAULT_PLUGINS": "1",
}
"""What keeps clients from errands of their own; the proxy refuses whatever they try all the same."""
AIDER_ALONE = (
    "--no-git --yes-always --no-check-update --analytics-disable --no-show-release-notes --no-pretty --message hello"
)

Start = tuple[str, str, str]
"""A provider, one of its endpoints, and an id."""
Ran = subprocess.CompletedProcess[str]

pytestmark = pytest.mark.clients


def starts() -> list[Start]:
    """Provider, endpoint and id: the recommended model at each endpoint, or the free one where only that is served."""
    found = []
    for provider in catalogue().providers.values():
        for endpoint in provider.endpoints.values():
            names = [name for name in (provider.recommended, provider.recommended_free) if name]
            served = (n for n in names if endpoint.models == "all" or _model(provider.id, n).id in endpoint.models)
            found += [(provider.id, endpoint.id, name) for name in islice(served, 1)]
    return found


def _model(provider: str, name: str) -> Model:
    model = catalogue().find(provider, name)
    assert model
    return model


STARTS = starts()
MISTRAL = next(start for start in STARTS if start[0] == "mistral")
FREE = [
    (provider.id, next(iter(provider.endpoints)), provider.recommended_free)
    for provider in catalogue().providers.values()
    if provider.recommended_free
]
"""The free model of each provider, at the endpoint that the provider is known by."""
SLOW = ("kilo-code", "opencode")
"""Clients that take long: tried once with each provider, and at Mistral's second host."""


def about(client: str, start: Start) -> Subject:
    """The subject of a client and a start."""
    provider = catalogue().providers[start[0]]
    return catalogue().clients[client], provider, provider.endpoints[start[1]], _model(start[0], start[2]), start[2]


def reached(client: str) -> list[Start]:
    """The starts that a client has a snippet for, fewer of them where it is slow."""
    every = [*STARTS, *(FREE if client not in SLOW else ())]
    mine = [start for start in every if snippets(*about(client, start))]
    if client not in SLOW:
        return mine
    first = {start[0]: start for start in reversed(mine)}
    return [start for start in mine if start is first[start[0]] or start[0] == "mistral"]


def cases(client: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("start", reached(client), ids=" ".join)


@pytest.fixture(scope="module")
def providers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Providers]:
    if not shutil.which("openssl"):
        leave_out("the certificate of the loopback needs openssl: install it")
    with Providers(catalogue(), tmp_path_factory.mktemp("providers")).serving() as server:
        yield server


@pytest.fixture
def run(providers: Providers, tmp_path: Path) -> Callable[..., Ran]:
    """Run a command as a reader who has the keys in the environment; files go where snippets say."""
    providers.reset()
    home, work = tmp_path / "home", tmp_path / "work"
    home.mkdir()
    work.mkdir()

    def run(
        *command: str, blocks: tuple[Block, ...] = (), path: Path | None = None, given: str = "", **more: str
    ) -> Ran:
        for block in blocks:
            if block.file:
                file = home / block.file[2:] if block.file.startswith("~/") else work / block.file
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(block.text, encoding="utf-8")
        return subprocess.run(
            command,
            cwd=work,
            env=environment(providers, home, path) | more,
            input=given,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    return run


def environment(providers: Providers, home: Path, path: Path | None = None) -> Mapping[str, str]:
    before = f"{path}{os.pathsep}" if path else ""
    return {"PATH": before + os.environ["PATH"], "HOME": str(home), **QUIET, **providers.environment()}


def installed(pattern: str) -> Path:
    program = next(PROJECT.glob(pattern), None)
    if not program:
        leave_out(f"{pattern.rpartition('/')[2]} is not installed: run `make clients`")
    return program


def assert_taken(providers: Providers, subject: Subject, ran: Ran, route: str = "chat") -> Seen:
    """The client asked the right path of the right host with the right key for the right model, and was answered."""
    _, provider, endpoint, _, name = subject
    told = f"{whose(subject)}: {ran.stdout[-2000:]} {ran.stderr[-2000:]}"
    assert ran.returncode == 0, told
    assert providers.refused() == [], told
    asked = providers.taken(endpoint.routes[route])
    assert asked, told
    for seen in asked:
        assert "https://" + seen.host + seen.path == endpoint.base_url + endpoint.routes[route], told
        assert seen.key == providers.key(provider.keys[endpoint.key].variable), told
        assert seen.body["model"] == name, told
    return asked[-1]


def programs(subject: Subject, language: str) -> dict[str, Block]:
    """The programs of a snippet by what they do."""
    blocks = (block for block in snippets(*subject) if block.language == language)
    return {block.title: block for block in blocks if block.title != "install"}


@cases("curl")
def test_curl_asks_streams_and_fills_in(start, providers, run):
    subject = about("curl", start)
    for title, block in programs(subject, "bash").items():
        providers.reset()
        ran = run("bash", "-c", block.text)
        seen = assert_taken(providers, subject, ran, "fim" if title == "fim" else "chat")
        assert bool(seen.body.get("stream")) == (title == "stream") == ("[DONE]" in ran.stdout)


@cases("openai-python")
def test_the_openai_package_asks_and_streams(start, providers, run, clients_python):
    subject = about("openai-python", start)
    for title, block in programs(subject, "python").items():
        providers.reset()
        ran = run(str(clients_python), "-c", block.text)
        seen = assert_taken(providers, subject, ran)
        assert bool(seen.body.get("stream")) == (title == "stream")
        assert ran.stdout == "".join(ANSWER) + "\n"


@cases("mistralai-python")
def test_mistrals_package_asks_streams_and_fills_in(start, providers, run, clients_python):
    subject = about("mistralai-python", start)
    for title, block in programs(subject, "python").items():
        providers.reset()
        ran = run(str(clients_python), "-c", block.text)
        seen = assert_taken(providers, subject, ran, "fim" if title == "fim" else "chat")
        assert bool(seen.body.get("stream")) == (title == "stream")
        assert ran.stdout == "".join(ANSWER) + "\n"


@cases("vercel-ai-sdk")
def test_the_vercel_ai_sdk_asks_and_streams(start, providers, run, node, tmp_path):
    subject = about("vercel-ai-sdk", start)
    modules = installed("tests/clients/node_modules")
    (tmp_path / "work" / "node_modules").symlink_to(modules)
    for title, block in programs(subject, "javascript").items():
        providers.reset()
        (tmp_path / "work" / "chat.mjs").write_text(block.text, encoding="utf-8")
        ran = run(str(node), "chat.mjs")
        seen = assert_taken(providers, subject, ran)
        assert bool(seen.body.get("stream")) == (title == "stream")
        assert ran.stdout == "".join(ANSWER) + "\n"


CATCH = "except openai.UnprocessableEntityError as error:\n    import json; print(json.dumps(error.body['message']))\n"
"""What a reader's program would do with a refusal."""


def indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())


@pytest.mark.parametrize("field", ["store", "max_completion_tokens", "seed", "something"])
def test_a_field_that_mistral_does_not_know_comes_back_in_its_own_words(field, providers, run, clients_python):
    """The same programs with one field more: what passes above passes because nothing else was in it."""
    start = MISTRAL
    text = programs(about("curl", start), "bash")["chat"].text.replace('"messages"', f'"{field}": 1,\n  "messages"')
    ran = run("bash", "-c", text)
    assert [seen.status for seen in providers.seen] == [422]
    assert json.loads(ran.stdout) == {
        "object": "error",
        "message": {
            "detail": [
                {"type": "extra_forbidden", "loc": ["body", field], "msg": "Extra inputs are not permitted", "input": 1}
            ]
        },
        "type": "invalid_request_error",
        "param": None,
        "code": None,
    }
    text = programs(about("openai-python", start), "python")["chat"].text
    catching = text.replace("    messages=", f'    extra_body={{"{field}": 1}},\n    messages=')
    ran = run(str(clients_python), "-c", f"import openai\ntry:\n{indented(catching)}{CATCH}")
    assert json.loads(ran.stdout)["detail"][0]["loc"] == ["body", field], ran.stderr


def test_a_key_of_one_host_is_refused_by_the_other(providers, run):
    text = programs(about("curl", MISTRAL), "bash")["chat"].text.replace("api.mistral.ai", "codestral.mistral.ai")
    ran = run("bash", "-c", text)
    assert [seen.status for seen in providers.seen] == [401]
    assert json.loads(ran.stdout) == {"detail": "Invalid API Key"}


def test_the_javascript_of_every_model_is_a_module_that_asks_for_it(node, run, providers):
    blocks = {block.text: (told, subject) for told, subject, block in written() if block.language == "javascript"}
    script, texts = str(HERE / "javascript.mjs"), json.dumps(list(blocks))
    ran = run(str(node), "--no-warnings", "--experimental-vm-modules", script, given=texts)
    assert ran.returncode == 0, ran.stderr
    for (told, (_, provider, endpoint, _, name)), heard in zip(blocks.values(), json.loads(ran.stdout), strict=True):
        assert "error" not in heard, f"{told}: {heard}"
        assert heard["request"] == {"model": name, "prompt": "Say hello."}, told
        assert heard["options"]["baseURL"].startswith("https://"), told
        assert heard["options"]["apiKey"] == providers.key(provider.keys[endpoint.key].variable), told


def test_continues_own_reader_takes_the_file_of_every_model(node, run):
    installed("tests/clients/node_modules/@continuedev")
    blocks = [one for one in written() if one[1][0].id == "continue" and one[2].main]
    texts = [*(block.text for _, _, block in blocks), "name: x\nversion: 0.0.1\nmodels:\n  - name: 1\n"]
    ran = run(str(node), str(HERE / "continue.mjs"), given=json.dumps(texts))
    assert ran.returncode == 0, ran.stderr
    *read, broken = json.loads(ran.stdout)
    assert "error" in broken
    for (told, (_, provider, endpoint, _, name), _), heard in zip(blocks, read, strict=True):
        assert "error" not in heard, f"{told}: {heard}"
        variable = provider.keys[endpoint.key].variable
        assert heard["variables"] == [f"secrets.{variable}"], told
        (model,) = heard["config"]["models"]
        assert (model["model"], model["apiKey"]) == (name, f"value-of-secrets.{variable}"), told
        assert model.get("apiBase", endpoint.base_url).rstrip("/") == endpoint.base_url, told


def test_zeds_files_are_of_the_types_of_its_settings():
    schema = json.loads((HERE / "zed.schema.json").read_text(encoding="utf-8"))
    taken = jsonschema.Draft202012Validator(schema)
    for told, subject, block in written():
        if subject[0].id == "zed" and block.main:
            assert [error.message for error in taken.iter_errors(json.loads(block.text))] == [], told


@cases("aider")
def test_aider_starts_on_its_files_and_asks(start, providers, run):
    aider = installed(".venv-aider/bin/aider")
    subject = about("aider", start)
    blocks = snippets(*subject)
    command = next(block.text for block in blocks if block.title == "start").strip()
    ran = run("bash", "-c", f"{command} {AIDER_ALONE}", blocks=blocks, path=aider.parent)
    seen = assert_taken(providers, subject, ran)
    assert "".join(ANSWER) in ran.stdout
    assert "expects these environment variables" not in ran.stdout
    model = subject[3]
    if model.context:
        assert "Unknown context window" not in ran.stdout
    if model.temperature:
        assert seen.body["temperature"] == model.temperature


@cases("opencode")
def test_opencode_starts_on_its_file_and_asks(start, providers, run):
    program = installed(f"tests/clients/node_modules/{PROGRAMS['opencode']}")
    subject = about("opencode", start)
    ran = run(str(program), "run", "hello", blocks=snippets(*subject))
    assert_taken(providers, subject, ran)
    assert "".join(ANSWER) in ran.stdout


@cases("kilo-code")
def test_kilo_code_starts_on_its_file_and_asks(start, providers, run):
    program = installed(f"tests/clients/node_modules/{PROGRAMS['kilo']}")
    subject = about("kilo-code", start)
    ran = run(str(program), "run", "hello", blocks=snippets(*subject))
    assert_taken(providers, subject, ran)
    assert "".join(ANSWER) in ran.stdout


@pytest.mark.parametrize("client", ["opencode", "kilo-code"])
def test_a_file_that_is_wrong_is_refused_by_its_program(client, run):
    """The runs above prove something: a field of the wrong type does not pass."""
    program = installed(f"tests/clients/node_modules/{PROGRAMS[client.removesuffix('-code')]}")
    blocks = snippets(*about(client, MISTRAL))
    wrong = replace(blocks[0], text=re.sub(r'"context": \d+', '"context": "much"', blocks[0].text))
    ran = run(str(program), "run", "hello", blocks=(wrong,))
    assert ran.returncode != 0
    assert "context" in ran.stdout + ran.stderr


def test_litellm_loads_the_file_of_every_endpoint_and_routes_by_it(providers, run, tmp_path):
    python = installed(".venv-litellm/bin/python")
    paths, asked = [], []
    for number, start in enumerate(reached("litellm")):
        asked.append(about("litellm", start))
        paths.append(tmp_path / f"{number}.yaml")
        paths[-1].write_text(next(block.text for block in snippets(*asked[-1]) if block.main), encoding="utf-8")
    script = str(HERE / "litellm_router.py")
    ran = run(str(python), script, *map(str, paths), LITELLM_MASTER_KEY="sk-for-the-test-alone")
    assert ran.returncode == 0, ran.stderr
    said = "".join(ANSWER)
    for subject, heard in zip(asked, json.loads(ran.stdout.splitlines()[-1]), strict=True):
        _, provider, endpoint, _, name = subject
        assert heard == {"name": name, "answer": said, "stream": said, "settings": ["master_key"]}, whose(subject)
        address = endpoint.base_url + endpoint.routes["chat"]
        seen = [
            one for one in providers.taken() if f"https://{one.host}{one.path}" == address and one.body["model"] == name
        ]
        assert len(seen) == 2, whose(subject)
        assert {one.key for one in seen} == {providers.key(provider.keys[endpoint.key].variable)}, whose(subject)
    assert providers.refused() == []


@contextmanager
def proxy(command: str, providers: Providers, folder: Path, **more: str) -> Iterator[str]:
    """LiteLLM's proxy, started by `command` in `folder`/work; its port, which takes that of 4000's place."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = command.strip().replace("--port 4000", f"--port {port}")
    assert command.endswith(port)
    path = installed(".venv-litellm/bin/litellm").parent
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            ["bash", "-c", f"exec {command}"],
            cwd=folder / "work",
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            env=environment(providers, folder / "home", path) | more,
        )
    try:
        _await(f"http://127.0.0.1:{port}/health/liveliness", process, folder / "log")
        yield port
    finally:
        process.terminate()
        process.wait()


def test_litellms_proxy_starts_as_the_snippet_says_and_passes_a_request_on(providers, run, tmp_path):
    """Only the port is another: 4000 may be taken."""
    subject = about("litellm", MISTRAL)
    blocks = {block.title: block for block in snippets(*subject)}
    run("true", blocks=tuple(blocks.values()))
    own_key = run("bash", "-c", blocks["own_key"].text).stdout.strip()
    assert re.fullmatch(r"sk-[0-9a-f]{64}", own_key)
    with proxy(blocks["start"].text, providers, tmp_path, LITELLM_MASTER_KEY=own_key) as port:
        ask = blocks["ask"].text.replace(":4000/", f":{port}/")
        ran = run("bash", "-c", ask, LITELLM_MASTER_KEY=own_key)
        assert_taken(providers, subject, ran)
        assert json.loads(ran.stdout)["choices"][0]["message"]["content"] == "".join(ANSWER)
        providers.reset()
        more = ask.replace('"messages"', '"max_completion_tokens": 9,\n  "stream": true,\n  "messages"')
        ran = run("bash", "-c", more, LITELLM_MASTER_KEY=own_key)
        assert assert_taken(providers, subject, ran).body["max_tokens"] == 9
        assert "[DONE]" in ran.stdout
        providers.reset()
        refused = run("bash", "-c", ask.replace("curl", "curl --include"), LITELLM_MASTER_KEY="sk-another")
        assert re.match(r"HTTP/1.1 4\d\d ", refused.stdout)
        assert providers.seen == []


REFUSED = {"store": True, "user": "someone", "logit_bias": {"1": 2}}
"""What Mistral refuses and nothing replaces."""
KEPT = {"presence_penalty": 0.5, "frequency_penalty": 0.5, "n": 1}
"""What LiteLLM's own list lacks and Mistral accepts."""


@contextmanager
def started_by_the_page(providers: Providers, run: Callable[..., Ran], folder: Path) -> Iterator[tuple[str, dict]]:
    """The proxy by the commands on the filter's page, on the file it has in `folder`: where it answers, and its key."""
    page = (PROJECT / "docs" / "en" / "filters" / "litellm.md").read_text(encoding="utf-8")
    (key_command,), (start,) = (
        re.findall(r"`(export LITELLM_MASTER_KEY=.+)`", page),
        re.findall(r"`(litellm --.+)`", page),
    )
    own_key = {"LITELLM_MASTER_KEY": run("bash", "-c", f'{key_command}; echo -n "$LITELLM_MASTER_KEY"').stdout}
    with proxy(start, providers, folder, **own_key) as port:
        yield f"http://127.0.0.1:{port}/v1/chat/completions", own_key


def test_litellms_proxy_on_the_filters_file_sends_only_what_mistral_takes(providers, run, tmp_path):
    """The request of the filter's page, then one with more; straight to Mistral, both are refused."""
    subject = about("litellm", MISTRAL)
    _, mistral, endpoint, _, name = subject
    assert name == mistral.recommended
    variable = mistral.keys[endpoint.key].variable
    full = {"model": name, "messages": [{"role": "user", "content": "Hi"}], "max_completion_tokens": 9, "seed": 4}
    direct = endpoint.base_url + endpoint.routes["chat"]
    for command in (trial_request(direct, variable, name), curl(direct, variable, full | REFUSED | KEPT)):
        run("bash", "-c", command)
    assert [seen.status for seen in providers.seen] == [422, 422]

    config = filters(mistral, catalogue().clients)["litellm.yaml"]
    (tmp_path / "work" / "config.yaml").write_text(config, encoding="utf-8")
    with started_by_the_page(providers, run, tmp_path) as (there, own_key):
        providers.reset()
        ran = run("bash", "-c", trial_request(there, "LITELLM_MASTER_KEY", name), **own_key)
        sent = assert_taken(providers, subject, ran).body
        assert sent["max_tokens"] == 20
        assert not {"user", "max_completion_tokens"} & sent.keys()
        providers.reset()
        ran = run("bash", "-c", curl(there, "LITELLM_MASTER_KEY", full | REFUSED | KEPT), **own_key)
        sent = assert_taken(providers, subject, ran).body
        assert {name: sent.get(name) for name in KEPT} == KEPT
        assert (sent["max_tokens"], sent["random_seed"]) == (9, 4)
        assert not {*REFUSED, "max_completion_tokens", "seed"} & sent.keys()


def test_without_the_names_that_the_filter_lets_through_litellm_drops_them(providers, run, tmp_path):
    """So the filter's line is needed with the version that is tried."""
    subject = about("litellm", MISTRAL)
    _, mistral, _, _, name = subject
    config = filters(mistral, catalogue().clients)["litellm.yaml"]
    less = "".join(line for line in config.splitlines(keepends=True) if "allowed_openai_params" not in line)
    assert less != config
    (tmp_path / "work" / "config.yaml").write_text(less, encoding="utf-8")
    with started_by_the_page(providers, run, tmp_path) as (there, own_key):
        providers.reset()
        body = {"model": name, "messages": [{"role": "user", "content": "Hi"}], **KEPT}
        ran = run("bash", "-c", curl(there, "LITELLM_MASTER_KEY", body), **own_key)
        assert not KEPT.keys() & assert_taken(providers, subject, ran).body.keys()


def _await(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until the address answers, or the process has ended, or too long has passed."""
    ends = time.monotonic() + PATIENCE
    with httpx.Client(trust_env=False) as client:
        while time.monotonic() < ends:
            try:
                client.get(address)
            except httpx.TransportError:
                try:
                    process.wait(timeout=0.2)
                except subprocess.TimeoutExpired:
                    continue
                break
            else:
                return
    pytest.fail(f"LiteLLM's proxy did not start:\n{log.read_text(errors='replace')[-3000:]}")


def test_every_client_that_a_program_reads_is_tried_with_every_provider_it_reaches():
    tried = {(client, start[0]) for client in {subject[0].id for subject in inputs()} for start in reached(client)}
    assert tried == {(client.id, provider.id) for provider, client in catalogue().pairs() if client.config}
