"""The Atom feed of one language: what came, went, moved and changed, an entry for each provider and day.

Text in, text out; it knows no address but the one it is given.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from xml.etree import ElementTree

from .changelog import ChangeDay, Say, filled

ATOM = "http://www.w3.org/2005/Atom"
MOST = 50
"""Entries; older ones are on the page."""

Link = Callable[[str, str], str]
"""Provider and model -> the address of the model's page, or an empty text for none."""


def feed(
    days: Sequence[ChangeDay], *, language: str, page: str, address: str, names: Mapping[str, str], say: Say, link: Link
) -> str:
    """The feed's text. `days` come newest first; `page` and `address` are those of the changes page and the feed.

    `names` maps a provider to its name, `say` has the words of the language. An entry's id and day come
    from the recordings alone, so that a new build of the same data is the same feed.
    """
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(_tag("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": language})
    _add(root, "title", f"Keyway: {say['change']['title']}")
    _add(root, "id", address)
    _add(root, "link", rel="self", type="application/atom+xml", href=address)
    _add(root, "link", rel="alternate", type="text/html", href=page)
    _add(root, "updated", _moment(days[0]) if days else "1970-01-01T00:00:00Z")
    _add(_add(root, "author"), "name", "Keyway")
    for day in days[:MOST]:
        entry = _add(root, "entry")
        anchor = f"{page}#{day.provider}-{day.day}"
        _add(entry, "title", filled(say["change"]["day"], provider=names[day.provider], day=day.day))
        _add(entry, "id", anchor)
        _add(entry, "link", rel="alternate", type="text/html", href=anchor)
        _add(entry, "updated", _moment(day))
        _add(entry, "content", _list(day, say, link), type="html")
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _list(day: ChangeDay, say: Say, link: Link) -> str:
    """The day's items as HTML, every word of it escaped."""
    lines = []
    for item in day.items:
        address = link(day.provider, item.model)
        text = escape(item.text)
        lines.append(f'<li><a href="{escape(address)}">{text}</a></li>' if address else f"<li>{text}</li>")
    told = [filled(say["change"]["since"], since=day.since)]
    told += [say["change"]["unseen_all"]] if day.hides else []
    return "".join(f"<p>{escape(text)}</p>" for text in told) + f"<ul>{''.join(lines)}</ul>"


def _moment(day: ChangeDay) -> str:
    return f"{day.day}T00:00:00Z"


def _tag(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    child = ElementTree.SubElement(parent, _tag(name), attributes)
    child.text = text
    return child
