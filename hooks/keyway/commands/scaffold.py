"""What a new provider's files say before anybody has read its documentation: placeholders that can be built.

The host is a reserved name that reaches nobody, so that an unfinished entry cannot send a key anywhere.
"""

import re
from datetime import date

PROVIDER = """\
# yaml-language-server: $schema=../schema/providers.json
# A skeleton: replace every value by what you have read, and delete what you do not know. Hovering a field explains it.
name: {{en: {title}, zh: {title}, ja: {title}}}
website: https://{host}/
documentation: {{}}
keys:
  platform:
    name: {{en: API key, zh: API 密钥, ja: APIキー}}
    page: https://{host}/
    variable: {variable}
endpoints:
  platform:
    name: {{en: Platform, zh: 平台, ja: プラットフォーム}}
    # a host of KEY_HOSTS in hooks/keyway/schema/hosts.py, with the version path and no slash at the end
    base_url: https://{host}/v1
    key: platform
    routes: {{models: /models, chat: /chat/completions}}
    sources: [docs]
# what guides set up first
recommended: {name}-1
# how old, in days, a recording of its models list may be before pages warn
list_limit_days: 30
sources:
  docs: {{title: Documentation of {title}, url: https://{host}/docs, seen: {day}}}
"""

MODELS = """\
# yaml-language-server: $schema=../schema/models.json
# A skeleton: one entry for each id that GET /models gives, dated ids rather than aliases.
{name}-1:
  name: {title} 1
  # sources are names from data/providers/{name}.yml
  sources: [docs]
"""


def skeleton(name: str, host: str, variable: str, day: date) -> dict[str, str]:
    """File -> text of the two files that a provider needs; `day` is when its documentation was read."""
    values = {"name": name, "title": name.replace("-", " ").title(), "host": host, "variable": variable, "day": day}
    return {
        f"data/providers/{name}.yml": PROVIDER.format(**values),
        f"data/models/{name}.yml": MODELS.format(**values),
    }


def with_host(code: str, name: str, host: str, variable: str) -> str | None:
    """The text of hosts.py with one more provider in KEY_HOSTS; None where it cannot be put in safely."""
    head, start, rest = code.partition("KEY_HOSTS = {\n")
    body, end, tail = rest.partition("\n}\n")
    if not start or not end or f'"{name}":' in body:
        return None
    return f'{head}{start}{body}\n    "{name}": {{"{host}": "{variable}"}},{end}{tail}'


MATRIX = re.compile(r"^( +provider: \[)(.+)\]$", re.MULTILINE)
GIVEN = re.compile(r"^( +)[A-Z0-9_]+: \$\{\{ matrix\.provider == '.+' && secrets\..+ \}\}\n", re.MULTILINE)
"""A line of the drift workflow that gives a provider's key, and nobody else's, to the step that asks."""


def with_drift(workflow: str, name: str, variable: str) -> str | None:
    """The text of the daily drift workflow with one more provider and its key; None where it cannot be put in safely.

    Which secret goes to which provider stands there line by line, for people to review, and is derived from nothing.
    """
    given = list(GIVEN.finditer(workflow))
    matrix = MATRIX.search(workflow)
    if not given or matrix is None or name in matrix[2].split(", "):
        return None
    last = given[-1]
    line = f"{last[1]}{variable}: ${{{{ matrix.provider == '{name}' && secrets.{variable} || '' }}}}\n"
    whole = workflow[: last.end()] + line + workflow[last.end() :]
    return MATRIX.sub(lambda found: f"{found[1]}{found[2]}, {name}]", whole, count=1)
