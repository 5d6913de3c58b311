"""Which fields a provider's request bodies may have, as plain JSON for filters and for the checker on the site.

One schema serves both: what a page says of a field, what the checker says of it and what a filter does with it
come from the same table. Nothing here knows any filter's format, and nothing here reads files.
"""

from datetime import date
from typing import Any, Final, NotRequired, TypedDict
from urllib.parse import urlsplit

from ..schema.catalogue import Catalogue
from ..schema.endpoint import Endpoint
from ..schema.provider import Provider
from ..schema.requests import MessageShape, RequestField, RequestRoute, RouteName, Rule
from .decoder_table import ModelMeaning, model_meaning

SPENDING_LIMITS = (
    "max_tokens",
    "max_completion_tokens",
    "max_output_tokens",
    "max_new_tokens",
    "max_tokens_to_sample",
    "max_thinking_tokens",
    "max_tool_calls",
    "thinking_budget",
    "budget_tokens",
    "num_predict",
    "n_predict",
    "maxTokens",
    "maxOutputTokens",
)
"""Fields by which clients bound what one request may cost: a filter renames or refuses them, and never drops them."""

LIST_ROUTE: Final = "models"
"""The one route that is read with GET; every other route takes a JSON body with POST."""

Names = list[str]


class MessageRules(TypedDict):
    """The fields that messages of one role may have, and those that clients send and the route refuses."""

    accept: Names
    refuse: Names


class BodyRules(TypedDict):
    """Which fields of a body a route takes, ready for the script that takes out the others.

    `closed` where it refuses what it does not know; `rename` maps a name to the one to send instead; a route that
    does not check messages has no `messages`, and otherwise rules for each role.
    """

    closed: bool
    accept: Names
    refuse: Names
    disputed: Names
    rename: dict[str, str]
    messages: NotRequired[dict[str, MessageRules]]


class RouteTable(TypedDict):
    """A route: the rules of its body, what is known of each field, its `state` first, and of requests as a whole."""

    rules: BodyRules
    fields: dict[str, dict[str, object]]
    roles: list[str]
    order: NotRequired[dict[str, Any]]
    whole: list[dict[str, Any]]


class ModelTable(ModelMeaning):
    """What an id means, and what the model can: `lacks` are the abilities that it is known not to have."""

    lacks: list[str]


class EndpointTable(TypedDict):
    """Scheme and host of an endpoint, and the whole path of each of its routes."""

    origin: str
    routes: dict[str, str]


class RequestTables(TypedDict):
    """All that the checker knows of one provider; `limits` bound what a request may cost."""

    provider: str
    endpoints: dict[str, EndpointTable]
    routes: dict[str, RouteTable]
    limits: Names
    models: dict[str, ModelTable]
    others: dict[str, Names]


ABILITIES: Final = ("vision", "reasoning", "function_calling")


def request_tables(catalogue: Catalogue, provider: Provider, day: date) -> RequestTables:
    """What each route of `provider` takes, and which ids mean what on `day`, ready for JSON."""
    models = catalogue.models.get(provider.id, {}).values()
    return {
        "models": {
            model.id: {
                **model_meaning(catalogue, model, day),
                "lacks": [ability for ability in ABILITIES if getattr(model, ability) is False],
            }
            for model in models
        },
        "others": {
            other.name["en"]: sorted(name for model in catalogue.models[other.id].values() for name in model.ids)
            for other in catalogue.providers.values()
            if other.id != provider.id
        },
        "provider": provider.id,
        "endpoints": {name: _endpoint(endpoint) for name, endpoint in provider.endpoints.items()},
        "routes": {name: _route(route) for name, route in provider.requests.items()},
        "limits": list(SPENDING_LIMITS),
    }


def body_rules(route: RequestRoute | None) -> BodyRules:
    """The rules of `route`; None stands for a route of which nobody knows what it takes."""
    if route is None:
        return {"closed": False, "accept": [], "refuse": [], "disputed": [], "rename": {}}
    rules: BodyRules = {
        "closed": route.closed,
        "accept": list(route.accepted),
        "refuse": list(refused(route)),
        "disputed": list(disputed(route)),
        "rename": route.renames,
    }
    if route.messages:
        rules["messages"] = {role: _shape(shape) for role, shape in route.messages.items()}
    return rules


def disputed(route: RequestRoute) -> tuple[str, ...]:
    """The fields of which sources disagree."""
    return tuple(name for name, field in route.fields.items() if field.state == "disputed")


def refused(route: RequestRoute) -> tuple[str, ...]:
    """The fields that clients are known to send and `route` refuses."""
    return tuple(name for name, field in route.fields.items() if field.state == "refused")


def route_path(endpoint: Endpoint, name: RouteName) -> str:
    """The whole path of route `name` at `endpoint`, the base URL's own path included."""
    return urlsplit(endpoint.base_url).path + endpoint.routes[name]


def _endpoint(endpoint: Endpoint) -> EndpointTable:
    routes: dict[str, str] = {name: route_path(endpoint, name) for name in endpoint.routes}
    return {"origin": endpoint.origin, "routes": routes}


def _route(route: RequestRoute) -> RouteTable:
    table: RouteTable = {
        "rules": body_rules(route),
        "fields": {name: _field(field) for name, field in route.fields.items()},
        "roles": list(route.roles or route.messages),
        "whole": [_whole_rule(rule) for rule in route.rules.values()],
    }
    if route.order:
        table["order"] = route.order.model_dump(mode="json", exclude_defaults=True, exclude={"sources"})
    return table


def _whole_rule(rule: Rule) -> dict[str, Any]:
    return rule.model_dump(mode="json", exclude_defaults=True, exclude={"sources"}) | {"severity": rule.severity}


def _field(field: RequestField) -> dict[str, object]:
    known = field.model_dump(mode="json", exclude_defaults=True, exclude={"sources", "history", "fields"})
    table: dict[str, object] = {"state": field.state, **{name: _whole(value) for name, value in known.items()}}
    if field.fields:
        table["fields"] = {name: _field(inner) for name, inner in field.fields.items()}
    return table


def _shape(shape: MessageShape) -> MessageRules:
    return {"accept": list(shape.fields), "refuse": list(shape.refused)}


def _whole(value: object) -> object:
    """2.0 as 2, so that a page shows a bound as the provider writes it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
