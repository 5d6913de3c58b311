"""Hostile text in every field of every record leaves every page's structure as it was, in all languages.

The real data are copied twice with every free text replaced: once by a harmless one, once by a hostile one of the
same length class. Both sites are built; elements, attributes, links and headings must be the same.
"""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode
from support.paths import PROJECT

pytestmark = pytest.mark.slow

COPIED = ("data", "docs", "hooks", "overrides", "mkdocs.yml")
SETTINGS = {"SITE_URL": "https://keyway.example/", "SOURCE_DATE_EPOCH": "1792022400", "NO_MKDOCS_2_WARNING": "1"}
FREE_TEXT = frozenset({"en", "zh", "ja", "title", "choice", "licence", "version", "name", "file"})
"""Fields that take any text; everything else is an id, a number, a day, an address or one of a few words."""
FREE_BELOW = frozenset({"ignored", "disputed", "headers", "other_bodies"})
"""Mappings and lists whose texts are all free; the days and numbers among them stay."""
OFFERED = frozenset({"free"})
"""Files whose `models` are patterns and no ids."""
BODIES = frozenset({"body", "other_bodies"})
"""Recorded answers: the hostile text goes into a string of theirs where they are JSON, so that they stay so."""
HOSTILE = (
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "`x` **b** [y](javascript:alert(1)) | cell",
    '" onmouseover="alert(1)" x="',
    "{{ 7*7 }} {% raw %} {#evil}",
    "&lt;b&gt; &#60;i&#62; <!-- ]]>",
    "{: onclick=alert(1) } # head",
)
LANGUAGES = frozenset({"en", "zh", "ja"})
KEPT = 140
"""Characters of a text that stay before the one that is put to it: more than up to the last `{placeholder}` of any."""
SPOKEN = frozenset({"content", "title", "aria-label", "alt", "placeholder", "label", "value"})
"""Attributes that hold text for people, as all of `data-*` do: they may differ, and only within their quotes."""


def replaced(value: Any, key: str, texts: list[str], *, free: bool = False) -> Any:
    """A copy of plain data with every free text followed by the next of `texts`, in turn; `free` where all are."""
    if isinstance(value, dict) and value.keys() == LANGUAGES:
        texts.append(texts.pop(0))  # the same in all languages, whose code has to be equal
        return {name: f"{below if '`' in below else below[:KEPT]} {texts[0]}" for name, below in value.items()}
    if isinstance(value, dict):
        return {
            name: replaced(below, str(name), texts, free=free or str(name) in FREE_BELOW)
            for name, below in value.items()
        }
    if isinstance(value, list):
        return [replaced(below, key, texts, free=free) for below in value]
    if not isinstance(value, str) or not (free or key in FREE_TEXT or key in BODIES):
        return value
    texts.append(texts.pop(0))
    if key not in BODIES:
        return f"{value[:KEPT]} {texts[0]}"
    try:
        return json.dumps({"error": json.loads(value), "said": texts[0]})
    except ValueError:
        return f"{value} {texts[0]}"


class Dumper(yaml.SafeDumper):
    """Writes what the strict reader takes: `n` in quotes, every value on one line."""


Dumper.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("[yYnN]$"), list("yYnN"))


def build(folder: Path, texts: tuple[str, ...]) -> Path:
    for name in COPIED:
        source = PROJECT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    for file in sorted((folder / "data").rglob("*.yml")):
        plain = replaced(yaml.safe_load(file.read_text(encoding="utf-8")), "", list(texts))
        for offer in plain.values() if file.stem in OFFERED else ():
            if "models" in offer:
                offer["models"] = [f"{name} {texts[0]}" for name in offer["models"]]
        text = yaml.dump(plain, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10_000)
        file.write_text(text, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder / "site")],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env=os.environ | SETTINGS,
    )
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-4000:]
    return folder / "site"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    # Sentences of the data hold code between backquotes: what is code in the hostile text is so in the harmless one.
    plain = tuple("`x` plain words here" if "`" in text else "plain words here" for text in HOSTILE)
    harmless = build(tmp_path_factory.mktemp("harmless"), plain)
    return harmless, build(tmp_path_factory.mktemp("hostile"), HOSTILE)


