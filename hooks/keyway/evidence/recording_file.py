"""What the file of a recording may say: read as a stranger's, with every problem of it at once, and written.

    provider    the id of data/providers/<id>.yml, which is the folder's name
    endpoint    the address that answered: a models list on a host that the provider's keys may go to
    recorded    the day (UTC), which begins the file's name
    origin      how it came to us: by our own command, or where it was published
    account     free, paid or unknown: which kind of account asked
    complete    true, or false where only a part of the list is known, so that what is absent says nothing
    fields      which fields of a row reached us, where it had them
    twice       only where the endpoint gave an id more than one row: those ids
    models      the rows, in the vendor's words and order, reduced to what is compared

It knows no folder; nothing here judges what a list says.
"""

import json
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from ..schema.fields import YEARS
from ..schema.hosts import KEY_HOSTS, address_problem
from ..source.json_source import JsonSource, read_json
from ..source.problem import CatalogueError
from ..source.scalars import DAY
from .complaints import Complaints, shown, value_text
from .list_formats import MAX_ROWS, shape
from .recording import ACCOUNTS, MAX_BYTES, Recording, made_rows
from .recording_rows import count_rows, good_rows
from .row_values import ListFormat

REQUIRED = {
    "provider": "add the id of the provider",
    "endpoint": "add the address that answered",
    "recorded": "add the day, such as 2026-10-08",
    "origin": "add who published it, and where",
    "account": "add free, paid or unknown",
    "complete": "add true for a whole list, false for a part of one",
    "fields": "add which fields of a row reached us",
    "models": "add the rows of the list",
}
"""What every recording says -> what to do where it does not."""
MEMBERS = (*REQUIRED, "twice")

LONGEST_ORIGIN = 500
"""Characters; the longest of ours, with an address and a hash in it, has 187."""


def read_recording(file: str, content: bytes, provider: str | None = None, day: date | None = None) -> Recording:
    """The recording in the bytes of `file`, a name for messages; raises CatalogueError with every problem.

    `provider` and `day` are what folder and file name say; without them the file is believed.
    """
    source = read_json(file, content, MAX_BYTES)
    if not isinstance(source.data, dict):
        raise CatalogueError([source.problem((), "this is no recording, which is an object; record it again")])
    return _File(source, source.data, provider, day).recording()


def text_of(recording: Recording) -> str:
    """The recording as its file's text."""
    head = {
        "provider": recording.provider,
        "endpoint": recording.endpoint,
        "recorded": recording.day.isoformat(),
        "origin": recording.origin,
        "account": recording.account,
        "complete": recording.complete,
        "fields": recording.fields,
    }
    twice = {"twice": recording.twice} if recording.twice else {}
    rows = [dict(row.said) for row in recording.rows]
    return json.dumps(head | twice | {"models": rows}, indent=1, ensure_ascii=False) + "\n"


