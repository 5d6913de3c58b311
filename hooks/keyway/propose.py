"""From verdicts to edits of data/models: what is safe is written, what needs a person is said.

A machine proposes, a person decides: nothing here adds or removes a model. A file is replaced only
when the catalogue with it reads back as exactly what was meant.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from .catalogue import Catalogue
from .edits import Edit, NotEditable, edited
from .entry import entry
from .naming import owners
from .read import read
from .replacing import replace_file
from .report import sentence
from .scalars import id_problem
from .source import CatalogueError, read_source
from .verdict import Verdict

SAFE = frozenset({"temperature", "function_calling", "vision", "fim", "reasoning", "context", "retired"})
"""Fields that are written when the endpoint gives a value for them; aliases have rules of their own."""

Models = Mapping[str, object]


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
    """Write what is safe into the files below `root`, all of it or nothing, and say the rest."""
    proposal = Proposal()
    texts: dict[str, tuple[bytes, bytes]] = {}
    meant = {provider: dict(models) for provider, models in catalogue.models.items()}
    lines: list[str] = []
    try:
        for provider in dict.fromkeys(one.provider for one in verdicts):
            edits, asked = plan(catalogue, [one for one in verdicts if one.provider == provider])
            proposal.asked += asked
            if not edits:
                continue
            file = f"data/models/{provider}.yml"
            old = (root / file).read_bytes()
            texts[file] = (old, edited(read_source(file, old), list(edits)).encode())
            for edit, why in edits.items():
                was = meant[provider][edit.model]
                meant[provider][edit.model] = was.model_copy(update={edit.field: edit.value})
                lines.append(f"{file}: {why}")
        if texts:
            _replace(root, texts, meant)
            proposal.written = list(dict.fromkeys(lines))
    except NotEditable as problem:
        proposal.failed = f"{problem}; change it by hand"
    except CatalogueError as error:
        proposal.failed = f"the catalogue would have problems then:\n{error}"
    return proposal


def plan(catalogue: Catalogue, verdicts: Sequence[Verdict]) -> tuple[dict[Edit, str], list[str]]:
    """The edits for one provider, each with its sentence, and what needs a person."""
    safe: dict[tuple[str, str], object] = {}
    why: dict[tuple[str, str], list[str]] = {}
    asked: list[str] = []
    doubtful: set[tuple[str, str]] = set()
    for one in verdicts:
        if one.verdict in ("same", "no-verdict"):
            continue
        changes = list(_changes(catalogue, one, safe))
        if not changes:
            asked.append(_request(catalogue, one))
        for key, value in changes:
            if key in safe and key[1] != "aliases" and safe[key] != value:
                doubtful.add(key)
            safe[key] = value
            why.setdefault(key, []).append(sentence(one))
    for key in doubtful:
        asked.append(f"  {key[0]}: the endpoints give {key[1]} differently; nothing is written\n")
        del safe[key]
    edits = {}
    for (model, name), value in safe.items():
        if value != getattr(catalogue.models[verdicts[0].provider][model], name):
            edits[Edit(model, name, value)] = "; ".join(dict.fromkeys(why[model, name]))
    return edits, list(dict.fromkeys(asked))


def _changes(
    catalogue: Catalogue, one: Verdict, safe: Mapping[tuple[str, str], object]
) -> Iterator[tuple[tuple[str, str], object]]:
    """What `one` makes of which fields, after what is `safe` already; nothing where a person must decide."""
    models = catalogue.models[one.provider]

    def aliases(model: str) -> tuple[str, ...]:
        return safe.get((model, "aliases"), models[model].aliases)

    if one.verdict == "moved" and one.theirs in models:
        yield (one.ours, "aliases"), tuple(name for name in aliases(one.ours) if name != one.id)
        yield (one.theirs, "aliases"), tuple(dict.fromkeys((*aliases(one.theirs), one.id)))
    elif one.verdict == "different" and one.id == one.model:
        if one.field == "aliases":
            lost, gained = set(one.ours) - set(one.theirs), [name for name in one.theirs if name not in one.ours]
            if not any(name in owners(models) or id_problem(name) for name in gained):
                kept = [name for name in aliases(one.model) if name not in lost]
                yield (one.model, "aliases"), tuple(dict.fromkeys((*kept, *gained)))
        elif one.field in SAFE and (isinstance(one.theirs, (bool, int, float, date))):
            yield (one.model, one.field), one.theirs


def _request(catalogue: Catalogue, one: Verdict) -> str:
    """What a person is asked to do about `one`."""
    said = f"  {one.provider}: {sentence(one)}\n"
    file = f"data/models/{one.provider}.yml"
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


def _replace(root: Path, texts: Mapping[str, tuple[bytes, bytes]], meant: Mapping[str, Models]) -> None:
    """Try the new texts in a copy of data/, and put them in place when they say what is `meant`; raises otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(root / "data", copy / "data", symlinks=True, ignore=shutil.ignore_patterns("recordings", "schema"))
        for file, (_, new) in texts.items():
            (copy / file).write_bytes(new)
        said = read(copy)
    if {provider: dict(models) for provider, models in said.models.items()} != meant:
        raise NotEditable("the edited file would say something else than was meant")
    for file, (old, new) in texts.items():
        if (root / file).read_bytes() != old:
            raise NotEditable(f"{file} changed while it was being edited")
        replace_file(root / file, new)
