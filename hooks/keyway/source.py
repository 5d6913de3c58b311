"""From the bytes of one YAML file to plain values, each knowing its line and column.

The only user of yaml. libyaml parses; this module builds the values from its events, because only
events still show anchors, tags, directives and depth before they do harm. It knows nothing of models.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import yaml

from .characters import objections
from .plain import PlainDay, Unclear, meaning
from .syntax import advice

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_BYTES = 256 * 1024
"""A file of a hundred models has 60 KiB; reading time grows with the size."""
MAX_NODES = 6_000
"""Values of one file; a hundred models have about 2,500."""
MAX_DEPTH = 12
"""Levels of nesting; the types have 6."""
MAX_KEY = 100
"""Characters; the longest id may have 80."""
MAX_LINE = 2_500
"""Characters; a recorded error body may have 2,000."""

Path = tuple[str | int, ...]
Plain = str | int | float | bool | list["Plain"] | dict[str, "Plain"]

NO_MAPPING = "the file must be a mapping; write lines of the form `key: value`"

LOST = (-1,)
"""Added to the path of a list or mapping where a part of it could not be read."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend; lines and columns count from 1, columns in characters."""

    file: str
    line: int
    column: int
    message: str
    rule: str = field(default="", compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class CatalogueError(Exception):
    """The catalogue cannot be used; `problems` says everything that is wrong, in order."""

    def __init__(self, problems: "Iterator[Problem] | list[Problem] | tuple[Problem, ...]") -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: line and column from 1, and the characters [start, end) of the text."""

    line: int
    column: int
    start: int
    end: int
    style: str = ""
    """The quote or block character of a scalar; empty for a plain one and for lists and mappings."""


@dataclass(frozen=True)
class Source:
    """One file as plain values; `values` and `keys` give the place of the value, or the key, at a path."""

    file: str
    text: str
    data: dict[str, Plain]
    values: Mapping[Path, Place]
    keys: Mapping[Path, Place]
    lost: frozenset[Path]
    """Paths whose value was left out of `data` because it has a problem of its own."""
    problems: tuple[Problem, ...]

    @cached_property
    def around_lost(self) -> frozenset[Path]:
        """Every path that has a lost one at or below it."""
        return frozenset(path[:n] for path in self.lost for n in range(len(path) + 1))

    @cached_property
    def lost_keys(self) -> Mapping[Path, frozenset[str]]:
        """Path of a mapping -> the keys in it whose values are lost."""
        keys: dict[Path, set[str]] = {}
        for path in self.lost:
            if path and isinstance(path[-1], str):
                keys.setdefault(path[:-1], set()).add(path[-1])
        return {path: frozenset(names) for path, names in keys.items()}

    def follows(self, path: Path) -> bool:
        """Whether something wrong at `path` may only follow from a value that could not be read."""
        return path in self.around_lost or any(path[:n] in self.lost for n in range(len(path)))

    def problem(self, path: Path, message: str, *, key: bool = False, rule: str = "") -> Problem:
        """A problem at the value, or key, that stands at `path`, or else at the nearest one around it."""
        while path and path not in self.values:
            path = path[:-1]
        place = (self.keys if key else self.values).get(path) or self.values[path]
        return Problem(self.file, place.line, place.column, message, rule)

    def written(self, path: Path) -> str:
        """The characters of the scalar at `path`, as they stand in the file."""
        place = self.values[path]
        return self.text[place.start:place.end]


def read_source(file: str, content: bytes) -> Source:
    """Read the bytes of `file` (a name for messages); raises CatalogueError when nothing can be read.

    Where only parts are wrong, the rest is returned, and `problems` of the result says what they are.
    """
    text = _decode(file, content)
    _check_text(file, text)
    return _Builder(file, text).source()


def _decode(file: str, content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise CatalogueError([Problem(file, 1, 1, f"the file has more than {MAX_BYTES} bytes; split it, or remove what is not data")])
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or content[:4] == b"\0\0\xfe\xff":
        raise CatalogueError([Problem(file, 1, 1, "the file is UTF-16 or UTF-32; save it as UTF-8")])
    if content.startswith(b"\xef\xbb\xbf"):
        raise CatalogueError([Problem(file, 1, 1, "the file begins with a byte order mark; save it as UTF-8 without BOM")])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        message = f"the byte 0x{content[error.start]:02X} is not UTF-8; save the file as UTF-8"
        raise CatalogueError([Problem(file, line, column, message)]) from None


def _check_text(file: str, text: str) -> None:
    """Refuse what would make lines, columns or the look of the file unreliable."""
    crlf = text.count("\r\n")
    problems = []
    if crlf and crlf != text.count("\n"):
        at = re.search(r"(?<!\r)\n", text)
        line = text.count("\n", 0, at.start()) + 1
        message = "this line ends with LF and others with CRLF; end every line of the file the same way"
        problems.append(Problem(file, line, 1, message))
    shown = text.replace("\r\n", "\n") if crlf else text
    starts = [0, *(m.end() for m in re.finditer("\n", shown))]
    for index, message in objections(shown):
        line = bisect_right(starts, index)
        problems.append(Problem(file, line, index - starts[line - 1] + 1, f"here is {message}"))
    for line, content in enumerate(shown.split("\n"), 1):
        if len(content) > MAX_LINE:
            message = f"the line has {len(content)} characters; {MAX_LINE} are the most"
            problems.append(Problem(file, line, MAX_LINE + 1, message))
            break
    if problems:
        raise CatalogueError(problems)


class _Abandoned(Exception):
    """The rest of the file is not worth reading; the problem that says why is noted."""


class _Builder:
    """Builds values from events, noting problems instead of stopping at the first one."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self.values: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.lost: set[Path] = set()
        self.problems: list[Problem] = []
        self.long: list[Problem] = []
        """Scalars over several lines: where the syntax breaks later, that is the mistake, and these are its traces."""
        self.nodes = 0

    def source(self) -> Source:
        """The whole file; raises CatalogueError when its syntax is broken or its root is no mapping."""
        data = None
        try:
            self.events = yaml.parse(self.text, Loader=Loader)
            data = self._document()
            self.problems += self.long
        except _Abandoned:
            pass
        except yaml.MarkedYAMLError as error:
            line, column, message = advice(error, self.text)
            self.problems.append(Problem(self.file, line, column, message))
            data = None
        except Exception as error:  # whatever libyaml comes up with, a contributor sees a place and a sentence
            self.problems.append(Problem(self.file, 1, 1, f"the file cannot be read as YAML ({type(error).__name__})"))
            data = None
        if not isinstance(data, dict):
            raise CatalogueError(self.problems)
        return Source(
            self.file, self.text, data, self.values, self.keys, frozenset(self.lost), tuple(sorted(self.problems))
        )

    def _note(self, mark: yaml.Mark, message: str) -> None:
        self.problems.append(Problem(self.file, mark.line + 1, mark.column + 1, message))

    def _document(self) -> object:
        root = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._note(event.start_mark, "a second document begins here; keep one document in a file")
                    raise _Abandoned
                if event.version or event.tags:
                    self._note(event.start_mark, "directives (%YAML, %TAG) are not allowed; delete the line")
            elif isinstance(event, yaml.NodeEvent):
                if isinstance(event, yaml.ScalarEvent) and not event.value.strip():
                    break
                root = self._node(event, ())
                if not isinstance(root, dict) and not self.problems:
                    self._note(event.start_mark, NO_MAPPING)
        if root is None and not self.problems:
            self.problems.append(Problem(self.file, 1, 1, "the file is empty; write lines of the form `key: value`"))
        return root

    def _node(self, event: yaml.NodeEvent, path: Path) -> object:
        """The value that begins with `event`, or None (and the path in `lost`) when it has a problem."""
        mark, start = event.start_mark, event.start_mark.index
        self.nodes += 1
        if len(path) > MAX_DEPTH:
            self._note(mark, f"this is nested more than {MAX_DEPTH} levels deep; the catalogue never needs that")
            raise _Abandoned
        if self.nodes > MAX_NODES:
            self._note(mark, f"the file has more than {MAX_NODES} values; split it")
            raise _Abandoned
        if isinstance(event, yaml.AliasEvent):
            self._note(mark, f"aliases (*{event.anchor[:40]}) are not allowed; write the value out")
            return self._lose(path)
        if event.anchor is not None:
            self._note(mark, f"anchors (&{event.anchor[:40]}) are not allowed; delete it and write the value out in each place")
        if event.tag is not None:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")[:60]
            self._note(mark, f"tags ({shown}) are not allowed; delete it")
        self.values[path] = Place(mark.line + 1, mark.column + 1, start, event.end_mark.index, getattr(event, "style", "") or "")
        if isinstance(event, yaml.ScalarEvent):
            return self._lose(path) if event.anchor or event.tag else self._scalar(event, path)
        if event.tag is not None:
            self._skip(event)
            return self._lose(path)
        build = self._list if isinstance(event, yaml.SequenceStartEvent) else self._mapping
        value, end = build(path)
        self.values[path] = Place(mark.line + 1, mark.column + 1, start, end)
        return value

    def _lose(self, path: Path) -> None:
        self.lost.add(path)

    def _scalar(self, event: yaml.ScalarEvent, path: Path) -> object:
        """The value of a scalar; its name in messages is the key it stands under."""
        if not path:
            self._note(event.start_mark, NO_MAPPING)
            return self._lose(path)
        name = next((f"`{part}`" for part in reversed(path) if isinstance(part, str)), "the entry")
        if event.style:
            for _, message in objections(event.value):
                self._note(event.start_mark, f"{name} holds {message}")
                return self._lose(path)
            return event.value
        if event.start_mark.line != event.end_mark.line:
            self._note(event.start_mark, f"{name} goes on over several lines; put it on one line, or check the colons below it")
            self.long.append(self.problems.pop())
            return self._lose(path)
        try:
            return meaning(event.value)
        except Unclear as error:
            key = self.keys.get(path) if not event.value else None
            line, column = (key.line, key.column) if key else (event.start_mark.line + 1, event.start_mark.column + 1)
            advice = "has no value; if it belongs to the text before the comma, put the whole text in quotes"
            message = f"{name} {advice if key and self.text[key.end:key.end + 1] in ',}' else error}"
            self.problems.append(Problem(self.file, line, column, message))
            return self._lose(path)

    def _list(self, path: Path) -> tuple[list[object], int]:
        items: list[object] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return items, event.end_mark.index
            here = path + (len(items),)
            item = self._node(event, here)
            if item is None:
                self.lost.discard(here)
                self.lost.add(path + LOST)
            else:
                items.append(item)
        raise _Abandoned

    def _mapping(self, path: Path) -> tuple[dict[str, object], int]:
        pairs: dict[str, object] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                return pairs, event.end_mark.index
            key = self._key(event, path)
            if key is None:
                self.lost.add(path + LOST)
            here = path + ((key,) if key is not None else LOST)
            if key is not None and here in self.keys:
                self._note(event.start_mark, f"`{key}` is already given on line {self.keys[here].line}; keep one of the two")
                here = path + LOST
            elif key is not None:
                mark = event.start_mark
                self.keys[here] = Place(mark.line + 1, mark.column + 1, mark.index, event.end_mark.index, event.style or "")
            value = self._node(next(self.events), here)
            if value is not None and here[-1:] != LOST:
                pairs[key] = value
        raise _Abandoned

    def _key(self, event: yaml.NodeEvent, path: Path) -> str | None:
        """The word that a mapping's key is; None, and a problem noted, for every other key."""
        mark = event.start_mark
        if not isinstance(event, yaml.ScalarEvent) or event.anchor is not None or event.tag is not None or event.style in ("|", ">"):
            self._note(mark, "a key must be a plain word; write it as `word: value`, without &, *, !, [ or {")
            self._skip(event)
            return None
        word = event.value
        if word == "<<":
            self._note(mark, "merge keys (<<) are not allowed; write the fields out")
            return None
        if len(word) > MAX_KEY:
            self._note(mark, f"this key has {len(word)} characters; {MAX_KEY} are the most")
            return None
        if self._asked(mark.index):
            self._note(mark, f"a key needs no question mark; write `{word}: value`")
            return None
        for _, message in objections(word):
            self._note(mark, f"this key holds {message}")
            return None
        if not event.style:
            try:
                value = meaning(word)
            except Unclear:
                value = None
            if type(value) is not str:
                self._note(mark, f'the key {word or "(nothing)"} is not a word to every YAML reader; write "{word}" in quotes')
                return None
        return word

    def _asked(self, start: int) -> bool:
        """Whether the key at index `start` is written in the long form, after a question mark."""
        before = start - 1
        while before > 0 and self.text[before] == " ":
            before -= 1
        return before < start - 1 and self.text[before] == "?" and self.text[before - 1 : before] in ("", "\n", " ", "{", ",", "[")

    def _skip(self, event: yaml.NodeEvent) -> None:
        """Pass over a list or mapping that cannot be a key."""
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth == 0:
                return
            event = next(self.events)
