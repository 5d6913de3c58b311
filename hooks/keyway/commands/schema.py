"""`keyway schema`: write the JSON Schemas of data/ for editors."""

import argparse

from ..loading.json_schema import json_schemas

SUMMARY = "Write data/schema/*.json from the types, so that editors explain and complete the fields."


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""


def run(arguments: argparse.Namespace) -> int:
    """0 when the files are written."""
    folder = arguments.root / "data" / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in json_schemas().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"data/schema/{name}")
    return 0
