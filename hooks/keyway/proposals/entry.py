"""A model that only the list has, as an entry that can be pasted into data/models."""

from collections.abc import Mapping

from ..evidence.aliases import owners
from ..evidence.verdict import Verdict
from ..schema.model import FACTS, Model
from ..schema.model_ids import model_id_problem
from .edits import flow, scalar

NOTE = " " * 16 + "# "


def entry(one: Verdict, models: Mapping[str, Model]) -> str:
    """What to paste, with what only a person can know as comments; facts are those of the list alone."""
    name, facts = one.id or "", one.theirs if isinstance(one.theirs, Mapping) else {}
    problem = model_id_problem(name)
    if problem:
        return f"    The catalogue cannot hold this id: it {problem}.\n"
    chats = facts.get("chat") is not False
    day = one.day
    lines = [f"{scalar(name)}:", f"  name: {scalar(name)}{NOTE}the vendor's own name for it"]
    if not chats:
        kind = facts.get("kind")
        lines.append(f"  kind: {kind}" if kind else f"  kind: embedding{NOTE}the list does not say; look it up")
    for field, fact in FACTS.items():
        value = facts.get(field)
        if value is not None and field != "kind" and (chats or fact.kinds is None):
            if isinstance(value, tuple):
                names = [alias for alias in value if alias not in owners(models)]
                lines += [f"  {field}: {flow(names)}"] if names else []
            else:
                lines.append(f"  {field}: {scalar(value)}")
    lines.append(f"  sources: [list-{day}]")
    source = f"list-{day}: {{title: GET /models, seen: {day}}}"
    paste = "".join(f"      {line}\n" for line in lines)
    return (
        f"    Add to data/models/{one.provider}.yml:\n\n{paste}\n"
        f"    and, unless it is there, under `sources` in data/providers/{one.provider}.yml:\n\n      {source}\n"
    )
