"""Changes single facts in the text of a YAML file and leaves every other byte alone.

Works on the places that `source.parser` notes, never on values written out anew, so comments, order,
quotes and line ends stay. Knows which field of a model stands before which; decides nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ..schema.fields import file_fields
from ..schema.model import Model
from ..source.document import Path, Plain, SourceFile
from ..source.scalars import AmbiguousScalar, scalar_value

ORDER = tuple(file_fields(Model))
"""A new field goes behind the last field that stands before it here."""

Scalar = str | int | float | bool | date
Written = Scalar | tuple[str, ...]
"""What a fact can be made."""


class NotEditable(ValueError):
    """The file is written in a way that this module does not change; the text says what is."""


@dataclass(frozen=True)
class Edit:
    """One field of one model, and what it shall be."""

    model: str
    field: str
    value: Written


@dataclass(frozen=True)
class _Span:
    """Characters [start, end) of the text, and what comes in their place."""

    start: int
    end: int
    text: str


def edited(source: SourceFile, edits: Sequence[Edit]) -> str:
    """The text of `source` with all `edits` made; raises NotEditable."""
    in_order = sorted(edits, key=lambda edit: ORDER.index(edit.field))
    spans = list(enumerate(span for edit in in_order for span in _spans(source, edit)))
    text = source.text
    for _, span in sorted(spans, key=lambda one: (one[1].start, one[1].end, one[0]), reverse=True):
        text = text[: span.start] + span.text + text[span.end :]
    return text


def scalar(value: Scalar) -> str:
    """`value` as YAML that every reader takes for the same."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return value.isoformat() if isinstance(value, date) else repr(value)
    try:
        if type(scalar_value(value)) is str and not any(c in value for c in ":#,[]{}\"'&*!|>%@` "):
            return value
    except AmbiguousScalar:
        pass
    return f'"{value}"'


def flow(values: Sequence[str]) -> str:
    """A list on one line."""
    return "[" + ", ".join(map(scalar, values)) + "]"


def _spans(source: SourceFile, edit: Edit) -> Iterator[_Span]:
    path = (edit.model, edit.field)
    if path not in source.values:
        text = flow(edit.value) if isinstance(edit.value, tuple) else scalar(edit.value)
        yield _added(source, edit, f"{edit.field}: {text}")
    elif isinstance(edit.value, tuple):
        yield from _list(source, edit, edit.value)
    else:
        place = source.values[path]
        if place.style in ("|", ">"):
            raise NotEditable(f"{edit.field} of {edit.model} is a block of text")
        yield _Span(place.start, place.end, scalar(edit.value))


def _added(source: SourceFile, edit: Edit, text: str) -> _Span:
    """A field that is not there yet: a line of its own, or in a model on one line an entry."""
    given = [field for field in _fields(source, edit) if field in ORDER]
    before = [field for field in given if ORDER.index(field) < ORDER.index(edit.field)] or given[:1]
    last = max(before, key=lambda field: source.keys[edit.model, field].start)
    if source.text[source.values[edit.model,].start] == "{":
        end = _end(source, (edit.model, last))
        return _Span(end, end, f", {text}")
    key = source.keys[edit.model, last]
    line = _line_end(source.text, _end(source, (edit.model, last)))
    return _Span(line, line, f"{_newline(source)}{' ' * (key.column - 1)}{text}")


def _fields(source: SourceFile, edit: Edit) -> dict[str, Plain]:
    """The fields of the model as the file has them."""
    fields = source.data[edit.model]
    if not isinstance(fields, dict):
        raise NotEditable(f"{edit.model} is no mapping")
    return fields


def _list(source: SourceFile, edit: Edit, wanted: Sequence[str]) -> Iterator[_Span]:
    """A list becomes `wanted`: what is not in it goes, what is missing comes at its end."""
    path = (edit.model, edit.field)
    place = source.values[path]
    have = _fields(source, edit)[edit.field]
    if not isinstance(have, list):
        raise NotEditable(f"{edit.field} of {edit.model} is no list")
    lost = [index for index, item in enumerate(have) if item not in wanted]
    gained = [item for item in wanted if item not in have]
    if source.text[place.start] == "[":
        yield from _flow_list(source, path, len(have), lost, gained)
    elif len(lost) == len(have):
        yield _Span(place.start, _end(source, path), flow(gained))
    else:
        for index in lost:
            item = source.values[*path, index]
            start = source.text.rindex("\n", 0, item.start) + 1
            yield _Span(start, _line_end(source.text, item.end) + len(_newline(source)), "")
        if gained:
            line = _line_end(source.text, _end(source, path))
            lines = "".join(f"{_newline(source)}{' ' * (place.column - 1)}- {scalar(item)}" for item in gained)
            yield _Span(line, line, lines)


def _flow_list(
    source: SourceFile, path: Path, count: int, lost: Sequence[int], gained: Sequence[str]
) -> Iterator[_Span]:
    """A list in brackets: an item goes with the comma behind it, or the last ones with those before them."""
    items = [source.values[*path, index] for index in range(count)]
    kept = [index for index in range(count) if index not in lost]
    add = ", ".join(map(scalar, gained))
    if not kept:
        place = source.values[path]
        yield _Span(place.start + 1, place.end - 1, add)
        return
    for index in lost:
        if index < kept[-1]:
            yield _Span(items[index].start, items[index + 1].start, "")
    tail = items[kept[-1]].end
    if add or kept[-1] < count - 1:
        yield _Span(tail, items[-1].end, f", {add}" if add else "")


def _end(source: SourceFile, path: Path) -> int:
    """Where the value at `path` ends: a block list ends with its last item, not with the comments below it."""
    place = source.values[path]
    inner = [other for other in source.values if len(other) == len(path) + 1 and other[: len(path)] == path]
    if not inner or source.text[place.start] in "[{":
        return place.end
    return max(_end(source, other) for other in inner)


def _line_end(text: str, index: int) -> int:
    """Where the line of `index` ends, before its line break."""
    end = text.find("\n", index)
    if end < 0:
        return len(text)
    return end - 1 if text[end - 1] == "\r" else end


def _newline(source: SourceFile) -> str:
    return "\r\n" if "\r\n" in source.text else "\n"
