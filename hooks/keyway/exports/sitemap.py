"""The sitemap: the address of every page in every language, each with the addresses of the same page in the others.

It says no day and no frequency: search engines take neither from a site that builds every page anew.
"""

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def sitemap(pages: Iterable[Mapping[str, str]]) -> str:
    """The sitemap's text; each of `pages` maps a language to the page's absolute address in it."""
    ElementTree.register_namespace("", SITEMAPS)
    ElementTree.register_namespace("xhtml", XHTML)
    root = ElementTree.Element(f"{{{SITEMAPS}}}urlset")
    for addresses in pages:
        for address in addresses.values():
            entry = ElementTree.SubElement(root, f"{{{SITEMAPS}}}url")
            ElementTree.SubElement(entry, f"{{{SITEMAPS}}}loc").text = address
            for language, other in addresses.items():
                link = {"rel": "alternate", "hreflang": language, "href": other}
                ElementTree.SubElement(entry, f"{{{XHTML}}}link", link)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
