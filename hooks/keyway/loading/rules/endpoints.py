"""Rules about endpoints: what they name exists, their keys go to the right host, no two of them are one."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ...schema.endpoint import AllBut, Endpoint
from ...schema.hosts import KEY_HOSTS
from ...source.document import Path
from ...source.problem import Problem
from ..partial import PartialCatalogue
from .rule import rule


def _endpoints(partial: PartialCatalogue) -> Iterator[tuple[str, str, str, Endpoint]]:
    """(provider, file, name, endpoint) of every readable endpoint."""
    for name, provider in partial.providers.items():
        for endpoint, record in provider.endpoints.items():
            yield name, f"data/providers/{name}.yml", endpoint, record


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
def endpoints_are_different(partial: PartialCatalogue) -> Iterator[Problem]:
    """No two endpoints of a provider answer at one address with the same key in the same header."""
    for provider, file, endpoint, record in _endpoints(partial):
        if not partial.whole(file):
            continue  # a header that could not be read may tell them apart
        for other in partial.providers[provider].endpoints.values():
            if other is record:
                break
            if (other.base_url, other.key, other.auth) == (record.base_url, record.key, record.auth):
                message = f"`{endpoint}` has the `base_url` and the key of `{other.id}`; make one of the two"
                yield partial.at(file, ("endpoints", endpoint, "base_url"), message)
                break


@rule
def routes_lead_apart(partial: PartialCatalogue) -> Iterator[Problem]:
    """No two routes of an endpoint have one path; only `generate` begins with that of the models list."""
    for _, file, endpoint, record in _endpoints(partial):
        taken: dict[str, str] = {}
        for route, path in record.routes.items():
            other = taken.setdefault(path, route)
            if other != route and {other, route} != {"generate", "models"}:
                message = f"`{route}` has the path of `{other}`; check both, or delete the one that it does not speak"
                yield partial.at(file, ("endpoints", endpoint, "routes", route), message)
