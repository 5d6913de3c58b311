"""The strict reader: every malformed project is refused with exactly the sentences a contributor needs."""

from pathlib import Path

import pytest
from keyway.loading.load import load_catalogue
from keyway.schema.model import Model
from keyway.source.problem import CatalogueError, Problem
from pydantic import ValidationError
from support.paths import PROJECT
from support.projects import BASE, changed_project, load_cases

MALFORMED = load_cases("malformed")


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_project_is_refused_with_its_message(name: str, tmp_path: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(changed_project(tmp_path, MALFORMED[name]), until=MALFORMED[name].get("until"))
    assert f"{caught.value}\n" == MALFORMED[name]["expected"]


def test_every_case_says_why_it_is_there() -> None:
    assert [name for name, case in MALFORMED.items() if not case.get("why")] == []


def test_every_message_says_what_to_do() -> None:
    """Each has two halves: what is wrong, and what to write after a semicolon."""
    lines = [line for case in MALFORMED.values() for line in case["expected"].splitlines()]
    assert [line for line in lines if "; " not in line] == []


def test_the_base_project_is_valid() -> None:
    catalogue = load_catalogue(BASE)
    assert list(catalogue.providers) == ["deepseek", "mistral"]
    assert list(catalogue.models["mistral"]) == ["codestral-2508", "mistral-ocr-2512", "mistral-large-2411"]
    assert list(catalogue.clients) == ["roo-code", "zoo-code"]
    assert catalogue.words["kind"]["chat"].ja == "チャット"


def test_the_catalogue_of_this_project_is_valid() -> None:
    load_catalogue(PROJECT)


def test_records_know_the_key_they_stand_under_and_whose_they_are() -> None:
    catalogue = load_catalogue(BASE)
    provider = catalogue.providers["mistral"]
    assert provider.id == "mistral"
    assert provider.endpoints["codestral"].id == "codestral"
    model = catalogue.find("mistral", "codestral-latest")
    assert (model.id, model.provider) == ("codestral-2508", "mistral")


def test_a_record_cannot_be_made_without_its_key() -> None:
    model = load_catalogue(BASE).find("mistral", "codestral-latest")
    facts = model.model_dump()
    assert Model(id=model.id, provider=model.provider, **facts) == model
    for missing in ({"id": model.id}, {"provider": model.provider}):
        with pytest.raises(ValidationError, match="1 validation error"):
            Model(**facts, **missing)


def test_windows_line_endings_are_read_like_others(tmp_path: Path) -> None:
    project = changed_project(tmp_path, {"changes": []})
    for file in project.rglob("*.yml"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_catalogue(project) == load_catalogue(BASE)


def test_places_are_the_same_with_windows_line_endings(tmp_path: Path) -> None:
    project = changed_project(tmp_path, MALFORMED["several-files"])
    for file in project.rglob("*.yml"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(project)
    assert f"{caught.value}\n" == MALFORMED["several-files"]["expected"]


def test_columns_count_characters_and_not_bytes(tmp_path: Path) -> None:
    change = {
        "file": "data/words.yml",
        "old": "zh: 语音合成, ja: 音声合成}",
        "new": "zh: 语音合成, ja: 音声合成, fr: Voix}",
    }
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(changed_project(tmp_path, change))
    line = (tmp_path / "data/words.yml").read_text(encoding="utf-8").splitlines()[caught.value.problems[0].line - 1]
    assert line[caught.value.problems[0].column - 1 :].startswith("fr: Voix")


def test_problems_come_in_the_order_of_file_line_and_column() -> None:
    problems = [Problem("b", 1, 1, "x"), Problem("a", 10, 1, "x"), Problem("a", 9, 2, "x"), Problem("a", 9, 1, "x")]
    assert [str(p) for p in CatalogueError(problems).problems] == ["a:9:1: x", "a:9:2: x", "a:10:1: x", "b:1:1: x"]


def test_what_editors_leave_beside_a_file_is_not_data(tmp_path: Path) -> None:
    project = changed_project(tmp_path, {"changes": []})
    for name in (".mistral.yml.swp", "mistral.yml~", ".DS_Store", "#mistral.yml#", ".gitkeep", "4913", "5036"):
        (project / "data/models" / name).write_bytes(b"\0")
    (project / "data/models/.#mistral.yml").symlink_to("nowhere")
    load_catalogue(project)


def test_a_file_that_may_not_be_read_is_a_problem_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = changed_project(tmp_path, {"changes": []})
    file = project / "data/models/deepseek.yml"
    file.chmod(0)
    try:
        file.read_bytes()
    except PermissionError:
        with pytest.raises(CatalogueError, match=r"cannot be read \(Permission denied\); check its permissions"):
            load_catalogue(project)
    else:
        pytest.skip("this user may read every file")


def test_a_folder_without_data_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="the folder data/models is missing"):
        load_catalogue(tmp_path)


def test_a_data_folder_behind_a_link_is_not_followed(tmp_path: Path) -> None:
    project = changed_project(tmp_path / "project", {"changes": []})
    (project / "data").rename(tmp_path / "elsewhere")
    (project / "data").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(project)
    assert "data:1:1: this is a symbolic link, which is not followed; put the folder itself here" in str(caught.value)
