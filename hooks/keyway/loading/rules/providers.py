"""Rules about a provider: its endpoints and keys, what it recommends, its requests."""

import math
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ...schema.endpoint import AllBut, Endpoint
from ...schema.hosts import KEY_HOSTS
from ...schema.model import Model
from ...schema.provider import Provider
from ...source.document import Path
from ...source.problem import Problem
from ..partial import PartialCatalogue
from .rule import rule


def _providers(partial: PartialCatalogue) -> Iterator[tuple[str, str, Provider]]:
    for name, provider in partial.providers.items():
        yield name, f"data/providers/{name}.yml", provider


def _endpoints(partial: PartialCatalogue) -> Iterator[tuple[str, str, str, Endpoint]]:
    for name, file, provider in _providers(partial):
        for endpoint, record in provider.endpoints.items():
            yield name, file, endpoint, record


@rule
def provider_is_trusted(partial: PartialCatalogue) -> Iterator[Problem]:
    """The code names the hosts that may receive the provider's keys."""
    for file in sorted(partial.files):
        name = file.removeprefix("data/providers/").removesuffix(".yml")
        if name != file.removesuffix(".yml") and name not in KEY_HOSTS and not _all_local(partial.providers.get(name)):
            yield Problem(
                file,
                1,
                1,
                f"KEY_HOSTS in hosts.py does not list {name}; a maintainer has to add it with its hosts and variables",
            )


def _all_local(provider: Provider | None) -> bool:
    """Whether no key of the provider leaves the reader's own machine."""
    return provider is not None and all(endpoint.local for endpoint in provider.endpoints.values())


@rule
def endpoint_key_exists(partial: PartialCatalogue) -> Iterator[Problem]:
    """The key that an endpoint takes is one of the provider's."""
    yield from _of_provider(partial, "key", "keys")


@rule
def endpoints_have_a_key(partial: PartialCatalogue) -> Iterator[Problem]:
    """An endpoint names the key that it takes, unless it is on the reader's own machine or says that it takes none."""
    for _, file, endpoint, record in _endpoints(partial):
        path = ("endpoints", endpoint)
        if record.key is None and record.auth != "none" and not record.local and partial.whole(file):
            message = f"`{endpoint}` lacks `key`; add which of the `keys` it takes, or `auth: none` where it takes none"
            yield partial.at(file, path, message, key=True)
        if record.key is not None and record.auth == "none":
            yield partial.at(file, (*path, "auth"), "`auth` is none, but `key` names a key; delete one of the two")


@rule
def endpoint_plan_exists(partial: PartialCatalogue) -> Iterator[Problem]:
    """The plan that an endpoint belongs to is one of the provider's."""
    yield from _of_provider(partial, "plan", "plans")


def _of_provider(partial: PartialCatalogue, field: str, mapping: str) -> Iterator[Problem]:
    for _, file, endpoint, record in _endpoints(partial):
        value, known = getattr(record, field), partial.names(file, (mapping,))
        if value is not None and known is not None and value not in known:
            message = f"there is no `{value}` in `{mapping}` of this file; {partial.advise(value, known)}"
            yield partial.at(file, ("endpoints", endpoint, field), message)


@rule
def keys_are_used(partial: PartialCatalogue) -> Iterator[Problem]:
    """Every kind of key opens some endpoint."""
    for name, file, provider in _providers(partial):
        used = {endpoint.key for endpoint in provider.endpoints.values()}
        hosts = KEY_HOSTS.get(name, {})
        meant = {hosts.get(endpoint.host) for endpoint in provider.endpoints.values()}
        for key, record in provider.keys.items():
            if key not in used and record.variable not in meant and partial.whole(file):
                yield partial.at(
                    file,
                    ("keys", key),
                    f"no endpoint takes the key `{key}`; delete it, or name it in an endpoint",
                    key=True,
                )


