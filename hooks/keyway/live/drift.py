"""Holds the catalogue against what endpoints answer now: verdicts on several providers.

One provider that fails does not stop the others: it gets a verdict of its own. Nothing here prints.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from ..evidence.compare import judged
from ..evidence.recording import Recording
from ..evidence.row_values import Unusable
from ..evidence.verdict import Verdict
from ..schema.catalogue import Catalogue
from ..schema.provider import Provider
from .endpoint import Target, target

Ask = Callable[[Target], Recording]
"""Asks one endpoint; raises Unusable."""


def targets(provider: Provider, environment: Mapping[str, str], endpoint: str | None = None) -> list[Target]:
    """The lists to ask for: the named endpoint's, or one for each key of the provider's that is set.

    Endpoints that share a key share their list, so the first of them is asked. Where no key is set,
    the provider's first endpoint stands for it, so that what is missing can be said.
    """
    if endpoint:
        return [target(provider, endpoint)]
    by_variable: dict[str, Target] = {}
    for name, one in provider.endpoints.items():
        if "models" in one.routes:
            where = target(provider, name)
            by_variable.setdefault(where.variable, where)
    keyed = [where for variable, where in by_variable.items() if environment.get(variable)]
    return keyed or list(by_variable.values())[:1] or [target(provider)]


def live(
    catalogue: Catalogue, provider: Provider, recordings: Sequence[Recording], wanted: Sequence[Target], ask: Ask
) -> Iterator[Verdict]:
    """The verdicts on one provider from what its endpoints answer now."""
    for where in wanted:
        try:
            recording = ask(where)
        except Unusable as problem:
            yield Verdict.none(provider.id, problem.reason, fault=problem.ours, endpoint=where.endpoint)
        else:
            yield from judged(catalogue, recording, recordings, where.endpoint)
