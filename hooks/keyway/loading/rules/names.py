"""Rules about names: no two of them can be taken for each other."""

from collections.abc import Iterable, Iterator

from ...schema.fields import LANGUAGES, Localized
from ...schema.model_ids import confusable_form
from ...source.document import Path
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


@rule
def names_are_different(partial: PartialCatalogue) -> Iterator[Problem]:
    """No two clients, providers, or endpoints, keys and plans of a provider, have one name in a language."""
    providers, clients = partial.providers, partial.clients
    yield from _different(partial, [(f"data/clients/{name}.yml", (), one.name) for name, one in clients.items()])
    yield from _different(partial, [(f"data/providers/{name}.yml", (), one.name) for name, one in providers.items()])
    for name, provider in providers.items():
        for field in ("endpoints", "keys", "plans"):
            named = [((field, key), one.name) for key, one in getattr(provider, field).items()]
            yield from _different(partial, [(f"data/providers/{name}.yml", path, said) for path, said in named])


def _different(partial: PartialCatalogue, named: Iterable[tuple[str, Path, str | Localized]]) -> Iterator[Problem]:
    """A problem at each name of `named`, (file, path of the record, its name), that one before it has already."""
    seen: dict[tuple[str, str], str] = {}
    for file, path, name in named:
        for language in LANGUAGES:
            said = name if isinstance(name, str) else name[language]
            here = path[-1] if path else file.rpartition("/")[2].removesuffix(".yml")
            other = seen.setdefault((language, said.casefold()), str(here))
            if other != here:
                place = (*path, "name") if isinstance(name, str) else (*path, "name", language)
                yield partial.at(file, place, f"{other} is called {said} too; give each a name of its own")
                break
