"""Rules about evidence: every fact names sources that exist, and no source stands there unused."""

from collections.abc import Iterator

from ...source.document import Path
from ...source.problem import Problem
from ..partial import PartialCatalogue
from .rule import rule


def _references(partial: PartialCatalogue) -> Iterator[tuple[str, str, Path, str, bool]]:
    """(file that has the sources, file that names one, path, name, whether it is a key there) of every mention."""
    for file, path, record in partial.every_record():
        owner = file.replace("data/models/", "data/providers/")
        for name in type(record).model_fields:
            value, here = getattr(record, name), (*path, name)
            if name == "source" and isinstance(value, str):
                yield owner, file, here, value, False
            elif name == "sources" and isinstance(value, tuple):
                yield from ((owner, file, (*here, n), item, False) for n, item in enumerate(value))
            elif name == "disputed":
                for field, said in value.items():
                    yield from ((owner, file, (*here, field, source), source, True) for source in said)


@rule
def sources_exist(partial: PartialCatalogue) -> Iterator[Problem]:
    """Every source that a fact names stands in `sources` of its provider or client."""
    for owner, file, path, name, key in _references(partial):
        known = partial.names(owner, ("sources",))
        if known is not None and name not in known:
            where = "this file" if owner == file else owner
            message = f"there is no source `{name}` in {where}; {partial.advise(name, known)}"
            yield partial.at(file, path, message, key=key)


@rule
def sources_are_used(partial: PartialCatalogue) -> Iterator[Problem]:
    """Every source in `sources` is named by some fact."""
    used: dict[str, set[str]] = {}
    for owner, _, _, name, _ in _references(partial):
        used.setdefault(owner, set()).add(name)
    for file, record in partial.citing():
        models = file.replace("data/providers/", "data/models/")
        if not partial.whole(file) or not partial.whole(models):
            continue  # what is not readable may name it
        for name in record.sources:
            if name not in used.get(file, ()):
                message = f"no fact names the source `{name}`; delete it, or name it where it was used"
                yield partial.at(file, ("sources", name), message, key=True)
