"""What an endpoint said on a day: reads and writes `data/recordings/<provider>/<day>.json`.

A recording keeps the vendor's own words, reduced to the fields that are compared, so that it stays
evidence however our reading of it changes. It is added, never edited; nothing here judges it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from ..source.atomic import add_file
from ..source.problem import Problem
from ..source.scalars import DAY
from ..source.strictjson import UnusableJson, parse
from .list_formats import Facts, ListFormat, Unusable, reduced, rows_of, shape

FOLDER = Path("data", "recordings")
MAX_BYTES = 2_000_000
"""The longest known list is 700 kB; Mistral's is 46 kB."""

FORMAT = "data/recordings/<provider>/<day>.json"


@dataclass(frozen=True)
class Row:
    """One row of a list. `facts` has only what the row said, under the catalogue's field names."""

    id: str
    facts: Facts
    said: Mapping[str, object] = field(compare=False, repr=False, default_factory=dict)
    """The row in the vendor's words, reduced."""

    @property
    def cluster(self) -> frozenset[str]:
        """Every name that this row says is one model: its id and its aliases."""
        return frozenset((self.id, *(self.aliases or ())))

    @property
    def aliases(self) -> tuple[str, ...] | None:
        """The other names of the same model that the row lists; None where its format has no such list."""
        names = self.facts.get("aliases")
        return names if isinstance(names, tuple) else None

    @property
    def chats(self) -> bool:
        """Whether its flags and temperature mean something: rows that do not chat have noise there."""
        return self.facts.get("chat") is not False


@dataclass(frozen=True)
class Recording:
    """A models list as one account got it on one day (UTC)."""

    provider: str
    endpoint: str
    """The address that answered."""
    day: date
    origin: str
    """How it came to us: recorded by our own command, or where it was published."""
    complete: bool
    """False where only a part of the list is known, so that what is absent says nothing."""
    rows: tuple[Row, ...]

    @property
    def shape(self) -> ListFormat:
        return shape(self.provider)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids that have a row."""
        return frozenset(row.id for row in self.rows)


def from_answer(body: bytes, provider: str, endpoint: str, day: date, origin: str) -> Recording:
    """Make a recording of an endpoint's raw answer; raise Unusable."""
    answer = _parse(body)
    return _recording(provider, endpoint, day, origin, True, rows_of(answer, shape(provider)))


def from_file(body: bytes, provider: str | None = None, day: date | None = None) -> Recording:
    """Read one of our files, or a raw answer, for which `provider` and `day` must be given; raise Unusable."""
    answer = _parse(body)
    if not isinstance(answer, dict) or "models" not in answer:
        if provider is None or day is None:
            raise Unusable("the file is an endpoint's raw answer: name its provider", ours=True)
        return _recording(provider, "", day, "a file", True, rows_of(answer, shape(provider)))
    said, rows = answer.get("provider"), answer.get("models")
    if not isinstance(said, str) or not isinstance(rows, list):
        raise Unusable(f"the file is no recording: {FORMAT} has `provider` and a list under `models`", ours=True)
    if provider is not None and said != provider:
        raise Unusable(f"the file is a recording of another provider than {provider}", ours=True)
    if not isinstance(answer.get("complete", True), bool):
        raise Unusable("the file says under `complete` neither true nor false", ours=True)
    try:
        if not DAY.fullmatch(str(answer.get("recorded"))):
            raise ValueError
        recorded = date.fromisoformat(str(answer.get("recorded")))
    except ValueError:
        raise Unusable("the file does not say under `recorded` which day it is of", ours=True) from None
    return _recording(
        said,
        str(answer.get("endpoint", "")),
        recorded,
        str(answer.get("origin", "")),
        answer.get("complete", True),
        reduced(rows, shape(said)),
    )


def read_recordings(root: Path) -> Mapping[str, tuple[Recording, ...]]:
    """Every recording below `root`'s data folder by provider, oldest first; raise Unusable naming the file."""
    found: dict[str, list[Recording]] = {}
    for path in sorted((root / FOLDER).glob("*/*.json")):
        where = path.relative_to(root).as_posix()
        try:
            recording = from_file(path.read_bytes(), path.parent.name)
        except Unusable as problem:
            raise Unusable(f"{where}: {problem.reason}", ours=True) from None
        if path.stem != recording.day.isoformat():
            raise Unusable(f"{where}: was recorded on {recording.day}; name the file after that day", ours=True)
        found.setdefault(recording.provider, []).append(recording)
    return MappingProxyType({key: tuple(sorted(value, key=lambda one: one.day)) for key, value in found.items()})


def recording_problems(root: Path) -> list[Problem]:
    """The first recording that cannot be used, where there is one; recordings are written by `record` alone."""
    try:
        read_recordings(root)
    except Unusable as error:
        file, _, reason = error.reason.partition(": ")
        return [Problem(file, 1, 1, f"{reason}; restore the file, or record it again")]
    except OSError as error:
        message = f"a recording cannot be read ({error.strerror}); check its permissions"
        return [Problem(FOLDER.as_posix(), 1, 1, message)]
    return []


def newest_complete(recordings: Sequence[Recording]) -> Recording | None:
    """The newest of `recordings` that is a whole list."""
    return max((one for one in recordings if one.complete), key=lambda one: one.day, default=None)


def text_of(recording: Recording) -> str:
    """The recording as its file's text."""
    head = {
        "provider": recording.provider,
        "endpoint": recording.endpoint,
        "recorded": recording.day.isoformat(),
        "origin": recording.origin,
        "complete": recording.complete,
    }
    rows = [dict(row.said) for row in recording.rows]
    return json.dumps(head | {"models": rows}, indent=1, ensure_ascii=False) + "\n"


def add(recording: Recording, root: Path) -> Path:
    """Add the recording as a new file and return its path; raises FileExistsError rather than edit one."""
    path = root / FOLDER / recording.provider / f"{recording.day.isoformat()}.json"
    add_file(path, text_of(recording).encode())
    return path


def _parse(body: bytes) -> object:
    if len(body) > MAX_BYTES:
        raise Unusable(f"the list is longer than {MAX_BYTES} bytes")
    try:
        return parse(body)
    except UnusableJson as problem:
        raise Unusable(f"the list {problem}") from None


def _recording(
    provider: str, endpoint: str, day: date, origin: str, complete: bool, rows: Sequence[Mapping[str, object]]
) -> Recording:
    read = shape(provider).facts
    made = tuple(Row(str(row["id"]), MappingProxyType(read(row)), MappingProxyType(dict(row))) for row in rows)
    if not made:
        raise Unusable("the list has no public model")
    return Recording(provider, endpoint, day, origin, complete, made)
