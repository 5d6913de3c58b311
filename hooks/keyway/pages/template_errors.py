"""What goes wrong while a template is filled, as a sentence at a line: which value is missing, and what was meant.

It names data by their words in the catalogue, never by our classes.
"""

import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateNotFound, TemplatesNotFound, TemplateSyntaxError
from jinja2.exceptions import UndefinedError
from jinja2.utils import missing

from ..schema.fields import Record
from ..source.problem import Problem
from ..source.suggestions import nearest

SHARED = ".html"
"""The ending of the macros that all pages share; what stands in them has its cause in the prose that uses them."""


class Absent(StrictUndefined):
    """A value that is not there: using it says what was looked for, and where."""

    @property
    def _undefined_message(self) -> str:
        """The sentence of the error; the name is Jinja's."""
        name, owner = self._undefined_name, self._undefined_obj
        if self._undefined_hint:
            return self._undefined_hint
        if not isinstance(name, str):
            return f"there is no entry {name!r} in a list of {len(owner) if isinstance(owner, Sequence) else 'none'}"
        if owner is None:
            return f"a value is missing here, of which `{name}` is asked; test for it first"
        if owner is missing:
            return f"no page knows the name `{name}`"
        names = _names(owner)
        near = nearest(name, names)
        known = f"did you mean {near}?" if near else f"there {_are(sorted(names))}"
        return f"there is no `{name}`{_of(owner)}; {known}"


def _names(owner: Any) -> Sequence[str]:
    """What can be asked of `owner`."""
    if isinstance(owner, Mapping):
        return [str(key) for key in owner]
    if isinstance(owner, Record):
        return list(type(owner).model_fields)
    return [name for name in dir(owner) if not name.startswith("_")]


def _of(owner: Any) -> str:
    """Whose value was asked for, where the record says who it is."""
    name = getattr(owner, "id", None)
    return f" in {name}" if isinstance(owner, Record) and isinstance(name, str) else ""


def _are(names: Sequence[str]) -> str:
    return f"are {', '.join(names)}" if len(names) > 1 else f"is only {names[0]}" if names else "is nothing"


def template_problem(error: Exception, root: Path, template: Path, page: str) -> Problem:
    """Where in which template below `root` an error came up while `template` was filled, and what it is.

    It is told at the line of prose that led to it, and which shared macro it came up in; `page` is the page that
    was made, where the template makes several, else empty.
    """
    if isinstance(error, TemplateSyntaxError):
        place = _relative(error.filename or str(template), root) or _relative(str(template), root)
        return Problem(place, error.lineno, 1, _with(error.message or "", page and f"page {page}"))
    frames = [
        (file, frame.lineno or 1)
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith((".md", SHARED)) and (file := _relative(frame.filename, root))
    ]
    prose = next((frame for frame in reversed(frames) if not frame[0].endswith(SHARED)), None)
    file, line = prose or (frames[-1] if frames else (_relative(str(template), root), 1))
    shared = "at {}:{}".format(*frames[-1]) if prose and frames[-1] != prose else ""
    return Problem(file, line, 1, _with(_sentence(error), shared, page and f"page {page}"))


def _with(sentence: str, *details: str) -> str:
    return f"{sentence} ({', '.join(filter(None, details))})" if any(details) else sentence


def _relative(file: str, root: Path) -> str:
    return Path(file).relative_to(root).as_posix() if Path(file).is_relative_to(root) else ""


def _sentence(error: Exception) -> str:
    if isinstance(error, TemplatesNotFound):
        return f"there are no macros in overrides/parts/{error.templates[0]}"
    if isinstance(error, TemplateNotFound):
        return f"there is no file {error.name} to take in"
    if isinstance(error, UndefinedError | TemplateError):
        return error.message or "the template is wrong"
    if isinstance(error, KeyError):
        return f"there is no `{error.args[0]}`"
    if isinstance(error, AttributeError | TypeError | IndexError):
        return f"this cannot be filled in, as a value is missing or of another kind ({error})"
    return str(error)
