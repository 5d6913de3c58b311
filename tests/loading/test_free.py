"""Services with free models: data/free.yml on its way into the catalogue."""

import shutil
from pathlib import Path

import pytest
from keyway.loading.load import load_catalogue
from keyway.source.problem import CatalogueError
from support.paths import PROJECT

DATA = PROJECT / "data"

OFFER = """\
router:
  name: {{en: Router, zh: 路由, ja: ルーター}}
  website: {website}
  models: ["*:free"]
  requests_per_minute: 20
  source: {{title: A list, seen: 2026-10}}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path


def test_an_offer_arrives_under_its_key(root: Path) -> None:
    (root / "data/free.yml").write_text(OFFER.format(website="https://openrouter.ai/"), encoding="utf-8")
    offers = load_catalogue(root).free
    assert list(offers) == ["router"]
    offer = offers["router"]
    assert (offer.name["ja"], offer.models) == ("ルーター", ("*:free",))
    assert (offer.requests_per_minute, offer.requests_per_day, offer.key) == (20, None, None)
    assert (offer.source.url, offer.source.seen) == (None, "2026-10")


def test_without_the_file_there_are_no_offers(root: Path) -> None:
    (root / "data/free.yml").unlink()
    assert load_catalogue(root).free == {}


def test_an_offer_on_a_host_that_is_not_listed_is_refused(root: Path) -> None:
    (root / "data/free.yml").write_text(OFFER.format(website="https://free-keys.example/"), encoding="utf-8")
    with pytest.raises(CatalogueError) as error:
        load_catalogue(root)
    assert [(p.file, p.line, p.column) for p in error.value.problems] == [("data/free.yml", 3, 12)]
    assert "free-keys.example, which hosts.py does not list" in str(error.value)


def test_every_offer_names_a_page_for_what_it_says() -> None:
    for name, offer in load_catalogue(DATA.parent).free.items():
        assert offer.source.url, f"{name} cannot be looked up"
