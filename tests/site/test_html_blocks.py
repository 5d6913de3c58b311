"""Blocks of finished HTML are kept from Markdown, and everything that it has to read is left to it."""

import markdown
import pytest
from keyway.site.html_blocks import with_blocks, without_blocks

EXTENSIONS = ["attr_list", "md_in_html", "tables", "pymdownx.superfences"]
TABLE = '<div class="kw-scroll" tabindex="0"><table>\n<tbody><tr><td>*a*</td></tr>\n</tbody></table></div>'

KEPT_APART = {
    "a table": TABLE,
    "a list of cards": "<ul>\n<li>one</li>\n<li>two</li>\n</ul>",
    "an element in one of its name": "<div><div>a</div>\n<div>b</div></div>",
}
LEFT_TO_MARKDOWN = {
    "prose": "Some *words*.",
    "Markdown inside": '<div class="kw-body" markdown="1">',
    "an end that is missing": "<div>\n<p>a</p>",
    "words after the end": "<div>a</div> *b*",
    "two elements": "<div>a</div>\n<div>b</div>",
    "an element within a line": "see <div>a</div>",
    "an indented element": "    <div>a</div>",
}


def page(block: str) -> str:
    return f"# Title\n\n{block}\n\nLast *words*.\n"


@pytest.mark.parametrize("name", KEPT_APART)
def test_a_whole_block_is_kept_apart_and_comes_back_as_it_was(name: str) -> None:
    text, blocks = without_blocks(page(KEPT_APART[name]))
    assert blocks == (KEPT_APART[name],)
    assert KEPT_APART[name] not in text
    assert KEPT_APART[name] in with_blocks(markdown.markdown(text, extensions=EXTENSIONS), blocks)


@pytest.mark.parametrize("name", LEFT_TO_MARKDOWN)
def test_whatever_markdown_may_have_to_read_is_left_to_it(name: str) -> None:
    assert without_blocks(page(LEFT_TO_MARKDOWN[name])) == (page(LEFT_TO_MARKDOWN[name]), ())


def test_code_that_looks_like_a_block_stays_code() -> None:
    fence = f"```html\n\n{TABLE}\n\n```"
    assert without_blocks(page(fence)) == (page(fence), ())
    text, blocks = without_blocks(page(fence) + "\n\n" + TABLE)
    assert blocks == (TABLE,)
    assert fence in text


@pytest.mark.parametrize("block", KEPT_APART.values(), ids=KEPT_APART)
def test_a_page_is_the_same_either_way(block: str) -> None:
    text, blocks = without_blocks(page(block))
    apart = with_blocks(markdown.markdown(text, extensions=EXTENSIONS), blocks)
    assert apart == markdown.markdown(page(block), extensions=EXTENSIONS)
