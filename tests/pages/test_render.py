"""Templates and facts to Markdown: what a writer sees when a template is wrong, and what a page gets."""

from collections.abc import Callable, Mapping
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
def write(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Write files, the same in all languages, into the base project; returns its folder."""

    def write_files(files: dict[str, str]) -> Path:
        root = changed_project(tmp_path, {"changes": []})
        for language in ("en", "zh", "ja"):
            for name, content in files.items():
                file = root / "docs" / language / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(content, encoding="utf-8")
        return root

    return write_files


@pytest.fixture
def render(write: Callable[[dict[str, str]], Path]) -> Callable[..., Rendered]:
    """Render one page, the same in all languages, of the base project; other files by keyword path."""

    def render_page(text: str, path: str = "index.md", other: dict[str, str] | None = None) -> Rendered:
        return next(iter(site_of(write({path: text, **(other or {})}))["en"].values()))

    return render_page


def site_of(root: Path) -> Mapping[str, Mapping[str, Rendered]]:
    return render_site(root, Queries(load_catalogue(root), {}, DAY))


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
        (HEAD + "{{ catalogue.providers.clear() }}", "there is no `clear`; there are deepseek, mistral"),
        (HEAD + "{{ catalogue.providers.mistrall }}", "there is no `mistrall`; did you mean mistral?"),
        (HEAD + "{{ catalogue.providers.mistral.nme }}", "there is no `nme` in mistral; did you mean name?"),
        (HEAD + "{{ catalogue.providers.mistral.errors.no.status }}", "there is no `no`; there is only unauthorized"),
        (HEAD + '{{ catalogue.find("mistral", "no").id }}', "a value is missing here, of which `id` is asked"),
        (HEAD + '{{ catalogue.model("mistral", "codestral") }}', "has the id or alias codestral; did you mean"),
        (HEAD + "{{ catalogue.models.deepseek['deepseek-chat'].aliases[0] }}", "there is no entry 0 in a list of 0"),
        (HEAD + "{{ query.recomended }}", "there is no `recomended`; did you mean recommended?"),
        (HEAD + "{{ prvider.id }}", "no page knows the name `prvider`"),
        (HEAD + "{{ words.kind.chatt }}", "data/words.yml has no `kind.chatt`; add a line"),
        (HEAD + "{% include 'nothing.md' %}", "there is no file nothing.md to take in"),
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
    assert site_of(tmp_path)["zh"]["index.md"].meta["stale"]
    main(["translations", "--root", str(tmp_path), "--stamp"])
    assert "stale" not in site_of(tmp_path)["zh"]["index.md"].meta


CLIENT_FILES = {
    "clients/[client].md": "---\ntitle: Page of {{ client.name }}\ndescription: D\n---\n"
    "{% block about %}\nA tool.\n{% endblock %}\n{% block more %}\n{% endblock %}\n",
    "providers/[provider]/[client].md": "---\ntitle: Guide\ndescription: D\n---\n"
    "{% block steps %}\n1. Choose {{ connection.choice }}.\n{% endblock %}\n",
    "clients/zoo-code.md": "{% extends layout %}\n\n{% block about %}\nZoo.\n{% endblock %}\n\n"
    "{% block more %}\nMore of {{ client.name }}.\n{% endblock %}\n\n"
    "{% block steps %}\n1. Click {{ label('save') }}.\n{% endblock %}\n",
    "clients/roo-code.md": '{% extends "clients/zoo-code.md" %}\n\n{% block about %}\nRoo.\n{% endblock %}\n',
}


def test_one_file_says_what_a_client_s_page_and_its_guides_say_of_it(write: Callable[[dict[str, str]], Path]) -> None:
    site = site_of(write(CLIENT_FILES))["en"]
    assert site["clients/zoo-code.md"].markdown == "Zoo.\nMore of Zoo Code.\n"
    assert site["clients/zoo-code.md"].meta["title"] == "Page of Zoo Code"
    assert site["providers/mistral/zoo-code.md"].markdown == "1. Click Save.\n"
    assert site["providers/mistral/zoo-code.md"].meta["title"] == "Guide"


def test_a_twin_takes_from_the_other_what_it_does_not_say_itself(write: Callable[[dict[str, str]], Path]) -> None:
    assert site_of(write(CLIENT_FILES))["en"]["clients/roo-code.md"].markdown == "Roo.\nMore of Roo Code.\n"


def test_a_client_without_a_file_gets_what_the_layout_says(write: Callable[[dict[str, str]], Path]) -> None:
    files = {name: text for name, text in CLIENT_FILES.items() if "[" in name}
    site = site_of(write(files))["en"]
    assert site["clients/zoo-code.md"].markdown == "A tool.\n"
    assert site["providers/mistral/zoo-code.md"].markdown == "1. Choose Mistral.\n"


def test_a_wrong_name_in_a_client_s_file_is_reported_there(write: Callable[[dict[str, str]], Path]) -> None:
    files = CLIENT_FILES | {"clients/zoo-code.md": CLIENT_FILES["clients/zoo-code.md"].replace("client.", "tool.")}
    with pytest.raises(CatalogueError) as caught:
        site_of(write(files))
    places = {f"{problem.file}:{problem.line}" for problem in caught.value.problems}
    assert places == {f"docs/{language}/clients/zoo-code.md:8" for language in ("en", "zh", "ja")}


def test_a_client_s_file_without_its_client_is_reported(write: Callable[[dict[str, str]], Path]) -> None:
    with pytest.raises(CatalogueError) as caught:
        site_of(write(CLIENT_FILES | {"clients/gone-code.md": CLIENT_FILES["clients/zoo-code.md"]}))
    assert {problem.file for problem in caught.value.problems} == {
        f"docs/{language}/clients/gone-code.md" for language in ("en", "zh", "ja")
    }


def test_a_page_is_stale_with_any_file_that_it_is_made_of(write: Callable[[dict[str, str]], Path]) -> None:
    root = write(CLIENT_FILES)
    main(["translations", "--root", str(root), "--stamp"])
    english = root / "docs/en/clients/zoo-code.md"
    english.write_text(english.read_text(encoding="utf-8").replace("Zoo.", "A zoo."), encoding="utf-8")
    stale = {path for path, page in site_of(root)["ja"].items() if "stale" in page.meta}
    assert stale == {"clients/zoo-code.md", "clients/roo-code.md", "providers/mistral/zoo-code.md"}
    assert "stale" not in site_of(root)["en"]["clients/zoo-code.md"].meta


def test_a_page_names_the_files_that_it_is_made_of(write: Callable[[dict[str, str]], Path]) -> None:
    """Its own first, then its layout, then what that includes: for its own record where there is such a file."""
    either = '{% include ["providers/" ~ provider.id ~ "/_choice.md", "providers/[provider]/_choice.md"] %}'
    made = site_of(
        write(
            {
                "providers/[provider]/index.md": HEAD + either + "{{ parts.greeting.hello() }}",
                "providers/mistral/index.md": HEAD + "{% extends layout %}",
                "providers/[provider]/_choice.md": "any",
                "providers/mistral/_choice.md": "Mistral's",
                "_parts/greeting.md": "{% macro hello() %}hello{% endmacro %}",
            }
        )
    )["en"]
    assert made["providers/mistral/index.md"].files == (
        "providers/mistral/index.md",
        "providers/[provider]/index.md",
        "providers/mistral/_choice.md",
        "_parts/greeting.md",
    )
    assert made["providers/deepseek/index.md"].files == (
        "providers/[provider]/index.md",
        "providers/[provider]/_choice.md",
        "_parts/greeting.md",
    )


def test_macros_with_sentences_are_the_language_s_own(write: Callable[[dict[str, str]], Path]) -> None:
    root = write({"index.md": HEAD + "{{ parts.greeting.hello() }}", "_parts/greeting.md": ""})
    for language, text in (("en", "Hello"), ("zh", "你好"), ("ja", "こんにちは")):
        macro = f"{{% macro hello() -%}}{text}{{%- endmacro %}}"
        (root / "docs" / language / "_parts/greeting.md").write_text(macro, encoding="utf-8")
    site = site_of(root)
    assert [site[language]["index.md"].markdown for language in ("en", "zh", "ja")] == ["Hello", "你好", "こんにちは"]


def test_a_page_that_has_the_address_of_a_record_is_a_problem(write: Callable[[dict[str, str]], Path]) -> None:
    """A client named like a page that there is would take its place, and its own page would never be."""
    prose, page = HEAD + "# About all\n", HEAD + "{% block about %}{% endblock %}"
    own = "{% extends layout %}\n{% block about %}{% endblock %}\n"
    root = write({"clients/[client].md": page, "clients/zoo-code.md": prose, "clients/roo-code.md": own})
    with pytest.raises(CatalogueError) as caught:
        site_of(root)
    assert [(problem.file, problem.message) for problem in caught.value.problems] == [
        (
            f"docs/{language}/clients/zoo-code.md",
            "this stands where the page of the client zoo-code does; rename the record or the file, or begin the text"
            " with {% extends layout %} if it is that page",
        )
        for language in ("en", "ja", "zh")
    ]
