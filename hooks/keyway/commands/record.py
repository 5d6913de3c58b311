"""`keyway record`: what an endpoint lists today, reduced to what is compared, as a new recording."""

import argparse
import os
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from ..evidence.compare import judged
from ..evidence.recording import ACCOUNTS, Recording
from ..evidence.recording_folder import add as add_recording
from ..evidence.row_values import Unusable
from ..evidence.verdict import OURS, SAME, UNKNOWN
from ..live.drift import Ask, targets
from ..live.endpoint import PATIENCE, Target, ask
from ..live.secret import Secret
from ..site.inputs import read_inputs
from ..source.problem import CatalogueError
from ..source.problem_formats import formatted

SUMMARY = "Ask a provider's endpoint for its list and keep it as the recording of today."


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "provider",
        metavar="PROVIDER",
        help="a provider, or provider/endpoint (default: its first endpoint whose key is set)",
    )
    parser.add_argument(
        "--account",
        choices=ACCOUNTS,
        default="unknown",
        help="whether the key's account pays, which decides what its list shows (default: unknown)",
    )
    parser.epilog = f"{PATIENCE} Exit code: 0 recorded, 2 our data or key is wrong, 3 no list that can be relied on."


def run(arguments: argparse.Namespace) -> int:
    """0 when the recording was added, 2 when our data or key is wrong, 3 when no usable list came."""
    return record(arguments, _today)


def _today(where: Target) -> Recording:
    return ask(where, Secret.of(where.variable, os.environ), datetime.now(UTC).date())


def record(arguments: argparse.Namespace, asking: Ask) -> int:
    """Ask, and write the file; `asking` is what opens the connection."""
    name, _, endpoint = arguments.provider.partition("/")
    try:
        catalogue, recordings = read_inputs(arguments.root)
        if name not in catalogue.providers:
            raise Unusable(f"there is no such provider; there are {', '.join(catalogue.providers)}", ours=True)
        provider = catalogue.providers[name]
        where = targets(provider, os.environ, endpoint or None)[0]
        if provider.endpoints[where.endpoint].models != "all":
            raise Unusable(f"{where.endpoint} serves some models only, and a recording is of all", ours=True)
        recording = replace(asking(where), account=arguments.account)
        kept = recordings.get(name, ())
        if doubt := next((one.why for one in judged(catalogue, recording, kept) if one.verdict == "no-verdict"), None):
            raise Unusable(f"{doubt}, so this may be no whole list; where it is one, mend the catalogue first")
        path = add_recording(recording, arguments.root, _name(recording, kept, where.endpoint))
    except CatalogueError as error:
        sys.stderr.write(formatted(error.problems, "text"))
        return OURS
    except Unusable as problem:
        sys.stderr.write(f"keyway: nothing was recorded: {problem.reason}\n")
        return OURS if problem.ours else UNKNOWN
    except FileExistsError as error:
        reason = f"{error.filename} is there already, and recordings are never edited"
        sys.stderr.write(f"keyway: nothing was recorded: {reason}\n")
        return OURS
    except OSError as error:
        reason = f"data/recordings/{name} cannot be written ({error.strerror}); check permissions and free space"
        sys.stderr.write(f"keyway: nothing was recorded: {reason}\n")
        return OURS
    rows = f"{len(recording.rows)} {'row' if len(recording.rows) == 1 else 'rows'}"
    sys.stdout.write(f"{path.relative_to(arguments.root).as_posix()}: {rows} of {recording.endpoint}\n")
    return SAME


def _name(recording: Recording, kept: Iterable[Recording], endpoint: str) -> str:
    """What tells the recording from others of its day: its endpoint or kind of account; nothing where it is alone."""
    others = [one for one in kept if one.day == recording.day]
    if any((one.endpoint, one.account) == (recording.endpoint, recording.account) for one in others):
        what = f"a list of {endpoint} and of this kind of account ({recording.account})"
        raise Unusable(f"{what} is there of {recording.day} already, and recordings are never edited", ours=True)
    if not others:
        return ""
    return endpoint if all(one.endpoint != recording.endpoint for one in others) else recording.account
