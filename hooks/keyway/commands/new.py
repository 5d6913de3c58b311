"""`keyway new provider NAME`: the files of a provider, ready to be filled in, and already ready to be built."""

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from ..schema.fields import id_problem
from ..schema.hosts import KEY_HOSTS
from ..schema.model_ids import confusable_form
from .scaffold import skeleton, with_drift, with_host

SUMMARY = "Write the files of a new provider, complete enough to build, for you to fill in."

CODE = Path("hooks", "keyway", "schema", "hosts.py")
WORKFLOW = Path(".github", "workflows", "drift.yml")
HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("kind", choices=("provider",), help="what to begin")
    parser.add_argument("name", metavar="NAME", help="its id: small letters, digits and dashes")
    parser.add_argument("--host", help="the host of its API (default: a reserved name, to be replaced)")
    parser.add_argument("--variable", help="the environment variable of its key (default: NAME_API_KEY)")


def run(arguments: argparse.Namespace) -> int:
    """0 when the files are written, 2 when they cannot be; nothing is ever overwritten."""
    name = arguments.name
    host = arguments.host or f"api.{re.sub('[^a-z0-9]+', '-', name)}.example"
    variable = arguments.variable or re.sub("[^A-Z0-9]+", "_", name.upper()) + "_API_KEY"
    problem = id_problem(name) or _problem(arguments.root, name, host, variable)
    if problem:
        print(f"keyway: {name} {problem}", file=sys.stderr)
        return 2
    files = skeleton(name, host, variable, datetime.now(UTC).date())
    code = with_host((arguments.root / CODE).read_text(encoding="utf-8"), name, host, variable)
    if code is not None:
        files[CODE.as_posix()] = code
    workflow = arguments.root / WORKFLOW
    drift = with_drift(workflow.read_text(encoding="utf-8"), name, variable) if workflow.is_file() else None
    if drift is not None:
        files[WORKFLOW.as_posix()] = drift
    for file, text in files.items():
        (arguments.root / file).write_text(text, encoding="utf-8", newline="\n")
        print(file)
    print("\n".join(_next_steps(arguments.root, name, "" if arguments.host else host)))
    return 0


def _next_steps(root: Path, name: str, placeholder: str) -> Iterator[str]:
    """What is left to do; `placeholder` is the host that stands in for the real one, if one does."""
    yield f"Replace what data/providers/{name}.yml and data/models/{name}.yml say by what you have read."
    if placeholder:
        yield f"Put the real host for {placeholder} into both, and into KEY_HOSTS of {CODE.as_posix()}."
    yield f"Pages outside the API's host can be linked once their host is in LINK_HOSTS of {CODE.as_posix()}."
    yield "The page where keys are made is on the API's host, or on one that KEY_PAGE_HOSTS there lists."
    offers = root / "data" / "free.yml"
    if offers.is_file() and re.search(rf"^{re.escape(name)}:", offers.read_text(encoding="utf-8"), re.MULTILINE):
        yield f"Delete {name} from data/free.yml, which lists services without pages of their own."
    yield f"With a key, `keyway record {name}` keeps its models list; until then pages say that nobody has seen one."
    yield "`keyway check` reads everything over."


def _problem(root: Path, name: str, host: str, variable: str) -> str | None:
    """Why the provider cannot be begun, and what to do; None when it can."""
    for file in (f"data/providers/{name}.yml", f"data/models/{name}.yml"):
        if (root / file).exists():
            return f"is there already: {file}; edit it, or choose another name"
    for other in sorted(path.stem for path in (root / "data" / "providers").glob("*.yml")):
        if confusable_form(other) == confusable_form(name):
            return f"looks like {other}, which is a provider already; choose a name that nobody takes for it"
    if not (root / "data" / "providers").is_dir() or not (root / CODE).is_file():
        return f"has no place in {root.absolute()}; run this in the project's folder, or name it with --root"
    if not HOST.fullmatch(host):
        return f"cannot have the host {host}; write it alone, such as api.example.com"
    if not VARIABLE.fullmatch(variable):
        return (
            f"cannot have the variable {variable}; name one with --variable, in capital letters, digits and _,"
            " such as MISTRAL_API_KEY"
        )
    if name in KEY_HOSTS and host not in KEY_HOSTS[name]:
        return f"has other hosts in KEY_HOSTS; write --host {next(iter(KEY_HOSTS[name]))}"
    return None
