"""Rules about models: within one, between those of a provider, and between them and the provider."""

from collections.abc import Iterator

from ...schema.model import FACTS, Kind, Model
from ...source.problem import Problem
from ..partial import PartialCatalogue
from .rule import rule

STANDS_FOR: dict[Kind, tuple[Kind, ...]] = {"chat": ("chat", "transcription")}
"""Kind of a model -> kinds of what can take its place, where not only its own: vendors split models that heard and
talked, as Mistral did Voxtral."""


@rule
def models_have_a_provider(partial: PartialCatalogue) -> Iterator[Problem]:
    """Every file of models has a file of its provider, and every provider a file of models."""
    for folder, other in (("models", "providers"), ("providers", "models")):
        for file in sorted(partial.files):
            twin = file.replace(f"data/{folder}/", f"data/{other}/")
            if twin != file and twin not in partial.files:
                yield Problem(file, 1, 1, f"{twin} is missing; add it, or check the name of this file")


@rule
def replacement_exists(partial: PartialCatalogue) -> Iterator[Problem]:
    """A replacement is an id or alias of the same provider."""
    yield from _named_model(partial, "replacement")


@rule
def routed_to_exists(partial: PartialCatalogue) -> Iterator[Problem]:
    """What a retired id is routed to is an id or alias of the same provider."""
    yield from _named_model(partial, "routed_to")


def _named_model(partial: PartialCatalogue, field: str) -> Iterator[Problem]:
    for provider, file, name, model in partial.all_models():
        named, known = getattr(model, field), partial.ids(provider)
        if named and known is not None and named not in known:
            message = (
                f"`{field}` is {named}, which no model of {provider} has as id or alias; {partial.advise(named, known)}"
            )
            yield partial.at(file, (name, field), message)


@rule
def replacement_is_another(partial: PartialCatalogue) -> Iterator[Problem]:
    """A model is not replaced by itself, under its id or an alias, and is not routed to itself."""
    for _, file, name, model in partial.all_models():
        for field in ("replacement", "routed_to"):
            if getattr(model, field) in (name, *model.aliases):
                yield partial.at(
                    file, (name, field), f"`{field}` of {name} is the model itself; name another, or leave the line out"
                )


@rule
def replacements_do_not_circle(partial: PartialCatalogue) -> Iterator[Problem]:
    """Following replacements from any model comes to an end."""
    for provider, models in partial.models.items():
        means = {alias: name for name, model in models.items() for alias in model.aliases} | {
            name: name for name in models
        }
        following = {name: means.get(model.replacement) for name, model in models.items() if model.replacement}
        reported: set[str] = set()
        for start in following:
            chain = [start]
            while (after := following.get(chain[-1])) and after not in chain:
                chain.append(after)
            if after == start and len(chain) > 1 and start not in reported:
                reported.update(chain)
                circle = " → ".join((*chain, start))
                message = f"replacements go in a circle: {circle}; the newest of them has no replacement"
                yield partial.at(f"data/models/{provider}.yml", (start, "replacement"), message)


@rule
def routed_when_retired(partial: PartialCatalogue) -> Iterator[Problem]:
    """Only a model with a day of retirement is routed to another."""
    for _, file, name, model in partial.all_models():
        if model.routed_to and not model.retired and partial.whole(file):
            other = model.routed_to
            message = f"{name} is routed to {other} but has no `retired`; add the day, or make it an alias of {other}"
            yield partial.at(file, (name, "routed_to"), message)


@rule
def alias_is_no_id(partial: PartialCatalogue) -> Iterator[Problem]:
    """An alias is not the id of any model of the provider."""
    for _, file, name, model in partial.all_models():
        known = partial.names(file) or ()
        for number, alias in enumerate(model.aliases):
            if alias in known:
                whose = "its own id" if alias == name else "the id of another model"
                yield partial.at(
                    file, (name, "aliases", number), f"the alias {alias} of {name} is {whose}; delete it here"
                )


