"""No value of the catalogue can become markup, whatever it holds and wherever it is printed."""

import json
from datetime import date

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from keyway.pages import markup
from selectolax.lexbor import LexborHTMLParser

EXTENSIONS = ["admonition", "attr_list", "md_in_html", "tables", "toc", "pymdownx.highlight", "pymdownx.superfences"]
PLACES = """# {v}

{v}

- {v}

1. {v}

| a |
|---|
| {v} |

[{v}](https://mistral.ai/)

!!! note
    {v}

<table><tr><td>{v}</td></tr></table>
"""
HOSTILE = (
    "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "a|b",
    "`x`",
    "**b** _i_",
    "[x](javascript:alert(1))",
    "{: onclick=alert(1) }",
    "{#evil}",
    "{{ 7*7 }}",
    "{% raw %}",
    '--8<-- "x"',
    "&lt;script&gt;",
    "&#60;b&#62;",
    "# h",
    "1. x",
    "- x",
    "> q",
    "    code",
    "```",
    "~~~",
    "!!! danger",
    "---",
    "\\<b>",
    "<!-- -->",
    "]]>",
    "![x](y)",
    "https://evil.example/",
    "x\n\n# y",
    "'\"><b>",
    "a_b_c",
    "*[HTML]: x",
    "[^1]",
    "<b\nid=x>",
)


def structure(html: str) -> list[tuple[str, tuple[str, ...]]]:
    tree = LexborHTMLParser(html)
    return [(node.tag, tuple(sorted(node.attributes))) for node in tree.body.traverse(include_text=False)]


def page(value: str) -> str:
    return markdown.Markdown(extensions=EXTENSIONS).convert(PLACES.format(v=markup.text(value)))


PLAIN = structure(page("abc"))


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(lambda text: bool(text.split()))
)  # not str.split itself: Hypothesis takes it for "not empty"
@example("<script>alert(1)</script>")
def test_any_text_leaves_the_structure_of_a_page_unchanged(value: str) -> None:
    assert structure(page(value)) == PLAIN


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_text_is_shown_as_it_was_written(value: str) -> None:
    html = page(value)
    assert structure(html) == PLAIN
    shown = LexborHTMLParser(html).css_first("td").text()
    assert shown == " ".join(value.split())


def test_days_ids_and_numbers_stay_readable_in_the_source() -> None:
    assert markup.text(date(2026, 10, 8)) == "2026-10-08"
    assert markup.text("mistral-medium-3.5") == "mistral-medium-3.5"
    assert markup.number(262144) == "262,144"
    assert [markup.decimal(value) for value in (0.3, 1, 0.25)] == ["0.3", "1.0", "0.25"]


def test_a_missing_value_is_an_error_not_the_word_none() -> None:
    with pytest.raises(markup.Missing):
        markup.text(None)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "http://mistral.ai/", "https://evil.example/", "//mistral.ai/"]
)
def test_only_https_addresses_on_listed_hosts_become_links(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        markup.address(address)


def test_a_fence_cannot_be_closed_by_what_is_in_it() -> None:
    html = markdown.Markdown(extensions=EXTENSIONS).convert(markup.fence("```\n<b>out</b>\n```", "bash"))
    assert "<b>" not in html
    assert LexborHTMLParser(html).css_first("code").text().strip() == "```\n<b>out</b>\n```"


@given(st.text())
def test_json_text_reads_back_as_it_was(value: str) -> None:
    assert json.loads(markup.as_json(value)) == value


def test_joined_values_are_escaped_one_by_one() -> None:
    assert "<" not in markup.join(["<b>", markup.code("<i>")], ", ").replace("<code>", "").replace("</code>", "")
