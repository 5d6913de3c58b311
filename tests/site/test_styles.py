"""Styles and pages name the same classes, styles keep to their form, and what the site publishes for looks is used."""

import gzip
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import tinycss2
import yaml
from pygments.token import STANDARD_TYPES
from selectolax.lexbor import LexborHTMLParser
from support.paths import PROJECT
from tinycss2.ast import LiteralToken, Node

PARTS = sorted((PROJECT / "docs/assets/css").rglob("*.css"))
TEMPLATES = sorted((PROJECT / "overrides").rglob("*.html"))
SCRIPTS = sorted((PROJECT / "docs/assets/js").rglob("*.js"))

NOT_STYLED = {
    "kw-checker": "scripts put the request checker here",
    "kw-decoder": "scripts put the error decoder here",
    "kw-snippet": "scripts find a tool's configuration by it",
    "kw-snippet__key": "scripts write the name of the key's variable here",
    "kw-snippet__shown": "scripts exchange the blocks in it",
    "note": "Markdown's word for a notice that looks as all notices do",
}
"""Class -> why it is on pages though no style names it."""

MEANINGS = {name for name in STANDARD_TYPES.values() if name}
"""What Pygments says of a piece of code, as classes; styles name those that look otherwise than the rest."""

FILLED = "…"
"""Where a template or a script fills something in."""
IMAGES = {".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico"}
FIRST_LOAD = 9_000
"""Bytes of style that a first visit may cost, packed: they stand between a reader and the first letter. It was 33,000
once, with the theme's own sheet, and is 7,000."""


def nested(nodes: Iterable[Node]) -> Iterator[Node]:
    """All nodes, and what stands in their brackets."""
    for node in nodes:
        yield node
        yield from nested(getattr(node, "arguments", None) or getattr(node, "content", None) or ())


def rules(part: Path) -> Iterator[Node]:
    """The rules of a part with selectors, those within conditions too."""

    def within(nodes: Iterable[Node]) -> Iterator[Node]:
        for node in nodes:
            if node.type == "qualified-rule":
                yield node
            elif node.type == "at-rule" and node.content is not None:
                yield from within(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))

    text = part.read_text(encoding="utf-8")
    return within(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))


def declarations(rule: Node) -> list[Node]:
    return tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)


def classes(nodes: Iterable[Node]) -> Iterator[str]:
    """The classes that a selector names, within functions too."""
    before = None
    for node in nodes:
        if node.type == "ident" and isinstance(before, LiteralToken) and before.value == ".":
            yield node.value
        yield from classes(getattr(node, "arguments", ()))
        before = node


@pytest.fixture(scope="module")
def styled() -> frozenset[str]:
    """The classes that styles name."""
    return frozenset(name for part in PARTS for rule in rules(part) for name in classes(rule.prelude))


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, LexborHTMLParser]:
    return {
        file.relative_to(site).as_posix(): LexborHTMLParser(file.read_text(encoding="utf-8"))
        for file in site.rglob("*.html")
    }


