"""What an error is called, and by which signs it is known: from the answers that were recorded."""

import pytest
from keyway.schema.errors import ErrorAnswer


def answer(**given: object) -> ErrorAnswer:
    base = {
        "id": "an-error",
        "fidelity": "verbatim",
        "retry": "no",
        "seen": "2026-01-01",
        "sources": ("a",),
        "status": (400,),
    }
    return ErrorAnswer.model_validate(base | given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"body": '{"detail":"No entry"}'}, "400 No entry"),
        ({"body": '{"error":{"message":"Deep"}}', "match": {"message": "deep"}}, "400 Deep"),
        ({"body": '{"message":"Key **** is …"}', "match": {"message": "Key"}}, "400 Key"),
        ({"match": {"message": "Model {model} was not found"}}, "400 Model … was not found"),
        ({"match": {"type": "labs_not_enabled"}}, "400 labs_not_enabled"),
        ({"status": (429, 400), "match": {"message": "Full"}}, "429/400 Full"),
        ({"status": (), "match": {}}, None),
        ({"match": {}}, "400"),
    ],
)
def test_an_answer_is_called_by_its_own_words(given: dict[str, object], said: str | None) -> None:
    assert answer(**given).headline == said


def test_an_answer_without_words_has_no_sentence() -> None:
    assert answer(body='{"code":"1"}').sentence is None


def test_the_outermost_type_and_code_count() -> None:
    body = '{"message":{"detail":[{"type":"extra_forbidden"}]},"type":"invalid_request_error","code":null}'
    assert answer(body=body).type_and_code == {"type": "invalid_request_error"}
    assert answer(body='{"error":{"code":"1113"}}', match={"code": "1113"}).type_and_code == {"code": "1113"}


def test_a_name_in_place_of_a_sentence_is_a_mark() -> None:
    given = answer(body='{"detail":[{"msg":"Extra"}]}', match={"message": "extra_forbidden", "headers": {"x-a": "0"}})
    assert given.identifiers == ("extra_forbidden", "x-a: 0")
    assert answer(match={"type": "labs_not_enabled"}).identifiers == ()


def test_sentences_come_from_every_body_outer_ones_first_and_whole() -> None:
    recorded = answer(
        body='{"error":{"msg":"Inner","type":"t"},"message":"Outer","input":"Not a sentence"}',
        other_bodies=('{"detail":[{"msg":"Outer"},{"msg":"Cut …"},{"error_message":"Other"}]}',),
    )
    assert recorded.sentences == ("Outer", "Inner", "Other")
