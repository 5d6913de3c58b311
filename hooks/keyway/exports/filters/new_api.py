"""The parameter override (参数覆盖) of a New API channel, as JSON to paste.

New API applies the operations in order to each request of the channel. It can take fields away and move a field to
another name; it cannot refuse a request, name what it took away, or keep only the fields of a list. So this removes
the fields that clients are known to send and the provider is known to refuse.
"""

import json

from ...schema.provider import Provider
from ..request_rules import SPENDING_LIMITS, refused


def new_api_override(provider: Provider) -> str:
    """The override for chat requests of `provider`, as indented JSON with a final newline."""
    route = provider.requests["chat"]
    moved = route.renames
    operations: list[dict[str, object]] = []
    for source, target in moved.items():
        operations += _move(source, target)
    for name in refused(route):
        if name not in moved and name not in SPENDING_LIMITS:
            operations.append({"mode": "delete", "path": name})
    return json.dumps({"operations": operations}, ensure_ascii=False, indent=2) + "\n"


def _move(source: str, target: str) -> list[dict[str, object]]:
    """Operations that give `source` the name `target`, unless the request has `target` already.

    A bare "move" fails where its source is missing, and writes over a target that is there; so it runs only where
    the source is given (every text begins with nothing) and the target is not. What is left of the source then goes.
    """
    given = {"path": source, "mode": "prefix", "value": ""}
    missing = {"path": target, "mode": "prefix", "value": "", "invert": True, "pass_missing_key": True}
    return [
        {"mode": "move", "from": source, "to": target, "conditions": [given, missing], "logic": "AND"},
        {"mode": "delete", "path": source},
    ]
