"""Localized texts as templates see them, and which of them pages print: each has to be in `data/words.yml`.

What records need is a rule of `loading/`; here are the words that templates, the theme and computed values name.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from ..evidence.history import Change
from ..evidence.recording import AccountKind
from ..evidence.status import ModelStatus
from ..exports.changelog import ChangeWord
from ..exports.snippets.input import Block
from ..schema.catalogue import Words
from ..schema.endpoint import Speech
from ..schema.fields import LANGUAGES
from ..schema.words import NeededWord, words_of_choices
from ..source.problem import Problem
from ..source.reader import read_source
from .columns import Absence
from .disputes import Claim, Standing
from .tables import WORDS as WORDS_OF_COLUMNS

FILE = "data/words.yml"
THEME = "site"
"""The group whose words the theme gets, as `words`."""
HERE = NeededWord(THEME, "here")
"""What the link of every heading is called."""
COMPUTED = (
    words_of_choices(ModelStatus, Absence, AccountKind, Change, Claim, ChangeWord, Block, Speech, Standing)
    | WORDS_OF_COLUMNS
    | {HERE}
)
"""The words of values that no file says, because they are computed from records and recordings, and of columns."""

COMMENT_START, COMMENT_END = "{##", "##}"
"""Around a comment of a template; Markdown writes heading ids as {#id}, which is how Jinja opens one of its own."""


class MissingWord(ValueError):
    """A page asks for a text that is not there; the message says which line to add."""


class Names:
    """The words of one group, or the groups themselves, by name.

    Only items, no attributes, so that a word may be called `items` or `keys`. A name that does not exist is an
    error, MissingWord, and not an empty text.
    """

    def __init__(self, entries: Mapping[str, object], group: str = "") -> None:
        self._entries, self._group = entries, group

    def __getitem__(self, name: str) -> Any:
        if name in self._entries:
            return self._entries[name]
        raise MissingWord(NeededWord(self._group, name).missing() if self._group else f"{FILE} has no `{name}`; add it")

    def __contains__(self, name: object) -> bool:
        return name in self._entries


def words_in(words: Words, language: str) -> Names:
    """Group -> word -> text in `language`."""
    groups = {group: {name: text[language] for name, text in entries.items()} for group, entries in words.items()}
    return Names({group: Names(entries, group) for group, entries in groups.items()})


def missing_words(root: Path, words: Words) -> list[Problem]:
    """One problem for each word that pages of the project in `root` can print and that `words` lack."""
    found: dict[NeededWord, Problem] = {}
    for word in sorted(COMPUTED):
        if word.name not in words.get(word.group, ()):
            found[word] = _in_words(root, word)
    for file, line, word in named_words(root):
        if word not in found and word.name not in words.get(word.group, ()):
            found[word] = Problem(file, line, 1, word.missing())
    return list(found.values())


def _in_words(root: Path, word: NeededWord) -> Problem:
    """The problem at the place where the word should stand: its group, else the beginning of the file."""
    source = read_source(FILE, (root / FILE).read_bytes())
    return source.problem((word.group,), word.missing(), key=True)


def named_words(root: Path) -> Iterator[tuple[str, int, NeededWord]]:
    """(file, line, word) of every word that a template or the theme takes by its name."""
    theme = Environment(autoescape=True)
    prose = theme.overlay(comment_start_string=COMMENT_START, comment_end_string=COMMENT_END)
    parts = root / "overrides" / "parts"
    for folder, pattern in (*((root / "docs" / language, "*.md") for language in LANGUAGES), (parts, "*.html")):
        for path in sorted(folder.rglob(pattern)):
            for line, names in _names(prose, path):
                if len(names) > 1:
                    yield path.relative_to(root).as_posix(), line, NeededWord(names[0], names[1])
    for path in sorted((root / "overrides").rglob("*.html")):
        if parts not in path.parents:
            for line, names in _names(theme, path):
                yield path.relative_to(root).as_posix(), line, NeededWord(THEME, names[0])


def _names(environment: Environment, path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(line, names) for each `words.a.b` or `words.a["b"]` of a template; one that is no template is told elsewhere."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if "words" not in text:
        return
    try:
        tree = environment.parse(text)
    except TemplateSyntaxError:
        return
    for node in tree.find_all((nodes.Getattr, nodes.Getitem)):
        names = _path(node)
        if names:
            yield node.lineno, names


def _path(node: nodes.Node) -> tuple[str, ...]:
    """The names after `words` in an expression that begins with it; empty for any other."""
    names: list[str] = []
    while isinstance(node, (nodes.Getattr, nodes.Getitem)):
        if isinstance(node, nodes.Getattr):
            names.insert(0, node.attr)
        elif isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            names.insert(0, node.arg.value)
        else:
            names.clear()  # computed: which word it is depends on a value
        node = node.node
    return tuple(names) if isinstance(node, nodes.Name) and node.name == "words" else ()
