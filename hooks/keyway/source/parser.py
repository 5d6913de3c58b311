"""From the text of one YAML file to plain values, each knowing its place.

Libyaml parses; this module builds the values from its events, because only events still show
anchors, tags, directives and depth before they do harm. Beside `syntax` the only user of yaml.
"""

import re
from dataclasses import replace

import yaml

from .characters import objections
from .disguises import disguise, explicit_key
from .document import LOST, Path, Plain, Position, SourceFile
from .problem import CatalogueError, Problem
from .scalars import AmbiguousScalar, scalar_value
from .syntax_errors import advice

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_NODES = 6_000
"""Values of one file; a hundred models have about 2,500."""
MAX_DEPTH = 12
"""Levels of nesting; the types have 6."""
MAX_KEY = 100
"""Characters; the longest id may have 80."""

GLUED = re.compile(r"([A-Za-z0-9_.-]+):(\S.*)")
"""A key and a value in braces, with no space between."""
NO_MAPPING = "the file must be a mapping; write lines of the form `key: value`"


def parse(file: str, text: str) -> SourceFile:
    """The values of `text`; raises CatalogueError when its syntax is broken or its root is no mapping."""
    return _Builder(file, text).source()


class _Abandoned(Exception):
    """The rest of the file is not worth reading; the problem that says why is noted."""


def _position(event: yaml.Event) -> Position:
    """Where an event stands in the text."""
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:  # libyaml marks every event of a text
        raise TypeError("an event without its place")
    return Position(start.line + 1, start.column + 1, start.index, end.index, getattr(event, "style", None) or "")


