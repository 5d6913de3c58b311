"""Feeds and sentences of what came, went, moved and changed, in the three languages."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from keyway.evidence.history import Change, history
from keyway.evidence.recording import Recording
from keyway.exports.changelog import Say, change_days
from keyway.exports.feed import ATOM, feed
from keyway.schema.catalogue import Catalogue
from keyway.schema.fields import LANGUAGES

PAGE = "https://keyway.example/guides/{}/changes/"
SENTENCES = {
    "en": {
        "mistral-medium-latest": "mistral-medium-latest moved from mistral-medium-2508 to mistral-medium-2604",
        "mistral-vibe-cli-latest": "mistral-vibe-cli-latest now means mistral-medium-2604",
        "mistral-small-2603": "mistral-small-2603 is new in the list",
        "mistral-ocr-4": "mistral-ocr-4 is new and means mistral-ocr-4-1",
        "codestral-2501": "codestral-2501 is no longer in the list",
    },
    "zh": {
        "mistral-medium-latest": "mistral-medium-latest 从 mistral-medium-2508 改为指向 mistral-medium-2604",
        "codestral-2501": "codestral-2501 已不在列表中",
    },
    "ja": {
        "mistral-medium-latest": "mistral-medium-latestの指すモデルが"
        "mistral-medium-2508からmistral-medium-2604に変わりました",
        "codestral-2501": "codestral-2501が一覧からなくなりました",
    },
}


Changes = list[Change]
Make = Callable[[str, Changes], str]


@pytest.fixture(scope="module")
def changes(catalogue: Catalogue, recordings: Mapping[str, tuple[Recording, ...]]) -> Changes:
    """Every change between the recordings of every provider."""
    return [one for provider, those in recordings.items() for one in history(those, catalogue.models[provider])]


@pytest.fixture(scope="module")
def say(catalogue: Catalogue) -> Callable[[str], Say]:
    """Language -> its words."""
    return lambda language: {
        group: {word: text[language] for word, text in words.items()} for group, words in catalogue.words.items()
    }


@pytest.fixture(scope="module")
def made(catalogue: Catalogue, say: Callable[[str], Say]) -> Make:
    """The feed of changes in a language."""

    def made(language: str, changes: Changes) -> str:
        page = PAGE.format(language)
        return feed(
            change_days(changes, say(language)),
            language=language,
            page=page,
            address=f"{page}feed.xml",
            say=say(language),
            names={one.id: one.name[language] for one in catalogue.providers.values()},
            link=lambda provider, model: f"https://keyway.example/models/{provider}/{model}/?a=1&b=2",
        )

    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_id_gets_one_sentence(language: str, changes: Changes, say: Callable[[str], Say]) -> None:
    (mistral,) = [
        day for day in change_days(changes, say(language)) if (day.provider, day.day) == ("mistral", date(2026, 9, 25))
    ]
    said = {item.id: item.text for item in mistral.items}
    assert len(said) == len(mistral.items)
    assert SENTENCES[language].items() <= said.items()


FACTS = {
    "en": "mistral-vibe-cli-latest changed; default temperature: 0.2 (list of 2025-12-30) → 1.0"
    "; vision (image input): no (list of 2025-12-30) → yes",
    "zh": "mistral-vibe-cli-latest 有变化；默认温度：0.2（2025-12-30 的列表）→ 1.0",
    "ja": "mistral-vibe-cli-latestの値が変わりました。デフォルトの温度：0.2（2025-12-30の一覧）→ 1.0",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_account_is_not_shown_is_not_gone_and_older_words_say_their_day(
    language: str, changes: Changes, say: Callable[[str], Say], made: Make
) -> None:
    """The list of 2026-10-08 is of an account that does not pay, the one before of one that does, with few fields."""
    day = change_days(changes, say(language))[0]
    said = {item.id: item.text for item in day.items}
    assert said["mistral-vibe-cli-latest"].startswith(FACTS[language])
    assert said["mistral-large-2512"] == say(language)["change"]["unseen"].replace("{id}", "mistral-large-2512")
    assert day.hides
    assert made(language, changes).count(say(language)["change"]["unseen_all"]) == 1


def test_days_come_newest_first(changes: Changes, say: Callable[[str], Say]) -> None:
    found = [(day.day.isoformat(), day.provider) for day in change_days(changes, say("en"))]
    assert found == sorted(found, key=lambda one: one[0], reverse=True)
    assert found[0] == ("2026-10-08", "mistral")
    assert ("2026-09-28", "zhipu") in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feed_has_what_atom_asks_for(language: str, changes: Changes, made: Make, say: Callable[[str], Say]) -> None:
    root = ElementTree.fromstring(made(language, changes))  # noqa: S314 - our own text
    names = {"a": ATOM}
    assert root.tag == f"{{{ATOM}}}feed"
    assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == language
    for element in (root, *root.findall("a:entry", names)):
        for wanted in ("id", "title", "updated"):
            assert len(element.findall(f"a:{wanted}", names)) == 1
            assert element.findtext(f"a:{wanted}", namespaces=names)
    assert root.findtext("a:author/a:name", namespaces=names) == "Keyway"
    assert {link.attrib["rel"]: link.attrib["href"] for link in root.findall("a:link", names)} == {
        "self": f"{PAGE.format(language)}feed.xml",
        "alternate": PAGE.format(language),
    }
    ids = [entry.findtext("a:id", namespaces=names) for entry in root.findall("a:entry", names)]
    assert len(set(ids)) == len(ids) == len(change_days(changes, say(language)))
    updated = [entry.findtext("a:updated", namespaces=names) for entry in root.findall("a:entry", names)]
    assert root.findtext("a:updated", namespaces=names) == max(updated) == updated[0] == "2026-10-08T00:00:00Z"


def test_hostile_ids_stay_text_in_xml_and_in_its_html(changes: Changes, made: Make) -> None:
    hostile = '<script>alert("x")</script>&]]>'
    named = [replace(one, id=hostile, model=hostile) for one in changes[:1]]
    root = ElementTree.fromstring(made("en", named))  # noqa: S314 - our own text
    content = root.findtext("a:entry/a:content", namespaces={"a": ATOM})
    assert "<script" not in content
    assert "&lt;script&gt;" in content
    assert content.count("<li>") == content.count("</li>") == 1


def test_a_feed_of_nothing_is_a_feed(made: Make) -> None:
    root = ElementTree.fromstring(made("en", []))  # noqa: S314 - our own text
    assert root.findall(f"{{{ATOM}}}entry") == []
    assert root.findtext(f"{{{ATOM}}}updated")


def test_the_same_data_makes_the_same_feed(changes: Changes, made: Make) -> None:
    assert made("ja", changes) == made("ja", changes)
