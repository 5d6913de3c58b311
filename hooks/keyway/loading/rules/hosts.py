"""Rules about where an address of the catalogue leads a reader who has a key at hand."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ...schema.hosts import KEY_HOSTS, KEY_PAGE_HOSTS, OPEN_HOSTS, own_hosts
from ...source.problem import Problem
from ..partial import PartialCatalogue
from .rule import rule

REPOSITORY = re.compile(r"https://github\.com/[\w.-]+/[\w.-]+/?")
"""The page of a program's source."""


@rule
def key_pages_are_the_providers_own(partial: PartialCatalogue) -> Iterator[Problem]:
    """A key is made on a host of the provider itself that the code lists, and never where anybody may publish."""
    for name, provider in partial.providers.items():
        own = own_hosts(name)
        advised = ", ".join(sorted(KEY_PAGE_HOSTS.get(name) or own))
        for key, record in provider.keys.items():
            host = urlsplit(record.page).hostname
            at = (f"data/providers/{name}.yml", ("keys", key, "page"))
            if host in OPEN_HOSTS:
                yield partial.at(*at, f"`page` is on {host}, where anybody may publish; write the provider's own page")
            elif host not in own and name in KEY_HOSTS:
                yield partial.at(
                    *at,
                    f"`page` is on {host}, which KEY_PAGE_HOSTS in hosts.py does not list for {name};"
                    f" write a page on one of {advised}, or ask a maintainer to add the host",
                )


@rule
def websites_are_homes(partial: PartialCatalogue) -> Iterator[Problem]:
    """A website is no page that anybody may publish, but for a program's source, and takes no key of somebody else."""
    owners = {host: provider for provider in KEY_HOSTS for host in own_hosts(provider)}
    for folder, records in (("providers", partial.providers), ("clients", partial.clients)):
        for name, record in records.items():
            host = urlsplit(record.website).hostname or ""
            at = (f"data/{folder}/{name}.yml", ("website",))
            if host in OPEN_HOSTS and not (folder == "clients" and REPOSITORY.fullmatch(record.website)):
                source = ", or that of its source, https://github.com/OWNER/NAME" if folder == "clients" else ""
                yield partial.at(*at, f"`website` is on {host}, where anybody may publish; write its home page{source}")
            elif (owner := owners.get(host, name)) != name:
                yield partial.at(*at, f"`website` is on {host}, where keys of {owner} are made or sent; write its own")
