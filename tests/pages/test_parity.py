"""The three languages say the same: files, headings, macros, code, links and numbers are equal."""

import re
from collections import Counter

import pytest
from support.paths import PROJECT

OTHERS = ("zh", "ja")
ENGLISH = PROJECT / "docs" / "en"
FILES = sorted(path.relative_to(ENGLISH).as_posix() for path in ENGLISH.rglob("*.md"))

HEADING = re.compile(r"^(#+) .*?(\{#[\w-]+\}|\{\{ \"\{#\" \}\}.*\})?$", re.MULTILINE)
FENCE = re.compile(r"^( *)```.*?^\1```", re.MULTILINE | re.DOTALL)
TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
MACRO = re.compile(r"\{\{.*?\}\}", re.DOTALL)
QUOTED = re.compile(r'"[^"]*"')
CODE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"\]\(([^)]+)\)")
NUMBER = re.compile(r"(?<![A-Za-z0-9_.-])\d+(?:[.,]\d+)*(?![A-Za-z0-9_-])")


def source(language: str, file: str) -> str:
    return (PROJECT / "docs" / language / file).read_text(encoding="utf-8")


def body(text: str) -> str:
    return re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)


def spoken(macro: str) -> str:
    """A macro call without the texts that it shows: quoted arguments that are not names of files, ids or words."""
    return QUOTED.sub(lambda text: text[0] if re.fullmatch(r'"[a-z0-9_./\[\]#-]*"', text[0]) else '"…"', macro)


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_files_are_there(language: str) -> None:
    folder = PROJECT / "docs" / language
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md")) == FILES


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("file", FILES)
class TestEveryFile:
    def test_has_the_same_headings(self, language: str, file: str) -> None:
        def headings(text: str) -> list[tuple[str, ...]]:
            return HEADING.findall(FENCE.sub("", body(text)))

        assert headings(source(language, file)) == headings(source("en", file))

    def test_calls_the_same_macros(self, language: str, file: str) -> None:
        def macros(text: str) -> Counter[str]:
            return Counter(spoken(" ".join(macro.split())) for macro in MACRO.findall(text))

        assert macros(source(language, file)) == macros(source("en", file))

    def test_branches_alike(self, language: str, file: str) -> None:
        def tags(text: str) -> list[str]:
            return [spoken(" ".join(tag.split())) for tag in TAG.findall(text)]

        assert tags(source(language, file)) == tags(source("en", file))

    def test_has_the_same_code_and_links(self, language: str, file: str) -> None:
        def code(text: str) -> tuple[list[str], Counter[str], list[str]]:
            fences = FENCE.findall(text)
            rest = FENCE.sub("", body(text))
            return fences, Counter(CODE.findall(rest)), sorted(LINK.findall(rest))

        assert code(source(language, file)) == code(source("en", file))

    def test_has_the_same_numbers(self, language: str, file: str) -> None:
        def numbers(text: str) -> set[str]:
            return set(NUMBER.findall(CODE.sub("", MACRO.sub("", TAG.sub("", FENCE.sub("", body(text)))))))

        # English writes small numbers as words where Chinese and Japanese write digits, so these may have more.
        assert numbers(source("en", file)) <= numbers(source(language, file))

    def test_has_front_matter_of_the_same_keys(self, language: str, file: str) -> None:
        def keys(text: str) -> list[str]:
            match = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
            return sorted(line.partition(":")[0] for line in match[1].splitlines()) if match else []

        assert set(keys(source(language, file))) - {"translates"} == set(keys(source("en", file)))

    def test_is_written_in_its_language(self, language: str, file: str) -> None:
        text = MACRO.sub("", TAG.sub("", FENCE.sub("", source(language, file))))
        own = {"zh": r"[\u4e00-\u9fff]", "ja": r"[\u3040-\u30ff]"}[language]
        prose = CODE.sub("", text)
        assert not re.search(r"[A-Za-z]{4,} [a-z]{2,} [a-z]{2,} [a-z]{2,}", prose), "an English sentence is left"
        assert re.search(own, text) or not re.search(r"[A-Za-z]{4,}", prose)


@pytest.mark.parametrize("file", FILES)
def test_nothing_is_printed_from_joined_values(file: str) -> None:
    """`~` would escape one half of a value for HTML only; each value is printed on its own."""
    for language in ("en", *OTHERS):
        for macro in MACRO.findall(source(language, file)):
            assert "~" not in QUOTED.sub("", macro.split("(")[0])
