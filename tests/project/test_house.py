"""The arrows of the house, drawn from the code: imports run one way, and a build cannot open a socket."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from support.paths import PROJECT

HOOKS = PROJECT / "hooks"
ENGINE = HOOKS / "keyway"

MAY_USE: dict[str, set[str]] = {
    "source": set(),
    "schema": {"source"},
    "loading": {"schema", "source"},
    "evidence": {"schema", "source"},
    "live": {"evidence", "schema"},
    "proposals": {"evidence", "loading", "schema", "source"},
    "exports": {"evidence", "schema"},
    "pages": {"evidence", "exports", "schema", "source"},
    "site": {"evidence", "exports", "loading", "pages", "schema", "source"},
    "commands": {"evidence", "live", "loading", "pages", "proposals", "schema", "site", "source"},
}
"""Room -> the rooms that its modules may import from, beside their own."""
OUTSIDE = {
    "yaml": {"source/parser.py", "source/syntax_errors.py"},
    "httpx": {"live/endpoint.py"},
    "jinja2": {"pages/render.py", "pages/sandbox.py", "pages/template_errors.py", "pages/words.py"},
    "markupsafe": {"pages/markup.py", "site/build.py"},
    "pagefind": set(),
    "subprocess": {"site/search.py"},
    "tinycss2": {"site/stylesheet.py"},
    "mkdocs": set(),
    "socket": {"live/lookup.py"},
    "urllib.request": set(),
}
"""What is used by one module alone -> that module, or none at all."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(ENGINE.rglob("*.py")):
        yield path.relative_to(ENGINE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imported(name: str, tree: ast.Module) -> Iterator[str]:
    """What a module imports, our own as `keyway.room.module`."""
    package = ("keyway", *Path(name).parts[:-1])
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*start, *((node.module or "").split(".") if node.module else ())))
            yield from (f"{base}.{alias.name}" for alias in node.names)


MODULES = dict(modules())


@pytest.mark.parametrize("name", [name for name in MODULES if "/" in name])
def test_a_room_uses_only_the_rooms_below_it(name: str) -> None:
    room = Path(name).parts[0]
    used = {target.split(".")[1] for target in imported(name, MODULES[name]) if target.startswith("keyway.")}
    assert used - {room} <= MAY_USE[room]


def test_every_room_is_known_and_the_arrows_have_no_circle() -> None:
    rooms = {path.name for path in ENGINE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert rooms == set(MAY_USE)
    done: set[str] = set()
    while ready := {room for room, below in MAY_USE.items() if below <= done} - done:
        done |= ready
    assert done == rooms


@pytest.mark.parametrize("library", OUTSIDE)
def test_a_library_is_used_where_it_belongs_and_nowhere_else(library: str) -> None:
    users = {
        name
        for name, tree in MODULES.items()
        if any(target == library or target.startswith(f"{library}.") for target in imported(name, tree))
    }
    assert users == OUTSIDE[library]


def test_a_build_cannot_open_a_socket() -> None:
    """Nothing that the hook loads reaches the room that asks endpoints."""
    below: set[str] = set()
    waiting = {"site"}
    while waiting:
        room = waiting.pop()
        below.add(room)
        waiting |= MAY_USE[room] - below
    assert "live" not in below
    events = ast.parse((HOOKS / "events.py").read_text(encoding="utf-8"))
    loaded = [node.value for node in ast.walk(events) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert [text for text in loaded if text.startswith("keyway.") and " " not in text and text != "keyway."] == [
        "keyway.site.build"
    ]


LINTERS = ("ruff check", "ruff format --check", "mypy")
"""What `make lint` runs, so that it cannot be forgotten."""


@pytest.mark.parametrize("command", LINTERS)
def test_a_linter_finds_nothing(project: Path, command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command.split()], cwd=project, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_same_linters_run_by_hand_and_before_each_commit(project: Path) -> None:
    hooks = yaml.safe_load((project / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [repo["repo"] for repo in hooks] == ["local"]
    assert {hook["language"] for hook in hooks[0]["hooks"]} == {"system"}
    entries = [hook["entry"] for hook in hooks[0]["hooks"]]
    assert entries == [f".venv/bin/python -m {command}" for command in (*LINTERS, "keyway check")]
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", (project / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe
    assert recipe[1].splitlines() == [f"\t$(PY) -m {command}" for command in LINTERS]


@pytest.mark.parametrize("name", MODULES)
def test_every_module_says_what_it_answers(name: str) -> None:
    assert ast.get_docstring(MODULES[name])


@pytest.mark.parametrize("name", MODULES)
def test_every_public_function_and_class_says_what_it_is_for(name: str) -> None:
    silent = [
        node.name
        for node in ast.walk(MODULES[name])
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef))
        and not node.name.startswith("_")
        and node in MODULES[name].body
        and not ast.get_docstring(node)
    ]
    assert not silent
