"""Templates and facts to Markdown: what a writer sees when a template is wrong, and what a page gets."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from keyway.cli import main
from keyway.loading.load import load_catalogue
from keyway.pages.queries import Queries
from keyway.pages.render import Rendered, render_site
from keyway.source.problem import CatalogueError
from support.projects import changed_project

DAY = date(2026, 10, 15)
HEAD = "---\ntitle: T\ndescription: D\n---\n\n"


@pytest.fixture
def render(tmp_path: Path) -> Callable[..., Rendered]:
    """Render one page, the same in all languages, of the base project; other files by keyword path."""

    def render_page(text: str, path: str = "index.md", other: dict[str, str] | None = None) -> Rendered:
        root = changed_project(tmp_path, {"changes": []})
        for language in ("en", "zh", "ja"):
            for name, content in {path: text, **(other or {})}.items():
                file = root / "docs" / language / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(content, encoding="utf-8")
        (root / "overrides" / "parts").mkdir(parents=True)
        return next(iter(render_site(root, Queries(load_catalogue(root), {}, DAY))["en"].values()))

    return render_page


def problems(render: Callable[..., Rendered], text: str, **more: object) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        render(text, **more)
    return [str(problem) for problem in caught.value.problems]


def test_front_matter_is_filled_as_plain_text_on_one_line(render: Callable[..., Rendered]) -> None:
    text = '---\ntitle: "{{ provider.id }} & {{ day }}"\ndescription: D\n---\n\n# X\n'
    page = render(text, path="providers/[provider]/index.md")
    assert page.meta["title"] == f"{page.page.params['provider']} & 2026-10-15"
    assert page.markdown == "# X\n"


def test_heading_ids_survive_as_markdown_writes_them(render: Callable[..., Rendered]) -> None:
    assert render(HEAD + "# Title {#top}\n").markdown == "# Title {#top}\n"


def test_a_wrong_name_is_reported_once_with_its_line_and_a_page(render: Callable[..., Rendered]) -> None:
    found = problems(render, HEAD + "# X\n\n{{ provider.nme }}\n", path="providers/[provider]/index.md")
    assert len(found) == 3, "one for each language, not one for each provider"
    assert found[0].startswith("docs/en/providers/[provider]/index.md:8:1: ")
    assert "nme" in found[0]


def test_problems_of_all_files_are_reported_at_once(render: Callable[..., Rendered]) -> None:
    found = problems(render, HEAD + "{{ a }}", other={"b.md": HEAD + "{% if %}", "c.md": HEAD + "fine"})
    assert [line.split(":")[0] for line in found] == [
        f"docs/{language}/{name}" for language in ("en", "ja", "zh") for name in ("b.md", "index.md")
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# X\n", "has no front matter"),
        ("---\ntitle: T\n---\n", "has no description"),
        ("---\ntitle: T\ntitle: U\ndescription: D\n---\n", "title"),
        (HEAD + '{{ catalogue.find("mistral", "nothing") }}', "the value is missing"),
        (HEAD + '{{ href("nowhere") }}', "there is no page 'nowhere'"),
        (HEAD + "{{ ''.__class__ }}", "unsafe"),
        (HEAD + "{{ catalogue.providers.clear() }}", "has no attribute 'clear'"),
        (HEAD + "{% include 'nothing.md' %}", "nothing.md"),
    ],
)
def test_a_mistake_is_named(render: Callable[..., Rendered], text: str, said: str) -> None:
    assert said in problems(render, text)[0]


def test_a_literal_page_extends_its_route_without_that_ones_front_matter(render: Callable[..., Rendered]) -> None:
    route = HEAD + "# {{ provider.id }}\n\n{% block more %}{% endblock %}\n"
    literal = (
        "---\ntitle: Own\ndescription: D\n---\n"
        '{% extends "providers/[provider]/index.md" %}\n{% block more %}special{% endblock %}\n'
    )
    page = render(route, path="providers/[provider]/index.md", other={"providers/mistral/index.md": literal})
    assert page.meta["title"] in ("T", "Own")
    assert "title:" not in page.markdown
    assert page.markdown.startswith("# ")


def test_files_that_begin_with_an_underscore_are_partials_not_pages(render: Callable[..., Rendered]) -> None:
    page = render(HEAD + '{% include "_part.md" %}', other={"_part.md": "included", "_x/y.md": "not a page"})
    assert page.markdown == "included"
    assert page.page.path == "index.md"


def test_links_are_relative_from_wherever_the_page_is(render: Callable[..., Rendered]) -> None:
    link = '{{ href("") }} {{ href("free", "top") }}'
    page = render(HEAD + link, path="a/b.md", other={"free.md": HEAD, "index.md": HEAD})
    assert page.page.path == "a/b.md"
    assert page.markdown.replace("&#46;", ".").replace("&#47;", "/").replace("&#35;", "#") == "../../ ../../free/#top"


def test_a_page_that_one_language_lacks_is_named_and_nothing_is_rendered(tmp_path: Path) -> None:
    root = changed_project(tmp_path, {"changes": []})
    for language in ("en", "zh", "ja"):
        (root / "docs" / language).mkdir(parents=True)
        (root / "docs" / language / "index.md").write_text(HEAD, encoding="utf-8")
    (root / "docs" / "en" / "free.md").write_text(HEAD, encoding="utf-8")
    (root / "docs" / "ja" / "free.md").write_text(HEAD, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        render_site(root, Queries(load_catalogue(root), {}, DAY))
    assert {problem.file for problem in caught.value.problems} == {"docs/zh/free.md"}


def test_a_translation_of_an_older_english_page_says_so(render: Callable[..., Rendered], tmp_path: Path) -> None:
    render(HEAD + "# X\n")
    root = tmp_path
    book = render_site(root, Queries(load_catalogue(root), {}, DAY))
    assert book["zh"]["index.md"].meta["stale"]
    main(["translations", "--root", str(root), "--stamp"])
    book = render_site(root, Queries(load_catalogue(root), {}, DAY))
    assert "stale" not in book["zh"]["index.md"].meta
