"""From the text of one YAML file to plain values, each knowing its place.

Libyaml parses; this module builds the values from its events, because only events still show
anchors, tags, directives and depth before they do harm. Beside `syntax` the only user of yaml.
"""

import yaml

from .characters import objections
from .disguises import disguise, explicit_key
from .document import LOST, Path, Position, SourceFile
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

NO_MAPPING = "the file must be a mapping; write lines of the form `key: value`"


def parse(file: str, text: str) -> SourceFile:
    """The values of `text`; raises CatalogueError when its syntax is broken or its root is no mapping."""
    return _Builder(file, text).source()


class _Abandoned(Exception):
    """The rest of the file is not worth reading; the problem that says why is noted."""


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
        except Exception as error:  # noqa: BLE001 - whatever libyaml comes up with, a contributor sees a place and a sentence
            self.problems.append(Problem(self.file, 1, 1, f"the file cannot be read as YAML ({type(error).__name__})"))
            data = None
        if not isinstance(data, dict):
            raise CatalogueError(self.problems)
        return SourceFile(
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
            self._note(
                mark, f"anchors (&{event.anchor[:40]}) are not allowed; delete it and write the value out in each place"
            )
        if event.tag is not None:
            shown = event.tag.replace("tag:yaml.org,2002:", "!!")[:60]
            self._note(mark, f"tags ({shown}) are not allowed; delete it")
        self.values[path] = Position(
            mark.line + 1, mark.column + 1, start, event.end_mark.index, getattr(event, "style", "") or ""
        )
        if isinstance(event, yaml.ScalarEvent):
            return self._lose(path) if event.anchor or event.tag else self._scalar(event, path)
        if event.tag is not None:
            self._skip(event)
            return self._lose(path)
        build = self._list if isinstance(event, yaml.SequenceStartEvent) else self._mapping
        value, end = build(path)
        self.values[path] = Position(mark.line + 1, mark.column + 1, start, end)
        return value

    def _lose(self, path: Path) -> None:
        self.lost.add(path)

    def _scalar(self, event: yaml.ScalarEvent, path: Path) -> object:
        """The value of a scalar; its name in messages is the key it stands under."""
        if not path:
            self._note(event.start_mark, NO_MAPPING)
            return self._lose(path)
        name = next((f"`{part}`" for part in reversed(path) if isinstance(part, str)), "the entry")
        for _, message in objections(event.value) if event.style else ():
            self._note(event.start_mark, f"{name} holds {message}")
            return self._lose(path)
        if event.style in ("|", ">"):
            return event.value
        if event.start_mark.line != event.end_mark.line:
            self._note(
                event.start_mark, f"{name} goes on over several lines; put it on one line, or check the colons below it"
            )
            self.long.append(self.problems.pop())
            return self._lose(path)
        if self._disguised(event):
            return self._lose(path)
        try:
            return event.value if event.style else scalar_value(event.value)
        except AmbiguousScalar as error:
            key = self.keys.get(path) if not event.value else None
            line, column = (key.line, key.column) if key else (event.start_mark.line + 1, event.start_mark.column + 1)
            advice = "has no value; if it belongs to the text before the comma, put the whole text in quotes"
            message = f"{name} {advice if key and self.text[key.end : key.end + 1] in ',}' else error}"
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
                self._note(
                    event.start_mark, f"`{key}` is already given on line {self.keys[here].line}; keep one of the two"
                )
                here = path + LOST
            elif key is not None:
                mark = event.start_mark
                self.keys[here] = Position(
                    mark.line + 1, mark.column + 1, mark.index, event.end_mark.index, event.style or ""
                )
            value = self._node(next(self.events), here)
            if value is not None and here[-1:] != LOST:
                pairs[key] = value
        raise _Abandoned

    def _key(self, event: yaml.NodeEvent, path: Path) -> str | None:
        """The word that a mapping's key is; None, and a problem noted, for every other key."""
        mark = event.start_mark
        if (
            not isinstance(event, yaml.ScalarEvent)
            or event.anchor is not None
            or event.tag is not None
            or event.style in ("|", ">")
        ):
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
        if explicit_key(self.text, mark.index):
            self._note(mark, f"a key needs no question mark; write `{word}: value`")
            return None
        for _, message in objections(word):
            self._note(mark, f"this key holds {message}")
            return None
        if self._disguised(event):
            return None
        if not event.style:
            try:
                value = scalar_value(word)
            except AmbiguousScalar:
                value = None
            if type(value) is not str:
                self._note(
                    mark, f'the key {word or "(nothing)"} is not a word to every YAML reader; write "{word}" in quotes'
                )
                return None
        return word

    def _disguised(self, event: yaml.ScalarEvent) -> bool:
        """Whether the scalar is not what it looks like; a problem is noted then."""
        found = disguise(self.text, event.start_mark.index, event.end_mark.index, event.style or "")
        if found:
            self.problems.append(Problem(self.file, *found))
        return found is not None

    def _skip(self, event: yaml.NodeEvent) -> None:
        """Pass over a list or mapping that cannot be a key."""
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth == 0:
                return
            event = next(self.events)