@rule
def endpoint_models_exist(partial: PartialCatalogue) -> Iterator[Problem]:
    """The models that an endpoint serves are ids of the provider."""
    for provider, file, endpoint, record in _endpoints(partial):
        known = partial.ids(provider)
        named: list[tuple[Path, str]] = [(("contexts", name), name) for name in record.contexts]
        if isinstance(record.models, AllBut):
            named += [(("models", "all_but", number), name) for number, name in enumerate(record.models.all_but)]
        elif record.models != "all":
            named += [(("models", number), name) for number, name in enumerate(record.models)]
        for place, name in named:
            if known is not None and name not in known:
                message = f"no model of {provider} has the id or alias {name}; {partial.advise(name, known)}"
                yield partial.at(file, ("endpoints", endpoint, *place), message, key=place[0] == "contexts")


@rule
def base_url_takes_this_key(partial: PartialCatalogue) -> Iterator[Problem]:
    """A base URL is on a host that the code lists for this provider, and its key is the one of that host; a server on
    the reader's own machine gets no key of another host."""
    for provider, file, endpoint, record in _endpoints(partial):
        hosts, host = KEY_HOSTS.get(provider), record.host
        key = partial.providers[provider].keys.get(record.key or "")
        if record.local:
            if key and (
                elsewhere := [name for hosts in KEY_HOSTS.values() for name in hosts if hosts[name] == key.variable]
            ):
                message = f"`key` is {record.key}, kept in {key.variable}, which is for {elsewhere[0]}; name another"
                yield partial.at(file, ("endpoints", endpoint, "key"), message)
            continue
        if hosts is None:
            continue  # provider_is_trusted says so
        if host not in hosts:
            allowed = ", ".join(sorted(hosts))
            message = f"`base_url` is on {host}, where keys of {provider} must not go; write one of {allowed}"
            yield partial.at(file, ("endpoints", endpoint, "base_url"), message)
            continue
        if key is not None and key.variable != hosts[host]:
            wanted = hosts[host]
            kept = f"`key` is {record.key}, kept in {key.variable}"
            message = f"{kept}, but {host} takes {wanted}; name the key of that variable"
            yield partial.at(file, ("endpoints", endpoint, "key"), message)


@rule
def base_url_has_no_end(partial: PartialCatalogue) -> Iterator[Problem]:
    """A base URL has single slashes, none at its end, no query and no fragment, so that a route can follow it."""
    for _, file, endpoint, record in _endpoints(partial):
        parts = urlsplit(record.base_url)
        plain = f"{parts.scheme}://{parts.netloc}{re.sub('/+', '/', parts.path)}".rstrip("/")
        if record.base_url != plain:
            yield partial.at(
                file,
                ("endpoints", endpoint, "base_url"),
                f"a path follows `base_url`, so it has single slashes and ends without `/`, `?` or `#`; write {plain}",
            )


@rule
def what_is_not_offered_has_no_route(partial: PartialCatalogue) -> Iterator[Problem]:
    """A protocol that a provider does not speak is no route of its endpoints."""
    for _, file, provider in _providers(partial):
        for protocol in provider.not_offered:
            for endpoint in provider.speaking(protocol):
                message = f"`{endpoint.id}` has the route `{protocol}`; delete it there, or this line"
                yield partial.at(file, ("not_offered", protocol), message, key=True)


@rule
def requests_have_a_route(partial: PartialCatalogue) -> Iterator[Problem]:
    """What a route takes is told of routes that some endpoint has."""
    for _, file, provider in _providers(partial):
        known = {name for endpoint in provider.endpoints.values() for name in endpoint.routes}
        for name in provider.requests:
            if name not in known and partial.whole(file):
                yield partial.at(
                    file,
                    ("requests", name),
                    f"no endpoint has a route `{name}`; {partial.advise(name, known)}",
                    key=True,
                )


