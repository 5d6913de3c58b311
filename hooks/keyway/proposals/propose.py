"""From verdicts to edits of data/models: what is safe is written, what needs a person is said.

A machine proposes, a person decides: nothing here adds or removes a model.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ..evidence.aliases import owners
from ..evidence.report import sentence
from ..evidence.verdict import Verdict
from ..schema.catalogue import Catalogue
from ..schema.model import FACTS
from ..schema.model_ids import model_id_problem
from ..source.problem import CatalogueError
from .applying import Step, accepted, keep, tried
from .edits import Edit, NotEditable, Written
from .entry import entry

FieldOf = tuple[str, str]
"""A model and one of its fields."""


@dataclass
class Proposal:
    """What was done, and what is left to do."""

    written: list[str] = field(default_factory=list)
    """A line for each fact that was written."""
    asked: list[str] = field(default_factory=list)
    """A paragraph for each thing that needs a person."""
    failed: str = ""
    """Why nothing was written, where something was to be."""

    @property
    def text(self) -> str:
        """All of it, for a person."""
        parts = []
        if self.written:
            parts.append("Written:\n" + "".join(f"  {line}\n" for line in self.written))
        if self.failed:
            parts.append(f"Nothing was written: {self.failed}\n")
        if self.asked:
            parts.append("Needs a person:\n" + "\n".join(self.asked))
        return "\n" + "\n".join(parts) if parts else "\nNothing to write.\n"


def write(root: Path, catalogue: Catalogue, verdicts: Sequence[Verdict]) -> Proposal:
    """Write what is safe into the files below `root`, and say the rest.

    A change that a rule of the catalogue refuses is left to a person; the others are written.
    """
    proposal = Proposal()
    steps: list[Step] = []
    for safe, asked in _plans(catalogue, verdicts):
        steps += safe
        proposal.asked += asked
    try:
        kept, refused = accepted(root, catalogue, steps)
        for step, why in refused.items():
            told, reason = "; ".join(step.why), why.replace("\n", "\n      ")
            proposal.asked.append(f"  {step.provider}: {told}\n    Not written, since then:\n      {reason}\n")
        if kept:
            keep(root, tried(root, catalogue, kept))
        proposal.written = [f"{step.file}: {why}" for step in kept for why in step.why]
    except (NotEditable, CatalogueError) as problem:
        proposal.failed = str(problem)
    return proposal


def _plans(catalogue: Catalogue, verdicts: Sequence[Verdict]) -> Iterator[tuple[list[Step], list[str]]]:
    for provider in dict.fromkeys(one.provider for one in verdicts if one.provider in catalogue.models):
        yield plan(catalogue, [one for one in verdicts if one.provider == provider])


def plan(catalogue: Catalogue, verdicts: Sequence[Verdict]) -> tuple[list[Step], list[str]]:
    """The safe steps for one provider, and what needs a person. All changes of aliases are one step."""
    provider = verdicts[0].provider
    safe: dict[FieldOf, Written] = {}
    why: dict[FieldOf, list[str]] = {}
    asked: list[str] = []
    for one in verdicts:
        if one.verdict in ("same", "no-verdict"):
            continue
        changes = {} if one.newer or one.why else dict(_changes(catalogue, one, safe))
        doubtful = [key for key, value in changes.items() if key[1] != "aliases" and safe.get(key, value) != value]
        if not changes or doubtful:
            asked.append(_request(catalogue, one))
        for key in changes.keys() - doubtful:
            safe[key] = changes[key]
            why.setdefault(key, []).append(sentence(one))
    edits = {
        Edit(model, name, value): tuple(dict.fromkeys(why[model, name]))
        for (model, name), value in safe.items()
        if value != getattr(catalogue.models[provider][model], name)
    }
    names = {edit: said for edit, said in edits.items() if edit.field == "aliases"}
    steps = [Step(provider, (edit,), said) for edit, said in edits.items() if edit not in names]
    if names:
        steps.append(Step(provider, tuple(names), tuple(dict.fromkeys(one for said in names.values() for one in said))))
    return steps, list(dict.fromkeys(asked))


def _changes(catalogue: Catalogue, one: Verdict, safe: Mapping[FieldOf, Written]) -> Iterator[tuple[FieldOf, Written]]:
    """What `one` makes of which fields, after what is `safe` already; nothing where a person must decide."""
    models = catalogue.models[one.provider]

    def aliases(model: str) -> tuple[str, ...]:
        changed = safe.get((model, "aliases"))
        return changed if isinstance(changed, tuple) else models[model].aliases

    match one:
        case Verdict(verdict="moved", id=str(alias), ours=str(ours), theirs=str(theirs)) if theirs in models:
            yield (ours, "aliases"), tuple(name for name in aliases(ours) if name != alias)
            yield (theirs, "aliases"), tuple(dict.fromkeys((*aliases(theirs), alias)))
        case Verdict(verdict="different", model=str(model)) if one.id != model:
            return  # the row of an alias: who is right, it or the model's own, a person says
        case Verdict(verdict="different", model=str(model), field="aliases", ours=tuple(ours), theirs=tuple(theirs)):
            gained = [name for name in theirs if name not in ours]
            if not any(name in owners(models) or model_id_problem(name) for name in gained):
                kept = [name for name in aliases(model) if name in theirs or name not in ours]
                yield (model, "aliases"), tuple(dict.fromkeys((*kept, *gained)))
        case Verdict(
            verdict="different",
            model=str(model),
            field=str(field),
            theirs=(bool() | int() | float() | date()) as value,
        ) if _is_written(field):
            yield (model, field), value


def _is_written(field: str) -> bool:
    """Whether a fact may be written without asking; aliases have rules of their own."""
    return field in FACTS and FACTS[field].written


def _request(catalogue: Catalogue, one: Verdict) -> str:
    """What a person is asked to do about `one`."""
    said = f"  {one.provider}: {sentence(one)}\n"
    file = f"data/models/{one.provider}.yml"
    if one.newer:
        return said + f"    The list of {one.newer} is newer, and so nothing is changed.\n"
    if one.verdict == "new":
        return said + entry(one, catalogue.models[one.provider])
    if one.verdict == "unlisted":
        return said + (
            f"    Ask for it by its id. If the answer is 404, add it to `probes` in {file} and give `retired`;\n"
            "    if it answers, write `unlisted: account`.\n"
        )
    if one.verdict == "gone":
        return said + f"    Read the vendor's documentation, and give `retired` and `replacement` in {file}.\n"
    if one.verdict == "moved":
        return said + f"    When {one.theirs} is in {file}, give it the alias {one.id} and take it from {one.ours}.\n"
    return said + f"    Compare with the vendor's documentation; change {file}, or give both sides under `disputed`.\n"
