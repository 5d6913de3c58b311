"""Addresses from one page to another and to the site's files, all relative, none to what is not there."""

from collections.abc import Callable
from posixpath import relpath

from ..schema.fields import LANGUAGES
from .routes import Page


def page_links(page: Page, addresses: frozenset[str]) -> Callable[..., str]:
    """A function that gives the relative address of another page, refusing pages that do not exist."""

    def href(path: str, anchor: str = "") -> str:
        target = path.strip("/") + "/" if path.strip("/") else ""
        if target not in addresses:
            raise ValueError(f"there is no page {path!r}")
        relative = relpath("/" + target, "/" + page.url)
        address = "./" if relative == "." else relative + "/"
        return address + (f"#{anchor}" if anchor else "")

    return href


def file_links(page: Page, language: str) -> Callable[[str], str]:
    """A function that gives the relative address of a file below the site's root, such as `assets/js/dom.js`."""
    # The first language lives at the root itself, the others in a folder of their own.
    here = "/" + ("" if language == LANGUAGES[0] else f"{language}/") + page.url

    def asset(path: str) -> str:
        return relpath(f"/{path}", here)

    return asset
