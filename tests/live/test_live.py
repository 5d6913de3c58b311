"""The catalogue against the real endpoints: `pytest -m live`, with keys in the environment.

Without a key a test is skipped and says which; with LIVE_REQUIRED=1 it fails instead.
"""

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import NoReturn

import pytest
from keyway.evidence.compare import COMPARED, compare
from keyway.evidence.recording import Recording
from keyway.evidence.report import sentence
from keyway.evidence.row_values import Unusable
from keyway.evidence.verdict import Verdict
from keyway.live.drift import targets
from keyway.live.endpoint import Target, ask
from keyway.live.secret import Secret
from keyway.schema.catalogue import Catalogue
from keyway.schema.hosts import KEY_HOSTS
from keyway.schema.model import FACTS

OPTIONAL = {"BIGMODEL_API_KEY"}
"""A Zhipu account belongs to one of two platforms, so nobody is asked to have both keys."""

LISTS = {
    variable: provider
    for provider, hosts in KEY_HOSTS.items()
    for variable in hosts.values()
    if variable not in OPTIONAL or os.environ.get(variable)
}
"""Every list that has a key of its own, by the variable of that key: Mistral's two, DeepSeek's, Zhipu's two."""

KINDS = {
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


Verdicts = Callable[[Target], tuple[Verdict, ...]]


@pytest.fixture(scope="module")
def verdicts(catalogue: Catalogue, recordings: Mapping[str, tuple[Recording, ...]]) -> Verdicts:
    """What the newest answer of a list says of our facts."""

    def verdicts(where: Target) -> tuple[Verdict, ...]:
        answer = answered(where)
        assert isinstance(answer, Recording), answer
        models = catalogue.models[where.provider]
        earlier = recordings.get(where.provider, ())
        return tuple(compare(catalogue.providers[where.provider], models, answer, earlier))

    return verdicts


def asked(variable: str, catalogue: Catalogue) -> Target:
    """The list that takes the key of `variable`."""
    if not os.environ.get(variable):
        leave_out(f"{variable} is not set, so its list is not asked")
    (where,) = targets(catalogue.providers[LISTS[variable]], {variable: "set"})
    assert where.variable == variable
    return where


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("variable", LISTS)
def test_the_endpoint_says_what_we_say(variable: str, kind: str, catalogue: Catalogue, verdicts: Verdicts) -> None:
    other = [one for one in verdicts(asked(variable, catalogue)) if one.verdict != "same"]
    assert not [one.why for one in other if one.verdict == "no-verdict"]
    assert [sentence(one) for one in other if one.field in KINDS[kind]] == []


@pytest.mark.parametrize("variable", LISTS)
def test_a_wrong_key_gets_the_documented_401(variable: str, catalogue: Catalogue) -> None:
    where = asked(variable, catalogue)
    with pytest.raises(Unusable, match="answered 401") as caught:
        ask(where, Secret(where.variable, WRONG_KEY), datetime.now(UTC).date())
    assert caught.value.ours
