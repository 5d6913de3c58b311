"""Node packages are installed from their lock alone, by the Makefile's own rule, and none of them runs code by that.

A registry on loopback offers what each lock names, with the real packages' own dependencies and a script in each, and
newer releases of all of it that nobody could install.
"""

import json
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
from support.fresh_clone import begin_clone, make
from support.leaving_out import leave_out
from support.npm_registry import NpmRegistry
from support.paths import PROJECT
from support.static_host import served

pytestmark = pytest.mark.clients

FOLDERS = sorted(lock.parent.name for lock in (PROJECT / "tests").glob("*/package-lock.json"))
DECIDE = ("dependencies", "peerDependencies", "peerDependenciesMeta", "optionalDependencies", "engines", "os", "cpu")
"""The members of a package.json that decide what is installed with it."""
MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}
"""Python's word for a processor -> npm's."""


@pytest.fixture
def clone(project: Path, tmp_path: Path) -> Path:
    return begin_clone(project, tmp_path / "clone")


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[NpmRegistry]:
    folder = tmp_path / "registry"
    folder.mkdir()
    with served(folder) as address:
        yield NpmRegistry(folder, address)


def read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def npm_ci(clone: Path, project: Path, folder: str, registry: NpmRegistry) -> subprocess.CompletedProcess:
    """Install the packages of `tests/<folder>` in `clone`, with the project's own npm, which asks one registry."""
    if not (project / ".venv-clients" / "ready").exists():
        leave_out("the clients are not installed: run `make clients`")
    (clone / ".venv-clients").symlink_to(project / ".venv-clients")
    npm = {"npm_config_registry": registry.address, "npm_config_cache": str(clone.parent / "cache")}
    return make(clone, ready(folder), "--old-file=.venv-clients/ready", **npm)


def ready(folder: str) -> str:
    return f"tests/{folder}/node_modules/ready"


def offer_packages(
    registry: NpmRegistry, project: Path, clone: Path, folder: str, *, newer: bool = True
) -> dict[str, str]:
    """Offer what a lock names, and newer; write the same lock into `clone`; what is to be installed.

    Each package has a script, which leaves a file `ran` in the registry's folder.
    """
    home = clone / "tests" / folder
    home.mkdir(parents=True)
    for file in ("package.json", ".npmrc"):
        copy(project / "tests" / folder / file, home)
    lock, expected = read(project / "tests" / folder / "package-lock.json"), {}
    for place, entry in lock["packages"].items():
        if not place:
            continue
        real = project / "tests" / folder / place / "package.json"
        known = read(real) if real.exists() else entry
        if real.exists() and known["version"] != entry["version"]:
            leave_out(f"tests/{folder}/node_modules is not installed as its lock says: run `make clients`")
        description = {
            "name": place.rpartition("node_modules/")[2],
            "version": entry["version"],
            "scripts": {"postinstall": f"touch '{registry.folder}/ran'"},
            "bin": entry.get("bin", {}),
        } | {member: known[member] for member in DECIDE if member in known}
        entry |= {"integrity": registry.add(description), "hasInstallScript": True}
        if newer:
            registry.add_newer(description)
        if not entry.get("optional") or is_for_this_system(entry):
            expected[place] = entry["version"]
    (home / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    return expected


def is_for_this_system(entry: dict[str, Any]) -> bool:
    machine = platform.machine().lower()
    here = {"os": sys.platform, "cpu": MACHINES.get(machine, machine)}
    return all(here[kind] in entry.get(kind, [here[kind]]) for kind in here)


def unpacked(home: Path) -> dict[str, str]:
    """Place below `home` -> version of each package that was unpacked there."""
    packages = {path.parent: read(path) for path in home.glob("node_modules/**/package.json")}
    return {path.relative_to(home).as_posix(): package["version"] for path, package in packages.items()}


@pytest.mark.parametrize("folder", FOLDERS)
def test_npm_installs_the_lock_nothing_newer_and_runs_no_script(project, registry, clone, folder):
    expected = offer_packages(registry, project, clone, folder)
    run = npm_ci(clone, project, folder, registry)
    assert run.returncode == 0, run.stdout + run.stderr
    assert unpacked(clone / "tests" / folder) == expected
    assert (clone / ready(folder)).exists()
    assert not (registry.folder / "ran").exists()


def test_a_script_would_have_run(project, registry, clone):
    offer_packages(registry, project, clone, "worker")
    (clone / "tests" / "worker" / ".npmrc").unlink()
    npm_ci(clone, project, "worker", registry)
    assert (registry.folder / "ran").exists()


def test_npm_without_the_lock_takes_what_is_newer(project, registry, clone):
    offer_packages(registry, project, clone, "clients")
    makefile = (clone / "Makefile").read_text(encoding="utf-8")
    assert makefile.count('="npm ci ') == 1
    makefile = makefile.replace('="npm ci ', '="npm install --no-package-lock ')
    (clone / "Makefile").write_text(makefile, encoding="utf-8")
    run = npm_ci(clone, project, "clients", registry)
    assert run.returncode != 0
    assert "keyway-has-no-such-package" in run.stderr


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_lock_that_lacks_a_package_is_refused(project, registry, clone, folder):
    offer_packages(registry, project, clone, folder, newer=False)
    path = clone / "tests" / folder / "package-lock.json"
    lock = read(path)
    place = list(lock["packages"])[-1]
    del lock["packages"][place]
    path.write_text(json.dumps(lock), encoding="utf-8")
    run = npm_ci(clone, project, folder, registry)
    assert run.returncode != 0
    assert f"Missing: {place.rpartition('node_modules/')[2]}@" in run.stderr
    assert not (clone / ready(folder)).exists()


def test_a_lock_that_hides_what_a_package_asks_for_is_refused(project, registry, clone):
    offer_packages(registry, project, clone, "clients", newer=False)
    path = clone / "tests" / "clients" / "package-lock.json"
    lock = read(path)
    del lock["packages"]["node_modules/zod"]  # which those that need it ask for as a peer
    for entry in lock["packages"].values():
        entry.get("peerDependencies", {}).pop("zod", None)
    path.write_text(json.dumps(lock), encoding="utf-8")
    run = npm_ci(clone, project, "clients", registry)
    assert run.returncode != 0
    assert "missing: zod@" in run.stderr
    assert not (clone / ready("clients")).exists()
