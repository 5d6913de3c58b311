"""The project with a catalogue of any size, in its own format: the real one, and copies of it under other names.

A copied provider has hosts of its own and no prose of its own, as one just added; a copied model has no aliases.
"""

import re
import shutil
from collections.abc import Iterator
from copy import deepcopy
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import yaml
from keyway.schema.hosts import KEY_HOSTS, KEY_PAGE_HOSTS

COPIED = ("data", "docs", "hooks", "overrides", "mkdocs.yml")
HOSTS = Path("hooks", "keyway", "schema", "hosts.py")


class _Dumper(yaml.SafeDumper):
    """Writes what the strict reader takes: `y` and `n` in quotes, every value on one line, nothing by reference."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("[yYnN]$"), list("yYnN"))


def _written(value: Any) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


def write_project(source: Path, folder: Path, providers: int, models: int) -> None:
    """Copy the project in `source` to `folder`, and let its catalogue have at least `providers` and `models`."""
    for name in COPIED:
        copy = shutil.copytree if (source / name).is_dir() else shutil.copy
        copy(source / name, folder / name)
    real = sorted(path.stem for path in (source / "data" / "providers").glob("*.yml"))
    made = list(_copies(real, providers))
    for original, name, number in made:
        _copy_provider(folder, original, name, number)
    _fill(folder, [*real, *(name for _, name, _ in made)], models)


def _copies(real: list[str], providers: int) -> Iterator[tuple[str, str, int]]:
    """(original, name, number) of each provider that is missing."""
    for place, original in enumerate(islice(cycle(real), max(0, providers - len(real)))):
        number = place // len(real) + 2
        yield original, f"{original}-{number}", number


def _copy_provider(folder: Path, original: str, name: str, number: int) -> None:
    keys = {f"{host}.c{number}.example": variable for host, variable in KEY_HOSTS[original].items()}
    pages = {f"{host}.c{number}.example" for host in KEY_PAGE_HOSTS[original]}
    with (folder / HOSTS).open("a", encoding="utf-8") as code:
        code.write(f"KEY_HOSTS[{name!r}] = {keys!r}\nKEY_PAGE_HOSTS[{name!r}] = frozenset({sorted(pages)!r})\n")
    providers, models = (folder / "data" / kind for kind in ("providers", "models"))
    provider = _read(providers / f"{original}.yml")
    provider["name"] = {language: f"{text} {number}" for language, text in provider["name"].items()}
    provider["order"] += 100 * number
    provider["website"] = f"https://{next(iter(KEY_HOSTS[original]))}/"
    provider.pop("own_headers", None)  # what two providers send tells neither
    text = _written(provider)
    for host in (*KEY_HOSTS[original], *KEY_PAGE_HOSTS[original]):
        text = re.sub(rf"(?<=//){re.escape(host)}(?=[/\s])", f"{host}.c{number}.example", text)
    (providers / f"{name}.yml").write_text(text, encoding="utf-8")
    shutil.copy(models / f"{original}.yml", models / f"{name}.yml")


def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def _host(host: str, number: int) -> str:
    return f"{host}.c{number}.example"


def _fill(folder: Path, providers: list[str], models: int) -> None:
    """Give each provider its share of the models that are missing, as copies of its own in turn."""
    files = {name: folder / "data" / "models" / f"{name}.yml" for name in providers}
    there = {name: _read(path) for name, path in files.items()}
    missing = models - sum(map(len, there.values()))
    for place, (name, path) in enumerate(files.items()):
        share = max(0, missing) // len(files) + (place < max(0, missing) % len(files))
        added = {}
        for turn, (model, entry) in enumerate(islice(cycle(there[name].items()), share)):
            copied = deepcopy(entry)
            copied.pop("aliases", None)
            added[f"{model}-copy{turn // len(there[name]) + 1}"] = copied
        if added:
            with path.open("a", encoding="utf-8") as file:
                file.write(f"\n{_written(added)}")
