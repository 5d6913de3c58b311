"""What the catalogue says of the programs that tests run is what the locks have."""

import json
import re

from keyway.loading.load import load_catalogue
from support.paths import PROJECT

PIN = re.compile(r"^([a-z][a-z-]*)(?:\[[a-z]+\])?==([^\s;]+)", re.MULTILINE)


def pinned() -> dict[str, str]:
    """Package -> version, of every program of others that tests start by name."""
    package = json.loads((PROJECT / "tests" / "clients" / "package.json").read_text(encoding="utf-8"))
    found = package["devDependencies"] | package["optionalDependencies"]
    for file in sorted(PROJECT.glob("requirements-*.in")):
        found |= dict(PIN.findall(file.read_text(encoding="utf-8")))
    return found


def test_the_version_that_was_tried_is_the_one_that_is_locked() -> None:
    pins = pinned()
    tried = {name: client.tried for name, client in load_catalogue(PROJECT).clients.items() if client.tried}
    assert {"aider", "kilo-code", "litellm", "mistralai-python", "openai-python", "opencode", "vercel-ai-sdk"} <= set(
        tried
    )
    assert {name: (one.package, pins.get(one.package)) for name, one in tried.items()} == {
        name: (one.package, one.version) for name, one in tried.items()
    }


def test_no_lock_holds_a_malicious_release() -> None:
    warned = [client for client in load_catalogue(PROJECT).clients.values() if client.malicious_releases]
    assert warned
    locks = "\n".join(file.read_text(encoding="utf-8") for file in sorted(PROJECT.glob("requirements*.txt")))
    for client in warned:
        assert client.tried is not None
        locked = re.findall(rf"^{re.escape(client.tried.package)}(?:\[\w+\])?==([^ ;]+)", locks, re.MULTILINE)
        assert locked
        assert set(locked).isdisjoint(client.malicious_releases)
