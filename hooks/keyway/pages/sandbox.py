"""The sandbox that templates run in: Jinja's own (3.1), which remembers what it has allowed.

Jinja asks of every attribute that a template reads whether it may be read; the answer depends on nothing but the
value's type and the attribute's name, and one build asks half a million times. Of a macro it asks again at each call
what a macro wants to be given, which is the same for all of them.
"""

from types import BuiltinMethodType, MethodType
from typing import Any

from jinja2.runtime import Context, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

LOOKED_AT = (MethodType, BuiltinMethodType)
"""What Jinja looks at more closely: it may be the `format` of a text."""


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

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`attribute` of `obj`, else its entry of that name, else what is undefined."""
        if self._safe.get((type(obj), attribute)):
            try:
                value = getattr(obj, attribute)
            except AttributeError:
                pass
            else:
                if not isinstance(value, LOOKED_AT):
                    return value
        return super().getattr(obj, attribute)

    def call(self, context: Context, called: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call a macro as Jinja's context would after it had asked; anything else through it."""
        if type(called) is not Macro:
            return super().call(context, called, *arguments, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(context.eval_ctx, *arguments, **named)
