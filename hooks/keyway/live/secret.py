"""An API key that can be sent and never be seen: no message, repr or traceback shows it."""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import unquote

from ..evidence.row_values import Unusable

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

    def is_in(self, text: str) -> bool:
        """Whether `text` shows the key, plainly or in an encoding that anybody can undo.

        Those are other capitals, percent signs, entities of HTML, escapes of JSON, hexadecimal digits and base64, which
        echoes of headers and of whole requests come in.
        """
        raw = self._value.encode()
        parts = list(_base64_parts(raw))
        for form in dict.fromkeys((text, unquote(text), unescape(text), _unescaped(text))):
            digits = "".join(re.findall(r"[0-9a-f]+", form.lower().replace("0x", " ").replace("\\x", " ")))
            letters = re.sub(r"[^A-Za-z0-9+/]", "", form.replace("-", "+").replace("_", "/"))
            plain = self._value.lower() in form.lower()
            if plain or raw.hex() in digits or any(part in letters for part in parts):
                return True
        return False

    def __repr__(self) -> str:
        return f"Secret({self.variable})"

    def __reduce__(self) -> str:
        raise TypeError("a key is not written anywhere")


def _unescaped(text: str) -> str:
    """`text` with `\\u0041` and `\\x41` as the letters that they stand for."""
    return re.sub(r"\\+(?:u00|x)([0-9A-Fa-f]{2})", lambda found: chr(int(found[1], 16)), text)


def _base64_parts(raw: bytes) -> Iterator[str]:
    """What `raw` looks like inside of the base64 of something longer, for each of the three places it can begin at."""
    for before in range(3):
        whole = b64encode(bytes(before) + raw).decode().rstrip("=")
        # The first letters carry bits of what stands before, the last one those of what follows.
        yield whole[(0, 2, 3)[before] : len(whole) - (1 if (before + len(raw)) % 3 else 0)]
