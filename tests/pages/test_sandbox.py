"""The sandbox takes shortcuts through Jinja (3.1); it answers as Jinja's own does, and refuses what that refuses."""

import jinja2
import pytest
from jinja2 import Environment, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError
from keyway.pages.sandbox import Sandbox

VERSION = "3.1."
"""Of Jinja, for whose `Context.call` and `SandboxedEnvironment.getattr` the shortcuts were written."""


class Record:
    """What templates are given."""

    name = "Codestral"
    _hidden = "no"

    def said(self, text: str) -> str:
        return f"{self.name} {text}"


MACROS = (
    "{% macro row(a, b=1) %}{{ a }} {{ b }} {{ varargs }} {{ kwargs }}{{ caller() if caller is defined }}{% endmacro %}"
)
TEMPLATES = (
    "{{ record.name }} {{ record.said('hello') }}",
    "{{ {'name': 1}.name }} {{ {'items': 1}['items'] }}",
    "{{ '{0.name}'.format(record) }} {{ '%s' % record.name }}",
    MACROS + "{% for x in [1, 2] %}{% set y = x %}{{ row(y, loop.index, 3, z=4) }}{% endfor %}{{ row(1) }}",
    MACROS + "{% call row('a') %}inside{% endcall %}{% filter upper %}{{ row('b') }}{% endfilter %}",
    "{% block one %}{% for x in 'ab' %}{{ record.said(x) }}{% endfor %}{% endblock %}",
    "{{ record.nothing is defined }} {{ record.name.nothing is defined }} {{ [].append is defined }}",
)
REFUSED = (
    "{{ record._hidden }}",
    "{{ record.said.__globals__ }}",
    "{{ [].append(1) }}",
    "{{ {}.update(a=1) }}",
    "{{ '{0._hidden}'.format(record) }}",
    "{{ record.__class__ }}",
)


def environments() -> tuple[Environment, ...]:
    """Ours and Jinja's own."""
    return tuple(kind(autoescape=True, undefined=StrictUndefined) for kind in (Sandbox, ImmutableSandboxedEnvironment))


@pytest.mark.parametrize("template", TEMPLATES)
def test_it_renders_what_jinjas_own_sandbox_renders(template: str) -> None:
    ours, jinjas = environments()
    for _ in range(2):  # the first time it asks, then it remembers
        assert ours.from_string(template).render(record=Record()) == jinjas.from_string(template).render(
            record=Record()
        )


@pytest.mark.parametrize("template", REFUSED)
def test_it_refuses_what_jinjas_own_sandbox_refuses(template: str) -> None:
    for environment in environments():
        for _ in range(2):
            with pytest.raises(SecurityError):
                environment.from_string(template).render(record=Record())


def test_the_shortcuts_were_written_for_this_version_of_jinja() -> None:
    assert jinja2.__version__.startswith(VERSION)
