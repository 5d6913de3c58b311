"""Rules about a provider: who vouches for it, its keys, what it recommends and what it leaves out."""

from collections.abc import Iterator

from ...schema.hosts import KEY_HOSTS
from ...schema.model import Model
from ...schema.provider import Provider
from ...source.problem import Problem
from ..partial import PartialCatalogue
from .rule import rule

NOT_GOT = ("no-quota", "tier-not-allowed", "labs-not-enabled")
"""What a free account got of a model that it cannot use."""


def _providers(partial: PartialCatalogue) -> Iterator[tuple[str, str, Provider]]:
    for name, provider in partial.providers.items():
        yield name, f"data/providers/{name}.yml", provider


@rule
def plan_models_exist(partial: PartialCatalogue) -> Iterator[Problem]:
    """The models that a plan includes are ids of the provider."""
    for provider, record in partial.providers.items():
        known = partial.ids(provider)
        for plan in record.plans.values():
            for number, name in enumerate(plan.models):
                if known is not None and name not in known:
                    message = f"no model of {provider} has the id or alias {name}; {partial.advise(name, known)}"
                    yield partial.at(f"data/providers/{provider}.yml", ("plans", plan.id, "models", number), message)


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
    """What guides set up first is an id or alias of a model for chat that answers and whose end nobody has announced;
    what they set up on a free plan, one that a free account got when somebody last looked."""
    for name, file, provider in _providers(partial):
        known = partial.ids(name)
        # An alias of two models means the first here; another rule says that it may not.
        meant = {i: model for model in reversed(partial.models.get(name, {}).values()) for i in model.ids}
        for field in ("recommended", "recommended_free"):
            wanted = getattr(provider, field)
            if wanted is None or known is None:
                continue
            model = meant.get(wanted)
            if wanted not in known:
                advice = partial.advise(wanted, known)
                message = f"`{field}` is {wanted}, which no model of {name} has as id or alias; {advice}"
                yield partial.at(file, (field,), message)
            elif model:
                reason = _unusable(model)
                if field == "recommended_free" and partial.whole(f"data/models/{name}.yml"):
                    reason = reason or _not_free(model)
                if reason:
                    yield partial.at(file, (field,), f"`{field}` is {wanted}, but {reason}; recommend another")


def _unusable(model: Model) -> str | None:
    """Why nobody should set `model` up in a tool, or None when one can."""
    if model.retired:
        return f"{model.id} is retired on {model.retired}"
    if model.deprecated:
        return f"{model.id} is deprecated since {model.deprecated}"
    if model.kind != "chat":
        return f"{model.id} is a model of the kind {model.kind} and does not chat"
    if model.unlisted == "no-api-id":
        return f"{model.id} is `unlisted: no-api-id`, so no request can name it"
    return None


def _not_free(model: Model) -> str | None:
    """Why a free account cannot use `model`, as far as anybody has seen; None where one can."""
    if not model.free_plan:
        return f"{model.id} has no `free_plan`, so nobody has seen that it is free"
    last = model.free_plan[0]
    return f"a free account got {last.result} for {model.id} on {last.seen}" if last.result in NOT_GOT else None


@rule
def ignored_is_not_ours(partial: PartialCatalogue) -> Iterator[Problem]:
    """An id that is left out on purpose is not in the catalogue."""
    for name, file, provider in _providers(partial):
        for ignored in provider.ignored:
            if ignored in (partial.ids(name) or ()):
                message = f"{ignored} is in data/models/{name}.yml, so it is not left out; delete it here or there"
                yield partial.at(file, ("ignored", ignored), message, key=True)


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
