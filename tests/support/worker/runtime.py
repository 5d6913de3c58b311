"""Runs Workers in workerd, the runtime that Cloudflare runs them on, with every fetch led to one loopback port.

The Worker's text is used as it is: the runtime, not an edit of the file, brings its https requests to the stand-in.
"""

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx

from support.paths import TESTS

from .upstream import PATIENCE

PACKAGES = TESTS / "worker" / "node_modules" / "@cloudflare"
COMPATIBILITY_DATE = "2026-07-01"


def workerd() -> Path | None:
    """The runtime's program, or None where `make clients` has not been run."""
    return next(iter(sorted(PACKAGES.glob("workerd-*/bin/workerd"))), None)


@dataclass(frozen=True)
class Script:
    """A Worker's text and the variables it is set up with."""

    text: str
    variables: Mapping[str, str]


class Runtime:
    """One workerd process that serves several scripts, each on a loopback port of its own."""

    def __init__(self, scripts: Mapping[str, Script], upstream_port: int, folder: Path) -> None:
        for name, script in scripts.items():
            (folder / f"{name}.mjs").write_text(script.text, encoding="utf-8")
        config = folder / "config.capnp"
        config.write_text(_config(scripts, upstream_port), encoding="utf-8")
        reading, writing = os.pipe()
        with (folder / "out").open("wb") as out:
            self._process = subprocess.Popen(
                [str(workerd()), "serve", str(config), f"--control-fd={writing}"],
                pass_fds=(writing,),
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        os.close(writing)
        self.ports: dict[str, int] = {}
        with os.fdopen(reading) as events:
            while len(self.ports) < len(scripts):
                line = events.readline()
                if not line:
                    raise RuntimeError((folder / "out").read_text(encoding="utf-8"))
                event = json.loads(line)
                self.ports[event["socket"]] = event["port"]

        # A connection for each request, so that none meets what an earlier one left behind.
        self.client = httpx.Client(timeout=PATIENCE, limits=httpx.Limits(max_keepalive_connections=0))

    def close(self) -> None:
        self.client.close()
        self._process.terminate()
        self._process.wait()


def _config(scripts: Mapping[str, Script], upstream_port: int) -> str:
    services = "\n".join(
        f'    (name = "{name}", worker = (modules = [(name = "{name}.mjs", esModule = embed "{name}.mjs")],'
        f' compatibilityDate = "{COMPATIBILITY_DATE}", globalOutbound = "api", bindings = [{_bindings(script)}])),'
        for name, script in scripts.items()
    )
    sockets = "\n".join(
        f'    (name = "{name}", address = "127.0.0.1:0", http = (), service = "{name}"),' for name in scripts
    )
    return f"""using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
{services}
    (name = "api", external = (address = "127.0.0.1:{upstream_port}", http = (style = proxy))),
  ],
  sockets = [
{sockets}
  ],
);
"""


def _bindings(script: Script) -> str:
    return ", ".join(
        f"(name = {json.dumps(name)}, text = {json.dumps(value)})" for name, value in script.variables.items()
    )
