"""Every built page is HTML without an error, by the parser that follows the standard to the letter."""

from pathlib import Path

import html5lib
import pytest


def errors(page: str) -> list[str]:
    """Each error of a page with its line, as the HTML standard counts it."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(page)
    lines = page.splitlines()
    return [f"{code} {facts or ''}: {lines[line - 1][:120]}" for (line, _), code, facts in parser.errors]


@pytest.mark.parametrize(
    ("inside", "error"),
    [
        ("<p><div>a</div></p>", "unexpected-end-tag"),
        ("<table><tr><td>a</table>b</td>", "unexpected-end-tag"),
        ("<a href='x' href='y'>a</a>", "duplicate-attribute"),
        ("<b>a", "expected-closing-tag-but-got-eof"),
    ],
)
def test_an_error_is_seen(inside: str, error: str) -> None:
    assert errors(f"<!doctype html><title>t</title><p>a</p>{inside}")[0].startswith(error)


def test_every_page_is_html_without_an_error(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 600
    found = {page.relative_to(site).as_posix(): errors(page.read_text(encoding="utf-8")) for page in pages}
    assert {page: wrong for page, wrong in found.items() if wrong} == {}
