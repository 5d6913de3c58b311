"""The places of models' lives on the line of years."""

from datetime import date

from keyway.pages.timeline import timeline
from keyway.schema.model import Model

TODAY = date(2026, 11, 16)  # 45 days before the line's end at 2026-12-31


def model(id: str, **facts) -> Model:
    return Model(id=id, provider="mistral", name=id, sources=("docs",), **facts)


def test_without_a_release_there_is_no_life_to_draw():
    assert timeline([model("a"), model("b", retired=date(2025, 1, 1))], TODAY) is None


def test_a_life_that_goes_on_reaches_the_day_of_the_build_and_no_further():
    line = timeline([model("a", released=date(2026, 1, 1))], TODAY)
    assert (line.lives[0].start, line.lives[0].end, line.today) == ("0.00%", "87.64%", "87.64%")
    assert (line.lives[0].until, line.lives[0].ended) == (None, False)


def test_an_announced_end_stretches_the_line_beyond_today():
    leaving = model("a", released=date(2026, 1, 1), deprecated=date(2026, 7, 1), retired=date(2027, 2, 1))
    line = timeline([leaving], TODAY)
    (life,) = line.lives
    assert (life.leaving, life.end, life.ended, life.until) == ("41.04%", "89.80%", False, date(2027, 2, 1))
    assert line.years == ((2026, "0.00%"), (2027, "82.77%"))


def test_a_deprecation_on_the_last_day_is_no_stretch_of_its_own():
    gone = model("a", released=date(2025, 1, 1), deprecated=date(2026, 1, 1), retired=date(2026, 1, 1))
    line = timeline([gone], TODAY)
    assert (line.lives[0].leaving, line.lives[0].ended) == (None, True)


def test_the_newest_life_stands_first():
    line = timeline([model("old", released=date(2024, 5, 1)), model("new", released=date(2026, 2, 1))], TODAY)
    assert [life.model.id for life in line.lives] == ["new", "old"]
    assert [year for year, _ in line.years] == [2024, 2025, 2026]
