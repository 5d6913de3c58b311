"""`keyway translations`: which Chinese and Japanese files are of an older English text."""

import argparse
from pathlib import Path

from ..pages.translations import stamp, translations

SUMMARY = "List the translated files whose English source has changed since, or mark them as up to date."


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "--stamp",
        nargs="*",
        metavar="FILE",
        type=Path,
        help="mark these files as translations of the English text as it is now; without a FILE, all of them",
    )


def run(arguments: argparse.Namespace) -> int:
    """0 when every translation is of the English text as it is, 1 when some are not, which are listed."""
    found = list(translations(arguments.root))
    if arguments.stamp is not None:
        chosen = {path.as_posix() for path in arguments.stamp}
        for made in found:
            if made.stale and (not chosen or made.file in chosen):
                stamp(arguments.root, made)
                print(f"{made.file}: {made.of or 'unmarked'} -> {made.source}")
        return 0
    stale = [made for made in found if made.stale]
    for made in stale:
        print(f"{made.file}: is of {made.of or 'an unknown version'}, the English text is now {made.source}")
    print(f"{len(found) - len(stale)} of {len(found)} translated files are up to date.")
    return 1 if stale else 0
