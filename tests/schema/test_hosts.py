"""Where readers may be sent with a key: never to a host of somebody else, or of anybody."""

from itertools import combinations
from pathlib import Path

import pytest
from keyway.loading.load import load_catalogue
from keyway.schema import hosts
from keyway.schema.hosts import KEY_HOSTS, KEY_PAGE_HOSTS, OPEN_HOSTS, own_hosts
from keyway.source.problem import CatalogueError
from support.paths import PROJECT
from support.projects import changed_project


def test_no_host_where_anybody_may_publish_gets_or_gives_keys() -> None:
    listed = {host for table in (KEY_HOSTS, KEY_PAGE_HOSTS) for own in table.values() for host in own}
    assert listed & OPEN_HOSTS == set()


def test_no_host_belongs_to_two_providers() -> None:
    assert [pair for pair in combinations(KEY_HOSTS, 2) if own_hosts(pair[0]) & own_hosts(pair[1])] == []


def test_every_provider_with_a_page_for_keys_has_hosts_for_them() -> None:
    assert KEY_PAGE_HOSTS.keys() - KEY_HOSTS.keys() == set()


def test_every_listed_page_host_has_a_page() -> None:
    """What nobody needs is not trusted either."""
    providers = load_catalogue(PROJECT).providers
    pages = [key.page for provider in providers.values() for key in provider.keys.values()]
    unused = [
        host for own in KEY_PAGE_HOSTS.values() for host in own if not any(f"//{host}/" in page for page in pages)
    ]
    assert unused == []


def test_an_open_host_in_the_table_is_refused_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(hosts.KEY_PAGE_HOSTS, "mistral", frozenset(("gist.github.com",)))
    page = "page: https://console.mistral.ai/api-keys"
    change = {"file": "data/providers/mistral.yml", "old": page, "new": "page: https://gist.github.com/mistral/keys"}
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(changed_project(tmp_path, change))
    said = [problem.message for problem in caught.value.problems if problem.line == 8]
    assert said == ["`page` is on gist.github.com, where anybody may publish; write the provider's own page"]
