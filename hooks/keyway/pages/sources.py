"""Which files a page's facts and sentences come from, and at which line: what its edit links offer.

A reader who sees a wrong flag in a table should be one click from the line that says so. Which kinds of records a
page prints is told here for each template, since no template says it; tests hold it against the built pages.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..schema.catalogue import Catalogue

PRINTED = {
    "index.md": ("provider", "client"),
    "models/index.md": ("models",),
    "models/[provider]/index.md": ("models", "provider"),
    "models/[provider]/[model].md": ("models", "provider"),
    "models/[provider]/[alias].md": ("models", "provider"),
    "providers/index.md": ("provider",),
    "providers/[provider]/index.md": ("provider", "models"),
    "providers/[provider]/[client].md": ("client", "provider", "models"),
    "clients/index.md": ("client",),
    "clients/matrix.md": ("client", "provider"),
    "clients/[client].md": ("client",),
    "free.md": ("free", "models", "provider"),
    "errors/index.md": ("provider",),
    "errors/between.md": ("intermediary",),
    "errors/[provider]/index.md": ("provider",),
    "errors/[provider]/[error].md": ("provider", "models"),
    "requests/index.md": ("provider",),
    "requests/[provider].md": ("provider",),
    "filters/index.md": ("provider",),
    "filters/librechat.md": ("provider",),
    "filters/litellm.md": ("provider",),
    "filters/new-api.md": ("provider",),
    "filters/worker.md": ("provider",),
}
"""Template -> the kinds of records that its pages print; a page that is not here has sentences alone.

What `changes.md` shows comes from recordings, which nobody edits.
"""


@dataclass(frozen=True)
class Source:
    """One file that a page is made of, and the line (from 1) at which what the page is about begins, if it is known.

    `kind` is `models`, `provider`, `client`, `intermediary`, `free` or `text`; `name` the id of the record, or, of a
    text, its path.
    """

    kind: str
    name: str
    file: str
    line: int | None = None


def sources(catalogue: Catalogue, route: str, params: Mapping[str, str]) -> tuple[Source, ...]:
    """The data files that a page of the template `route`, with the values `params` of its brackets, is made of."""
    return tuple(source for kind in PRINTED.get(route, ()) for source in _files(catalogue, kind, params))


def _files(catalogue: Catalogue, kind: str, params: Mapping[str, str]) -> Iterator[Source]:
    if kind == "free":
        yield Source(kind, kind, "data/free.yml")
        return
    records, folder = {
        "models": (catalogue.models, "models"),
        "provider": (catalogue.providers, "providers"),
        "client": (catalogue.clients, "clients"),
        "intermediary": (catalogue.intermediaries, "intermediaries"),
    }[kind]
    own = params.get("client" if kind == "client" else "provider")
    for name in (own,) if own else records:
        file = f"data/{folder}/{name}.yml"
        yield Source(kind, name, file, catalogue.line(file, *_record(catalogue, kind, params)))


def _record(catalogue: Catalogue, kind: str, params: Mapping[str, str]) -> tuple[str, ...]:
    """The keys, from the root of the file, of the record that the page is about; none for the whole file."""
    match kind:
        case "models" if "model" in params:
            return (params["model"],)
        case "models" if "alias" in params:
            return (catalogue.aliases(params["provider"])[params["alias"]].id,)
        case "provider" if "error" in params:
            return ("errors", params["error"])
        case "client" if "provider" in params:
            return ("native", params["provider"])
    return ()
