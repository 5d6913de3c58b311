"""Rules about words.yml: every text that pages print for a value is there, and the languages of one agree."""

import re
from collections.abc import Iterator
from itertools import groupby

from ...schema.client import Client
from ...schema.facts import words_of_facts
from ...schema.fields import LANGUAGES
from ...schema.free import FreeOffer
from ...schema.intermediary import Intermediary
from ...schema.model import FACTS, Model
from ...schema.provider import Provider
from ...schema.words import NeededWord, words_of_choices, words_of_keys
from ...source.problem import Problem
from ..partial import PartialCatalogue
from .rule import rule

FILE = "data/words.yml"
PLACEHOLDER = re.compile(r"\{\w+\}")
"""What a page replaces by a value: `{instead}`."""
OF_CHOICES = sorted(words_of_choices(Provider, Model, Client, Intermediary, FreeOffer) | words_of_facts(FACTS))


@rule
def printed_values_have_words(partial: PartialCatalogue) -> Iterator[Problem]:
    """Every value that pages print in words has its text: each choice of a field, and each name that somebody gave."""
    for group, words in groupby(OF_CHOICES, lambda word: word.group):
        missing = [word for word in words if _lacks(partial, word)]
        if missing and not partial.names(FILE, (group,)):
            names = ", ".join(word.name for word in missing)
            line = f"{missing[0].name}: {{en: …, zh: …, ja: …}}"
            message = (
                f"data/words.yml has no `{group}`; add it, and below it a line such as `{line}` for each of {names}"
            )
            yield partial.at(FILE, (), message)
        else:
            yield from (partial.at(FILE, (group,), word.missing(), key=True) for word in missing)
    for file, path, record in partial.all_records():
        for key, word in words_of_keys(record, path):
            if _lacks(partial, word):
                yield partial.at(file, key, word.missing() + _nearest(partial, word), key=True)


def _lacks(partial: PartialCatalogue, word: NeededWord) -> bool:
    known = partial.names(FILE, (word.group,))
    return known is not None and word.name not in known


def _nearest(partial: PartialCatalogue, word: NeededWord) -> str:
    """Advice for a name that may only be misspelt."""
    near = partial.nearest(word.name, partial.names(FILE, (word.group,)) or ())
    return f", or use another: did you mean {near}?" if near else ""


@rule
def placeholders_are_equal(partial: PartialCatalogue) -> Iterator[Problem]:
    """The three languages of a word have the same placeholders, so that no page leaves a value out."""
    for group, words in partial.words.items():
        for name, text in words.items():
            wanted = _placeholders(text.en)
            for language in LANGUAGES:
                found = _placeholders(text[language])
                if found != wanted:
                    missing, added = (" and ".join(sorted(names)) for names in (wanted - found, found - wanted))
                    if missing and added:
                        said = f"has {added}, where `en` has {missing}; write what `en` has"
                    elif missing:
                        said = f"lacks {missing}, which `en` has; put it where the value belongs"
                    else:
                        said = f"has {added}, which `en` lacks; delete it, or put it into every language"
                    yield partial.at(FILE, (group, name, language), f"`{language}` of `{group}.{name}` {said}")


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(PLACEHOLDER.findall(text))
