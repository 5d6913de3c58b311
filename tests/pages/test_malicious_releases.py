"""Versions that hold malicious code: every page that warns of them says which, by what source, in three languages."""

from collections.abc import Iterator, Mapping

import pytest
from keyway.pages.render import Rendered
from keyway.schema.catalogue import Catalogue
from keyway.schema.client import Client
from support.paths import CLIENTS, PROJECT

WARNED = {"litellm": "filters/litellm.md", "mistralai-python": "clients/mistralai-python.md"}
"""Client with such releases -> a page beside its own that warns of them."""


def warned(catalogue: Catalogue) -> Iterator[Client]:
    return (client for client in catalogue.clients.values() if client.malicious_releases)


def test_every_client_with_such_releases_is_held_here(catalogue: Catalogue) -> None:
    assert {client.id for client in warned(catalogue)} == set(WARNED) <= set(CLIENTS)


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
def test_pages_name_the_versions_and_link_the_source(
    catalogue: Catalogue, rendered: Mapping[str, Mapping[str, Rendered]], language: str
) -> None:
    for client in warned(catalogue):
        for path in (f"clients/{client.id}.md", WARNED[client.id]):
            text = rendered[language][path].markdown.replace("&#46;", ".").replace("&#58;", ":").replace("&#47;", "/")
            for version, release in client.malicious_releases.items():
                assert f"<code>{version}</code>" in text, path
                for source in release.sources:
                    assert str(client.sources[source].url) in text, path


def test_no_prose_types_one(catalogue: Catalogue) -> None:
    for client in warned(catalogue):
        prose = "\n".join(file.read_text(encoding="utf-8") for file in sorted((PROJECT / "docs").rglob("*.md")))
        assert [version for version in client.malicious_releases if version in prose] == []


def test_what_a_reader_pastes_leaves_them_out(catalogue: Catalogue) -> None:
    assert catalogue.clients["litellm"].safe_requirement("litellm[proxy]") == "litellm[proxy]!=1.82.7,!=1.82.8"
    assert catalogue.clients["curl"].safe_requirement("curl") == "curl"
