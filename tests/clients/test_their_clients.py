"""The vendors' own clients read the same replay that our client reads, so that our idea of the shape is theirs."""

import json
import os
import subprocess
from datetime import date
from pathlib import Path

import pytest
from keyway.evidence.recording import Recording, newest_complete
from keyway.evidence.recording_folder import read_recordings
from keyway.live.endpoint import Patience, ask, target
from keyway.live.secret import Secret
from keyway.loading.load import load_catalogue
from support.endpoint_server import Endpoint
from support.paths import PROJECT

SECRET = "sk-keyway-7f3a9d-do-not-show"

MISTRALAI = """
import json, os, sys
from mistralai.client import Mistral

with Mistral(api_key=os.environ["MISTRAL_API_KEY"], server_url=sys.argv[1]) as client:
    cards = client.models.list().data
print(json.dumps([card.model_dump(mode="json") for card in cards]))
"""

OPENAI = """
import json, os, sys
from openai import OpenAI

with OpenAI(api_key=os.environ["API_KEY"], base_url=sys.argv[1]) as client:
    print(json.dumps([model.id for model in client.models.list()]))
"""


def listed(recording: Recording) -> bytes:
    usual = {"object": "model", "created": 1791417600, "owned_by": "them"}
    return json.dumps({"object": "list", "data": [usual | dict(row.said) for row in recording.rows]}).encode()


def run(python: Path, script: str, address: str, **environment: str) -> object:
    done = subprocess.run(
        [python, "-c", script, address], env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def ours(provider: str, address: str) -> Recording:
    where = target(load_catalogue(PROJECT).providers[provider])
    return ask(
        where, Secret(where.variable, SECRET), date(2026, 10, 8), loopback=address, patience=Patience(attempts=1)
    )


@pytest.mark.parametrize("day", ["2025-12-30", "2026-10-08"])
def test_mistral_s_client_reads_what_we_read(day: str, clients_python: Path) -> None:
    recording = next(one for one in read_recordings(PROJECT)["mistral"] if one.day == date.fromisoformat(day))
    with Endpoint([[{"read": True}, {"answer": {}}]], listed(recording)) as endpoint:
        cards = run(clients_python, MISTRALAI, endpoint.address, MISTRAL_API_KEY=SECRET)
        rows = ours("mistral", endpoint.address).rows
    assert [request.split("\r\n")[0] for request in endpoint.requests] == ["GET /v1/models HTTP/1.1"] * 2
    assert [card["id"] for card in cards] == [row.id for row in rows]
    for card, row in zip(cards, rows, strict=True):
        facts, can = row.facts, card["capabilities"]
        assert tuple(card["aliases"]) == facts["aliases"]
        assert card["max_context_length"] == facts["context"]
        assert card["default_model_temperature"] == facts["temperature"]
        assert (card["deprecation"] or "")[:10] == (facts["retired"].isoformat() if facts["retired"] else "")
        assert (can["completion_chat"], can["function_calling"], can["vision"], can["completion_fim"]) == (
            facts["chat"],
            facts["function_calling"],
            facts["vision"],
            facts["fim"],
        )
        assert can["reasoning"] == facts.get("reasoning", can["reasoning"])


@pytest.mark.parametrize("provider", ["deepseek", "zhipu"])
def test_openai_s_client_reads_what_we_read(provider: str, clients_python: Path) -> None:
    recording = newest_complete(read_recordings(PROJECT)[provider])
    where = target(load_catalogue(PROJECT).providers[provider])
    with Endpoint([[{"read": True}, {"answer": {}}]], listed(recording)) as endpoint:
        base = (
            endpoint.address + where.address.removeprefix("https://").partition("/")[1] + where.address.split("/", 3)[3]
        )
        ids = run(clients_python, OPENAI, base.removesuffix("/models"), API_KEY=SECRET)
        rows = ours(provider, endpoint.address).rows
    assert ids == [row.id for row in rows]
    assert len({request.split("\r\n")[0] for request in endpoint.requests}) == 1
