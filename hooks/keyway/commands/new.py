"""`keyway new provider NAME`: the files of a provider, ready to be filled in, and already ready to be built."""

import argparse
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from ..schema.fields import id_problem
from ..schema.hosts import KEY_HOSTS
from .scaffold import skeleton, with_host

SUMMARY = "Write the files of a new provider, complete enough to build, for you to fill in."

CODE = Path("hooks", "keyway", "schema", "hosts.py")
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
    for file, text in files.items():
        (arguments.root / file).write_text(text, encoding="utf-8", newline="\n")
        print(file)
    print(
        f"Now replace what the two files say, and put the real host for {host} into KEY_HOSTS of {CODE.as_posix()};"
        " `keyway check` reads everything over.",
    )
    return 0


def _problem(root: Path, name: str, host: str, variable: str) -> str | None:
    """Why the provider cannot be begun, and what to do; None when it can."""
    for file in (f"data/providers/{name}.yml", f"data/models/{name}.yml"):
        if (root / file).exists():
            return f"is there already: {file}; edit it, or choose another name"
    if not (root / "data" / "providers").is_dir() or not (root / CODE).is_file():
        return f"has no place in {root.absolute()}; run this in the project's folder, or name it with --root"
    if not HOST.fullmatch(host):
        return f"cannot have the host {host}; write it alone, such as api.example.com"
    if not VARIABLE.fullmatch(variable):
        return f"cannot have the variable {variable}; write capital letters, digits and _, such as MISTRAL_API_KEY"
    if name in KEY_HOSTS and host not in KEY_HOSTS[name]:
        return f"has other hosts in KEY_HOSTS; write --host {next(iter(KEY_HOSTS[name]))}"
    return None