@rule
def alias_belongs_to_one_model(partial: PartialCatalogue) -> Iterator[Problem]:
    """An alias means one model of the provider."""
    for provider, models in partial.models.items():
        owner: dict[str, str] = {}
        for name, model in models.items():
            for number, alias in enumerate(model.aliases):
                if owner.setdefault(alias, name) != name:
                    message = (
                        f"the alias {alias} of {name} is already one of {owner[alias]}; keep it where it points today"
                    )
                    yield partial.at(f"data/models/{provider}.yml", (name, "aliases", number), message)


@rule
def disputed_field_exists(partial: PartialCatalogue) -> Iterator[Problem]:
    """What is disputed is a fact that a model can have."""
    for _, file, name, model in partial.all_models():
        for field in model.disputed:
            if field not in FACTS:
                message = f"`{field}` is not a fact of a model that can be disputed; {partial.advise(field, FACTS)}"
                yield partial.at(file, (name, "disputed", field), message, key=True)


@rule
def disputes_have_sides(partial: PartialCatalogue) -> Iterator[Problem]:
    """A disputed field says what at least one source gives."""
    for _, file, name, model in partial.all_models():
        for field, said in model.disputed.items():
            if not said and partial.whole(file):
                yield partial.at(
                    file,
                    (name, "disputed", field),
                    f"nobody disputes `{field}` here; write `source: what it says`, or delete the line",
                    key=True,
                )


@rule
def disputes_differ(partial: PartialCatalogue) -> Iterator[Problem]:
    """A disputed field has a source that says something else than the catalogue, or than another source."""
    for _, file, name, model in partial.all_models():
        for field, said in model.disputed.items():
            ours = getattr(model, field, None)
            sides = {str(value) for value in said.values()} | ({str(ours)} if ours is not None else set())
            if said and len(sides) == 1 and partial.whole(file):
                message = f"all sides say {sides.pop()} of `{field}`, so nobody disputes it; delete the line"
                yield partial.at(file, (name, "disputed", field), message, key=True)


@rule
def retired_is_not_unlisted(partial: PartialCatalogue) -> Iterator[Problem]:
    """A model with a day of retirement needs no reason for its absence from the list, unless it never had an id."""
    for _, file, name, model in partial.all_models():
        if model.retired and model.unlisted not in (None, "no-api-id"):
            message = f"{name} has a day of retirement, so its absence needs no `unlisted`; delete one of the two"
            yield partial.at(file, (name, "unlisted"), message, key=True)


@rule
def temperature_in_range(partial: PartialCatalogue) -> Iterator[Problem]:
    """A default temperature is one that the provider's requests may give."""
    for provider, file, name, model in partial.all_models():
        allowed = partial.providers[provider].temperature_range if provider in partial.providers else None
        if allowed is None or allowed.min > allowed.max or model.temperature is None:
            continue
        if not allowed.min <= model.temperature <= allowed.max:
            bounds = f"{allowed.min:g} to {allowed.max:g}"
            message = f"`temperature` is {model.temperature:g}, but {provider} allows {bounds}; check both"
            yield partial.at(file, (name, "temperature"), message)


@rule
def facts_where_they_hold(partial: PartialCatalogue) -> Iterator[Problem]:
    """A model has only facts that its kind can have: no embedding model calls functions; false says nothing wrong."""
    for _, file, name, model in partial.all_models():
        for field, fact in FACTS.items():
            value = getattr(model, field)
            if not fact.holds_for(model.kind) and value is not None and value is not False and value != ():
                message = (
                    f"`{field}` means nothing for a model of the kind {model.kind}; delete the line, or check the kind"
                )
                yield partial.at(file, (name, field), message, key=True)


@rule
def output_within_context(partial: PartialCatalogue) -> Iterator[Problem]:
    """An answer is not longer than the context window."""
    for _, file, name, model in partial.all_models():
        if model.max_output and model.context and model.max_output > model.context:
            message = f"`max_output` is {model.max_output}, more than the context of {model.context}; check both"
            yield partial.at(file, (name, "max_output"), message)