def spoken(attribute: str) -> bool:
    return attribute in SPOKEN or attribute.startswith("data-")


def takes(parse: Callable[[str], object], text: str) -> bool:
    """Whether `parse` makes something with parts of `text`."""
    try:
        return not isinstance(parse(text), (str, int, float, type(None)))
    except (ValueError, SyntaxError, yaml.YAMLError):
        return False


PARSERS = {"json": json.loads, "yaml": yaml.safe_load, "python": ast.parse}
SOUND = {name: partial(takes, parse) for name, parse in PARSERS.items()}
"""Language -> whether a text is sound in it."""


def structure(file: Path) -> list[tuple[str, tuple[tuple[str, str | None], ...]]]:
    """Every element of a page with its attributes, without the text that people or scripts read."""
    page = LexborHTMLParser(file.read_text(encoding="utf-8"))
    return [
        (node.tag, tuple((name, None if spoken(name) else value) for name, value in sorted(node.attributes.items())))
        for node in page.root.traverse(include_text=False)
        if node.tag != "-comment" and not _coloured(node)
    ]


def _coloured(node: LexborNode) -> bool:
    """Whether it only colours a part of an example: quotes and escapes have colours of their own."""
    return node.tag == "span" and list(node.attributes) == ["class"] and node.parent.tag in ("code", "span")


def test_every_page_keeps_its_structure(sites: tuple[Path, Path]) -> None:
    harmless, hostile = sites
    pages = sorted(file.relative_to(harmless) for file in harmless.rglob("*.html"))
    assert len(pages) > 600
    changed = [page.as_posix() for page in pages if structure(harmless / page) != structure(hostile / page)]
    assert not changed, f"{len(changed)} pages, such as {changed[:5]}"


def test_the_hostile_text_is_on_the_pages_as_text(sites: tuple[Path, Path]) -> None:
    page = LexborHTMLParser((sites[1] / "zh/providers/mistral/index.html").read_text(encoding="utf-8"))
    assert "<script>alert(1)</script>" in page.css_first("article").text()
    page = LexborHTMLParser((sites[1] / "zh/models/mistral/codestral-2508/index.html").read_text(encoding="utf-8"))
    assert any(text in page.css_first("title").text() for text in HOSTILE)


def test_no_page_has_a_script_that_the_harmless_one_lacks(sites: tuple[Path, Path]) -> None:
    harmless, hostile = sites

    def running(file: Path) -> list[tuple[str | None, str]]:
        scripts = LexborHTMLParser(file.read_text(encoding="utf-8")).css("script")
        return [
            (script.attributes.get("src"), script.text())
            for script in scripts
            if script.attributes.get("type") != "application/json"
        ]

    for file in hostile.rglob("*.html"):
        assert running(file) == running(harmless / file.relative_to(hostile)), file


def test_every_feed_and_document_is_well_formed(sites: tuple[Path, Path]) -> None:
    for site in sites:
        feeds, documents = sorted(site.rglob("*.xml")), sorted(site.rglob("*.json"))
        assert len(feeds) >= 4
        assert len(documents) >= 3
        for feed in feeds:
            ElementTree.fromstring(feed.read_bytes())  # noqa: S314 - our own build wrote it a moment ago
        for filters in site.rglob("*.yaml"):
            yaml.safe_load(filters.read_text(encoding="utf-8"))
        for document in documents:
            json.loads(document.read_text(encoding="utf-8"))


def soundness(file: Path) -> list[set[str]]:
    """For each example on a page, the languages whose parser takes it."""
    page = LexborHTMLParser(file.read_text(encoding="utf-8"))
    return [{name for name, sound in SOUND.items() if sound(block.text())} for block in page.css("article pre")]


def test_every_example_is_as_sound_as_the_harmless_one(sites: tuple[Path, Path]) -> None:
    harmless, hostile = sites
    languages: set[str] = set()
    for file in sorted(hostile.glob("providers/*/*/index.html")):
        wanted, given = soundness(harmless / file.relative_to(hostile)), soundness(file)
        assert [one - other for one, other in zip(wanted, given, strict=True) if one - other] == [], file
        languages.update(*wanted)
    assert languages == set(SOUND)
