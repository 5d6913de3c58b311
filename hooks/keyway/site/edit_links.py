"""Where the files that a page is made of can be changed: links to the repository, named in the reader's language."""

from dataclasses import dataclass
from urllib.parse import quote, urljoin

from ..pages.queries import Queries
from ..pages.render import Rendered
from ..pages.sources import Source


@dataclass(frozen=True)
class EditLinks:
    """The files of one kind: `models`, `provider`, `client`, `free` or `text`. The theme escapes what it prints."""

    kind: str
    links: tuple[tuple[str, str], ...]
    """Name of the record, or path of the text, and address."""


def edit_links(query: Queries, text: Rendered, language: str, folder: str) -> tuple[EditLinks, ...]:
    """The files of the page `text` in `language`, by kind; `folder` is the address that edits the project's files."""
    kinds: dict[str, list[tuple[str, str]]] = {}
    texts = (Source("text", file, f"docs/{language}/{file}") for file in text.files)
    for source in (*text.page.sources, *texts):
        # No bracket of a path may be taken for a part of the address.
        address = urljoin(folder, quote(source.file)) + (f"#L{source.line}" if source.line else "")
        kinds.setdefault(source.kind, []).append((_name(query, source, language), address))
    return tuple(EditLinks(kind, tuple(links)) for kind, links in kinds.items())


def _name(query: Queries, source: Source, language: str) -> str:
    if source.kind in ("models", "provider"):
        return query.catalogue.providers[source.name].name[language]
    return query.catalogue.clients[source.name].name if source.kind == "client" else source.name
