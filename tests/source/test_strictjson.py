"""Strict JSON: what two readers could read differently, or could not be written again, is refused with a reason."""

import pytest
from keyway.source.strictjson import MAX_DEPTH, UnusableJson, parse


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"\xef\xbb\xbf{}", "starts with a byte order mark"),
        (b'{"a": "\xff"}', "is not UTF-8"),
        (b'{"a": 1', "is not JSON from line 1, column 8 on"),
        (b'{"a": 1, "a": 2}', "gives a key twice in one object"),
        (b'{"a": NaN}', "has NaN, which is not JSON"),
        (b'{"a": 1e999}', "has a number beyond every limit"),
        (b'{"a": "\\ud83d"}', "has half of a character (an unpaired surrogate), which no file can hold"),
        (b'{"\\udc00": 1}', "has half of a character (an unpaired surrogate), which no file can hold"),
        (b'[["\\ude00\\ud83d"]]', "has half of a character (an unpaired surrogate), which no file can hold"),
        (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), f"nests deeper than {MAX_DEPTH}"),
        (b"[" * 100_000, f"nests deeper than {MAX_DEPTH}"),
    ],
)
def test_a_text_that_cannot_be_relied_on_is_refused_with_the_reason(text: bytes, reason: str) -> None:
    with pytest.raises(UnusableJson) as caught:
        parse(text)
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b'"\\ud83d\\ude00"', "😀"),
        (b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, None),
        ('{"ключ": [1, 2.5, null]}'.encode(), {"ключ": [1, 2.5, None]}),
    ],
)
def test_other_json_is_read_as_it_stands(text: bytes, value: object) -> None:
    assert parse(text) == value or value is None
