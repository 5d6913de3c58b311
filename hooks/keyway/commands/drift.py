"""`keyway drift`: the catalogue against what the endpoints list now, or against a file."""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from ..evidence.compare import judged
from ..evidence.recording import MAX_BYTES, Recording, from_answer, parsed
from ..evidence.recording_file import read_recording
from ..evidence.recording_folder import Recordings
from ..evidence.report import Places, as_annotations, as_json, as_text
from ..evidence.row_values import Unusable
from ..evidence.verdict import DIFFERENT, OURS, Verdict, worst
from ..live.drift import Ask, live, targets
from ..live.endpoint import PATIENCE, Target, ask
from ..live.secret import Secret
from ..proposals.propose import write
from ..schema.catalogue import Catalogue
from ..site.inputs import read_inputs
from ..source.folder import printable
from ..source.problem import CatalogueError
from ..source.problem_formats import FORMATS, formatted
from .against import FOLDER, WITNESSES, against, names

SUMMARY = "Hold the catalogue against what the providers' endpoints list now, and say what differs."


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "providers",
        nargs="*",
        metavar="PROVIDER",
        help="a provider, or provider/endpoint (default: every provider, at every endpoint whose key is set)",
    )
    parser.add_argument(
        "--recording",
        type=Path,
        metavar="FILE",
        help="instead of the network: one of our recordings, or an endpoint's raw answer",
    )
    parser.add_argument(
        "--against",
        metavar="NAMES",
        help=f"instead of the network: catalogues of other projects ({', '.join(WITNESSES)}), as witnesses",
    )
    parser.add_argument(
        "--packages",
        type=Path,
        metavar="DIR",
        help=f"where the packages of those catalogues are (default: {FOLDER}, where `make witnesses` puts them)",
    )
    parser.add_argument(
        "--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day of a raw answer (default: today)"
    )
    parser.add_argument(
        "--format", choices=FORMATS, default="text", help="text for people, json for programs, github for annotations"
    )
    parser.add_argument(
        "--write", action="store_true", help="write what is safe into data/models, and print what needs a person"
    )
    codes = "0 the same, 1 different, 2 our data or key is wrong, 3 no verdict; of several 2, then 3, then 1"
    parser.epilog = f"{PATIENCE} Exit code: {codes}."


def run(arguments: argparse.Namespace) -> int:
    """0 all the same, 1 something differs, 2 our data or key is wrong, 3 no verdict."""
    return drift(arguments, partial(asked, os.environ))


def asked(environment: Mapping[str, str], where: Target) -> Recording:
    """What the endpoint lists today."""
    return ask(where, Secret.of(where.variable, environment), datetime.now(UTC).date())


def drift(arguments: argparse.Namespace, asking: Ask) -> int:
    """Judge, print, and with --write propose; `asking` is what opens the connection."""
    try:
        catalogue, recordings = read_inputs(arguments.root)
        verdicts = list(_verdicts(arguments, catalogue, recordings, asking))
    except CatalogueError as error:
        sys.stderr.write(formatted(error.problems, "text"))
        broken = Verdict.none("", "the catalogue has problems; `keyway check` lists them", fault=True)
        verdicts, catalogue = [broken], None
    except Unusable as problem:
        verdicts, catalogue = [Verdict.none("", problem.reason, fault=problem.ours)], None
    _print(arguments, verdicts, catalogue)
    if catalogue is not None and arguments.write:
        proposal = write(arguments.root, catalogue, verdicts)
        (sys.stdout if arguments.format == "text" else sys.stderr).write(proposal.text)
        if proposal.failed:
            return OURS
    elif catalogue is not None and arguments.format == "text" and any(one.exit_code == DIFFERENT for one in verdicts):
        sys.stdout.write("\nRun this again with --write to write what is safe and to see what needs a person.\n")
    return worst(one.exit_code for one in verdicts)


