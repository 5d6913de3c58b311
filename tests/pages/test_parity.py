"""The three languages say the same: files, headings, macros, code, links and numbers are equal."""

import re
from collections import Counter

import pytest
from support.paths import PROJECT

OTHERS = ("zh", "ja")
OWN_LETTERS = {"zh": r"[\u4e00-\u9fff]", "ja": r"[\u3040-\u30ff]"}
ENGLISH = PROJECT / "docs" / "en"
FILES = sorted(path.relative_to(ENGLISH).as_posix() for path in ENGLISH.rglob("*.md"))

HEADING = re.compile(r"^(#+) .*?(\{#[\w-]+\}|\{\{ \"\{#\" \}\}.*\})?$", re.MULTILINE)
FENCE = re.compile(r"^( *)```.*?^\1```", re.MULTILINE | re.DOTALL)
TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
COMMENT = re.compile(r"\{##.*?##\}", re.DOTALL)
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


def headings(text: str) -> list[tuple[str, ...]]:
    return HEADING.findall(FENCE.sub("", body(text)))


def macros(text: str) -> Counter[str]:
    return Counter(spoken(" ".join(macro.split())) for macro in MACRO.findall(text))


def branches(text: str) -> list[str]:
    return [spoken(" ".join(tag.split())) for tag in TAG.findall(text)]


def code_and_links(text: str) -> tuple[list[str], Counter[str], list[str]]:
    fences = FENCE.findall(text)
    rest = FENCE.sub("", body(text))
    return fences, Counter(CODE.findall(rest)), sorted(LINK.findall(rest))


def numbers(text: str) -> set[str]:
    return set(NUMBER.findall(CODE.sub("", MACRO.sub("", TAG.sub("", FENCE.sub("", body(text)))))))


def front_matter(text: str) -> set[str]:
    """The keys; the stamp of a translation, which English cannot have, is none of them."""
    match = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    return {line.partition(":")[0] for line in match[1].splitlines()} - {"translates"} if match else set()


EQUAL = (headings, macros, branches, code_and_links, front_matter)
"""What every language has as English has it."""


@pytest.mark.parametrize("file", FILES)
def test_a_file_says_the_same_in_all_languages(file: str, subtests: pytest.Subtests) -> None:
    english = source("en", file)
    for language in OTHERS:
        text = source(language, file)
        for what in EQUAL:
            with subtests.test(f"{what.__name__} are those of English", language=language):
                assert what(text) == what(english)
        with subtests.test("no number of English is missing", language=language):
            # English writes small numbers as words where Chinese and Japanese write digits, so these may have more.
            assert numbers(english) <= numbers(text)
        with subtests.test("it is written in its language", language=language):
            prose = COMMENT.sub("", MACRO.sub("", TAG.sub("", FENCE.sub("", text))))
            words = CODE.sub("", prose)
            assert not re.search(r"[A-Za-z]{4,} [a-z]{2,} [a-z]{2,} [a-z]{2,}", words), "an English sentence is left"
            assert re.search(OWN_LETTERS[language], prose) or not re.search(r"[A-Za-z]{4,}", words)


def test_nothing_is_printed_from_joined_values() -> None:
    """`~` would escape one half of a value for HTML only; each value is printed on its own."""
    joined = [
        (language, file, macro)
        for language in ("en", *OTHERS)
        for file in FILES
        for macro in MACRO.findall(source(language, file))
        if "~" in QUOTED.sub("", macro.split("(")[0])
    ]
    assert joined == []
