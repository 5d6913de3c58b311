"""Every short text of data/words.yml is printed somewhere: by name, or for a value that somebody can have."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from keyway.loading.rules.words import OF_CHOICES, PLACEHOLDER
from keyway.pages.words import COMPUTED, HERE, MissingWord, missing_words, named_words, words_in
from keyway.schema.catalogue import Catalogue
from keyway.schema.fields import Localized
from keyway.schema.words import NeededWord, words_of_keys
from support.paths import PROJECT

Words = Mapping[str, Mapping[str, Localized]]

BY_NAME = {
    "checker": ("docs/assets/js/request-checker.js", "docs/assets/js/dom.js"),
    "decoder": ("docs/assets/js/error-decoder.js", "docs/assets/js/dom.js"),
    "snippet": ("docs/assets/js/snippets.js",),
}
"""Group that a script gets as `words`, alone -> the files that take words from it by name."""

BY_VALUE = {
    "nav": ("mkdocs.yml",),
    "checker": (
        "docs/assets/js/request-validate.js",
        "docs/assets/js/request-rules.js",
        "docs/assets/js/request-checker.js",
        "docs/assets/js/body-filter.js",
    ),
    "decoder": ("docs/assets/js/error-match.js", "docs/assets/js/error-ids.js", "docs/assets/js/error-address.js"),
}
"""Group whose words are chosen by a value that no type names -> the files that do, in quotes or as a key of YAML."""

PREFIXES = ("id_", "perhaps_", "address_")
"""Words made of a prefix and such a value."""


def text(*patterns: str) -> str:
    return "\n".join(file.read_text(encoding="utf-8") for pattern in patterns for file in sorted(PROJECT.glob(pattern)))


def named(group: str) -> set[str]:
    """The words of the group that a script takes by name."""
    return set(re.findall(r"(?<!\.)\bwords\.(\w+)", text(*BY_NAME.get(group, ()))))


def valued(group: str) -> set[str]:
    """The words, and values, in the files that say which values the group is asked for."""
    return set(re.findall(r"""(?:["'`]([\w-]+)["'`]|^[ -]*([\w-]+):)""", text(*BY_VALUE.get(group, ())), re.MULTILINE))


@pytest.fixture(scope="module")
def words(catalogue: Catalogue) -> Words:
    """Group -> word -> its text in each language."""
    return catalogue.words


def printed(catalogue: Catalogue) -> set[NeededWord]:
    """The words that records need, those of computed values, and those that templates and the theme name."""
    records = (*catalogue.providers.values(), *catalogue.intermediaries.values())
    of_records = {word for record in records for _, word in words_of_keys(record)}
    return {*OF_CHOICES, *COMPUTED, *of_records, *(word for _, _, word in named_words(PROJECT))}


def test_every_word_is_printed_somewhere(catalogue: Catalogue, words: Words, subtests: pytest.Subtests) -> None:
    known = printed(catalogue)
    for group in words:
        values = {value for pair in valued(group) for value in pair if value}
        made = {prefix + value for prefix in PREFIXES for value in values}
        declared = {word.name for word in known if word.group == group}
        with subtests.test(group):
            assert set(words[group]) - declared - named(group) - values - made == set()


def test_every_word_that_a_template_or_the_theme_names_is_there(words: Words) -> None:
    assert missing_words(PROJECT, words) == []


@pytest.mark.parametrize("group", BY_NAME)
def test_every_word_that_a_script_names_is_there(group: str, words: Words) -> None:
    assert named(group) - set(words[group]) == set()


def test_groups_are_told_by_what_is_there(words: Words) -> None:
    """A group that is gone, or a place that moved, does not stay in the tables above."""
    assert set(BY_VALUE) | set(BY_NAME) <= set(words)
    for pattern in [one for places in (*BY_VALUE.values(), *BY_NAME.values()) for one in places]:
        assert list(PROJECT.glob(pattern)), pattern


FILLED = {
    "checker": ("docs/assets/js/request-*.js",),
    "decoder": ("docs/assets/js/error-*.js",),
    "change": ("hooks/keyway/exports/changelog.py", "hooks/keyway/exports/feed.py"),
}
"""Group whose words have placeholders -> the files that fill them."""


def test_every_placeholder_is_one_that_is_filled(words: Words, subtests: pytest.Subtests) -> None:
    """A name that nobody gives a value would be printed as it stands, or as nothing."""
    for group in words:
        asked = {name[1:-1] for word in words[group].values() for name in PLACEHOLDER.findall(word.en)}
        given = set(re.findall(r"""(\w+)["']?(?:: |=)|[{,] (\w+) ?(?=[,}])""", text(*FILLED.get(group, ()))))
        with subtests.test(group):
            assert asked - {name for pair in given for name in pair} == set()


def test_asking_for_a_word_that_is_not_there_says_which_line_to_add(words: Words) -> None:
    japanese = words_in(words, "ja")
    with pytest.raises(MissingWord) as caught:
        japanese["error"]["overlooked"]
    assert str(caught.value) == (
        "data/words.yml has no `error.overlooked`; add a line `overlooked: {en: …, zh: …, ja: …}` below `error`"
    )
    with pytest.raises(MissingWord, match="has no `naav`; add it"):
        japanese["naav"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose templates and theme ask for a word or two each."""
    (tmp_path / "data").mkdir()
    shutil.copy(PROJECT / "data" / "words.yml", tmp_path / "data")
    files = {
        "docs/en/a.md": "text\n\n{{ words.card.website }} {{ words.column[name] }}\n{{ words.free['no-quota'] }}\n",
        "docs/ja/a.md": "{# words.nothing.this #} {## words.nothing.that ##} {{ words.free['no-quota'] }}",
        "docs/zh/a.md": "{% broken",
        "overrides/parts/mark.html": "{{ words.mark.absent }}",
        "overrides/partials/header.html": "\n{{ words.search }}",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_words_of_templates_and_theme_are_found_where_they_are_named(project: Path, words: Words) -> None:
    lacking = {"free": {"usable": None}, "card": {"website": None}, "mark": {}, "site": {}}
    lacking |= {group: words[group] for group in {word.group for word in COMPUTED} - {HERE.group}}
    lacking[HERE.group] = {HERE.name: None}
    assert [str(problem) for problem in missing_words(project, lacking)] == [
        "docs/en/a.md:4:1: data/words.yml has no `free.no-quota`; "
        "add a line `no-quota: {en: …, zh: …, ja: …}` below `free`",
        "overrides/parts/mark.html:1:1: data/words.yml has no `mark.absent`; "
        "add a line `absent: {en: …, zh: …, ja: …}` below `mark`",
        "overrides/partials/header.html:2:1: data/words.yml has no `site.search`; "
        "add a line `search: {en: …, zh: …, ja: …}` below `site`",
    ]


def test_a_word_of_a_computed_value_is_asked_for_where_it_should_stand(project: Path, words: Words) -> None:
    lacking = {**words, "status": {name: text for name, text in words["status"].items() if name != "listed"}}
    first = missing_words(project, lacking)[0]
    assert first.message.startswith("data/words.yml has no `status.listed`; add a line")
    assert (project / first.file).read_text(encoding="utf-8").splitlines()[first.line - 1] == "status:"
