"""The search index: Pagefind's, one for each language, fetched only when a reader searches.

Pagefind runs as a program of its own: its service for Python is ended by a signal while it may still be writing,
which left empty files in one build of thirty on a busy machine (Pagefind's issue 1271, mended after 1.5.2).
"""

import gzip
import json
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

UNREAD = (".headerlink", ".kw-guide", ".kw-sr")
"""Parts of a page that say nothing a reader would search for: they would only stand in the excerpts."""
FOLDER = "pagefind"
ENTRY = "pagefind-entry.json"
"""The file that names each language's index."""
PACKED = "*.p[fa]*"
"""Files that Pagefind packs with gzip: `.pf_meta`, `.pf_index`, `.pf_fragment`, `.pagefind`."""
UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js")
"""Pagefind's own dialogs, which no page loads: half of what it writes."""
ATTEMPTS = 2


class BrokenIndex(Exception):
    """The search index is not whole; the text says which file is wrong."""


def build_index(site: Path, run: Callable[[Path], None] | None = None) -> None:
    """Index the pages of a built site into `site/pagefind/`; raises BrokenIndex when that leaves no whole index.

    Pages mark what is to be found with data-pagefind-body; their `lang` decides which index they go to.
    `run` takes the place of Pagefind in tests.
    """
    for attempt in range(1, ATTEMPTS + 1):
        shutil.rmtree(site / FOLDER, ignore_errors=True)
        (run or _pagefind)(site)
        faults = list(index_faults(site / FOLDER))
        if not faults:
            _tidy(site / FOLDER)
            return
        if attempt == ATTEMPTS:
            raise BrokenIndex(f"the search index is not whole: {faults[0]}; build again")


def _pagefind(site: Path) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-subdir", FOLDER, "--silent"]
    for selector in UNREAD:
        command += ["--exclude-selectors", selector]
    ran = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if ran.returncode:
        raise BrokenIndex(f"Pagefind ended with {ran.returncode}: {ran.stderr.strip()[-500:]}")


def _tidy(folder: Path) -> None:
    """Take away what no page loads, and put the entry's languages in one order: two builds are the same bytes."""
    for pattern in UNUSED:
        for path in folder.glob(pattern):
            path.unlink()
    entry = folder / ENTRY
    text = json.dumps(json.loads(entry.read_text(encoding="utf-8")), sort_keys=True, separators=(",", ":"))
    entry.write_text(text, encoding="utf-8")


def index_faults(folder: Path) -> Iterator[str]:
    """What is wrong with the index in `folder`: empty files, packed files cut short, an entry that names none."""
    for path in sorted(file for file in folder.rglob("*") if file.is_file()):
        if not path.stat().st_size:
            yield f"{path.name} is empty"
        elif path.match(PACKED):
            try:
                gzip.decompress(path.read_bytes())
            except (OSError, EOFError, zlib.error):
                yield f"{path.name} is cut short"
    try:
        languages = json.loads((folder / ENTRY).read_text(encoding="utf-8"))["languages"]
        missing = [
            index["hash"] for index in languages.values() if not (folder / f"pagefind.{index['hash']}.pf_meta").exists()
        ]
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        yield f"{ENTRY} cannot be read"
        return
    if missing or not languages:
        yield f"{ENTRY} names no index that is there"
