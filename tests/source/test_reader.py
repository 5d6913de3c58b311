"""From bytes to plain values: YAML 1.2's meaning, places in characters, and nothing but CatalogueError."""

import pytest
from keyway.source import parser
from keyway.source.problem import CatalogueError
from keyway.source.reader import MAX_BYTES, read_source
from keyway.source.scalars import PlainDay


def values(text: str) -> object:
    """The data of a file without problems."""
    result = read_source("file.yml", text.encode("utf-8"))
    assert result.problems == ()
    return result.data


PLAIN = {
    "true": True, "false": False, "0": 0, "-5": -5, "128000": 128000, "0.3": 0.3, "1.0": 1.0, "-0.5": -0.5,
    "3.54.0": "3.54.0", "128k": "128k", "v1": "v1", "mistral-3.5": "mistral-3.5", "nope": "nope",
    "2026-10": "2026-10", "1e3a": "1e3a", "https://a.example/b": "https://a.example/b", "模型": "模型", "a#b": "a#b",
    "'yes'": "yes", '"010"': "010", "'2026-10-08'": "2026-10-08", "[]": [], "{}": {}, "[a, 1]": ["a", 1], "''": "",
}  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), PLAIN.items())
def test_a_value_means_what_yaml_1_2_says(written: str, meant: object) -> None:
    found = values(f"key: {written}\n")["key"]
    assert found == meant
    assert type(found) is type(meant)


def test_a_day_stays_text_and_knows_that_it_had_no_quotes() -> None:
    assert type(values("day: 2026-10-08")["day"]) is PlainDay
    assert type(values("day: '2026-10-08'")["day"]) is str


def test_every_value_and_key_has_its_place() -> None:
    text = "模型:\n  - {文: 字, b: [1, 0.30]}\n"
    result = read_source("file.yml", text.encode())
    places = {path: (place.line, place.column) for path, place in result.values.items()}
    assert places == {
        (): (1, 1), ("模型",): (2, 3), ("模型", 0): (2, 5), ("模型", 0, "文"): (2, 9), ("模型", 0, "b"): (2, 15),
        ("模型", 0, "b", 0): (2, 16), ("模型", 0, "b", 1): (2, 19),
    }  # fmt: skip
    assert (result.keys[("模型", 0, "b")].line, result.keys[("模型", 0, "b")].column) == (2, 12)
    assert result.written(("模型", 0, "b", 1)) == "0.30"
    assert result.written(("模型", 0, "b")) == "[1, 0.30]"


def test_places_count_windows_line_endings_as_the_file_has_them() -> None:
    result = read_source("file.yml", b"a: 1\r\nb: 22\r\n")
    assert result.written(("b",)) == "22"
    assert result.values[("b",)].line == 2


def test_text_and_comments_may_be_chinese_and_japanese() -> None:
    assert values("# 説明：これは（例）です。\nja: データ、「引用」・ー々〆\nzh: 中文，标点。\n") == {
        "ja": "データ、「引用」・ー々〆", "zh": "中文，标点。",
    }  # fmt: skip


def test_a_value_that_cannot_be_read_is_left_out_and_its_path_is_known() -> None:
    result = read_source("file.yml", b"a: yes\nb: {c: *d, e: 1}\nf: [~, g]\n")
    assert result.data == {"b": {"e": 1}, "f": ["g"]}
    assert [problem.line for problem in result.problems] == [1, 2, 3]
    assert all(result.follows(path) for path in (("a",), ("b", "c"), ("f",)))
    assert not result.follows(("b", "e"))


@pytest.mark.parametrize(
    "content",
    [
        b"\0",
        b"\xff",
        b"\x80abc",
        b"[",
        b"}",
        b"%",
        b"? ",
        b"- ? :",
        b"!!binary x: y",
        b'"\\x',
        b"...",
        b"---\n...",
        b"&a",
        b"*a: b",
        b"\xef\xbb\xbf",
    ],
)
def test_scraps_are_problems_and_no_other_errors(content: bytes) -> None:
    try:
        problems = read_source("file.yml", content).problems
    except CatalogueError as error:
        problems = error.problems
    assert problems != ()


def test_a_file_of_exactly_the_allowed_bytes_is_read() -> None:
    head = b"a: b\n"
    padding = (b"#" * 99 + b"\n") * ((MAX_BYTES - len(head)) // 100)
    rest = b"#" * (MAX_BYTES - len(head) - len(padding))
    assert read_source("file.yml", head + padding + rest).data == {"a": "b"}
    with pytest.raises(CatalogueError):
        read_source("file.yml", head + padding + rest + b"#")


def test_the_reader_does_the_same_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML may have been built without it; places and values must not depend on that."""
    import yaml

    text = b"a: [1, {b: 'c'}]\nd: *x\ne: yes\n"
    fast = read_source("file.yml", text)
    monkeypatch.setattr(parser, "Loader", yaml.SafeLoader)
    slow = read_source("file.yml", text)
    assert (slow.data, slow.problems, slow.values, slow.keys) == (fast.data, fast.problems, fast.values, fast.keys)
