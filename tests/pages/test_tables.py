"""Tables are made from columns: what a column without values, an empty cell and a heading become."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from keyway.loading.load import load_catalogue
from keyway.pages.columns import Arguments, Code, Column, Layout
from keyway.pages.tables import LAYOUTS
from keyway.pages.words import COMMENT_END, COMMENT_START, words_in
from keyway.schema.words import NeededWord
from support.paths import PROJECT

PARTS = sorted((PROJECT / "overrides" / "parts").glob("*.html"))
LONGEST_LINE = 140
"""Characters; longer lines hide what changed in a review."""
UNPAIRED = ("br", "line")
CATALOGUE = load_catalogue(PROJECT)
ENGLISH = words_in(CATALOGUE.words, "en")


def column(name: str, *, optional: bool = False) -> Column:
    value = lambda row: row.get(name)  # noqa: E731 - said twice below
    return Column(name, "value.text", value, optional=value if optional else None)


def test_a_column_of_what_no_row_has_is_left_out() -> None:
    layout = Layout((column("id"), column("tier", optional=True), column("fim", optional=True), column("state")))
    no_fim = [{"id": 1, "fim": False}, {"id": 2, "tier": "x"}]
    assert [one.heading for one in layout.table(no_fim).columns] == ["id", "tier", "state"]
    assert [one.heading for one in layout.table([{"id": 1}, {"id": 2, "tier": ()}]).columns] == ["id", "state"]
    assert [one.heading for one in layout.table([{"id": 1}, {"id": 2, "tier": "x"}]).columns] == ["id", "tier", "state"]


def test_a_false_flag_and_a_zero_are_values() -> None:
    one = column("fim")
    assert one.arguments({"fim": False}) == (False,)
    assert one.arguments({"fim": 0.0}) == (0.0,)
    assert one.arguments({}) is None
    assert Layout((one,)).table([{"fim": False}]).columns == (one,)


def test_several_arguments_are_handed_on_as_they_are() -> None:
    assert Column("id", "link.id", lambda row: Arguments(row, None)).arguments("a") == ("a", None)


def test_a_heading_is_a_word_of_columns_another_word_a_name_or_code() -> None:
    headings = ("tier", NeededWord("card", "client"), CATALOGUE.providers["zhipu"].name, Code("temperature"))
    columns = [Column(heading, "value.text", str) for heading in headings]
    assert [one.title(ENGLISH, "en") for one in columns] == [
        CATALOGUE.words["column"]["tier"].en,
        CATALOGUE.words["card"]["client"].en,
        CATALOGUE.providers["zhipu"].name.en,
        "temperature",
    ]
    assert [one.word for one in columns] == [NeededWord("column", "tier"), NeededWord("card", "client"), None, None]
    assert [one.is_code for one in columns] == [False, False, False, True]


def macros(file: Path) -> dict[str, nodes.Macro]:
    environment = Environment(autoescape=True, comment_start_string=COMMENT_START, comment_end_string=COMMENT_END)
    tree = environment.parse(file.read_text(encoding="utf-8"))
    return {macro.name: macro for macro in tree.find_all(nodes.Macro)}


def test_every_column_is_shown_by_a_macro_that_there_is() -> None:
    there = {f"{file.stem}.{name}" for file in PARTS for name in macros(file)}
    assert {column.shown_by for layout in LAYOUTS for column in layout.columns} <= there


@pytest.mark.parametrize("file", PARTS, ids=lambda file: file.stem)
def test_a_macro_closes_what_it_opens(file: Path) -> None:
    for name, macro in macros(file).items():
        text = "".join(data.data for data in macro.find_all(nodes.TemplateData))
        opened = [tag for tag in re.findall(r"<([a-z]+)", text) if tag not in UNPAIRED]
        assert sorted(opened) == sorted(re.findall(r"</([a-z]+)>", text)), name


@pytest.mark.parametrize("file", PARTS, ids=lambda file: file.stem)
def test_a_part_has_lines_that_can_be_read(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE] == []


def test_one_macro_makes_all_tables() -> None:
    assert [file.stem for file in PARTS if "<table" in file.read_text(encoding="utf-8")] == ["table"]
