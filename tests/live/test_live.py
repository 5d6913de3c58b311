"""The catalogue against the real endpoints: `pytest -m live`, with keys in the environment.

Without a key a test is skipped and says which; with LIVE_REQUIRED=1 it fails instead.
"""

import os
from datetime import UTC, datetime
from functools import cache
from typing import NoReturn

import pytest
from keyway.evidence.compare import COMPARED, compare
from keyway.evidence.list_formats import Unusable
from keyway.evidence.recording import Recording, read_recordings
from keyway.evidence.report import sentence
from keyway.evidence.verdict import Verdict
from keyway.live.drift import targets
from keyway.live.endpoint import Target, ask, target
from keyway.live.secret import Secret
from keyway.loading.load import load_catalogue
from keyway.schema.model import FACTS
from support.paths import PROJECT

CATALOGUE = load_catalogue(PROJECT)
RECORDINGS = read_recordings(PROJECT)

LISTS = {
    f"{provider.id}/{name}": target(provider, name)
    for provider in CATALOGUE.providers.values()
    for name in dict.fromkeys(
        where.endpoint
        for where in targets(
            provider, dict.fromkeys((target(provider, one).variable for one in provider.endpoints), "set")
        )
    )
}
"""Every list that has a key of its own: Mistral's two hosts, DeepSeek's, and Zhipu's abroad and in China."""

OPTIONAL = {"BIGMODEL_API_KEY"}
"""A Zhipu account belongs to one of two platforms, so nobody is asked to have both keys."""

LISTS = {
    name: where for name, where in LISTS.items() if where.variable not in OPTIONAL or os.environ.get(where.variable)
}

FACTS = {
    "ids": (None, "unlisted"),
    "aliases": ("aliases",),
    "temperature": ("temperature",),
    "flags": tuple(name for name in COMPARED if FACTS[name].shown == "flag"),
    "context": ("context",),
    "retirement": ("retired",),
}
"""Kind of fact -> the fields of its verdicts."""

WRONG_KEY = "keyway-wrong-key-on-purpose-0000"

pytestmark = pytest.mark.live


def leave_out(reason: str) -> NoReturn:
    if os.environ.get("LIVE_REQUIRED") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@cache
def answered(where: Target) -> Recording | str:
    """What the endpoint lists now, asked once; or why there is no list."""
    try:
        return ask(where, Secret.of(where.variable, os.environ), datetime.now(UTC).date())
    except Unusable as problem:
        return problem.reason


@cache
def verdicts(where: Target) -> tuple[Verdict, ...]:
    answer = answered(where)
    assert isinstance(answer, Recording), answer
    models = CATALOGUE.models[where.provider]
    return tuple(compare(CATALOGUE.providers[where.provider], models, answer, RECORDINGS.get(where.provider, ())))


@pytest.mark.parametrize("kind", FACTS)
@pytest.mark.parametrize("name", LISTS)
def test_the_endpoint_says_what_we_say(name: str, kind: str) -> None:
    where = LISTS[name]
    if not os.environ.get(where.variable):
        leave_out(f"{where.variable} is not set, so {name} is not asked")
    other = [one for one in verdicts(where) if one.verdict != "same"]
    assert not [one.why for one in other if one.verdict == "no-verdict"]
    assert [sentence(one) for one in other if one.field in FACTS[kind]] == []


@pytest.mark.parametrize("name", LISTS)
def test_a_wrong_key_gets_the_documented_401(name: str) -> None:
    where = LISTS[name]
    if not os.environ.get(where.variable):
        leave_out(f"{where.variable} is not set, so {name} is not asked, not even with a wrong key")
    with pytest.raises(Unusable, match="answered 401") as caught:
        ask(where, Secret(where.variable, WRONG_KEY), datetime.now(UTC).date())
    assert caught.value.ours
