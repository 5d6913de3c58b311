"""The configuration of clients: right for its format, its endpoint and its model, whatever their names are."""

import ast
import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from keyway.exports.quoting import bare, json_string, literal
from keyway.exports.snippets import WRITERS, snippet, snippets
from keyway.exports.snippets.choices import choices, table
from keyway.exports.snippets.highlighting import highlighted
from keyway.schema.hosts import KEY_HOSTS
from support.projects import load_cases
from support.snippet_inputs import catalogue, inputs, records, speaking, whose, written

CASES = load_cases("snippets")["texts"]
ADDRESS = re.compile(r"https?://[^\s\"'\\]+")
OTHER_ADDRESSES = {"https://opencode.ai/config.json", "http://127.0.0.1:4000/v1/chat/completions"}
SECRET = re.compile(r"sk-[A-Za-z0-9]{8,}|[A-Za-z0-9]{32,}")
HOSTILE = (
    "it's",
    'say "hi"',
    "$(touch owned)",
    "`touch owned`",
    "a\nb: c",
    "a\\",
    "a\\n",
    "${{ secrets.X }}",
    "{{ 7 * 7 }}",
    "{env:HOME}",
    "# no",
    "- no",
    "no: yes",
    "null",
    "1e3",
    "0x10",
    "true",
    "~",
    "*x",
    "&x",
    "!x",
    "%x",
    "@x",
    "a'\"b",
    "'; rm -rf /; '",
    "</script><script>",
    "\u202egnp",
    "\x00",
    "\x7f",
    "\u2028",
    "模型",
    "😀",
    "\ufeffx",
    " x ",
)
"""Names that a format could take for something else; the reader refuses them all, and a snippet keeps them harmless."""
ORDINARY = ("codestral-latest", "glm-5.3", "mistral/codestral-latest", "https://api.z.ai/api/paas/v4/")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['client']} {case['endpoint']} {case['name']}")
def test_a_snippet_is_written_as_it_is_known_to_work(case):
    provider, models = records()
    model = next(model for model in models.values() if case["name"] in model.ids)
    client, endpoint = catalogue().clients[case["client"]], provider.endpoints[case["endpoint"]]
    blocks = snippets(client, provider, endpoint, model, case["name"])
    assert [
        {"title": block.title, "language": block.language, "file": block.file, "main": block.main, "text": block.text}
        for block in blocks
    ] == case["blocks"]


def test_every_client_with_a_file_or_code_has_a_writer():
    assert {client.id for client in catalogue().clients.values() if client.config} == set(WRITERS)