def _verdicts(
    arguments: argparse.Namespace, catalogue: Catalogue, recordings: Recordings, asking: Ask
) -> Iterator[Verdict]:
    wanted = [_named(name, catalogue) for name in arguments.providers]
    if arguments.against is not None:
        folder = arguments.packages or arguments.root / FOLDER
        day = arguments.day or datetime.now(UTC).date()
        yield from against(catalogue, [name for name, _ in wanted], names(arguments.against), folder, day)
        return
    if arguments.recording:
        yield from _of_file(arguments, catalogue, recordings, [provider for provider, _ in wanted])
        return
    for name, endpoint in wanted or [(name, None) for name in catalogue.providers]:
        provider = catalogue.providers[name]
        with _Progress(f"asking {name} …"):
            try:
                places = targets(provider, os.environ, endpoint)
            except Unusable as problem:
                yield Verdict.none(name, problem.reason, fault=problem.ours)
                continue
            yield from live(catalogue, provider, recordings.get(name, ()), places, asking)


def _named(text: str, catalogue: Catalogue) -> tuple[str, str | None]:
    """`mistral` or `mistral/codestral` as provider and endpoint; raises Unusable."""
    name, _, endpoint = text.partition("/")
    if name not in catalogue.providers:
        near = get_close_matches(name, catalogue.providers, 1)
        known = f"did you mean {near[0]}?" if near else f"there are {', '.join(catalogue.providers)}"
        raise Unusable(f"there is no provider {ascii(name)[1:-1][:80]}; {known}", ours=True)
    return name, endpoint or None


def _of_file(
    arguments: argparse.Namespace,
    catalogue: Catalogue,
    recordings: Recordings,
    named: Sequence[str],
) -> list[Verdict]:
    if len(named) > 1:
        raise Unusable("a file is the list of one provider; name one", ours=True)
    provider = named[0] if named else None
    file = printable(str(arguments.recording))
    try:
        with arguments.recording.open("rb") as stream:
            body = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unusable(f"{file} cannot be read ({error.strerror})", ours=True) from None
    try:
        recording = _read(file, body, provider, arguments.day or datetime.now(UTC).date())
    except CatalogueError as error:
        return [Verdict.none(provider or "", str(problem), fault=True) for problem in error.problems]
    except Unusable as problem:
        return [Verdict.none(provider or "", problem.reason, fault=problem.ours)]
    return judged(catalogue, recording, recordings.get(recording.provider, ()))


def _read(file: str, body: bytes, provider: str | None, day: date) -> Recording:
    """One of our recordings, or a raw answer, for which the provider must be named; raises Unusable, CatalogueError."""
    answer = parsed(body)
    if not isinstance(answer, dict) or "models" not in answer:
        if provider is None:
            raise Unusable("the file is an endpoint's raw answer: name its provider", ours=True)
        return from_answer(body, provider, "", day, "a file")
    if provider not in (None, answer.get("provider")):
        raise Unusable(f"the file is a recording of another provider than {provider}", ours=True)
    return read_recording(file, body)


def _print(arguments: argparse.Namespace, verdicts: Sequence[Verdict], catalogue: Catalogue | None) -> None:
    places = Places(arguments.root)
    if arguments.format == "json":
        sys.stdout.write(as_json(verdicts))
    elif arguments.format == "github":
        sys.stdout.write(as_annotations(verdicts, places))
    else:
        names = {one.id: one.name.en for one in catalogue.providers.values()} if catalogue else {"": "keyway"}
        sys.stdout.write(as_text(verdicts, places, names))
    sys.stdout.flush()


class _Progress:
    """A line on a terminal while an endpoint is asked; a log does not get it."""

    def __init__(self, line: str) -> None:
        self._line = line if sys.stderr.isatty() else ""

    def __enter__(self) -> None:
        sys.stderr.write(self._line)
        sys.stderr.flush()

    def __exit__(self, *_: object) -> None:
        if self._line:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
