"""The search index: Pagefind's, one for each language, fetched only when a reader searches."""

import asyncio
from pathlib import Path

from pagefind.index import IndexConfig, PagefindIndex


def index(site: Path) -> None:
    """Index the pages of a built site into `site/pagefind/`.

    Pages mark what is to be found with data-pagefind-body; their `lang` decides which index they go to.
    """
    asyncio.run(_index(site))


async def _index(site: Path) -> None:
    async with PagefindIndex(config=IndexConfig(output_path=str(site / "pagefind"))) as pagefind:
        await pagefind.add_directory(str(site))
