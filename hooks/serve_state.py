"""State that the rebuilds of `mkdocs serve` share, where `events.py` itself is loaded anew for each.

An edit of this file takes effect when the server is started again; a mistake in it is said at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builds import LanguageBuilds
    from keyway.site.build import Site
    from keyway.site.processes import Begun


@dataclass
class ServeState:
    """The last good site, what is wrong with the newest one, and what a build keeps between its languages."""

    serving: bool = False
    """Whether this is `mkdocs serve`, which goes on where a build would end."""
    site: "Site | None" = None
    problems: tuple[str, ...] = ()
    """Each as `file:line:column: what is wrong; what to write`; pages that are served show them."""
    whole: bool = False
    """Whether the site's folder has every page of one edition."""
    reading: tuple[str, str] = ("", "")
    """What the build that goes on is made from: the stamps of the files before it read any, and their fingerprint."""
    built: str = ""
    """The fingerprint of what the pages in the site's folder were made from, where nothing was wrong with it."""
    not_found: dict[str, str] = field(default_factory=dict)
    """Language -> its 404 page."""
    builds: "LanguageBuilds | None" = None
    """The other languages, while the first one is built."""
    files: "Begun[Mapping[str, str]] | None" = None
    """What stands beside the pages, while it is made."""


STATE = ServeState()
