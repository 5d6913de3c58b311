"""Each rule is the only one that sees its mistake: switched off, its case is no longer reported."""

from pathlib import Path
from typing import Any

import pytest
from keyway.loading import files, messages
from keyway.loading.load import load_catalogue
from keyway.loading.rules import RULES
from keyway.schema import fields, hosts
from keyway.source import characters, parser, reader, scalars, syntax_errors
from keyway.source.problem import CatalogueError
from support.projects import BASE, changed_project, load_cases

MALFORMED = load_cases("malformed")
BY_RULE = {name: case for name, case in MALFORMED.items() if "rule" in case}
NAMES = [rule.name for rule in RULES]


def test_every_rule_has_a_failing_case_and_every_case_a_rule() -> None:
    assert {case["rule"] for case in BY_RULE.values()} == set(NAMES)


def test_rules_have_names_of_their_own_and_say_what_must_hold() -> None:
    assert len(set(NAMES)) == len(NAMES)
    assert [rule.name for rule in RULES if not rule.says.endswith(".")] == []


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_the_base_project_keeps_the_rule(rule: Any) -> None:
    load_catalogue(BASE, [rule])


@pytest.mark.parametrize("name", BY_RULE)
def test_a_case_is_reported_by_its_rule(name: str, tmp_path: Path) -> None:
    rule = BY_RULE[name]["rule"]
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(changed_project(tmp_path, BY_RULE[name]), until=BY_RULE[name].get("until"))
    assert [p for p in caught.value.problems if p.rule == rule] != []


@pytest.mark.parametrize("name", BY_RULE)
def test_a_case_passes_when_its_rule_is_switched_off(name: str, tmp_path: Path) -> None:
    others = [rule for rule in RULES if rule.name != BY_RULE[name]["rule"]]
    load_catalogue(changed_project(tmp_path, BY_RULE[name]), others, BY_RULE[name].get("until"))


KNOCKED_OUT = [
    (parser, "MAX_KEY", 10**9, "key-long"),
    (parser, "MAX_DEPTH", 900, "limit-depth-dashes"),
    (parser, "MAX_NODES", 10**9, "limit-values"),
    (reader, "MAX_LINE", 10**9, "limit-line"),
    (files, "MAX_BYTES", 1000, "limit-bytes"),
    (parser, "scalar_value", lambda text: text, "truth-yes"),
    (parser, "scalar_value", lambda text: text, "count-octal"),
    (parser, "objections", lambda text: (), "character-bidi-escape"),
    (reader, "objections", lambda text: (), "character-comment"),
    (characters, "BIDI", frozenset(), "character-bidi"),
    (characters, "BLANK", frozenset(), "character-blank-letter"),
    (scalars, "OTHER_TRUTH", scalars.DAY, "truth-no"),
    (scalars, "CLOCK", scalars.DAY, "text-clock"),
    (scalars, "TIME", scalars.DAY, "text-time"),
    (scalars, "OTHER_NUMBER", scalars.DAY, "count-exponent"),
    (scalars, "NOTHING", frozenset(), "temperature-tilde"),
    (scalars, "LONGEST_NUMBER", 10**4, "count-digits"),
    (syntax_errors, "ADVICE", (), "syntax-two-commas"),
    (fields, "PlainDay", type("Nothing", (), {}), "text-date"),
    (fields, "address_problem", lambda value: None, "address-host"),
    (hosts, "LINK_HOSTS", frozenset(("docs.mistral.ai", "mistral.example")), "address-host"),
    (messages, "SUGGESTED", 0, "field-unknown-near"),
]
"""(module, name of a check or limit in it, what it is without its force, the case that must come out otherwise)."""


@pytest.mark.parametrize(
    ("module", "check", "weak", "name"), KNOCKED_OUT, ids=[f"{c}:{n}" for _, c, _, n in KNOCKED_OUT]
)
def test_a_check_that_is_weakened_is_missed(
    module: Any, check: str, weak: Any, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, check, weak)
    assert outcome(changed_project(tmp_path, MALFORMED[name])) != MALFORMED[name]["expected"]


def outcome(project: Path) -> str:
    """What a reader of the messages sees; nothing when all is well."""
    try:
        load_catalogue(project)
    except CatalogueError as error:
        return f"{error}\n"
    return ""
