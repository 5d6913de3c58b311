"""Templates and facts to Markdown: every page of every language, in one sandbox.

Knows nothing of MkDocs. Every value that a template prints goes through `markup.text`; a template
that is wrong is reported at its file and line, all of them at once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    Template,
    TemplateSyntaxError,
)
from jinja2.environment import TemplateModule
from jinja2.filters import FILTERS
from jinja2.meta import find_referenced_templates
from jinja2.nodes import Extends

from ..schema.fields import LANGUAGES
from ..source.document import SourceFile
from ..source.problem import CatalogueError, Problem
from ..source.reader import decoded
from . import markup
from .context import context
from .front_matter import front_matter, has_front_matter, without_front_matter
from .prose import prose_problems
from .queries import Queries
from .routes import BRACKET, Page, fill, pages
from .sandbox import Sandbox
from .template_errors import Absent, template_problem
from .translations import SOURCE, translation
from .words import COMMENT_END, COMMENT_START, words_in

KEPT_FILTERS = (
    "default",
    "first",
    "groupby",
    "last",
    "length",
    "list",
    "map",
    "reject",
    "rejectattr",
    "reverse",
    "select",
    "selectattr",
    "sort",
    "unique",
)
"""Jinja's filters that cannot make text from values behind `markup`'s back."""

OWN_FILTERS = ("text", "code", "address", "number", "decimal", "fence", "join", "passage")
"""Filters of `markup`; each says what it makes safe."""


@dataclass(frozen=True)
class Rendered:
    """One page in one language: its front matter as plain text, and its Markdown.

    `files` are the texts that it is made of, below the folder of its language: its own first, then its layout.
    """

    page: Page
    meta: Mapping[str, object]
    markdown: str
    files: tuple[str, ...] = ()


class Parts:
    """Macros by file name, seeing one page's names; a file is run when the page asks for it.

    They are those of `overrides/parts/`, and of the language's own `_parts/`, where macros hold sentences.
    """

    def __init__(self, environment: Environment, names: Mapping[str, object]) -> None:
        self._environment, self._names = environment, names
        self._modules: dict[str, TemplateModule] = {}

    def __getitem__(self, name: str) -> TemplateModule:
        if name not in self._modules:
            template = self._environment.select_template((f"{name}.html", f"_parts/{name}.md"))
            self._modules[name] = template.make_module({**self._names, "parts": self})
        return self._modules[name]

    @property
    def used(self) -> frozenset[str]:
        """The names of the files that were asked for."""
        return frozenset(self._modules)


class Renderer:
    """The templates of one language, ready to render pages of the catalogue."""

    def __init__(self, root: Path, language: str, query: Queries) -> None:
        self.folder = root / "docs" / language
        self.root, self.language, self.query = root, language, query
        self.templates = sorted(
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*.md")
            if not any(part.startswith("_") for part in path.relative_to(self.folder).parts)
        )
        self.pages = pages(query.catalogue, self.templates)
        self.addresses = frozenset(page.url for page in self.pages)
        self.environment = self._environment()
        self.plain = self.environment.overlay(autoescape=False, finalize=_required)
        self._titles: dict[str, Template] = {}
        self._files: dict[str, frozenset[str]] = {}
        self.words = words_in(query.catalogue.words, language)

    def _environment(self) -> Sandbox:
        environment = Sandbox(
            loader=ChoiceLoader([FunctionLoader(self._load), FileSystemLoader(self.root / "overrides" / "parts")]),
            undefined=Absent,
            auto_reload=False,  # templates are read anew for each build, and not looked at again within one
            autoescape=True,
            finalize=markup.text,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            comment_start_string=COMMENT_START,
            comment_end_string=COMMENT_END,
        )
        environment.filters = (
            {name: FILTERS[name] for name in KEPT_FILTERS}
            | {name: getattr(markup, name) for name in OWN_FILTERS}
            | {"json": markup.as_json}
        )
        return environment

    def _load(self, name: str) -> tuple[str, str, None] | None:
        path = self.folder / name
        if not path.is_file():
            return None
        return without_front_matter(self._text(path)), str(path), None

    def _text(self, path: Path) -> str:
        return decoded(path.relative_to(self.root).as_posix(), path.read_bytes())

    def render(self, page: Page) -> Rendered:
        """Render one page; raises CatalogueError for a template or front matter that is wrong."""
        meta = self._meta(page)
        names = context(self.query, self.words, page, self.language, self.addresses)
        try:
            titles = self._filled(meta, page, names)
            parts = names["parts"] = Parts(self.environment, names)
            text = self.environment.get_template(page.template).render(names).lstrip("\n")
            files = self._texts(page, parts)
            if self.language != SOURCE and any(translation(self.root, self.language, file).stale for file in files):
                titles["stale"] = "true"
            return Rendered(page, titles, text, files)
        except CatalogueError:
            raise
        except Exception as error:  # a template may call anything of the facts; all of it is the template's fault
            raise CatalogueError([self._problem(error, page)]) from error

    def collisions(self) -> Iterator[Problem]:
        """A problem for each file that has the address of a record's page and is none: it would take its place."""
        for file, page in {page.template: page for page in self.pages if page.layout}.items():
            if file != page.layout and not self._extends(file):
                record = " and ".join(f"{kind} {name}" for kind, name in page.params.items())
                path = (self.folder / file).relative_to(self.root).as_posix()
                message = (
                    f"this stands where the page of the {record} does; rename the record or the file,"
                    " or begin the text with {% extends layout %} if it is that page"
                )
                yield Problem(path, 1, 1, message)

    def _extends(self, file: str) -> bool:
        """Whether `file` fills blocks of another; where its syntax is wrong, rendering says so, and this passes."""
        try:
            return (
                self.environment.parse(without_front_matter(self._text(self.folder / file))).find(Extends) is not None
            )
        except (TemplateSyntaxError, CatalogueError):
            return True

    def _problem(self, error: Exception, page: Page) -> Problem:
        about = f"{self.language}/{page.path}" if page.params else ""
        return template_problem(error, self.root, self.folder / page.template, about)

    def _meta(self, page: Page) -> SourceFile:
        """The front matter of the page's own file, or of its layout where the file has none."""
        path = self.folder / page.template
        text = self._text(path)
        if page.layout and not has_front_matter(text):
            path = self.folder / page.layout
            text = self._text(path)
        return front_matter(text, path.relative_to(self.root).as_posix())

    def _texts(self, page: Page, parts: Parts) -> tuple[str, ...]:
        """The files of this language that the page is made of: its own, its layout, and what those include."""
        layout = page.layout or page.template
        own_parts = {file for name in parts.used if (self.folder / (file := f"_parts/{name}.md")).is_file()}
        included = sorted(self._included(page, file) for file in self._made_of(layout) - {layout})
        return tuple(
            dict.fromkeys((page.template, *sorted(self._made_of(page.template)), layout, *included, *sorted(own_parts)))
        )

    def _included(self, page: Page, file: str) -> str:
        """`file`, or the one for this page's own record that templates include in its place where there is one."""
        own = fill(file, page.params) if page.params.keys() >= set(BRACKET.findall(file)) else file
        return own if (self.folder / own).is_file() else file

    def _made_of(self, template: str) -> frozenset[str]:
        """`template`, and every file of this language that it extends or includes by a literal name."""
        if template not in self._files:
            text = without_front_matter(self._text(self.folder / template))
            named = find_referenced_templates(self.environment.parse(text, template))
            below = (self._made_of(name) for name in named if name and (self.folder / name).is_file())
            self._files[template] = frozenset((template,)).union(*below)
        return self._files[template]

    def _filled(self, meta: SourceFile, page: Page, names: Mapping[str, object]) -> dict[str, object]:
        """The front matter with its values filled; raises CatalogueError at the line of one that cannot be."""
        found = {}
        for key, value in meta.data.items():
            try:
                found[key] = self._plain(value, names)
            except Exception as error:
                problem = self._problem(error, page)
                line = meta.keys[(key,)].line
                raise CatalogueError([replace(problem, file=meta.file, line=line)]) from error
        return found

    def _plain(self, value: object, names: Mapping[str, object]) -> object:
        """Fill a value of the front matter as plain text on one line; the theme escapes it."""
        if not isinstance(value, str):
            return value
        template = self._titles.get(value) or self._titles.setdefault(value, self.plain.from_string(value))
        return " ".join(template.render(names).split())


