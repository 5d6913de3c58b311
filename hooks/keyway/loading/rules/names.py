"""Rules about names: no two of them can be taken for each other."""

from collections.abc import Iterator

from ...schema.model_ids import confusable_form
from ...source.problem import Problem
from ..partial import PartialCatalogue
from .rule import rule


@rule
def ids_do_not_look_alike(partial: PartialCatalogue) -> Iterator[Problem]:
    """No two models of a provider have ids or aliases that can be taken for each other; capitals keep two apart."""
    for provider, models in partial.models.items():
        file = f"data/models/{provider}.yml"
        seen: dict[str, tuple[str, str]] = {}
        for name, model in models.items():
            for number, own in enumerate((name, *model.aliases)):
                other, owner = seen.setdefault(confusable_form(own), (own, name))
                if other.lower() != own.lower() and owner != name:
                    path = (name,) if number == 0 else (name, "aliases", number - 1)
                    yield partial.at(
                        file, path, f"{own} looks like {other} of another model; check the spelling", key=number == 0
                    )


@rule
def clients_do_not_look_alike(partial: PartialCatalogue) -> Iterator[Problem]:
    """No two clients, and no two providers, have names that can be taken for each other."""
    for folder in ("clients", "providers"):
        seen: dict[str, str] = {}
        for file in sorted(partial.files):
            if not file.startswith(f"data/{folder}/"):
                continue
            name = file.removeprefix(f"data/{folder}/").removesuffix(".yml")
            other = seen.setdefault(confusable_form(name), name)
            if other != name:
                yield Problem(file, 1, 1, f"the name {name} looks like {other}; check the spelling, or choose another")


@rule
def free_offers_are_of_others(partial: PartialCatalogue) -> Iterator[Problem]:
    """A service of free.yml is none of the providers, and no two have names that can be taken for each other."""
    owners = {file.removeprefix("data/providers/").removesuffix(".yml") for file in partial.files}
    seen = {
        confusable_form(name): f"the provider {name}"
        for name in owners
        if f"data/providers/{name}.yml" in partial.files
    }
    for name in partial.free:
        other = seen.setdefault(confusable_form(name), name)
        if other != name:
            message = f"{name} looks like {other}; check the spelling, or delete one of the two"
            yield partial.at("data/free.yml", (name,), message, key=True)
