"""Line ends between Chinese or Japanese characters, which a browser would show as blanks.

The sources have one sentence a line; Markdown keeps the line ends inside a paragraph.
"""

import re

WIDE = "\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
"""CJK punctuation, kana, Han, full-width forms."""
STOP = "、。，：；！？）」』】"
"""Full-width punctuation that carries its own blank, whatever the next line begins with."""
BROKEN = re.compile(rf"(?<=[{WIDE}])\n(?=[{WIDE}<])|(?<=>)\n(?=[{WIDE}])|(?<=[{STOP}])\n")
"""A line end between two wide characters, between one and a tag (a mark at a sentence's edge), or after a stop."""
BLOCK = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)


def join_lines(html: str) -> str:
    """Remove the line ends of `html` that stand between wide characters, outside preformatted text."""
    pieces = BLOCK.split(html)
    return "".join(piece if piece.startswith("<pre") else BROKEN.sub("", piece) for piece in pieces)
