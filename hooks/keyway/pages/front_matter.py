"""The front matter of a page: the few lines of YAML above its text, read as strictly as the data."""

import re

from ..source.document import SourceFile
from ..source.problem import CatalogueError, Problem
from ..source.reader import read_source
from ..source.suggestions import did_you_mean

FRONT_MATTER = re.compile(r"\A---(\n.*?\n)---\n", re.DOTALL)
REQUIRED = ("title", "description")
OPTIONAL = ("short", "hide", "search", "translates")
"""A name for the navigation; parts of the theme to leave out; `hidden` from the search; of which English text it is.

Whatever else the generator knows (another template, for example) could stop a build, and is refused.
"""


def has_front_matter(text: str) -> bool:
    """Whether the text of a file begins with front matter."""
    return FRONT_MATTER.match(text) is not None


def without_front_matter(text: str) -> str:
    """Blank the front matter, keeping the line numbers of what follows."""
    return FRONT_MATTER.sub(lambda match: "\n" * match[0].count("\n"), text)


def front_matter(text: str, file: str) -> SourceFile:
    """The front matter of `text`, the content of `file`, with the places of its values; raises CatalogueError."""
    match = FRONT_MATTER.match(text)
    if match is None:
        message = "has no front matter; begin with ---, title: and description:, and ---"
        raise CatalogueError([Problem(file, 1, 1, message)])
    source = read_source(file, match[1].encode())
    problems = list(source.problems)
    if not problems:
        known = (*REQUIRED, *OPTIONAL)
        problems += (
            source.problem((key,), f"the front matter has no field `{key}`; {did_you_mean(key, known)}", key=True)
            for key in source.data
            if key not in known
        )
        problems += (
            Problem(file, 1, 1, f"the front matter has no {key}; every page has one")
            for key in REQUIRED
            if not source.data.get(key)
        )
    if problems:
        raise CatalogueError(problems)
    return source
