"""The sandbox that templates run in: Jinja's own (3.1), which remembers what it has allowed.

Jinja asks of every attribute that a template reads whether it may be read; the answer depends on nothing but the
value's type and the attribute's name, and one build asks half a million times.
"""

from typing import Any

from jinja2.sandbox import ImmutableSandboxedEnvironment


class Sandbox(ImmutableSandboxedEnvironment):
    """Templates read what is public of what they are given, call it, and change nothing."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read `attr` of `obj`."""
        asked = type(obj), attr
        if asked not in self._safe:
            self._safe[asked] = super().is_safe_attribute(obj, attr, value)
        return self._safe[asked]