class _Builder:
    """Builds values from events, noting problems instead of stopping at the first one."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self.values: dict[Path, Position] = {}
        self.keys: dict[Path, Position] = {}
        self.lost: set[Path] = set()
        self.problems: list[Problem] = []
        self.long: list[Problem] = []
        """Scalars over several lines: where the syntax breaks later, that is the mistake, and these are its traces."""
        self.nodes = 0

    def source(self) -> SourceFile:
        """The whole file; raises CatalogueError when its syntax is broken or its root is no mapping."""
        data: Plain | None = None
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
        except Exception as error:  # noqa: BLE001 - whatever libyaml comes up with, a contributor sees a place and a sentence
            self.problems.append(Problem(self.file, 1, 1, f"the file cannot be read as YAML ({type(error).__name__})"))
            data = None
        if not isinstance(data, dict):
            raise CatalogueError(self.problems)
        return SourceFile(
            self.file, self.text, data, self.values, self.keys, frozenset(self.lost), tuple(sorted(self.problems))
        )

    def _note(self, place: Position, message: str) -> None:
        self.problems.append(Problem(self.file, place.line, place.column, message))

    def _document(self) -> Plain | None:
        root = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._note(_position(event), "a second document begins here; keep one document in a file")
                    raise _Abandoned
                if event.version or event.tags:
                    self._note(_position(event), "directives (%YAML, %TAG) are not allowed; delete the line")
            elif isinstance(event, yaml.NodeEvent):
                if isinstance(event, yaml.ScalarEvent) and not event.value.strip():
                    break
                root = self._node(event, ())
                if not isinstance(root, dict) and not self.problems:
                    self._note(_position(event), NO_MAPPING)
        if root is None and not self.problems:
            self.problems.append(Problem(self.file, 1, 1, "the file is empty; write lines of the form `key: value`"))
        return root

    def _node(self, event: yaml.Event, path: Path) -> Plain | None:
        """The value that begins with `event`, or None (and the path in `lost`) when it has a problem."""
        place = _position(event)
        self.nodes += 1
        if len(path) > MAX_DEPTH:
            self._note(place, f"this is nested more than {MAX_DEPTH} levels deep; the catalogue never needs that")
            raise _Abandoned
        if self.nodes > MAX_NODES:
            self._note(place, f"the file has more than {MAX_NODES} values; split it")
            raise _Abandoned
        value = self._value(event, place, path)
        if value is None:
            self.lost.add(path)
        return value

    def _value(self, event: yaml.Event, place: Position, path: Path) -> Plain | None:
        """What `event` begins: a scalar, a list or a mapping; an alias is none of them."""
        if isinstance(event, yaml.AliasEvent):
            name = (event.anchor or "")[:40]
            self._note(place, f"aliases (*{name}) are not allowed; write the value out")
            return None
        if not isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            raise TypeError(f"{type(event).__name__} is no value")
        if event.anchor is not None:
            advice = "delete it and write the value out in each place"
            self._note(place, f"anchors (&{event.anchor[:40]}) are not allowed; {advice}")
        if event.tag is not None:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")[:60]
            self._note(place, f"tags ({shown}) are not allowed; delete it")
        self.values[path] = place
        if isinstance(event, yaml.ScalarEvent):
            return None if event.anchor or event.tag else self._scalar(event, place, path)
        if event.tag is not None:
            self._skip(event)
            return None
        value, end = self._list(path) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(path)
        self.values[path] = replace(place, end=end, style="")
        return value

    def _scalar(self, event: yaml.ScalarEvent, place: Position, path: Path) -> Plain | None:
        """The value of a scalar, None when it has a problem; its name in messages is the key it stands under."""
        if not path:
            self._note(place, NO_MAPPING)
            return None
        name = next((f"`{part}`" for part in reversed(path) if isinstance(part, str)), "the entry")
        for _, message in objections(event.value) if place.style else ():
            self._note(place, f"{name} holds {message}")
            return None
        if place.style in ("|", ">"):
            return event.value
        if "\n" in self.text[place.start : place.end]:
            message = f"{name} goes on over several lines; put it on one line, or check the colons below it"
            self.long.append(Problem(self.file, place.line, place.column, message))
            return None
        if self._disguised(place):
            return None
        try:
            return event.value if place.style else scalar_value(event.value)
        except AmbiguousScalar as error:
            key = self.keys.get(path) if not event.value else None
            if key and (glued := GLUED.fullmatch(name.strip("`"))):
                self.lost.add((*path[:-1], glued[1]))
                self._note(key, f"the colon of {name} needs a space after it; write `{glued[1]}: {glued[2]}`")
                return None
            advice = "has no value; if it belongs to the text before the comma, put the whole text in quotes"
            message = f"{name} {advice if key and self.text[key.end : key.end + 1] in ',}' else error}"
            self._note(key or place, message)
            return None

    def _list(self, path: Path) -> tuple[list[Plain], int]:
        items: list[Plain] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return items, _position(event).end
            here = path + (len(items),)
            item = self._node(event, here)
            if item is None:
                self.lost.discard(here)
                self.lost.add(path + LOST)
            else:
                items.append(item)
        raise _Abandoned

    def _mapping(self, path: Path) -> tuple[dict[str, Plain], int]:
        pairs: dict[str, Plain] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                return pairs, _position(event).end
            place = _position(event)
            key = self._key(event, place)
            if key is not None and (*path, key) in self.keys:
                first = self.keys[*path, key].line
                self._note(place, f"`{key}` is already given on line {first}; keep one of the two")
                self._node(next(self.events), path + LOST)
            elif key is not None:
                self.keys[*path, key] = place
                value = self._node(next(self.events), (*path, key))
                if value is not None:
                    pairs[key] = value
            else:
                self.lost.add(path + LOST)
                self._node(next(self.events), path + LOST)
        raise _Abandoned

    def _key(self, event: yaml.Event, place: Position) -> str | None:
        """The word that a mapping's key is; None, and a problem noted, for every other key."""
        if (
            not isinstance(event, yaml.ScalarEvent)
            or event.anchor is not None
            or event.tag is not None
            or place.style in ("|", ">")
        ):
            self._note(place, "a key must be a plain word; write it as `word: value`, without &, *, !, [ or {")
            self._skip(event)
            return None
        word = event.value
        if word == "<<":
            self._note(place, "merge keys (<<) are not allowed; write the fields out")
            return None
        if len(word) > MAX_KEY:
            self._note(place, f"this key has {len(word)} characters; {MAX_KEY} are the most")
            return None
        if "\n" in word or "\n" in self.text[place.start : place.end]:
            self._note(place, "this key goes on over several lines; put it on one line, or check the quotes before it")
            return None
        if explicit_key(self.text, place.start):
            self._note(place, f"a key needs no question mark; write `{word}: value`")
            return None
        for _, message in objections(word):
            self._note(place, f"this key holds {message}")
            return None
        if self._disguised(place):
            return None
        if not place.style and not _is_word(word):
            advice = f'write "{word}" in quotes'
            self._note(place, f"the key {word or '(nothing)'} is not a word to every YAML reader; {advice}")
            return None
        return word

    def _disguised(self, place: Position) -> bool:
        """Whether the scalar is not what it looks like; a problem is noted then."""
        found = disguise(self.text, place.start, place.end, place.style)
        if found:
            self.problems.append(Problem(self.file, *found))
        return found is not None

    def _skip(self, event: yaml.Event) -> None:
        """Pass over a list or mapping that cannot be a key."""
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth == 0:
                return
            event = next(self.events)


def _is_word(text: str) -> bool:
    """Whether every YAML reader takes the plain `text` for text."""
    try:
        return type(scalar_value(text)) is str
    except AmbiguousScalar:
        return False