def test_every_snippet_is_read_by_a_parser_of_its_format():
    readers = {"json": json.loads, "yaml": yaml.safe_load, "toml": tomllib.loads, "python": ast.parse}
    shell: dict[str, str] = {}
    for told, _, block in written():
        if block.language == "bash":
            shell.setdefault(block.text, told)
        elif block.language != "javascript":  # node reads that: tests/test_clients.py
            try:
                readers[block.language](block.text)
            except (ValueError, SyntaxError, yaml.YAMLError) as error:
                pytest.fail(f"{told}: {error}\n{block.text}")
    for text, told in shell.items():
        checked = subprocess.run(["bash", "-n"], input=text, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, f"{told}: {checked.stderr}\n{text}"


def test_a_snippet_sends_its_key_to_its_own_endpoint_and_nowhere_else():
    for told, (_, _, endpoint, _, _), block in written():
        for address in ADDRESS.findall(block.text):
            ours = (endpoint.base_url + "/", _root(endpoint) + "/")
            assert address in OTHER_ADDRESSES or (address + "/").startswith(ours), f"{told}: {address}"
            assert not set(address) & set("?@#"), f"{told}: {address}"


def _root(endpoint) -> str:
    return re.match(r"https://[^/]+", endpoint.base_url)[0]


def test_a_snippet_reads_the_key_of_its_endpoint_and_no_other():
    ours = {variable for hosts in KEY_HOSTS.values() for variable in hosts.values()}
    for subject in inputs():
        client, provider, endpoint, _, _ = subject
        blocks = snippets(*subject)
        if not blocks:
            continue
        text = "\n".join(block.text for block in blocks)
        variable = provider.keys[endpoint.key].variable
        # A client that reads a variable of its own is given ours under that name; Zed and Aider find some unasked.
        read = set(re.findall(r"[A-Z]+_API_KEY", re.sub(r"[A-Z]+_API_KEY=\"\$", '"$', text))) & ours
        assert read <= {variable}, whose(subject)
        assert variable in text or client.id in ("zed", "aider"), whose(subject)


def test_no_snippet_holds_a_key():
    for told, _, block in written():
        assert not SECRET.search(ADDRESS.sub("", block.text)), told


MODEL = {
    "aider": lambda text: yaml.safe_load(text)["model"].split("/", 1)[1],
    "claude-code": lambda text: json.loads(text)["env"]["ANTHROPIC_MODEL"],
    "codex": lambda text: tomllib.loads(text)["model"],
    "continue": lambda text: yaml.safe_load(text)["models"][0]["model"],
    "curl": lambda text: json.loads(re.search(r"--data '(.*)'", text, re.DOTALL)[1])["model"],
    "kilo-code": lambda text: json.loads(text)["model"].split("/", 1)[1],
    "litellm": lambda text: yaml.safe_load(text)["model_list"][0]["litellm_params"]["model"].split("/", 1)[1],
    "mistralai-python": lambda text: _argument(text, "model"),
    "openai-python": lambda text: _argument(text, "model"),
    "opencode": lambda text: json.loads(text)["model"].split("/", 1)[1],
    "vercel-ai-sdk": lambda text: json.loads(re.search(r"model: \w+\((\".*\")\),", text)[1]),
    "zed": lambda text: json.loads(text)["agent"]["default_model"]["model"],
}
"""Client -> what reads the model that its file or program asks for."""


def test_a_snippet_names_its_model_where_the_client_looks_for_it():
    for subject in inputs():
        if snippets(*subject):
            assert MODEL[subject[0].id](snippet(*subject)) == subject[4], whose(subject)


def _argument(text: str, name: str) -> str:
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.keyword) and node.arg == name]
    return ast.literal_eval(calls[0].value)


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
@pytest.mark.parametrize("client", sorted(WRITERS))
def test_a_hostile_name_stays_a_name(client, name, tmp_path):
    provider, models = records()
    model = models["code-1"].model_copy(update={"name": name})
    tool = catalogue().clients[client]
    provider = speaking(tool, provider)
    blocks = snippets(tool, provider, provider.endpoints["codestral"], model, name)
    assert blocks
    same = {name, f"mistral/{name}", f"openai/{name}", f"mistral-codestral/{name}"}
    for block in blocks:
        if (
            block.title in ("install", "start", "own_key", "secret")
            or (client in ("claude-code", "codex") and not block.main)
            or "aider/extra_params" in block.text
        ):
            continue  # these name no model
        if block.language in WORDS:
            assert same & WORDS[block.language](block.text, tmp_path), block.text
    assert not list(tmp_path.iterdir())


def _words(value: object) -> set[str]:
    if isinstance(value, dict):
        return set().union(*(_words(part) for pair in value.items() for part in pair))
    if isinstance(value, list):
        return set().union(*(_words(part) for part in value))
    return {value} if isinstance(value, str) else set()


def _json_words(text: str, _: Path) -> set[str]:
    return _words(json.loads(text))


def _yaml_words(text: str, _: Path) -> set[str]:
    return _words(yaml.safe_load(text))


def _toml_words(text: str, _: Path) -> set[str]:
    return _words(tomllib.loads(text))


def _python_words(text: str, _: Path) -> set[str]:
    constants = (node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant))
    return {value for value in constants if isinstance(value, str)}


def _bash_words(text: str, folder: Path) -> set[str]:
    """What the shell hands to curl: the body is the last word."""
    program = 'curl() { printf "%s\\0" "$@"; }\n' + text
    ran = subprocess.run(["bash", "-c", program], cwd=folder, capture_output=True, text=True, check=True)
    return _words(json.loads(ran.stdout.rstrip("\0").split("\0")[-1]))


WORDS = {
    "json": _json_words,
    "yaml": _yaml_words,
    "toml": _toml_words,
    "python": _python_words,
    "bash": _bash_words,
}


@pytest.mark.parametrize("text", ["", *HOSTILE, "a" * 80, *ORDINARY], ids=ascii)
def test_every_way_of_quoting_gives_the_text_back(text):
    assert ast.literal_eval(literal(text)) == text
    assert yaml.safe_load(literal(text)) == text
    assert yaml.safe_load(bare(text)) == text
    assert json.loads(json_string(text)) == text


