"""Rules about a client: what it names exists, and its lifecycle is complete."""

from collections.abc import Iterator

from ...schema.client import Client
from ...source.problem import Problem
from ..partial import PartialCatalogue
from .rule import rule


def _clients(partial: PartialCatalogue) -> Iterator[tuple[str, str, Client]]:
    for name, client in partial.clients.items():
        yield name, f"data/clients/{name}.yml", client


def _names(partial: PartialCatalogue, folder: str) -> list[str]:
    start = f"data/{folder}/"
    return sorted(file.removeprefix(start).removesuffix(".yml") for file in partial.files if file.startswith(start))


@rule
def native_providers_exist(partial: PartialCatalogue) -> Iterator[Problem]:
    """The providers that a client knows are providers of the catalogue."""
    known = _names(partial, "providers")
    for _, file, client in _clients(partial):
        for provider in client.native:
            if provider not in known:
                message = f"there is no provider {provider}; {partial.advise(provider, known)}"
                yield partial.at(file, ("native", provider), message, key=True)


@rule
def clients_of_plans_exist(partial: PartialCatalogue) -> Iterator[Problem]:
    """The clients that the terms of a plan allow are clients of the catalogue."""
    known = _names(partial, "clients")
    for provider, record in partial.providers.items():
        for plan in record.plans.values():
            for number, name in enumerate(plan.clients):
                if name not in known:
                    message = f"there is no client {name}; {partial.advise(name, known)}"
                    yield partial.at(f"data/providers/{provider}.yml", ("plans", plan.id, "clients", number), message)


@rule
def successors_are_alive(partial: PartialCatalogue) -> Iterator[Problem]:
    """The clients to move to exist, are others, and have not ended themselves."""
    known = _names(partial, "clients")
    for name, file, client in _clients(partial):
        for number, successor in enumerate(client.lifecycle.successors):
            path = ("lifecycle", "successors", number)
            if successor == name:
                yield partial.at(file, path, f"{name} cannot be its own successor; name another client")
            elif successor not in known:
                yield partial.at(file, path, f"there is no client {successor}; {partial.advise(successor, known)}")
            elif successor in partial.clients and partial.clients[successor].lifecycle.state == "ended":
                yield partial.at(file, path, f"{successor} has ended itself; name a client that is still made")


@rule
def an_end_has_a_day(partial: PartialCatalogue) -> Iterator[Problem]:
    """A client that is final or ended says since when; an active one does not."""
    for _, file, client in _clients(partial):
        state, since = client.lifecycle.state, client.lifecycle.since
        if state != "active" and since is None and partial.whole(file):
            yield partial.at(
                file, ("lifecycle", "state"), f"`state` is {state}, but `since` is missing; add the day or month"
            )
        if state == "active" and since is not None:
            yield partial.at(
                file,
                ("lifecycle", "since"),
                "`since` is the day of the end, but `state` is active; delete `since`, or write final or ended",
                key=True,
            )


@rule
def labels_have_a_version(partial: PartialCatalogue) -> Iterator[Problem]:
    """A client whose labels are quoted says from which version and day they are."""
    for _, file, client in _clients(partial):
        if client.labels and client.labels_read is None and partial.whole(file):
            yield partial.at(
                file,
                ("labels",),
                "`labels` stand here without `labels_read`; add the version and the day they were read",
                key=True,
            )


@rule
def native_models_have_a_day(partial: PartialCatalogue) -> Iterator[Problem]:
    """A list of ids that is written into a client says when it was read."""
    for _, file, client in _clients(partial):
        for provider, native in client.native.items():
            if native.models and native.models_seen is None and partial.whole(file):
                yield partial.at(
                    file,
                    ("native", provider, "models"),
                    "`models` stand here without `models_seen`; add the day they were read",
                    key=True,
                )


@rule
def nothing_malicious_is_tried(partial: PartialCatalogue) -> Iterator[Problem]:
    """The version that tests start is none of those that hold malicious code."""
    for _, file, client in _clients(partial):
        if client.tried and client.tried.version in client.malicious_releases:
            message = f"`version` is {client.tried.version}, one of the `malicious_releases`; lock and name another"
            yield partial.at(file, ("tried", "version"), message)
