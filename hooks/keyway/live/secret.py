"""An API key that can be sent and never be seen: no message, repr or traceback shows it."""

import re
from collections.abc import Mapping

from ..evidence.list_formats import Unusable

LOOKS_LIKE_A_KEY = re.compile(r"[!-~]{8,500}")
"""Printable ASCII without spaces: anything else is a mistake in copying, and httpx would quote it in its error."""


class Secret:
    """The value of one environment variable; only `reveal` gives it away."""

    __slots__ = ("_value", "variable")

    def __init__(self, variable: str, value: str) -> None:
        """Take the key; raises Unusable when it cannot be one."""
        if not value:
            raise Unusable(f"set {variable} to a key of this endpoint", ours=True)
        if not LOOKS_LIKE_A_KEY.fullmatch(value):
            raise Unusable(f"{variable} holds no key: look for spaces, quotes or a line break in it", ours=True)
        self.variable = variable
        self._value = value

    @classmethod
    def of(cls, variable: str, environment: Mapping[str, str]) -> "Secret":
        """The key that `environment` has under `variable`; raises Unusable."""
        return cls(variable, environment.get(variable, ""))

    def reveal(self) -> str:
        """The key itself, for the one header that it belongs in."""
        return self._value

    def __repr__(self) -> str:
        return f"Secret({self.variable})"

    def __reduce__(self) -> str:
        raise TypeError("a key is not written anywhere")
