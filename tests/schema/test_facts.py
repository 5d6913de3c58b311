"""A fact is declared once: what nobody declared does not load, and what somebody did is known everywhere."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any, get_args

import pytest
from keyway.schema.facts import Fact, Form, NotAFact, facts_of, words_of_facts
from keyway.schema.fields import Flag, file_fields
from keyway.schema.model import FACTS, Kind, Model
from support.paths import PROJECT

NOT_FACTS = {"free_plan", "notes", "probes", "sources", "disputed"}


def test_every_field_of_a_model_is_a_fact_or_said_to_be_none() -> None:
    assert FACTS.keys() | NOT_FACTS == file_fields(Model).keys()
    assert FACTS.keys().isdisjoint(NOT_FACTS)


@pytest.mark.parametrize(
    "declared",
    [
        Flag | None,
        Annotated[Flag | None, Fact("flag"), Fact("text")],
        Annotated[Flag | None, Fact("flag"), NotAFact("x")],
    ],
    ids=["not at all", "twice", "as both"],
)
def test_a_field_that_is_not_declared_once_does_not_load(declared: Any) -> None:
    record = type("Louder", (Model,), {"__annotations__": {"audio": declared}, "audio": None})
    with pytest.raises(TypeError, match=r"Louder\.audio needs one declaration"):
        facts_of(record)


def test_a_fact_takes_its_name_and_its_word_from_the_field() -> None:
    assert [fact.name for fact in FACTS.values()] == list(FACTS)
    assert FACTS["fim"].word == "fim"


def test_every_shown_fact_needs_its_word() -> None:
    assert {word.name for word in words_of_facts(FACTS)} == {fact.word for fact in FACTS.values() if fact.shown}


def test_every_form_has_its_line_in_the_renderer() -> None:
    renderer = (PROJECT / "overrides" / "parts" / "value.html").read_text(encoding="utf-8")
    assert [form for form in get_args(Form) if f'fact.shown == "{form}"' not in renderer] == []


def test_kinds_are_kinds_of_models() -> None:
    assert {kind for fact in FACTS.values() for kind in fact.kinds or ()} <= set(get_args(get_args(Kind)[0]))


def test_what_is_written_is_compared() -> None:
    assert [name for name, fact in FACTS.items() if fact.written and not fact.compared] == []


@pytest.fixture(scope="module")
def audio(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a copy of the project makes of a new flag that costs it a type with its declaration, and a word."""
    root = tmp_path_factory.mktemp("audio")
    for folder in ("hooks", "data", "overrides", "docs/en"):
        shutil.copytree(PROJECT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    declaration = '    audio: Annotated[Flag | None, Fact("flag", CHAT, compared=True, written=True)] = None\n'
    insert(root / "hooks/keyway/schema/model.py", "    context: Annotated", declaration + '    """Takes sound."""\n')
    insert(root / "data/words.yml", "  context: {en: Context window", "  audio: {en: Sound, zh: 音频, ja: 音声}\n")
    insert(root / "data/models/mistral.yml", "  name: Codestral 25.08\n", "  audio: true\n")
    program = [sys.executable, str(PROJECT / "tests" / "support" / "made_up_fact.py"), str(root)]
    path = os.pathsep.join([str(root / "hooks"), *sys.path])
    run = subprocess.run(program, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def insert(file: Path, before: str, text: str) -> None:
    whole = file.read_text(encoding="utf-8")
    assert whole.count(before) == 1, f"{before!r} must stand exactly once in {file.name}"
    file.write_text(whole.replace(before, text + before), encoding="utf-8")


def test_a_new_fact_is_compared_where_it_holds(audio: dict[str, Any]) -> None:
    assert audio["compared"] == [["codestral-2508", True, False]]
    assert audio["compared where it does not hold"] == []


def test_a_new_fact_is_written_and_proposed(audio: dict[str, Any]) -> None:
    assert ["codestral-2508", "audio", False] in audio["written"]
    assert "  audio: false\n" in audio["proposed"]


def test_a_new_fact_is_told_when_it_changes(audio: dict[str, Any]) -> None:
    assert audio["told"] == ["codestral-2508 changed; sound: yes → no"]


def test_a_new_fact_is_on_the_page_of_its_model(audio: dict[str, Any]) -> None:
    (row,) = [line for line in audio["page"].splitlines() if '<th scope="row">Sound</th>' in line]
    assert "✓" in row
    assert "yes" in row


def test_a_new_fact_is_explained_in_editors(audio: dict[str, Any]) -> None:
    assert audio["schema"] == {"type": "boolean", "description": "Takes sound."}


def test_a_new_fact_needs_its_word(audio: dict[str, Any]) -> None:
    assert audio["without its word"] == [
        [
            "printed-values-have-words",
            "data/words.yml has no `column.audio`; add a line `audio: {en: …, zh: …, ja: …}` below `column`",
        ]
    ]


def test_a_new_fact_is_refused_where_it_does_not_hold(audio: dict[str, Any]) -> None:
    (problem,) = audio["where it does not hold"]
    assert problem == [
        "facts-where-they-hold",
        "`audio` means nothing for a model of the kind ocr; delete the line, or check the kind",
    ]
