"""The Cloudflare Worker for one endpoint: `worker.mjs` with the endpoint's tables and the scripts in its marked places.

What the Worker does is written in `worker.mjs`, to be read there. What it does with a body is the site's own scripts,
pasted in as they are, so that the reader copies one file and the checker on the site shows what the Worker sends.
"""

import json
import re
from pathlib import Path

from ...schema.provider import Provider
from ...schema.requests import RouteName
from ..request_rules import LIST_ROUTE, SPENDING_LIMITS, body_rules, route_path

SOURCE = Path(__file__).with_name("worker.mjs")
SCRIPTS = (SOURCE.parent, Path(__file__).parents[4] / "docs" / "assets" / "js")
"""Where scripts stand: those of the Worker alone, and the site's."""
TABLES = "// keyway:tables"
MODULE = re.compile(r"^// keyway:module (\S+)$", re.MULTILINE)
END = "// keyway:end"
IMPORT = re.compile(r"^import .*;\n\n?", re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?function |const |class )", re.MULTILINE)
"""What makes a script a module of its own; in one file with the others, it is not needed."""

WIDTH = 118
"""How long a line of a table gets before its list is broken, so that the file stays readable."""


def worker(provider: Provider, endpoint_id: str) -> str:
    """The whole text of the Worker that stands before the endpoint `endpoint_id` of `provider`."""
    endpoint = provider.endpoints[endpoint_id]
    routes = {route_path(endpoint, name): _rules(provider, name) for name in endpoint.routes}
    tables = {
        "PROVIDER": provider.name.en,
        "FACTS_SEEN": _seen(provider),
        "UPSTREAM": endpoint.origin,
        "ROUTES": routes,
        "SPENDING_LIMITS": list(SPENDING_LIMITS),
        "FLAT_ERRORS": _flat(provider),
        "OWN_HEADERS": list(provider.own_headers),
    }
    lines = [f"const {name} = {_literal(value, 0)};" for name, value in tables.items()]
    text = _between(SOURCE.read_text(encoding="utf-8"), TABLES, lines)
    for mark in MODULE.finditer(text):
        text = _between(text, mark[0], _module(mark[1]))
    return text


def _rules(provider: Provider, name: RouteName) -> dict[str, object]:
    if name == LIST_ROUTE:
        return {"method": "GET"}
    known = {str(route): rules for route, rules in provider.requests.items()}.get(name)
    rules: dict[str, object] = {"method": "POST", **body_rules(known)}
    if known and known.mend:
        rules["mend"] = known.mend.model_dump(mode="json", exclude_defaults=True, exclude={"sources"})
    return rules


def _module(name: str) -> list[str]:
    """The lines of a script, as a part of a larger file."""
    file = next(folder / name for folder in SCRIPTS if (folder / name).exists())
    text = file.read_text(encoding="utf-8")
    return EXPORT.sub("", IMPORT.sub("", text)).rstrip("\n").split("\n")


def _seen(provider: Provider) -> str:
    """The newest day on which a source of the request fields was read."""
    names = {
        source
        for route in provider.requests.values()
        for named in (route.sources, *(field.sources for field in route.fields.values()))
        for source in named
    }
    return max((provider.sources[name].seen for name in names if name in provider.sources), default="")


def _flat(provider: Provider) -> bool:
    """Whether the provider's recorded errors are flat (`object`, `message`, …), and not inside an `error` object."""
    bodies = [answer.body for answer in provider.errors.values() if answer.body]
    return any('"object"' in body and '"error"' in body for body in bodies) and not any(
        body.replace(" ", "").startswith('{"error":{') for body in bodies
    )


def _literal(value: object, depth: int) -> str:
    """`value` as JavaScript, on one line where it fits and else one member a line."""
    line = json.dumps(value, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    if len(line) + 2 * depth <= WIDTH - 20 or not value or not isinstance(value, (dict, list)):
        return line
    inner, outer = "  " * (depth + 1), "  " * depth
    if isinstance(value, list):
        return "[\n" + _filled([json.dumps(item, ensure_ascii=False) for item in value], inner) + f"\n{outer}]"
    members = (f"{inner}{json.dumps(key)}: {_literal(item, depth + 1)}," for key, item in value.items())
    return "{\n" + "\n".join(members) + f"\n{outer}}}"


def _filled(items: list[str], indent: str) -> str:
    lines, line = [], indent
    for item in items:
        if len(line) + len(item) + 2 > WIDTH and line.strip():
            lines.append(line.rstrip())
            line = indent
        line += f"{item}, "
    return "\n".join([*lines, line.rstrip()])


def _between(source: str, begin: str, lines: list[str]) -> str:
    """`source` with the lines between the line that starts with `begin` and the next end mark replaced by `lines`."""
    before, begin, rest = source.partition(begin)
    marker, _, rest = rest.partition("\n")
    _, end, after = rest.partition(END)
    return before + begin + marker + "\n" + "\n".join(lines) + "\n" + end + after