@rule
def replacement_is_of_the_kind(partial: PartialCatalogue) -> Iterator[Problem]:
    """A model is replaced by one, and routed to one, that does the same: no embedding takes the place of a chat."""
    for file, name, model, field, other in _successors(partial):
        if other.kind not in STANDS_FOR.get(model.kind, (model.kind,)) and partial.whole(file):
            message = (
                f"`{field}` is {getattr(model, field)}, a model of the kind {other.kind}, and {name} is of the kind"
                f" {model.kind}; name one that does the same, or check the kinds"
            )
            yield partial.at(file, (name, field), message)


@rule
def replacement_outlives(partial: PartialCatalogue) -> Iterator[Problem]:
    """A replacement does not end before what it replaces, unless another replaces both."""
    for file, name, model, field, other in _successors(partial):
        end = model.retired or model.deprecated
        if end and other.retired and other.retired < end and not other.replacement and partial.whole(file):
            message = (
                f"`{field}` is {getattr(model, field)}, retired on {other.retired}, before the end of {name} on {end};"
                f" check both days, or add the `replacement` of {other.id}"
            )
            yield partial.at(file, (name, field), message)


def _successors(partial: PartialCatalogue) -> Iterator[tuple[str, str, Model, str, Model]]:
    """(file, id, model, field, the readable model that the field names) of every replacement and route."""
    for provider, models in partial.models.items():
        meant = {name: model for model in reversed(models.values()) for name in model.ids} | models
        for name, model in models.items():
            for field in ("replacement", "routed_to"):
                other = meant.get(getattr(model, field) or "")
                if other and other.id != name:
                    yield f"data/models/{provider}.yml", name, model, field, other


@rule
def free_results_fit_their_limits(partial: PartialCatalogue) -> Iterator[Problem]:
    """Who may use a model has a limit above 0, and who has no quota has none above."""
    for _, file, name, model in partial.all_models():
        for number, one in enumerate(model.free_plan):
            for limit, amount in one.limits:
                if not isinstance(amount, int) or isinstance(amount, bool):
                    continue
                path = (name, "free_plan", number, limit)
                if one.result == "usable" and amount == 0:
                    yield partial.at(
                        file, path, f"`{limit}` is 0, but `result` is usable; check both, or write no-quota"
                    )
                if one.result == "no-quota" and amount > 0:
                    yield partial.at(file, path, f"`{limit}` is {amount}, but `result` is no-quota; check both")


@rule
def probes_ask_for_the_model(partial: PartialCatalogue) -> Iterator[Problem]:
    """A probe stands with the model whose alias was asked for, not with one whose neighbour was."""
    for provider, file, name, model in partial.all_models():
        for number, probe in enumerate(model.probes):
            if probe.asked in partial.models[provider]:
                whose = (
                    "the model's own id; delete the line" if probe.asked == name else "another model; move the probe"
                )
                message = f"`asked` is {probe.asked}, {whose}"
                yield partial.at(file, (name, "probes", number, "asked"), message)


@rule
def seeing_takes_images(partial: PartialCatalogue) -> Iterator[Problem]:
    """`vision` and `inputs` say the same of images."""
    for _, file, name, model in partial.all_models():
        if model.inputs and model.vision is not None and model.vision != ("image" in model.inputs):
            message = f"says {', '.join(model.inputs)}, and `vision` is {str(model.vision).lower()}; check both"
            yield partial.at(file, (name, "inputs"), message)


@rule
def effort_of_those_who_think(partial: PartialCatalogue) -> Iterator[Problem]:
    """Levels of effort are a thinking model's, the default one is among them, and `none` stands where it can be off."""
    for _, file, name, model in partial.all_models():
        if model.efforts and model.reasoning is False:
            yield partial.at(file, (name, "efforts"), "gives levels to a model with `reasoning: false`; check both")
        if model.default_effort and model.default_effort not in model.efforts:
            message = f"is {model.default_effort}, which `efforts` does not name; check both"
            yield partial.at(file, (name, "default_effort"), message)
        if "none" in model.efforts and model.reasoning_off is False:
            message = "names none, which switches thinking off, and `reasoning_off` is false; check both"
            yield partial.at(file, (name, "efforts"), message)
