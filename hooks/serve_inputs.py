"""What the pages of `mkdocs serve` are made from, as one fingerprint: where it is the old one, they need no build."""

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path


def fingerprint(paths: Iterable[str], day: date) -> str:
    """A digest of the names and contents of all files at and below `paths`, and of the day that pages speak of."""
    digest = sha256(day.isoformat().encode())
    for path in sorted(map(Path, paths)):
        for file in _files(path):
            content = sha256(_content(file)).hexdigest()
            digest.update(f"\0{file}\0{content}".encode(errors="surrogateescape"))
    return digest.hexdigest()


def stamps(paths: Iterable[str]) -> str:
    """A digest of the times at which those files were last written: it changes with each save, whatever is saved."""
    files = [file for path in sorted(map(Path, paths)) for file in _files(path)]
    return sha256("\0".join(f"{file} {_written(file)}" for file in files).encode(errors="surrogateescape")).hexdigest()


def _files(path: Path) -> Iterator[Path]:
    """Every file and link, but bytecode, which a run of tests may write."""
    if not path.is_dir():
        yield path
        return
    for file in sorted(path.rglob("*")):
        if file.suffix != ".pyc" and (file.is_symlink() or not file.is_dir()):
            yield file


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        return repr(error.errno).encode()  # it has gone, it may not be read, or it leads nowhere


def _written(file: Path) -> int:
    try:
        return file.lstat().st_mtime_ns
    except OSError:
        return 0
