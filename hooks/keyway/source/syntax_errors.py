"""What to do about a syntax error that libyaml reports: its words turned into an instruction."""

import re

import yaml

AT_THE_START = ("found character that cannot start any token", "did not find expected alphabetic or numeric character")

ADVICE = (
    ("could not find expected ':'", "this line has no colon; write `key: value`"),
    (
        "mapping values are not allowed",
        "a colon cannot stand here; put text that holds `: ` in quotes, and check the indentation",
    ),
    (
        "block sequence entries are not allowed",
        "a list item cannot begin here; put `- ` on a line of its own, below its key",
    ),
    ("did not find expected '-' indicator", "this line does not belong to the list above it; check the indentation"),
    ("did not find expected ',' or ']'", "the list opened with [ on line {context} is not closed; write ] or a comma"),
    (
        "did not find expected ',' or '}'",
        "the mapping opened with {{ on line {context} is not closed; write }} or a comma",
    ),
    ("found unexpected end of stream", "the quote opened on line {context} is never closed; close it"),
    ("found unexpected document indicator", "the quote opened on line {context} is never closed; close it"),
    (
        "found unknown escape character",
        "a backslash in double quotes begins an escape; write \\\\ for a backslash, or use single quotes",
    ),
    ("invalid Unicode character escape", "this escape stands for no character; write the character itself"),
    ("did not find expected hexdecimal number", "this escape is not complete; write the character itself"),
    ("directive", "directives (lines that begin with %) are not allowed; delete the line"),
    (
        "did not find expected comment or line break",
        "only a comment can follow | or > on its line; begin the text on the next line",
    ),
    ("did not find expected key", "this line does not fit the mapping above it; check the indentation and the quotes"),
    ("did not find expected <document start>", "this does not belong to the mapping above it; check the indentation"),
    ("did not find expected node content", "a value is missing here; write one, or delete the comma or the key"),
    ("tag", "tags (!) are not allowed; put text that begins with ! in quotes"),
    ("nest", "this is nested too deeply; the catalogue never needs that"),
)
"""What libyaml says -> what a contributor can do; the first that fits."""

WIDE_COLON = "\uff1a"
WIDE = "here stands the full-width colon U+FF1A, which is none to YAML; write `key: value` with the ordinary one"
GLUED_COLON = re.compile(rf"( *)[A-Za-z0-9_.-]+(:(?=[^\s/])|{WIDE_COLON})")
"""A key at the beginning of a line, and what should have been its colon and a space; an address has a slash there."""

FROM_THE_CONTEXT = (
    "could not find expected ':'",
    "found unexpected end of stream",
    "found unexpected document indicator",
)
"""Errors that libyaml notices lines later than the mistake; the place is where the construct began."""


def advice(error: yaml.MarkedYAMLError, text: str) -> tuple[int, int, str]:
    """(line, column, instruction) for `error`; lines and columns count from 1."""
    problem = error.problem or ""
    mark = error.problem_mark or error.context_mark
    if error.context_mark and any(words in problem for words in FROM_THE_CONTEXT):
        mark = error.context_mark
    if mark is None:
        return 1, 1, f"the file cannot be read as YAML ({problem})"
    line, column = mark.line + 1, mark.column + 1
    if glued := _glued_colon(text, line) or ("mapping values" in problem and _glued_colon(text, line, above=True)):
        return glued
    if "mapping values are not allowed" in problem and (too_deep := _too_deep(text, mark)):
        return too_deep
    if "directive" in problem:
        column = 1
    context = error.context_mark.line + 1 if error.context_mark else line
    if any(words in problem for words in AT_THE_START):
        begin = error.context_mark if "alphabetic" in problem and error.context_mark else mark
        character = text[begin.index : begin.index + 1] or "this character"
        return begin.line + 1, begin.column + 1, f"text cannot begin with {character}; put it in quotes"
    for words, instruction in ADVICE:
        if words in problem:
            return line, column, instruction.format(context=context)
    return line, column, f"the file cannot be read as YAML ({problem}); check the indentation and the quotes"


def _glued_colon(text: str, line: int, *, above: bool = False) -> tuple[int, int, str] | None:
    """The place and advice for a key whose colon is none to YAML, in `line`, or in the one `above` that says something.

    Of a line above only one with the same indentation is meant: YAML takes it for text that goes on in the next.
    """
    lines = text.split("\n")
    line = min(line, len(lines))
    indentation = len(lines[line - 1]) - len(lines[line - 1].lstrip(" "))
    while above and line > 1:
        line -= 1
        if lines[line - 1].strip() and not lines[line - 1].lstrip().startswith("#"):
            break
    found = GLUED_COLON.match(lines[line - 1])
    if found is None or (above and len(found[1]) != indentation):
        return None
    return (
        line,
        len(found[1]) + 1,
        WIDE if found[2] == WIDE_COLON else "the colon needs a space after it; write `key: value`",
    )


def _too_deep(text: str, mark: yaml.Mark) -> tuple[int, int, str] | None:
    """The place and advice for a line that is indented below a line which has its value already."""
    start = text.rfind("\n", 0, mark.index) + 1
    before = text[start : mark.index]
    if not re.fullmatch(r" +[^\s:\[{\"']+", before):
        return None
    message = (
        "this line is indented further than the one above, which has a value already; give both the same indentation"
    )
    return mark.line + 1, len(before) - len(before.lstrip()) + 1, message
