"""Every Python environment is installed from its lock alone, by the Makefile's own rule, whatever newer there is.

An index on loopback offers what each lock names, with the real packages' own metadata, and newer releases of all of it
that nobody could install. pip is the oldest that is supported, since old ones resolve in other ways than new ones.
"""

import os
import subprocess
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path
from shutil import copy

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from support.fresh_clone import begin_clone, make
from support.leaving_out import leave_out
from support.locks import LOCKS, environment, locked
from support.package_index import PackageIndex
from support.projects import named_cases
from support.static_host import served

pytestmark = pytest.mark.clients

CASES = named_cases("environments")
LOCK = "requirements-gate"  # of packages that are made up


@pytest.fixture(scope="module")
def oldest_pip(project: Path) -> Path:
    """A Python with the oldest pip that Keyway supports."""
    python = project / ".venv-pip" / "bin" / "python"
    if not python.exists():
        leave_out("the oldest pip is not installed: run `make clients`")
    return python


@pytest.fixture
def index(tmp_path: Path) -> PackageIndex:
    return PackageIndex(tmp_path / "index")


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where the index's packages are found by their names."""
    with served(tmp_path / "index") as host:
        yield f"{host}/simple"


@pytest.fixture
def clone(project: Path, tmp_path: Path) -> Path:
    return begin_clone(project, tmp_path / "clone")


def build(clone: Path, name: str, python: Path, address: str, **settings: str) -> subprocess.CompletedProcess:
    """Build the environment of a lock in `clone` with that Python's pip, which asks one index and keeps nothing."""
    pip = {"PIP_INDEX_URL": address, "PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1"}
    return make(clone, f"{environment(name)}/ready", f"PYTHON={python}", **pip | settings)


def inside(folder: Path) -> dict[str, Distribution]:
    """Name, in its canonical form -> package that is installed in an environment."""
    places = [str(path) for path in folder.glob("lib/python*/site-packages")]
    return {canonicalize_name(package.name): package for package in distributions(path=places)}


def versions(folder: Path) -> dict[str, str]:
    return {name: package.version for name, package in inside(folder).items()}


def is_for_this_machine(requirement: Requirement) -> bool:
    return requirement.marker is None or requirement.marker.evaluate()


def pinned(requirement: Requirement) -> str:
    (pin,) = requirement.specifier
    return pin.version


def write_lock(clone: Path, name: str, entries: list[tuple[Requirement, str]]) -> None:
    lines = [f"{requirement} \\\n    --hash=sha256:{digest}\n" for requirement, digest in entries]
    (clone / f"{name}.txt").write_text("".join(lines), encoding="utf-8")


def metadata(package: Distribution) -> list[str]:
    """The lines of a package's metadata that decide what is installed with it."""
    fields = ("Requires-Python", "Provides-Extra", "Requires-Dist")
    return [f"{field}: {value}" for field in fields for value in package.metadata.get_all(field, ())]


def offer(index: PackageIndex, project: Path, clone: Path, name: str) -> dict[str, str]:
    """Offer what a lock of the project names, and newer; write the same lock into `clone`; what is to be installed."""
    real = inside(project / environment(name))
    entries, expected = [], {}
    for requirement, _ in locked(project, name):
        here, version = is_for_this_machine(requirement), pinned(requirement)
        package = real.get(canonicalize_name(requirement.name))
        if here and (package is None or package.version != version):
            leave_out(f"{environment(name)} is not installed as its lock says: run `make environment clients`")
        if here:
            expected[canonicalize_name(requirement.name)] = version
        known = metadata(package) if package else []
        entries.append((requirement, index.add(requirement.name, version, known)))
        index.add_newer(requirement.name, version, known)
    write_lock(clone, name, entries)
    copy(project / f"{name}.in", clone)
    return expected


@pytest.mark.parametrize("name", LOCKS)
def test_the_oldest_pip_installs_the_lock_and_nothing_newer(project, oldest_pip, index, address, clone, name):
    expected = offer(index, project, clone, name)
    run = build(clone, name, oldest_pip, address)
    assert run.returncode == 0, run.stderr
    assert versions(clone / environment(name)) == expected
    assert (clone / environment(name) / "ready").exists()


def test_the_lock_alone_is_what_makes_it_so(project, oldest_pip, index, address, clone):
    name = "requirements-litellm"  # its pydantic[email] is what pip 23 looks up again
    offer(index, project, clone, name)
    makefile = (project / "Makefile").read_text(encoding="utf-8")
    assert makefile.count("--no-deps --require-hashes") == 1
    makefile = makefile.replace("--no-deps --require-hashes", "--require-hashes")
    (clone / "Makefile").write_text(makefile, encoding="utf-8")
    run = build(clone, name, oldest_pip, address)
    assert run.returncode != 0
    assert "must have their versions pinned" in run.stderr
    assert not (clone / environment(name) / "ready").exists()


@pytest.mark.parametrize("name", CASES)
def test_a_lock_is_installed_when_it_is_whole_and_refused_when_it_is_not(oldest_pip, index, address, clone, name):
    case = CASES[name]
    digests = {release: index.add(*release.split(), lines) for release, lines in case["packages"].items()}
    requirements = map(Requirement, case["locked"])
    write_lock(clone, LOCK, [(wanted, digests[f"{wanted.name} {pinned(wanted)}"]) for wanted in requirements])
    (clone / f"{LOCK}.in").write_text("\n".join(case["asked"]), encoding="utf-8")
    wheels = " ".join(str(folder) for folder in (clone.parent / "index" / "simple").iterdir())
    run = build(clone, LOCK, oldest_pip, address, PIP_FIND_LINKS=wheels)  # which must not fill what is missing
    if "installed" in case:
        assert run.returncode == 0, run.stderr
        assert versions(clone / environment(LOCK)) == case["installed"]
    else:
        assert run.returncode != 0
        assert f"requirement {case['missing']}" in run.stderr
        assert f"{LOCK}.txt lacks something that {LOCK}.in asks for" in run.stdout
    assert (clone / environment(LOCK) / "ready").exists() == ("installed" in case)


def test_a_package_that_is_not_the_locked_one_is_not_installed(oldest_pip, index, address, clone):
    write_lock(clone, LOCK, [(Requirement("gate==1.0"), index.add("gate", "1.0"))])
    (clone / f"{LOCK}.in").write_text("gate==1.0", encoding="utf-8")
    (clone.parent / "index" / "simple" / "gate" / "index.html").unlink()
    index.add("gate", "1.0", ["Summary: the same name and version, something else inside"])
    run = build(clone, LOCK, oldest_pip, address)
    assert run.returncode != 0
    assert "DO NOT MATCH THE HASHES" in run.stderr
    assert versions(clone / environment(LOCK)) == {}
    assert not (clone / environment(LOCK) / "ready").exists()