def test_a_window_that_is_smaller_than_the_assumed_one_is_compacted_earlier():
    provider, models = records()
    tool = catalogue().clients["claude-code"]
    provider = speaking(tool, provider)

    def env(window):
        model = models["code-1"].model_copy(update={"context": window})
        return json.loads(snippet(tool, provider, provider.endpoints["platform"], model))["env"]

    assert "CLAUDE_CODE_MAX_CONTEXT_TOKENS" not in env(None)
    assert env(1_000_000)["CLAUDE_CODE_MAX_CONTEXT_TOKENS"] == "1000000"
    assert "CLAUDE_CODE_AUTO_COMPACT_WINDOW" not in env(1_000_000)
    assert env(32_768)["CLAUDE_CODE_AUTO_COMPACT_WINDOW"] == "32768"


@pytest.mark.parametrize(("auth", "sent"), [("bearer", "ANTHROPIC_AUTH_TOKEN"), ("x-api-key", "ANTHROPIC_API_KEY")])
def test_claude_code_sends_the_key_in_the_header_that_the_endpoint_reads(auth, sent):
    provider, models = records()
    tool = catalogue().clients["claude-code"]
    provider = speaking(tool, provider, auth=auth)
    endpoint = provider.endpoints["platform"]
    start = next(b for b in snippets(tool, provider, endpoint, models["code-1"]) if b.title == "start")
    assert f'{sent}="${provider.key_of(endpoint).variable}" claude' in start.text
    assert start.text.count("ANTHROPIC_") == 2


def test_quoted_text_can_be_seen():
    for text in HOSTILE:
        assert literal(text).isprintable()
        assert json_string(text).isprintable()


def test_a_model_of_unknown_context_has_no_configuration_for_zed():
    provider, models = records()
    with pytest.raises(LookupError, match="zed has no configuration for mistral, platform, bare-1"):
        snippet(catalogue().clients["zed"], provider, provider.endpoints["platform"], models["bare-1"])


def test_a_client_without_a_file_has_no_configuration():
    provider, models = records()
    assert snippets(catalogue().clients["cursor"], provider, provider.endpoints["platform"], models["code-1"]) == ()


def test_a_guide_begins_with_the_recommended_model_and_lists_the_free_one_and_the_other_endpoints():
    provider, models = records()
    offered = choices(catalogue().clients["curl"], provider, models.values())
    assert (offered.start.endpoint.id, offered.start.name) == ("platform", "large-latest")
    others = [(other.endpoint.id, other.name) for other in offered.others]
    assert others == [("platform", "code-1"), ("codestral", "code-1")]


def test_a_guide_offers_every_id_at_every_endpoint_that_serves_it():
    provider, models = records()
    offered = choices(catalogue().clients["curl"], provider, models.values())
    assert [(variant.endpoint.id, variant.name) for variant in offered.variants] == [
        ("platform", "large-2"),
        ("platform", "large-latest"),
        ("platform", "code-1"),
        ("platform", "bare-1"),
        ("codestral", "code-1"),
    ]


def test_a_guide_of_a_client_without_a_file_offers_nothing():
    provider, models = records()
    assert choices(catalogue().clients["cursor"], provider, models.values()) is None


@pytest.mark.parametrize("client", sorted(WRITERS))
def test_the_table_of_a_guide_holds_the_very_texts(client):
    provider, models = records()
    tool = catalogue().clients[client]
    offered = choices(tool, speaking(tool, provider), models.values())
    tables = json.loads(json.dumps(table(offered, {"en": {}})))
    found = {}
    for endpoint in tables["endpoints"]:
        for model in endpoint["models"]:
            for name, numbers in model["ids"].items():
                blocks = [tables["blocks"][number] for number in numbers]
                found[endpoint["id"], name] = [(each["title"], each["file"], _text(tables, each)) for each in blocks]
    assert found == {
        (variant.endpoint.id, variant.name): [(block.title, block.file, block.text) for block in variant.blocks]
        for variant in offered.variants
    }
    assert {endpoint["id"]: (endpoint["variable"], endpoint["start"]) for endpoint in tables["endpoints"]} == {
        "platform": ("MISTRAL_API_KEY", "large-latest"),
        "codestral": ("CODESTRAL_API_KEY", "code-1"),
    }
    assert tables["start"] == "platform"


def _text(tables: dict, block: dict) -> str:
    return "".join("".join(tables["lines"][number][1::2]) + "\n" for number in block["lines"])


@pytest.mark.parametrize("language", ["bash", "json", "yaml", "python", "javascript"])
@pytest.mark.parametrize("text", ["a", "\n\na\n\n b\n", "'''\nx\n'''", "{", "  x  \n\ty", "模型 😀"])
def test_coloured_lines_are_the_text(text, language):
    assert "\n".join("".join(line[1::2]) for line in highlighted(text, language)) == text.rstrip("\n")
