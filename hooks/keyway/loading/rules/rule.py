"""What a rule is: a name, a sentence, and the problems it finds in a partial."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ...source.problem import Problem
from ..partial import PartialCatalogue


@dataclass(frozen=True)
class Rule:
    """One rule between fields or files; its name is in the output of `keyway check --format json`."""

    name: str
    says: str
    """What must hold, in one sentence."""
    check: Callable[[PartialCatalogue], Iterable[Problem]]

    def problems(self, partial: PartialCatalogue) -> Iterator[Problem]:
        """Where `partial` does not follow the rule."""
        for problem in self.check(partial):
            yield replace(problem, rule=self.name)


def rule(check: Callable[[PartialCatalogue], Iterable[Problem]]) -> Rule:
    """The rule that the function `check` makes: named like it, saying what its docstring says."""
    return Rule(check.__name__.replace("_", "-"), check.__doc__ or "", check)
