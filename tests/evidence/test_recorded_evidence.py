"""The catalogue against the evidence that is kept: on every run, the newest list of every provider says what we say."""

import pytest
from keyway.cli import main
from keyway.evidence.compare import compare
from keyway.evidence.recording import FOLDER, newest_complete, read_recordings, text_of
from keyway.evidence.report import sentence
from keyway.loading.load import load_catalogue
from support.paths import PROJECT

CATALOGUE = load_catalogue(PROJECT)
RECORDINGS = read_recordings(PROJECT)


@pytest.mark.parametrize("provider", CATALOGUE.providers)
def test_the_newest_list_says_what_we_say(provider: str) -> None:
    newest = newest_complete(RECORDINGS[provider])
    verdicts = compare(CATALOGUE.providers[provider], CATALOGUE.models[provider], newest, RECORDINGS[provider])
    assert [sentence(one) for one in verdicts if one.verdict != "same"] == []
    listed = {name for one in verdicts if not one.why for name in CATALOGUE.models[provider][one.id].ids}
    assert newest.ids <= listed, "a listed id was compared with nothing"


@pytest.mark.parametrize("provider", CATALOGUE.providers)
def test_a_part_of_a_list_says_what_we_say(provider: str) -> None:
    for part in (one for one in RECORDINGS[provider] if not one.complete):
        verdicts = compare(CATALOGUE.providers[provider], CATALOGUE.models[provider], part, RECORDINGS[provider])
        assert verdicts
        assert {one.verdict for one in verdicts} == {"same"}


def test_every_provider_has_evidence_and_all_evidence_has_a_provider() -> None:
    assert RECORDINGS.keys() == CATALOGUE.providers.keys()


def test_recordings_are_written_as_the_command_writes_them() -> None:
    for recordings in RECORDINGS.values():
        for one in recordings:
            path = PROJECT / FOLDER / one.provider / f"{one.day}.json"
            assert path.read_text(encoding="utf-8") == text_of(one), path.name


@pytest.mark.parametrize("provider", CATALOGUE.providers)
def test_the_command_says_so_too(provider: str, capsys: pytest.CaptureFixture[str]) -> None:
    newest = newest_complete(RECORDINGS[provider])
    path = PROJECT / FOLDER / provider / f"{newest.day}.json"
    assert main(["drift", "--recording", str(path), "--root", str(PROJECT)]) == 0
    assert "listed as we say" in capsys.readouterr().out
