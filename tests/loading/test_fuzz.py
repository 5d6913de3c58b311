"""Damaged copies of the real files: whatever the damage, nothing but CatalogueError comes out of the reader."""

import random
from functools import cache

import pytest
from keyway.loading.files import data_files
from keyway.loading.load import add_source, load_partial
from keyway.loading.partial import PartialCatalogue
from keyway.loading.rules import RULES
from keyway.source.problem import CatalogueError, Problem
from keyway.source.reader import read_source
from support.paths import PROJECT

pytestmark = pytest.mark.slow

FILES = dict(data_files(PROJECT, []))

ROUNDS = 25
"""Damages of each file in one run; each round takes some 20 milliseconds."""

POISON = (
    b"\0", b"\xff", b"\xc3", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\t", b"\r", b"\r\n", b"\n", b"\n\n",
    b":", b": ", b"- ", b"? ", b"[", b"]", b"{", b"}", b",", b"#", b" #", b"&a ", b"*a ", b"!", b"!!python/none ", b"|",
    b"'", b'"', b"\\", b"%", b"@", b"`", b"<<: ", b"---\n", b"...\n", b"~", b"null", b"true", b"no", b"1e999", b".nan",
    b"9" * 5000, b"[" * 200, b"{a: " * 200, b"k" * 2000, b'"\\ud800"', b'"\\u202e"', b"2026-02-30", b"12:30", b"0x1F",
)  # fmt: skip


def damaged(content: bytes, dice: random.Random) -> bytes:
    """`content` after one to four damages: poison, a flipped byte, a cut, a copy, a move, a truncation."""
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(content) + 1)
        end = min(len(content), at + dice.choice((1, 2, 8, 40, 400)))
        piece = content[at:end]
        kind = dice.randrange(6)
        if kind == 0:
            content = content[:at] + dice.choice(POISON) + content[at:]
        elif kind == 1 and piece:
            content = content[:at] + bytes([piece[0] ^ 1 << dice.randrange(8)]) + content[at + 1 :]
        elif kind == 2:
            content = content[:at] + content[end:]
        elif kind == 3:
            content = content[:at] + piece + content[at:]
        elif kind == 4:
            target = dice.randrange(len(content) + 1)
            content = content[:target] + piece + content[target:]
        else:
            content = content[: max(1, at)]
    return content


@pytest.mark.parametrize("file", FILES)
def test_a_damaged_file_is_read_or_refused(file: str) -> None:
    dice = random.Random(file)  # noqa: S311 - the same damage in every run
    for number in range(ROUNDS):
        content = damaged(FILES[file], dice)
        for problem in problems_with(file, content):
            assert problem.file.startswith("data/"), number
            assert problem.line >= 1, number
            assert problem.column >= 1, number
            assert str(problem).isprintable(), (number, problem)
            assert problem.line <= content.count(b"\n") + content.count(b"\r") + 2 or problem.file != file, number


@cache
def whole() -> PartialCatalogue:
    """The project undamaged."""
    return load_partial(PROJECT, [])


def problems_with(file: str, content: bytes) -> list[Problem]:
    """Every problem of the project when `file` holds `content`: the other files stay as they are."""
    problems: list[Problem] = []
    partial = PartialCatalogue(files=set(whole().files))
    for name, source in whole().sources.items():
        try:
            add_source(partial, read_source(file, content) if name == file else source, problems)
        except CatalogueError as error:
            problems += error.problems
    for rule in RULES:
        problems += rule.problems(partial)
    return problems
