"""Facts that are older than they may get: which they are, in which order, and what pages and the command say."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from keyway.cli import main
from keyway.evidence.aged import aged
from keyway.evidence.recording_folder import read_recordings
from keyway.loading.load import load_catalogue
from keyway.pages.queries import Queries
from keyway.pages.render import Renderer
from keyway.schema.ages import Ages, age, last_day
from support.paths import PROJECT
from support.projects import mistral_alone

LIMITS = "prices: 60\nfree_plans: 60\nplans: 60\nlabels: 120\nbuilt_in_models: 90\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Mistral alone, with limits of its own, so that no other data of ours is looked at."""
    folder = mistral_alone(tmp_path)
    (folder / "data" / "ages.yml").write_text(LIMITS, encoding="utf-8")
    return folder


def test_the_age_of_a_month_counts_from_its_last_day() -> None:
    assert (last_day("2026-02"), last_day("2026-12"), last_day("2026-10-08")) == (
        date(2026, 2, 28),
        date(2026, 12, 31),
        date(2026, 10, 8),
    )
    assert age("2026-10", date(2026, 11, 1)) == 1


def test_a_limit_is_passed_the_day_after() -> None:
    ages = Ages(prices=60)
    assert not ages.passed("prices", "2026-10-01", date(2026, 11, 30))
    assert ages.passed("prices", "2026-10-01", date(2026, 12, 1))
    assert not ages.passed("labels", "2020-01-01", date(2026, 12, 1)), "no limit, no age"


def test_every_kind_has_its_limit_in_data() -> None:
    ages = load_catalogue(PROJECT).ages
    assert all(getattr(ages, name) for name in Ages.model_fields)


def test_without_limits_only_lists_get_old(project: Path) -> None:
    (project / "data" / "ages.yml").unlink()
    found = aged(load_catalogue(project), read_recordings(project), date(2030, 1, 1))
    assert {one.kind for one in found} == {"list"}


def test_what_is_too_old_is_found_once_at_its_line_the_most_urgent_first(project: Path) -> None:
    catalogue, recordings = load_catalogue(project), read_recordings(project)
    assert aged(catalogue, recordings, date(2026, 1, 1)) == []
    late = aged(catalogue, recordings, date(2027, 12, 1))
    keys = [(one.kind, one.file, one.keys) for one in late]
    assert len(keys) == len(set(keys))
    assert {one.kind for one in late} == {"list", "prices", "free_plans", "plans"}
    urgency = [(one.age - one.limit) * one.pages for one in late]
    assert urgency == sorted(urgency, reverse=True)
    models = catalogue.models["mistral"].items()
    retired = {name for name, model in models if model.state(date(2027, 12, 1)) == "retired"}
    assert retired.isdisjoint(key for one in late for key in one.keys), "what has ended does not change"
    prices = {one.keys[0] for one in late if one.kind == "prices"}
    assert prices == {name for name, model in models if model.prices} - retired


def test_a_price_that_was_read_again_is_not_old(project: Path) -> None:
    catalogue, recordings, day = load_catalogue(project), read_recordings(project), date(2027, 2, 1)
    models = dict(catalogue.models["mistral"])
    one = models["codestral-2508"]
    models[one.id] = one.model_copy(
        update={"prices": (one.prices[0].model_copy(update={"seen": "2027-01-15"}), *one.prices[1:])}
    )
    again = replace(catalogue, models={"mistral": models})
    old, new = (
        {found.keys[0] for found in aged(said, recordings, day) if found.kind == "prices"}
        for said in (catalogue, again)
    )
    assert old - new == {"codestral-2508"}


def test_the_command_lists_them_with_file_and_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["stale", "--root", str(project), "--day"]
    assert main([*command, "2026-01-01"]) == 0
    assert capsys.readouterr().out == "Nothing is too old.\n"
    assert main([*command, "2027-12-01"]) == 1
    out = capsys.readouterr().out
    assert "data/providers/mistral.yml:1: the models list was recorded 419 days ago (2026-10-08; 60 are allowed)" in out
    assert main([*command, "2027-12-01", "--format", "json"]) == 1
    lines = json.loads(capsys.readouterr().out)
    assert len(lines) == len(out.splitlines())
    text = (project / "data" / "models" / "mistral.yml").read_text(encoding="utf-8").splitlines()
    for one in lines:
        if one["file"] == "data/models/mistral.yml":
            assert text[one["line"] - 1] == f"{one['keys'][0]}:"


@pytest.mark.parametrize(("day", "times"), [(date(2026, 10, 15), 0), (date(2027, 12, 1), 1)])
def test_a_page_says_when_a_price_is_old(day: date, times: int) -> None:
    queries = Queries(load_catalogue(PROJECT), read_recordings(PROJECT), day)
    renderer = Renderer(PROJECT, "zh", queries)
    (page,) = [one for one in renderer.pages if one.path == "models/mistral/ministral-3b-2512.md"]
    facts = renderer.render(page).markdown.partition("{#facts}")[2].partition("{#free}")[0]
    assert facts.count(queries.catalogue.words["card"]["stale"].zh) == times
