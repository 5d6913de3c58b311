"""Project folders for tests: the small valid one of `cases/base`, and copies of it that a case has changed."""

import re
import shutil
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from support.paths import CASES, PROJECT

BASE = CASES / "base"


def read_yaml(path: Path) -> Any:
    """A file of cases; read by libyaml, which takes a tenth of the time."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


@cache
def load_cases(area: str) -> dict[str, dict[str, Any]]:
    """Case name -> case, of every file in `cases/<area>`; for reading only."""
    return {file.stem: read_yaml(file) for file in sorted((CASES / area).glob("*.yml"))}


def named_cases(area: str) -> dict[str, dict[str, Any]]:
    """Case name -> case, of every file in `cases/<area>`, each of which holds many by their names."""
    return {name: case for cases in load_cases(area).values() for name, case in cases.items()}


def changed_project(folder: Path, case: Mapping[str, Any]) -> Path:
    """A copy of the base project in `folder`, with the change, or the `changes`, of `case`."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    for change in case.get("changes", [case]):
        apply(folder / change["file"], change)
    return folder


def apply(path: Path, change: Mapping[str, Any]) -> None:
    """Change one file: `old` to `new`, or its whole `content`, its bytes as `hex`, a `link`, a `folder`, or `remove`.

    `times` repeats `content`, or `new`, so that a large file needs no large case.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    times = change.get("times", 1)
    if "old" in change:
        text = path.read_bytes().decode("utf-8")
        assert text.count(change["old"]) == 1, f"{change['old']!r} must stand exactly once in {path.name}"
        path.write_bytes(text.replace(change["old"], change["new"] * times).encode("utf-8"))
    elif "content" in change:
        path.write_bytes((change["content"] * times + change.get("end", "")).encode("utf-8"))
    elif "hex" in change:
        path.write_bytes(bytes.fromhex(change["hex"]) * times)
    elif "link" in change:
        path.unlink(missing_ok=True)
        path.symlink_to(change["link"])
    elif change.get("folder"):
        path.unlink(missing_ok=True)
        path.mkdir()
    elif change.get("remove"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    else:
        raise AssertionError(f"the case changes nothing in {path.name}")


def mistral_alone(folder: Path) -> Path:
    """A project in `folder` whose one provider is Mistral, as the real data has it, with its recordings and no client.

    It reads in half the time of the whole, and stays so small whatever comes to the others.
    """
    data = folder / "data"
    for kind in ("providers", "models"):
        (data / kind).mkdir(parents=True)
        shutil.copy(PROJECT / "data" / kind / "mistral.yml", data / kind)
    shutil.copytree(PROJECT / "data" / "recordings" / "mistral", data / "recordings" / "mistral")
    shutil.copy(PROJECT / "data" / "words.yml", data)
    (data / "clients").mkdir()
    return folder


def small_site(folder: Path) -> Path:
    """A whole project in `folder` that renders in a second or two: the small catalogue, under the real site's routes.

    Of the real `docs/` it has the routes and the pages about all providers; where such a page names one, it is empty,
    and what is there for one provider or client alone is left out.
    """
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    shutil.copytree(PROJECT / "overrides", folder / "overrides")
    shutil.copytree(PROJECT / "docs/assets/css", folder / "docs/assets/css")
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    words = (PROJECT / "data" / "words.yml").read_text(encoding="utf-8")
    own = "error:\n  unauthorized: {en: The key is wrong, zh: 密钥不正确, ja: キーが正しくない}\n"
    (folder / "data" / "words.yml").write_text(words.replace("error:\n", own), encoding="utf-8")
    providers, clients = (
        {path.stem for path in (PROJECT / "data" / kind).glob("*.yml")} for kind in ("providers", "clients")
    )
    for path in sorted((PROJECT / "docs").rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        file = path.relative_to(PROJECT)
        ours = "clients" in file.parts and file.stem in clients
        if providers.isdisjoint((*file.parts, file.stem)) and not ours:
            head, _, _ = text.partition("\n---\n") if text.startswith("---\n") else ("", "", "")
            names_one = re.search(rf"catalogue\.(providers|clients)\.\w|/({'|'.join(providers)})\b", text)
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(f"{head}\n---\n" if names_one else text, encoding="utf-8")
    return folder


def recorded_project(folder: Path, changes: Sequence[Mapping[str, Any]]) -> Path:
    """A copy of the base project in `folder` with one good recording of Mistral's, and `changes` made to it in turn.

    Beside the changes that `apply` makes, `copy` makes a file of another.
    """
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    recording = folder / "data" / "recordings" / "mistral" / "2026-10-08.json"
    recording.parent.mkdir(parents=True)
    shutil.copy(CASES / "recordings" / "good.json", recording)
    for change in changes:
        if "copy" in change:
            shutil.copy(folder / change["copy"], folder / change["file"])
        else:
            apply(folder / change["file"], change)
    return folder