def _required(value: object) -> object:
    """Refuse a missing value in front matter, which is plain text and escaped by the theme."""
    if value is None:
        raise markup.Missing("the value is missing; test for it, or say what stands in its place")
    return value


Language = tuple[Mapping[str, Rendered], tuple[Problem, ...]]
"""The pages of one language by their paths, and what is wrong with those that are not there."""


def _render_language(root: Path, language: str, query: Queries) -> Language:
    book = Renderer(root, language, query)
    made: dict[str, Rendered] = {}
    problems: list[Problem] = list(book.collisions())
    for page in book.pages:
        try:
            made[page.path] = book.render(page)
        except CatalogueError as error:
            problems += error.problems
    return made, tuple(problems)


def in_turn(tasks: Sequence[Callable[[], Language]]) -> Sequence[Language]:
    """What each task returns, one after the other."""
    return [task() for task in tasks]


def render_site(
    root: Path, query: Queries, run: Callable[[Sequence[Callable[[], Language]]], Sequence[Language]] = in_turn
) -> Mapping[str, Mapping[str, Rendered]]:
    """Render every page: language -> path -> page; `run` is given a task for each language, which share nothing.

    Raises CatalogueError with the problems of all templates in all languages at once.
    """
    if problems := prose_problems(root):
        raise CatalogueError(problems)
    made = run([partial(_render_language, root, language, query) for language in LANGUAGES])
    found: dict[str, Problem] = {}
    for _, wrong in made:
        for problem in wrong:
            # One wrong line of a route would be reported once for each page that it makes.
            found.setdefault(f"{problem.file}:{problem.line}", problem)
    if found:
        raise CatalogueError(found.values())
    return {language: pages for language, (pages, _) in zip(LANGUAGES, made, strict=True)}