def written(templates: Iterable[Path], scripts: Iterable[Path]) -> tuple[set[str], set[str]]:
    """The classes that templates and scripts write whole, and the beginnings of those that they put together."""
    whole: set[str] = set()
    beginnings: set[str] = set()
    for file in templates:
        text = re.sub(r"\{[%#].*?[%#]\}", " ", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        for value in re.findall(r'class="([^"]*)"', re.sub(r"\{\{.*?\}\}", FILLED, text)):
            whole |= {word for word in value.split() if FILLED not in word}
        beginnings |= set(re.findall(rf"(kw-[a-z][\w-]*-){FILLED}", re.sub(r"\{\{.*?\}\}", FILLED, text)))
    for file in scripts:
        text = re.sub(r"^\s*//.*$", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        text = re.sub(r'(?:id: |describedby": |getElementById\()"[^"]*"', "", text)
        for string in re.findall(r'"[^"\n]*"|`[^`]*`', text):
            names = re.findall(rf"(?<![\w#-])kw-[\w-]+{FILLED}?", re.sub(r"\$\{.*?\}", FILLED, string))
            whole |= {name for name in names if FILLED not in name}
            beginnings |= {name.removesuffix(FILLED) for name in names if FILLED in name}
    return whole, beginnings


def shown(pages: dict[str, LexborHTMLParser]) -> dict[str, str]:
    """Class -> a page that has it; without those of the pieces of code."""
    found: dict[str, str] = {}
    for name, page in pages.items():
        for node in page.css("[class]"):
            if node.tag == "span" and node.parent.tag in ("span", "code", "pre"):
                continue
            for word in (node.attributes["class"] or "").split():
                found.setdefault(word, name)
    return found


def test_every_class_of_pages_templates_and_scripts_is_styled(
    pages: dict[str, LexborHTMLParser], styled: frozenset[str]
) -> None:
    """A kind, such as `kw-badge--account`, needs none where it looks as the others of its family do."""
    whole, beginnings = written(TEMPLATES, SCRIPTS)
    families = {name[: name.index("--") + 2] for name in styled if "--" in name}
    used = shown(pages) | dict.fromkeys(whole, "templates or scripts")
    bare = {
        name: place
        for name, place in used.items()
        if name not in styled and name not in NOT_STYLED and not name.startswith(tuple(families))
    }
    assert bare == {}
    assert {start for start in beginnings if not any(name.startswith(start) for name in styled)} == set()


def test_every_styled_class_is_used(pages: dict[str, LexborHTMLParser], styled: frozenset[str]) -> None:
    whole, beginnings = written(TEMPLATES, SCRIPTS)
    words = yaml.safe_load((PROJECT / "data/words.yml").read_text(encoding="utf-8"))
    ends = {end for group in words.values() for key in group for end in (key, key.rpartition("_")[2])}
    ends |= {word for file in SCRIPTS for word in re.findall(r'"([a-z]+)"', file.read_text(encoding="utf-8"))}
    made = {start + end for start in beginnings for end in ends}
    assert styled - shown(pages).keys() - whole - made - MEANINGS == set()


def test_every_class_without_a_style_is_found_by_a_script_or_written_by_markdown(
    pages: dict[str, LexborHTMLParser], styled: frozenset[str]
) -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in SCRIPTS)
    for name in NOT_STYLED:
        assert name not in styled
        assert f".{name}" in text if name.startswith("kw-") else name in shown(pages), name


def test_pygments_classes_are_those_of_the_installed_pygments(styled: frozenset[str]) -> None:
    for part in PARTS:
        for rule in rules(part):
            names = list(classes(rule.prelude))
            if len(names) > 1 and names[0] == "highlight":
                assert set(names[1:]) <= MEANINGS, names


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.stem)
def test_a_part_keeps_to_its_form(part: Path) -> None:
    """One declaration a line, no rule in another, and nothing made heavier than it is."""
    lines = [line.split("/*")[0] for line in part.read_text(encoding="utf-8").splitlines()]
    assert [line for line in lines if line.count(";") > 1 or ("{" in line and ";" in line)] == []
    important = []
    for rule in rules(part):
        selector = tinycss2.serialize(rule.prelude)
        names = list(classes(rule.prelude))
        assert not [name for name in names if f".{name}.{name}" in selector], selector
        assert "#" not in selector, f"{selector}: an id outweighs every class"
        for node in declarations(rule):
            assert node.type == "declaration", f"{selector}: {getattr(node, 'message', 'a rule in a rule')}"
            if node.important:
                important.append(f"{selector.strip()} {node.name}")
    reasoned = {"base": 4}.get(part.stem, 0)  # what is hidden stays hidden, and three kinds of motion stay off
    assert len(important) == reasoned, important


def test_a_page_links_one_style_sheet_and_its_parts_are_not_published(
    site: Path, pages: dict[str, LexborHTMLParser]
) -> None:
    assert [file.relative_to(site).as_posix() for file in site.rglob("*.css")] == ["assets/css/keyway.css"]
    for name, page in pages.items():
        links = [link.attributes["href"] for link in page.css('link[rel="stylesheet"], style')]
        assert len(links) == 1, name
        if not name.endswith("404.html"):  # these name the address of a deployment
            linked = (site / name).parent / links[0]
            assert linked.resolve() == site.resolve() / "assets/css/keyway.css", name


def test_the_style_of_a_first_visit_is_small_and_asks_for_nothing_else(site: Path) -> None:
    text = (site / "assets/css/keyway.css").read_bytes()
    assert len(gzip.compress(text)) <= FIRST_LOAD
    assert b"url(" not in text
    assert b"@import" not in text


def test_every_image_and_script_of_the_site_is_used(site: Path, pages: dict[str, LexborHTMLParser]) -> None:
    """The picture for the README and the theme's own files were published once, for nobody."""
    scripts = {file for file in site.rglob("*.js") if "pagefind" not in file.parts}
    looked_at = {file for file in site.rglob("*") if file.suffix.lower() in IMAGES}
    asked = {
        node.attributes.get("src") or node.attributes.get("href")
        for page in pages.values()
        for node in page.css("[src], link[href], a[href]")
    }
    asked |= {name for file in scripts for name in re.findall(r'from "\./([\w-]+\.js)"', file.read_text())}
    names = {address.rpartition("/")[2] for address in asked if address}
    assert {file.name for file in scripts | looked_at} - names == set()
    assert len(scripts) > 5
    assert looked_at


def test_the_themes_words_around_a_page_are_found(pages: dict[str, LexborHTMLParser]) -> None:
    """Where the theme has no word of that name, it prints the name."""
    said: set[str] = set()
    for prefix in ("", "zh/", "ja/"):
        page = pages[f"{prefix}providers/mistral/index.html"]
        labels = [nav.attributes["aria-label"] for nav in page.css("nav[aria-label]")]
        words = {*labels, page.css_first(".kw-skip").text().strip(), page.css_first(".kw-side__title").text()}
        assert words.isdisjoint({"tabs", "nav", "toc", "action.skip"})
        assert all(words)
        said |= words
    assert len(said) > 9, "each language has its own"
