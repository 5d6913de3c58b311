"""Blocks of finished HTML in a page's Markdown, kept apart from it until Markdown has become HTML.

Tables and cards come from macros as HTML that is whole. Python-Markdown would parse every tag of them to find out
that it has nothing to do there: most of a build's time.
"""

import re
from collections.abc import Sequence

BLOCK = re.compile(r"<(div|dl|ul|figure)\b(?![^>]*\bmarkdown=)")
"""How a block begins that needs no Markdown: elements that our macros make, at the beginning of a line."""
FENCE = re.compile(r"^(`{3,}|~{3,})", re.MULTILINE)
PLACE = '<div data-kw-html="{}"></div>'
MARK = re.compile(r'<div data-kw-html="(\d+)"></div>')


def without_blocks(markdown: str) -> tuple[str, tuple[str, ...]]:
    """The Markdown with each whole HTML block replaced by an empty element, and the blocks in their order."""
    blocks: list[str] = []
    pieces: list[str] = []
    fenced = False
    for piece in markdown.split("\n\n"):
        if not fenced and _is_whole(piece):
            pieces.append(PLACE.format(len(blocks)))
            blocks.append(piece.strip("\n"))
        else:
            pieces.append(piece)
        if len(FENCE.findall(piece)) % 2:
            fenced = not fenced
    return "\n\n".join(pieces), tuple(blocks)


def _is_whole(piece: str) -> bool:
    """Whether the piece is one element, opened at its beginning and closed at its end, and nothing for Markdown."""
    text = piece.strip("\n")
    begin = BLOCK.match(text)
    if begin is None or "markdown=" in text:
        return False
    name = begin[1]
    depth = 0
    for tag in re.finditer(rf"<(/?){name}\b[^>]*>", text):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end() == len(text)
    return False


def with_blocks(html: str, blocks: Sequence[str]) -> str:
    """The HTML that Markdown became, with each block back in its place."""
    return MARK.sub(lambda mark: blocks[int(mark[1])], html)
