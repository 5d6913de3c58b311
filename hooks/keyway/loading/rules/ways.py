"""Rules about how clients reach providers: forms, labels and endpoints that ways name exist, and nothing is denied."""

from collections.abc import Iterator

from ...schema.client import Client
from ...source.document import Path
from ...source.problem import Problem
from ..partial import PartialCatalogue
from .rule import rule

NAMELESS = frozenset(("entry", "key", "address", "model", "model-id", "model-switch", "file"))
"""What a step can say without a label: there is one place for it, or what is given names it."""


def _whole_clients(partial: PartialCatalogue) -> Iterator[tuple[str, Client]]:
    for name, client in partial.clients.items():
        file = f"data/clients/{name}.yml"
        if partial.whole(file):
            yield file, client


@rule
def endpoints_of_ways_exist(partial: PartialCatalogue) -> Iterator[Problem]:
    """The endpoints that a client's entry names are those of its provider."""
    for file, client in _whole_clients(partial):
        for provider, native in client.native.items():
            known = partial.names(f"data/providers/{provider}.yml", ("endpoints",))
            if not known:
                continue
            named: list[tuple[Path, str, bool]] = [
                *((("endpoints", number), endpoint, False) for number, endpoint in enumerate(native.endpoints)),
                *((("choices", endpoint), endpoint, True) for endpoint in native.choices),
                *((("regions", endpoint), endpoint, True) for endpoint in native.regions),
            ]
            for path, endpoint, key in named:
                if endpoint not in known:
                    message = f"{provider} has no endpoint {endpoint}; {partial.advise(endpoint, known)}"
                    yield partial.at(file, ("native", provider, *path), message, key=key)


@rule
def forms_of_ways_exist(partial: PartialCatalogue) -> Iterator[Problem]:
    """The form that a way names is one of the client's."""
    for file, client in _whole_clients(partial):
        named = [
            *((("native", provider, "form"), native.form) for provider, native in client.native.items()),
            *((("compatible", protocol, "form"), way.form) for protocol, way in client.compatible.items()),
        ]
        for path, form in named:
            if form and form not in client.forms:
                advice = (
                    partial.advise(form, client.forms) if client.forms else "write it below `forms`, or leave this out"
                )
                yield partial.at(file, path, f"there is no form {form}; {advice}")


@rule
def forms_are_used(partial: PartialCatalogue) -> Iterator[Problem]:
    """Every form belongs to a way: one that nothing names would grow old unseen."""
    for file, client in _whole_clients(partial):
        used = {way.form for way in client.native.values()} | {way.form for way in client.compatible.values()}
        for form in client.forms:
            if form not in used:
                message = f"no way of the client names the form {form}; name it there, or delete it"
                yield partial.at(file, ("forms", form), message, key=True)


@rule
def labels_of_forms_exist(partial: PartialCatalogue) -> Iterator[Problem]:
    """The labels that forms and regions name are among the client's."""
    for file, client in _whole_clients(partial):
        named: list[tuple[Path, str | None]] = [
            (("forms", form, number, "label"), field.label)
            for form, fields in client.forms.items()
            for number, field in enumerate(fields)
        ]
        named += [
            (("native", provider, "regions", endpoint), label)
            for provider, native in client.native.items()
            for endpoint, label in native.regions.items()
        ]
        for path, label in named:
            if label and label not in client.labels:
                yield partial.at(file, path, f"there is no label {label}; {partial.advise(label, client.labels)}")


@rule
def fields_have_a_label(partial: PartialCatalogue) -> Iterator[Problem]:
    """A field of a form says what is shown there, unless what goes in says it."""
    for file, client in _whole_clients(partial):
        for form, fields in client.forms.items():
            for number, field in enumerate(fields):
                if field.label is None and field.takes not in NAMELESS:
                    message = f"`{field.takes}` stands here without a `label`; add the label of what is shown there"
                    yield partial.at(file, ("forms", form, number), message)


@rule
def spoken_is_not_denied(partial: PartialCatalogue) -> Iterator[Problem]:
    """What a client does not speak is no way of it."""
    for file, client in _whole_clients(partial):
        for protocol in client.not_spoken:
            if protocol in client.compatible:
                message = f"`compatible` has a way for {protocol}; delete it there, or this line"
                yield partial.at(file, ("not_spoken", protocol), message, key=True)
