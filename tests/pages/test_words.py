"""Every short text of data/words.yml is printed somewhere: by name, or for a value that somebody can have."""

import re

import pytest
from keyway.loading.load import load_catalogue
from support.paths import PROJECT

WORDS = load_catalogue(PROJECT, rules=()).words

TEMPLATES = ("docs/en/**/*.md", "overrides/parts/*.html")
BY_NAME = {
    "site": ("overrides/*.html", "overrides/partials/**/*.html"),
    "checker": ("docs/assets/js/request-checker.js",),
    "decoder": ("docs/assets/js/error-decoder.js",),
    "snippet": ("docs/assets/js/snippets.js",),
}
"""Group that a script or the theme gets as `words`, alone -> the files that take words from it by name."""

RECORDS = "hooks/keyway/schema/*.py"
BY_VALUE = {
    "nav": ("mkdocs.yml",),
    "status": (RECORDS, "hooks/keyway/pages/status.py"),
    "tier": (RECORDS,),
    "kind": (RECORDS,),
    "free": (RECORDS,),
    "lifecycle": (RECORDS,),
    "column": ("overrides/parts/table.html", "overrides/parts/request.html", "hooks/keyway/pages/queries.py"),
    "limit": (RECORDS, "overrides/parts/table.html"),
    "price": (RECORDS,),
    "documentation": ("data/providers/*.yml",),
    "client_kind": (RECORDS,),
    "route": ("data/providers/*.yml",),
    "request": ("hooks/keyway/pages/disputes.py",),
    "fidelity": (RECORDS,),
    "error": ("data/providers/*.yml",),
    "address": (RECORDS,),
    "history": ("hooks/keyway/evidence/history.py",),
    "change": ("hooks/keyway/evidence/history.py", "hooks/keyway/exports/*.py"),
    "checker": ("docs/assets/js/request-validate.js",),
    "decoder": ("docs/assets/js/error-match.js", RECORDS),
    "snippet": ("hooks/keyway/exports/snippets/*.py",),
}
"""Group whose words are chosen by a value -> the files that name the values, in quotes or as a key of YAML."""

PREFIXES = ("id_", "retry_", "credit_")
"""Words made of a prefix and a value."""


def text(*patterns: str) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for pattern in patterns for file in sorted(PROJECT.glob(pattern)))


def named(group: str) -> set[str]:
    """The words of the group that a page, a part, the theme or a script takes by name."""
    found = re.findall(rf'\bwords\.{group}(?:\.(\w+)|\["([^"]+)"\])', text(*TEMPLATES))
    alone = re.findall(r"\bwords\.(\w+)", text(*BY_NAME.get(group, ())))
    return {one or other for one, other in found} | set(alone)


def valued(group: str) -> set[str]:
    """The words, and values, in the files that say which values the group is asked for."""
    return set(re.findall(r"""(?:["'`]([\w-]+)["'`]|^[ -]*([\w-]+):)""", text(*BY_VALUE.get(group, ())), re.MULTILINE))


@pytest.mark.parametrize("group", WORDS)
def test_every_word_is_printed_somewhere(group: str) -> None:
    values = {value for pair in valued(group) for value in pair if value}
    made = {prefix + value for prefix in PREFIXES for value in values}
    assert set(WORDS[group]) - named(group) - values - made == set()


def test_groups_are_told_by_what_is_there() -> None:
    """A group that is gone, or a place that moved, does not stay in the tables above."""
    assert set(BY_VALUE) | set(BY_NAME) <= set(WORDS)
    for pattern in [one for places in (*BY_VALUE.values(), *BY_NAME.values()) for one in places]:
        assert list(PROJECT.glob(pattern)), pattern
