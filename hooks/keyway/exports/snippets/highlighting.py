"""The lines of a text with the classes that colour them, as the pages' own blocks of code have them."""

from functools import lru_cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, _TokenType


@lru_cache
def _lexer(language: str) -> Lexer:
    return get_lexer_by_name(language, stripnl=False)


def highlighted(text: str, language: str) -> list[tuple[str, ...]]:
    """Each line as (class, text, class, text, …), without its line break; the texts joined are the line."""
    lines: list[list[str]] = [[]]
    for token, piece in _lexer(language).get_tokens(text.rstrip("\n")):
        for number, part in enumerate(piece.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1] += [_class(token), part]
    return [tuple(line) for line in lines[:-1]]  # the lexer ends every text with a line break


def _class(token: _TokenType) -> str:
    """The short class of a token, or of the kind it belongs to."""
    kind: _TokenType | None = token
    while kind is not None and kind not in STANDARD_TYPES:
        kind = kind.parent
    return STANDARD_TYPES[kind] if kind is not None else ""
