"""The catalogue against the evidence that is kept: on every run, the newest list of every provider says what we say."""

from collections.abc import Mapping

import pytest
from keyway.cli import main
from keyway.evidence.compare import compare
from keyway.evidence.recording import Recording, newest_complete
from keyway.evidence.recording_file import text_of
from keyway.evidence.recording_folder import FOLDER
from keyway.evidence.report import sentence
from keyway.schema.catalogue import Catalogue
from support.paths import LISTED, PROJECT, RECORDED

Recordings = Mapping[str, tuple[Recording, ...]]


@pytest.mark.parametrize("provider", LISTED)
def test_the_newest_list_says_what_we_say(provider: str, catalogue: Catalogue, recordings: Recordings) -> None:
    newest = newest_complete(recordings[provider])
    verdicts = compare(catalogue.providers[provider], catalogue.models[provider], newest, recordings[provider])
    assert [sentence(one) for one in verdicts if one.verdict != "same"] == []
    listed = {name for one in verdicts if not one.why for name in catalogue.models[provider][one.id].ids}
    assert newest.ids <= listed, "a listed id was compared with nothing"


@pytest.mark.parametrize("provider", RECORDED)
def test_a_part_of_a_list_says_what_we_say(provider: str, catalogue: Catalogue, recordings: Recordings) -> None:
    for part in (one for one in recordings[provider] if not one.complete):
        verdicts = compare(catalogue.providers[provider], catalogue.models[provider], part, recordings[provider])
        assert verdicts
        assert {one.verdict for one in verdicts} == {"same"}


def test_all_evidence_has_a_provider(catalogue: Catalogue, recordings: Recordings) -> None:
    """A provider may have none: nobody with a key has recorded its list yet, and its pages say so."""
    assert tuple(sorted(recordings)) == RECORDED
    assert recordings.keys() <= catalogue.providers.keys()
    assert tuple(name for name in RECORDED if newest_complete(recordings[name])) == LISTED


def test_recordings_are_written_as_the_command_writes_them(recordings: Recordings) -> None:
    for those in recordings.values():
        for one in those:
            path = PROJECT / FOLDER / one.provider / f"{one.day}.json"
            assert path.read_text(encoding="utf-8") == text_of(one), path.name


@pytest.mark.parametrize("provider", LISTED)
def test_the_command_says_so_too(provider: str, recordings: Recordings, capsys: pytest.CaptureFixture[str]) -> None:
    newest = newest_complete(recordings[provider])
    path = PROJECT / FOLDER / provider / f"{newest.day}.json"
    assert main(["drift", "--recording", str(path), "--root", str(PROJECT)]) == 0
    assert "listed as we say" in capsys.readouterr().out
