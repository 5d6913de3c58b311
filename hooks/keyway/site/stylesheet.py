"""The site's style sheet: the parts in docs/assets/css joined into one file, in the layers that the entry gives them.

A browser reads the entry as it stands too, with one request for each part. Joined it is one request, and without
comments and blanks three quarters as long. What the rules say is nothing to this module.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import tinycss2
from tinycss2.ast import AtRule, FunctionBlock, Node, ParseError, StringToken, WhitespaceToken

from ..source.problem import CatalogueError, Problem

ENTRY = "docs/assets/css/keyway.css"
"""The style sheet that pages link: nothing but `@import "part.css" layer(name);`, in the order of the layers."""

BLANKLESS = (";", ",")
"""Marks beside which no blank means anything, wherever they stand; others part words or signs in some places."""


class _Import(NamedTuple):
    layer: str
    part: str
    line: int
    column: int


def read_stylesheet(root: Path) -> str:
    """The joined style sheet of the project in `root`.

    Raises CatalogueError where the entry holds anything but imports, where a file is missing or not UTF-8,
    and where a part is no CSS at all, such as one with a stray bracket.
    """
    problems: list[Problem] = []
    layers: list[str] = []
    for layer, imports in groupby(_imports(root), key=lambda each: each.layer):
        parts: list[str] = []
        for each in imports:
            try:
                parts.append(_part(root, each))
            except CatalogueError as error:
                problems += error.problems
        layers.append(f"@layer {layer}{{{''.join(parts)}}}\n")
    if problems:
        raise CatalogueError(problems)
    return "".join(layers)


def _imports(root: Path) -> Iterator[_Import]:
    """The imports of the entry, in order."""
    text = _read(root / ENTRY, Problem(ENTRY, 1, 1, ""))
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        is_import = isinstance(rule, AtRule) and rule.lower_at_keyword == "import" and rule.content is None
        match [node for node in rule.prelude if node.type != "whitespace"] if is_import else ():
            case [StringToken(value=part), FunctionBlock(lower_name="layer", arguments=[name])]:
                yield _Import(name.serialize(), part, rule.source_line, rule.source_column)
            case _:
                message = 'only imports stand here; write @import "part.css" layer(name);'
                raise CatalogueError([Problem(ENTRY, rule.source_line, rule.source_column, message)])


def _part(root: Path, statement: _Import) -> str:
    """The rules of one part, compact."""
    path = (root / ENTRY).parent / statement.part
    text = _read(path, Problem(ENTRY, statement.line, statement.column, ""))
    nodes = tinycss2.parse_component_value_list(text, skip_comments=True)
    file = path.relative_to(root).as_posix()
    if errors := list(_errors(nodes)):
        advice = "browsers leave out what they cannot read; mend it"
        raise CatalogueError(
            Problem(file, error.source_line, error.source_column, f"{error.message.lower()}: {advice}")
            for error in errors
        )
    return str(tinycss2.serialize(_compact(nodes)))


def _read(path: Path, named_at: Problem) -> str:
    """The text of a file; `named_at` is where the problem is when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise CatalogueError(
            [replace(named_at, message=f"{path.name} cannot be read: {reason}; put it back, or delete the line")]
        ) from error


def _children(node: Node) -> list[Node] | None:
    """What stands between a node's brackets; None where it has none."""
    return getattr(node, "arguments" if node.type == "function" else "content", None)


def _errors(nodes: Iterable[Node]) -> Iterator[ParseError]:
    for node in nodes:
        if isinstance(node, ParseError):
            yield node
        yield from _errors(_children(node) or ())


def _compact(nodes: list[Node]) -> list[Node]:
    """`nodes` with one blank in place of many, and none at the ends, beside blocks and marks, and after colons."""
    kept: list[Node] = []
    for node in nodes:
        if (children := _children(node)) is not None:
            children[:] = _compact(children)
        if isinstance(node, WhitespaceToken):
            if kept and not _is_blankless(kept[-1]) and kept[-1] != ":":
                kept.append(WhitespaceToken(node.source_line, node.source_column, " "))
            continue
        if kept and isinstance(kept[-1], WhitespaceToken) and _is_blankless(node):
            kept.pop()
        kept.append(node)
    if kept and isinstance(kept[-1], WhitespaceToken):
        kept.pop()
    return kept


def _is_blankless(node: Node) -> bool:
    return node.type == "{} block" or node in BLANKLESS
