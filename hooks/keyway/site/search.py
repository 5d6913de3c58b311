"""The search index: Pagefind's, one for each language, fetched only when a reader searches."""

import asyncio
from pathlib import Path

from pagefind.index import IndexConfig, PagefindIndex

UNREAD = (".headerlink", ".kw-guide", ".kw-sr")
"""Parts of a page that say nothing a reader would search for: they would only stand in the excerpts."""


def build_index(site: Path) -> None:
    """Index the pages of a built site into `site/pagefind/`.

    Pages mark what is to be found with data-pagefind-body; their `lang` decides which index they go to.
    """
    asyncio.run(_index(site))


async def _index(site: Path) -> None:
    config = IndexConfig(output_path=str(site / "pagefind"), exclude_selectors=list(UNREAD))
    async with PagefindIndex(config=config) as pagefind:
        await pagefind.add_directory(str(site))
