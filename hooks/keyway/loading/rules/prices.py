"""Rules about prices: what they are for, which part is the cheaper one, and when the peak is."""

from collections.abc import Iterator

from ...schema.model import Kind, Model
from ...schema.price import Price
from ...source.document import Path
from ...source.problem import Problem
from ..partial import PartialCatalogue
from .rule import rule

TOKENS, PAGES, MINUTE, CHARACTERS = "million-tokens", "thousand-pages", "minute", "million-characters"
IMAGE, SECOND = "image", "second"
UNITS: dict[Kind, tuple[str, ...]] = {
    "chat": (TOKENS,),
    "embedding": (TOKENS,),
    "moderation": (TOKENS,),
    "ocr": (PAGES, TOKENS),
    "transcription": (MINUTE, TOKENS),
    "speech": (CHARACTERS, MINUTE, TOKENS),
    "rerank": (TOKENS,),
    "image": (IMAGE, TOKENS),
    "video": (SECOND, TOKENS),
}
"""Kind of a model -> what its vendors charge for."""


def _prices(partial: PartialCatalogue) -> Iterator[tuple[str, str, Model, Price, Path]]:
    """(provider, file, model, price, path of the price) of every price of a model."""
    for provider, file, name, model in partial.all_models():
        for number, price in enumerate(model.prices):
            yield provider, file, model, price, (name, "prices", number)


@rule
def prices_are_for_what_it_does(partial: PartialCatalogue) -> Iterator[Problem]:
    """A price is for a unit that a model of the kind is charged for: nobody asks for the minutes of a chat."""
    for _, file, model, price, path in _prices(partial):
        if price.per not in UNITS[model.kind] and partial.whole(file):
            kind, units = model.kind, " or ".join(UNITS[model.kind])
            message = f"`per` is {price.per}, and a model of the kind {kind} is charged per {units}; check it"
            yield partial.at(file, (*path, "per"), message)


@rule
def newest_price_first(partial: PartialCatalogue) -> Iterator[Problem]:
    """The prices of one offer stand together, newest first: pages take the first for the one of today."""
    for _, file, name, model in partial.all_models():
        newer: dict[object, str] = {}
        for number, price in enumerate(model.prices):
            after = newer.get(price.offer)
            if after and price.day >= after:
                message = f"is of {price.day}, and the one before it of {after}; write the newest of an offer first"
                yield partial.at(file, (name, "prices", number), message)
            elif after and model.prices[number - 1].offer != price.offer:
                message = "stands apart from the newer price of the same offer; write the two one after the other"
                yield partial.at(file, (name, "prices", number), message)
            newer[price.offer] = price.day


@rule
def cached_is_not_dearer(partial: PartialCatalogue) -> Iterator[Problem]:
    """Input from the cache does not cost more than other input, at any hour."""
    for _, file, _, price, path in _prices(partial):
        for part, below in ((price, ()), (price.off_peak, ("off_peak",))):
            if part and part.cache_read is not None and part.cache_read > part.input:
                message = f"`cache_read` is {part.cache_read:g}, more than the input at {part.input:g}; check both"
                yield partial.at(file, (*path, *below, "cache_read"), message)


@rule
def off_peak_is_not_dearer(partial: PartialCatalogue) -> Iterator[Problem]:
    """Outside the peak hours nothing costs more than in them."""
    for _, file, _, price, path in _prices(partial):
        for name in ("input", "output", "cache_read"):
            peak, outside = getattr(price, name), getattr(price.off_peak, name, None)
            if peak is not None and outside is not None and outside > peak:
                message = f"`{name}` is {outside:g} outside the peak hours and {peak:g} in them; check both"
                yield partial.at(file, (*path, "off_peak", name), message)


@rule
def off_peak_has_a_peak(partial: PartialCatalogue) -> Iterator[Problem]:
    """A price outside the peak hours has a provider that says which hours those are."""
    for provider, file, _, price, path in _prices(partial):
        owner = f"data/providers/{provider}.yml"
        if price.off_peak and partial.whole(owner) and partial.providers[provider].peak is None:
            message = f"{owner} has no `peak`, so nobody knows when this holds; add it there, or delete the line"
            yield partial.at(file, (*path, "off_peak"), message, key=True)


@rule
def peak_hours_follow_each_other(partial: PartialCatalogue) -> Iterator[Problem]:
    """Each period of the peak ends after its beginning, and the next begins at its end or later."""
    for name, provider in partial.providers.items():
        if provider.peak is None:
            continue
        free_from = 0
        for number, (period, (begin, end)) in enumerate(zip(provider.peak.hours, provider.peak.periods, strict=True)):
            at = (f"data/providers/{name}.yml", ("peak", "hours", number))
            if end <= begin:
                message = f"{period} does not end after it begins; where it goes past midnight, write two periods"
                yield partial.at(*at, message)
            elif begin < free_from:
                yield partial.at(*at, f"{period} begins before the period above ends; join them, or put it in order")
            free_from = max(free_from, end)
