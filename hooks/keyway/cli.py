"""The command line: which commands there are, and what holds for all of them.

Each command is a module of its own with SUMMARY, `add(parser)` for its arguments and
`run(arguments) -> int` for its exit code. Nothing here knows what a command does.
"""

import argparse
import importlib
import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from .source.folder import printable

COMMANDS = ("check", "drift", "record", "stale", "translations", "schema", "new")
"""Each lives in `commands/<name>.py`; one whose module is not there is not offered."""

WRONG = 2
"""Exit code when our own data, or the way the command was called, is wrong."""
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; no exception leaves it, whatever happens."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that is not UTF-8 still shows every message
    try:
        chosen = parser().parse_args(arguments)
        code: int = chosen.run(chosen)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left; nothing more to say
        return WRONG
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        where = printable(str(error.filename)) if error.filename is not None else "a file"
        print(f"keyway: {where} cannot be used ({error.strerror}); check permissions and free space", file=sys.stderr)
        return WRONG
    except Exception as error:  # a contributor gets a sentence, never a traceback
        print(f"keyway: this should not happen: {type(error).__name__}: {error}; please report it", file=sys.stderr)
        return WRONG


def parser() -> argparse.ArgumentParser:
    """The parser of all commands that are there."""
    top = argparse.ArgumentParser(
        prog="keyway", description="Keeps the catalogue of providers, models and clients true."
    )
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for name in COMMANDS:
        module_name = f"{__package__}.commands.{name}"
        if importlib.util.find_spec(module_name) is None:
            continue
        module = importlib.import_module(module_name)
        command = commands.add_parser(name, help=module.SUMMARY, description=module.SUMMARY)
        command.add_argument(
            "--root",
            type=Path,
            default=Path(),
            metavar="DIR",
            help="the project's folder, which holds data/ (default: this one)",
        )
        module.add(command)
        command.set_defaults(run=module.run)
    return top