class _File:
    """One file while it is read: its members, and what is wrong with them."""

    def __init__(self, source: JsonSource, said: dict[str, object], provider: str | None, day: date | None) -> None:
        self._found = Complaints(source)
        self._said, self._day = said, day
        own = said.get("provider")
        self._provider = provider or (own if isinstance(own, str) else "")
        self._in_folder = provider is not None

    def recording(self) -> Recording:
        """What the file says; raises CatalogueError."""
        self._read_names()
        self._read_provider()
        self._read_endpoint()
        day = self._read_day()
        self._read_origin()
        self._read_choices()
        fields = self._read_fields()
        rows = self._read_rows(fields)
        if self._found.problems or day is None:
            raise CatalogueError(self._found.problems)
        said = self._said
        return Recording(
            self._provider,
            str(said["endpoint"]),
            day,
            str(said["origin"]),
            said["complete"] is True,
            made_rows(rows, self._provider),
            next(kind for kind in ACCOUNTS if kind == said["account"]),
            tuple(fields),
        )

    def _read_names(self) -> None:
        """Refuse members that there are not; one that stands for another is not said to be missing as well."""
        lacking = [name for name in MEMBERS if name not in self._said]
        meant = set()
        for name in self._said:
            if name not in MEMBERS:
                near = self._found.nearest(name, lacking)
                meant.add(near)
                advice = f"did you mean {near}?" if near else "take it out"
                self._found.note((name,), f"there is no field `{shown(name)}` here; {advice}", key=True)
        for name, advice in REQUIRED.items():
            if name in lacking and name not in meant:
                self._found.note((), f"the recording lacks `{name}`; {advice}")

    def _read_provider(self) -> None:
        if "provider" not in self._said:
            return
        said = self._said["provider"]
        if not isinstance(said, str):
            self._found.note(("provider",), f"`provider` is {value_text(said)}; write the id of the provider")
        elif said != self._provider:
            self._found.note(
                ("provider",), f"`provider` is {value_text(said)}, and the folder is {self._provider}; write that"
            )
        elif not self._in_folder and said not in KEY_HOSTS:
            self._found.note(
                ("provider",), f"there is no provider {shown(said)}; {self._found.advice(said, [*KEY_HOSTS])}"
            )

    def _read_endpoint(self) -> None:
        if "endpoint" not in self._said:
            return
        said = self._said["endpoint"]
        problem = address_problem(said)
        hosts = KEY_HOSTS.get(self._provider)
        if isinstance(said, str) and said.startswith("https://") and hosts and _host(said) not in hosts:
            known = " and ".join(hosts)
            self._found.note(
                ("endpoint",), f"`endpoint` is not on a host of {self._provider}'s; its lists are on {known}"
            )
        elif problem:
            self._found.note(("endpoint",), f"`endpoint` {problem}")
        elif not str(said).endswith("/models") or "?" in str(said) or "#" in str(said):
            self._found.note(
                ("endpoint",), "`endpoint` is no address of a models list; write the one that ends in /models"
            )

    def _read_day(self) -> date | None:
        if "recorded" not in self._said:
            return None
        said = self._said["recorded"]
        try:
            if not isinstance(said, str) or not DAY.fullmatch(said):
                raise ValueError
            day = date.fromisoformat(said)
        except ValueError:
            self._found.note(("recorded",), "`recorded` is not a date; write it as YYYY-MM-DD, such as 2026-10-08")
            return None
        if not YEARS[0] <= day.year <= YEARS[1]:
            self._found.note(("recorded",), f"`recorded` is {day}; write a year from {YEARS[0]} to {YEARS[1]}")
        elif self._day is not None and day != self._day:
            self._found.note(
                ("recorded",), f"`recorded` is {day}, and the file is named after {self._day}; one of them is wrong"
            )
        return day

    def _read_origin(self) -> None:
        said = self._said.get("origin", "")
        if not isinstance(said, str) or ("origin" in self._said and said.strip() in ("", "…")):
            self._found.note(
                ("origin",), "`origin` does not say how the list came to us; write who published it, and where"
            )
        elif said != said.strip() or "\n" in said:
            self._found.note(
                ("origin",), "`origin` begins or ends with a space, or goes on over several lines; write one line"
            )
        elif len(said) > LONGEST_ORIGIN:
            self._found.note(("origin",), f"`origin` has {len(said)} characters; {LONGEST_ORIGIN} are the most")

    def _read_choices(self) -> None:
        account, complete = self._said.get("account", "unknown"), self._said.get("complete", True)
        if account not in ACCOUNTS:
            self._found.note(
                ("account",), f"`account` is {value_text(account)}; {self._found.advice(str(account), ACCOUNTS)}"
            )
        if not isinstance(complete, bool):
            advice = "write true for a whole list, false for a part of one"
            self._found.note(("complete",), f"`complete` is {value_text(complete)}; {advice}")

    @property
    def _kind(self) -> ListFormat:
        return shape(self._provider)

    def _read_rows(self, fields: Sequence[str]) -> list[dict[str, object]]:
        """The rows that can be read."""
        rows = self._said.get("models")
        if not isinstance(rows, list):
            if "models" in self._said:
                self._found.note(("models",), "`models` is not a list; write the rows of the endpoint's answer")
            return []
        if not rows or len(rows) > MAX_ROWS:
            count = "no rows" if not rows else f"more than {MAX_ROWS} rows"
            self._found.note(("models",), f"the list has {count}, so it is no list of models; record it again")
            return []
        count_rows(rows, self._said.get("twice", []), self._found)
        return good_rows(rows, self._kind, fields, self._found)

    def _read_fields(self) -> list[str]:
        """The fields that reached us; all that there are, where that cannot be told."""
        known = [*self._kind.keeps]
        said = self._said.get("fields", known)
        before = len(self._found.problems)
        if not isinstance(said, list) or not all(isinstance(name, str) for name in said) or len(said) > len(known):
            self._found.note(("fields",), f"`fields` is no list of names; write which of {', '.join(known)} reached us")
            return known
        for index, name in enumerate(said):
            if name not in known:
                advice = self._found.advice(name, known)
                self._found.note(("fields", index), f"a recording keeps no field `{shown(name)}`; {advice}")
            elif name in said[:index]:
                self._found.note(("fields", index), f"`fields` names {name} twice; delete one")
        if "id" not in said:
            self._found.note(("fields",), "`fields` lacks id, without which there is no list; add it")
        return known if len(self._found.problems) > before else said


def _host(address: str) -> str | None:
    """The host of an address; None where it has none that can be told."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