@rule
def recommended_can_be_used(partial: PartialCatalogue) -> Iterator[Problem]:
    """What guides set up first is an id or alias of a model for chat that answers and has no day of retirement."""
    for name, file, provider in _providers(partial):
        known = partial.ids(name)
        # An alias of two models means the first here; another rule says that it may not.
        meant = {i: model for model in reversed(partial.models.get(name, {}).values()) for i in model.ids}
        for field in ("recommended", "recommended_free"):
            wanted = getattr(provider, field)
            if wanted is None or known is None:
                continue
            if wanted not in known:
                advice = partial.advise(wanted, known)
                message = f"`{field}` is {wanted}, which no model of {name} has as id or alias; {advice}"
                yield partial.at(file, (field,), message)
            elif reason := _unusable(meant.get(wanted)):
                yield partial.at(file, (field,), f"`{field}` is {wanted}, but {reason}; recommend another")


def _unusable(model: Model | None) -> str | None:
    """Why nobody can set `model` up in a tool, or None when one can, or when the model could not be read."""
    if model is None:
        return None
    if model.retired:
        return f"{model.id} is retired on {model.retired}"
    if model.kind != "chat":
        return f"{model.id} is a model of the kind {model.kind} and does not chat"
    if model.unlisted == "no-api-id":
        return f"{model.id} is `unlisted: no-api-id`, so no request can name it"
    return None


@rule
def instead_is_accepted(partial: PartialCatalogue) -> Iterator[Problem]:
    """The field to send instead of another is an accepted one of the same route."""
    for _, file, provider in _providers(partial):
        for route, request in provider.requests.items():
            accepted = sorted(name for name, field in request.fields.items() if field.state == "accepted")
            for name, field in request.fields.items():
                if field.instead is not None and (field.instead not in accepted or field.instead == name):
                    advice = partial.advise(field.instead, accepted)
                    message = f"`instead` is {field.instead}, which is no other accepted field of `{route}`; {advice}"
                    yield partial.at(file, ("requests", route, "fields", name, "instead"), message)


@rule
def ignored_is_not_ours(partial: PartialCatalogue) -> Iterator[Problem]:
    """An id that is left out on purpose is not in the catalogue."""
    for name, file, provider in _providers(partial):
        for ignored in provider.ignored:
            if ignored in (partial.ids(name) or ()):
                message = f"{ignored} is in data/models/{name}.yml, so it is not left out; delete it here or there"
                yield partial.at(file, ("ignored", ignored), message, key=True)


@rule
def bounds_are_in_order(partial: PartialCatalogue) -> Iterator[Problem]:
    """The least value is not more than the greatest, and a default lies between them."""
    for _, file, provider in _providers(partial):
        allowed = provider.temperature_range
        if allowed and allowed.min > allowed.max:
            message = f"`min` is {allowed.min:g}, more than `max` at {allowed.max:g}; check both"
            yield partial.at(file, ("temperature_range", "min"), message)
        for route, request in provider.requests.items():
            for name, field in request.fields.items():
                path = ("requests", route, "fields", name)
                if field.min is not None and field.max is not None and field.min > field.max:
                    yield partial.at(
                        file, (*path, "min"), f"`min` is {field.min:g}, more than `max` at {field.max:g}; check both"
                    )
                default, low, high = field.default, field.min, field.max
                least, most = (-math.inf if low is None else low), (math.inf if high is None else high)
                if isinstance(default, int | float) and not isinstance(default, bool) and not least <= default <= most:
                    message = f"`default` is {default}, outside `min` and `max`; check them"
                    yield partial.at(file, (*path, "default"), message)


@rule
def own_headers_have_one_owner(partial: PartialCatalogue) -> Iterator[Problem]:
    """A header that tells a provider is named by no other provider."""
    owners: dict[str, str] = {}
    for name, file, provider in _providers(partial):
        for header in provider.own_headers:
            owner = owners.setdefault(header, name)
            if owner != name:
                message = (
                    f"`{header}` is already among the own headers of {owner}; what two send tells neither: delete it"
                )
                yield partial.at(file, ("own_headers", header), message, key=True)
