"""Each rule is the only one that sees its mistake: switched off, its case is no longer reported."""

from pathlib import Path
from typing import Any

import pytest
from keyway.reading import complaints, files
from keyway.reading.read import read
from keyway.reading.rules import RULES
from keyway.records import hosts, scalars
from keyway.text import characters, plain, source, syntax, tree
from keyway.text.source import CatalogueError
from projects import BASE, changed_project, load_cases

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
    read(BASE, [rule])


@pytest.mark.parametrize("name", BY_RULE)
def test_a_case_is_reported_by_its_rule(name: str, tmp_path: Path) -> None:
    rule = BY_RULE[name]["rule"]
    with pytest.raises(CatalogueError) as caught:
        read(changed_project(tmp_path, BY_RULE[name]))
    assert [p for p in caught.value.problems if p.rule == rule] != []


@pytest.mark.parametrize("name", BY_RULE)
def test_a_case_passes_when_its_rule_is_switched_off(name: str, tmp_path: Path) -> None:
    others = [rule for rule in RULES if rule.name != BY_RULE[name]["rule"]]
    read(changed_project(tmp_path, BY_RULE[name]), others)


KNOCKED_OUT = [
    (tree, "MAX_KEY", 10**9, "key-long"),
    (tree, "MAX_DEPTH", 900, "limit-depth-dashes"),
    (tree, "MAX_NODES", 10**9, "limit-values"),
    (source, "MAX_LINE", 10**9, "limit-line"),
    (files, "MAX_BYTES", 1000, "limit-bytes"),
    (tree, "meaning", lambda text: text, "truth-yes"),
    (tree, "meaning", lambda text: text, "count-octal"),
    (tree, "objections", lambda text: (), "character-bidi-escape"),
    (source, "objections", lambda text: (), "character-comment"),
    (characters, "BIDI", frozenset(), "character-bidi"),
    (characters, "BLANK", frozenset(), "character-blank-letter"),
    (plain, "OTHER_TRUTH", plain.DAY, "truth-no"),
    (plain, "CLOCK", plain.DAY, "text-clock"),
    (plain, "TIME", plain.DAY, "text-time"),
    (plain, "OTHER_NUMBER", plain.DAY, "count-exponent"),
    (plain, "NOTHING", frozenset(), "temperature-tilde"),
    (plain, "LONGEST_NUMBER", 10**4, "count-digits"),
    (syntax, "ADVICE", (), "syntax-two-commas"),
    (scalars, "PlainDay", type("Nothing", (), {}), "text-date"),
    (scalars, "address_problem", lambda value: None, "address-host"),
    (hosts, "LINK_HOSTS", frozenset(("docs.mistral.ai", "mistral.example")), "address-host"),
    (complaints, "SUGGESTED", 0, "field-unknown-near"),
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
        read(project)
    except CatalogueError as error:
        return f"{error}\n"
    return ""
