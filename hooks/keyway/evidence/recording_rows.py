"""What the rows in the file of a recording may say: the provider's format, and no id twice that is not said to be."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ..source.document import Path
from .complaints import Complaints, shown
from .list_formats import MAX_ROWS, OWN_MODEL, field_faults
from .row_values import NAME, ListFormat

LIST = "models"
"""The member that holds the rows."""
SLIP = 0.8
"""How alike (of 1) a flag that we do not know and one that a row lacks are when it is a slip, and no news."""


def good_rows(
    rows: Sequence[object], kind: ListFormat, fields: Sequence[str], found: Complaints
) -> list[dict[str, object]]:
    """The rows without a mistake; what is wrong with the others goes to `found`. `fields` are those that reached us."""
    good = []
    for index, row in enumerate(rows):
        before = len(found.problems)
        _check_row((LIST, index), row, kind, fields, found)
        if isinstance(row, dict) and len(found.problems) == before:
            good.append(row)
    return good


def count_rows(rows: Sequence[object], said: object, found: Complaints) -> None:
    """Hold the ids that have more than one row against those that are said to, under `twice`."""
    if not isinstance(said, list) or not all(isinstance(name, str) for name in said) or len(said) > MAX_ROWS:
        found.note(("twice",), "`twice` is not a list of ids; write those that have more than one row")
        return
    twice, times = Counter(said), Counter(name for _, name in _ids(rows))
    first: dict[str, int] = {}
    for index, name in _ids(rows):
        if first.setdefault(name, index) != index and not twice[name]:
            line = found.line((LIST, first[name], "id"))
            advice = "delete one, or name it in `twice`, where the endpoint gave both"
            found.note((LIST, index, "id"), f"{shown(name)} has a row already, in line {line}; {advice}")
    named: set[str] = set()
    for index, name in enumerate(said):
        if times[name] < 2:
            found.note(("twice", index), f"`twice` names {shown(name)}, which has not two rows; take it out")
        elif name in named:
            found.note(("twice", index), f"`twice` has {name} before; delete one of them")
        named.add(name)


def _ids(rows: Sequence[object]) -> Iterator[tuple[int, str]]:
    for index, row in enumerate(rows):
        name = row.get("id") if isinstance(row, Mapping) else None
        if isinstance(name, str):
            yield index, name


def _check_row(at: Path, row: object, kind: ListFormat, fields: Sequence[str], found: Complaints) -> None:
    if not isinstance(row, dict):
        found.note(at, "this row is not an object; write it as the endpoint gave it")
        return
    name = row.get("id")
    if not isinstance(name, str) or not NAME.fullmatch(name):
        found.note(
            (*at, "id"), "this row has no id, or one that no id looks like; write the one that the endpoint gave"
        )
        return
    if OWN_MODEL.items() <= row.items():
        found.note(at, f"{shown(name)} is a model of the account's own, which no recording tells of; delete the row")
        return
    for key in row:
        if key not in kind.keeps:
            lacking = [field for field in kind.keeps if field not in row]
            advice = found.advice(key, lacking) if lacking else "take it out"
            found.note((*at, key), f"a recording keeps no field `{shown(key)}`; {advice}", key=True)
        elif key not in fields:
            found.note((*at, key), f"`{key}` is not among `fields`; add it there", key=True)
    for key, reason in field_faults(row, kind):
        found.note((*at, key), f"{reason}; write what the endpoint gave")
    for key, known in kind.flags.items():
        _check_flags((*at, key), row.get(key), known, found)


def _check_flags(at: Path, flags: object, known: Sequence[str], found: Complaints) -> None:
    """Refuse a flag that we do not know when it looks like one that is missing; any other is the vendor's news."""
    if not isinstance(flags, dict):
        return
    lacking = [name for name in known if name not in flags]
    for name in [name for name in flags if name not in known] if lacking else []:
        if near := found.nearest(name, lacking, SLIP):
            found.note((*at, name), f"there is no flag `{shown(name)}`; did you mean {near}?", key=True)
