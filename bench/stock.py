"""The same pages for stock Material for MkDocs: plain Markdown files, its own theme and search, nothing of ours.

A program of its own, `python -m bench.stock PROJECT FOLDER`, which runs with the project's own code.
"""

import json
import sys
from pathlib import Path
from typing import Any

import yaml
from keyway.pages.routes import Nav
from keyway.schema.fields import LANGUAGES
from keyway.site.build import Site, build_day, build_site

EXTENSIONS = ("admonition", "attr_list", "md_in_html", "tables", "pymdownx.superfences")
NAMES = {"en": "English", "zh": "简体中文", "ja": "日本語"}


def write_stock(project: Path, folder: Path) -> int:
    """Write the pages of `project`, and a configuration for them, into `folder`; returns how many pages there are.

    Two settings are not the usual ones, and both help stock: `navigation.prune`, and `reconfigure_search`, without
    which static-i18n compares every entry of the search index with every other.
    """
    site = build_site(project, build_day())
    for language, pages in site.texts.items():
        for path, page in pages.items():
            file = folder / "docs" / language / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"---\ntitle: {json.dumps(page.meta['title'])}\n---\n\n{page.markdown}", encoding="utf-8")
    text = yaml.safe_dump(_configuration(site), allow_unicode=True, sort_keys=False)
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return sum(map(len, site.texts.values()))


def _configuration(site: Site) -> dict[str, Any]:
    languages = [
        {"locale": name, "name": NAMES[name], "default": name == LANGUAGES[0], "nav": _plain(site.nav(name))}
        for name in LANGUAGES
    ]
    return {
        "site_name": "Stock",
        "site_url": "https://stock.example/",
        "theme": {"name": "material", "features": ["navigation.prune"]},
        "plugins": [
            "search",
            {"i18n": {"docs_structure": "folder", "reconfigure_search": False, "languages": languages}},
        ],
        "markdown_extensions": [
            *EXTENSIONS,
            {"toc": {"permalink": True}},
            {"pymdownx.highlight": {"anchor_linenums": False, "use_pygments": True}},
        ],
    }


def _plain(nav: Nav) -> Any:
    """The navigation without the marks of what is escaped, which YAML does not write."""
    return json.loads(json.dumps(nav))


if __name__ == "__main__":
    sys.stdout.write(str(write_stock(*map(Path, sys.argv[1:]))))
