"""The builds of the other languages, beside that of the first, each in a process of its own where there are cores.

static-i18n builds the first language, and when that is done the others in turn. Here they begin once the first has
cleaned the site's folder. Of static-i18n 1.3 this touches `building` and `current_language`, and of MkDocs 1.6 `build`
and `utils.clean_directory`, all of them as static-i18n does.
"""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs import utils
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from serve import described

PROGRESS = "mkdocs.commands.build"
"""Who says how far a build is: what the build around all languages has said itself."""

Outcome = tuple[list[logging.LogRecord], str]
"""What a build logged, and why it failed; empty where it did not."""
Begin = Callable[[Callable[[], Outcome]], Any]
"""Begins a task; what it returns has `result` and `stop`."""


class LanguageBuilds:
    """The builds that have begun, of every language but the one that `config` is set to."""

    def __init__(self, config: MkDocsConfig, begin: Begin) -> None:
        i18n: Any = config.plugins["i18n"]
        others = [language for language in i18n.build_languages if language != i18n.current_language]
        self._begun = [begin(partial(_build, config, language)) for language in others]

    def finish(self) -> None:
        """Wait for them, and log what they logged; raises Abort where one failed, as the first of them says it."""
        failures = []
        for begun in self._begun:
            records, failure = begun.result()
            for record in records:
                logging.getLogger(record.name).handle(record)
            failures += [failure] if failure else []
        if failures:
            raise Abort(failures[0])

    def stop(self) -> None:
        """End them: the build around them has failed."""
        for begun in self._begun:
            begun.stop()


class _Keeping(logging.Handler):
    """Keeps what is logged, as it can be sent to another process."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno > logging.INFO or record.name != PROGRESS:
            record.msg, record.args, record.exc_info = record.getMessage(), None, None
            self.records.append(record)


def _build(config: MkDocsConfig, language: str) -> Outcome:
    """Build one language."""
    i18n: Any = config.plugins["i18n"]
    i18n.building, i18n.current_language = True, language
    logger, keeping = logging.getLogger("mkdocs"), _Keeping()
    handlers, clean_directory = logger.handlers, utils.clean_directory
    logger.handlers = [keeping]
    utils.clean_directory = lambda directory: None  # the build around this one has done it
    try:
        build(config)
    except Abort as error:
        return keeping.records, str(error)
    except Exception as error:  # noqa: BLE001 - whatever a template raises
        return keeping.records, described(error, Path(config.config_file_path).parent)
    finally:
        logger.handlers, utils.clean_directory = handlers, clean_directory
    return keeping.records, ""
