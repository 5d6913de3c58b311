"""Rules about evidence: every fact names sources that exist, and no source stands there unused."""

from collections.abc import Iterator

from ...records.scalars import Record
from ...text.source import Path, Problem
from ..draft import Draft
from .rule import rule


def references(record: Record, path: Path = ()) -> Iterator[tuple[Path, str, bool]]:
    """(path, name, whether it is a key there) of every source that `record` or anything in it names."""
    for name in type(record).model_fields:
        value, here = getattr(record, name), (*path, name)
        if name == "source" and isinstance(value, str):
            yield here, value, False
        elif name == "sources" and isinstance(value, tuple):
            yield from (((*here, n), item, False) for n, item in enumerate(value))
        elif name == "disputed":
            yield from (((*here, field, source), source, True) for field, said in value.items() for source in said)
        elif isinstance(value, Record):
            yield from references(value, here)
        elif isinstance(value, (dict, tuple)):
            for key, item in value.items() if isinstance(value, dict) else enumerate(value):
                if isinstance(item, Record):
                    yield from references(item, (*here, key))


def _references(draft: Draft) -> Iterator[tuple[str, str, Path, str, bool]]:
    """(file that has the sources, file that names one, path, name, is a key) for the whole catalogue."""
    for folder, records in (("providers", draft.providers), ("clients", draft.clients)):
        for owner, record in records.items():
            file = f"data/{folder}/{owner}.yml"
            yield from ((file, file, *reference) for reference in references(record))
    for provider, file, name, model in draft.all_models():
        for path, source, key in references(model, (name,)):
            yield f"data/providers/{provider}.yml", file, path, source, key


@rule
def sources_exist(draft: Draft) -> Iterator[Problem]:
    """Every source that a fact names stands in `sources` of its provider or client."""
    for owner, file, path, name, key in _references(draft):
        known = draft.names(owner, ("sources",))
        if known is not None and name not in known:
            where = "this file" if owner == file else owner
            message = f"there is no source `{name}` in {where}; {draft.advise(name, known)}"
            yield draft.at(file, path, message, key=key)


@rule
def sources_are_used(draft: Draft) -> Iterator[Problem]:
    """Every source in `sources` is named by some fact."""
    used: dict[str, set[str]] = {}
    for owner, _, _, name, _ in _references(draft):
        used.setdefault(owner, set()).add(name)
    for folder, records in (("providers", draft.providers), ("clients", draft.clients)):
        for owner, record in records.items():
            file, models = f"data/{folder}/{owner}.yml", f"data/models/{owner}.yml"
            if not draft.whole(file) or (folder == "providers" and models in draft.files and not draft.whole(models)):
                continue  # what is not readable may name it
            for name in record.sources:
                if name not in used.get(file, ()):
                    yield draft.at(
                        file,
                        ("sources", name),
                        f"no fact names the source `{name}`; delete it, or name it where it was used",
                        key=True,
                    )
