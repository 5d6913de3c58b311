"""Which pages there are: the templates in `docs/<language>/` times the facts of the catalogue.

A folder or file name in brackets is a route, rendered once for each value: `[provider]/[client].md`.
A literal file wins over the route that would make the same page, and gets the same params.
A client's own file, `clients/<client>.md`, renders every page about that client, its guides too: templates of the
page's `layout`, the route, leave blocks open, and the file extends `layout` and fills them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..schema.catalogue import Catalogue
from .addresses import step
from .sources import Source, sources

BRACKET = re.compile(r"\[([a-z]+)\]")
CLIENT_FILE = "clients/[client].md"
"""Where the prose about one client stands, as a route writes it."""

ROUTES = (
    ("provider",),
    ("client",),
    ("provider", "client"),
    ("provider", "model"),
    ("provider", "alias"),
    ("provider", "error"),
)
"""What a path may have in brackets, in that order."""


@dataclass(frozen=True)
class Page:
    """One page, the same in every language.

    `path` is below the language folder (`models/mistral/codestral-2508.md`), `template` the file
    that renders it, `params` the values of the brackets (`{"provider": "mistral", …}`), `layout`
    the route that the page is one of, which its template may extend; None where it is one of none.
    `sources` are the data files that its facts come from.
    """

    path: str
    template: str
    params: Mapping[str, str]
    layout: str | None = None
    sources: tuple[Source, ...] = ()

    @property
    def url(self) -> str:
        """The page's address below its language: `models/mistral/codestral-2508/`; the home page's is empty."""
        stem = self.path.removesuffix(".md")
        return "" if stem == "index" else stem.removesuffix("/index") + "/"


class UnknownRoute(ValueError):
    """A template's brackets name params that the catalogue cannot fill."""


def _values(catalogue: Catalogue, params: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Every combination that `params` can take, in the order of the catalogue."""
    match params:
        case ("provider",):
            yield from ({"provider": provider} for provider in catalogue.providers)
        case ("client",):
            yield from ({"client": client} for client in catalogue.clients)
        case ("provider", "client"):
            yield from ({"provider": provider.id, "client": client.id} for provider, client in catalogue.pairs())
        case ("provider", "model"):
            for provider, models in catalogue.models.items():
                yield from ({"provider": provider, "model": model} for model in models)
        case ("provider", "alias"):
            for provider in catalogue.models:
                yield from ({"provider": provider, "alias": alias} for alias in catalogue.aliases(provider))
        case ("provider", "error"):
            for provider, record in catalogue.providers.items():
                yield from ({"provider": provider, "error": error} for error in record.errors)
        case _:
            raise UnknownRoute(", ".join(params))


def fill(template: str, params: Mapping[str, str]) -> str:
    """The path that `template` makes for the values `params` of its brackets."""
    return BRACKET.sub(lambda match: step(params[match[1]]), template)


def pages(catalogue: Catalogue, templates: Iterable[str]) -> tuple[Page, ...]:
    """Every page that `templates` (paths below one language's folder) make, routes filled in the catalogue's order.

    Raises UnknownRoute for brackets that no subject of the catalogue can fill.
    """
    templates = sorted(templates)
    literal = {template for template in templates if not BRACKET.search(template)}
    made: dict[str, Page] = {}
    for template in templates:
        if template in literal:
            continue
        for params in _values(catalogue, tuple(BRACKET.findall(template))):
            path = fill(template, params)
            candidates = (path, fill(CLIENT_FILE, params)) if "client" in params else (path,)
            own = next((name for name in candidates if name in literal), template)
            made.setdefault(path, Page(path, own, params, template, sources(catalogue, template, params)))
    for path in sorted(literal - made.keys()):
        made[path] = Page(path, path, {}, None, sources(catalogue, path, {}))
    return tuple(made.values())


Nav = list[Any]
"""A navigation tree as MkDocs has it: paths, and mappings of one title to a path or to a tree."""


def expand_nav(nav: Nav, routed: Iterable[Page], titles: Mapping[str, str], sections: Callable[[str, str], str]) -> Nav:
    """Fill the brackets of a navigation tree (the `nav` of mkdocs.yml) for one language.

    An entry with brackets becomes one entry for each page that it makes; a section whose title has
    brackets is repeated for each of their values. `titles` gives the short title of every page that
    the navigation shows, by its path; `sections(kind, value)` that of a section (`("nav", "models")`,
    `("provider", "mistral")`). Sections that stay empty are left out.
    """
    routed = tuple(page for page in routed if page.path in titles)

    def made_by(entry: str, bound: Mapping[str, str]) -> Iterator[dict[str, str]]:
        for page in routed:
            fits = set(BRACKET.findall(entry)) == page.params.keys() and bound.items() <= page.params.items()
            if fits and fill(entry, page.params) == page.path:
                yield {titles[page.path]: page.path}

    def grow(items: Nav, bound: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        for item in items:
            if isinstance(item, str):
                yield from made_by(item, bound) if BRACKET.search(item) else ({titles[item]: item},)
                continue
            ((title, below),) = item.items()
            kinds = BRACKET.findall(title)
            if not kinds:
                yield {sections("nav", title): list(grow(below, bound))}
                continue
            for value in dict.fromkeys(page.params[kinds[0]] for page in routed if kinds[0] in page.params):
                if children := list(grow(below, {**bound, kinds[0]: value})):
                    yield {sections(kinds[0], value): children}

    return list(grow(nav, {}))
