"""Puts files in the place of others so that at every moment the old one or the new one is there, whole.

What is written has no name until it is safe on the disk, so that a process that is killed leaves nothing: the system
takes a file away that nobody has and that has no name. Between getting a name beside the old file and taking the old
one's there is one step; what a kill leaves in it, the next write takes away.
"""

import errno
import fcntl
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from secrets import token_hex

NAMELESS = int(getattr(os, "O_TMPFILE", 0))
"""The flag for a file without a name; 0 on systems that know none."""
UNKNOWN_THERE = frozenset((errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL))
"""What file systems answer that have no such files."""
HIDDEN = ".{name}.{chance}.new"
"""What a file is called before it takes its place; readers of data/ pass over hidden names."""


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Replace each file by its content, keeping its mode; where one cannot be written, none is replaced.

    All are safe on the disk before the first takes the old one's name, each in one step. Raises OSError.
    """
    with ExitStack() as stack:
        for folder in sorted({path.parent for path in contents}):
            stack.enter_context(_locked(folder))
        ready = [
            (path, stack.enter_context(_written(path, content, stat.S_IMODE(path.stat().st_mode))))
            for path, content in contents.items()
        ]
        for path, one in ready:
            one.replace(path)


def add_file(path: Path, content: bytes) -> None:
    """Write a file that must not exist yet, whole or not at all; raises FileExistsError, or another OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path.parent), _written(path, content, 0o644) as one:
        one.add(path)


class _Written:
    """A file that is safe on the disk and not in its place; `name` is None where it has none."""

    def __init__(self, handle: int, folder: int, name: str | None) -> None:
        self._handle, self._folder, self.name = handle, folder, name

    def replace(self, path: Path) -> None:
        """Take the place of what is at `path`."""
        nameless, self.name = self.name is None, self.name or HIDDEN.format(name=path.name, chance=token_hex(4))
        if nameless:
            self._link(self.name)
        os.replace(self.name, path.name, src_dir_fd=self._folder, dst_dir_fd=self._folder)
        self.name = None
        _sync(self._folder)

    def add(self, path: Path) -> None:
        """Stand at `path`, where nothing may be."""
        try:
            if self.name is None:
                self._link(path.name)
            else:
                os.link(self.name, path.name, src_dir_fd=self._folder, dst_dir_fd=self._folder)
        except FileExistsError:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        _sync(self._folder)

    def _link(self, name: str) -> None:
        # With a folder given, Python asks for the file that the link in /proc leads to, and not for that link.
        os.link(f"/proc/self/fd/{self._handle}", name, src_dir_fd=self._folder, dst_dir_fd=self._folder)


@contextmanager
def _written(path: Path, content: bytes, mode: int) -> Iterator[_Written]:
    """A file with `content`, safe on the disk in the folder of `path`; what of it has no place in the end is gone."""
    with ExitStack() as stack:
        folder = os.open(path.parent, os.O_RDONLY)
        stack.callback(os.close, folder)
        handle, name = _opened(path, folder)
        file = stack.enter_context(os.fdopen(handle, "wb"))
        one = _Written(handle, folder, name)
        try:
            file.write(content)
            file.flush()
            os.fchmod(handle, mode)
            os.fsync(handle)
            yield one
        finally:
            if one.name is not None:
                with suppress(FileNotFoundError):
                    os.unlink(one.name, dir_fd=folder)


def _opened(path: Path, folder: int) -> tuple[int, str | None]:
    """(handle, name) of a new empty file beside `path`, without a name where the system can."""
    if NAMELESS:
        try:
            return os.open(path.parent, NAMELESS | os.O_WRONLY, 0o600), None
        except OSError as error:
            if error.errno not in UNKNOWN_THERE:
                raise
    name = HIDDEN.format(name=path.name, chance=token_hex(4))
    return os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=folder), name


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Be the only one that writes in `folder`, and take away what a killed writer left there."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        for left in folder.glob(HIDDEN.format(name="*", chance="*")):
            left.unlink(missing_ok=True)
        yield
    finally:
        os.close(handle)


def _sync(folder: int) -> None:
    """Make the names in `folder` safe on the disk, where the system can."""
    with suppress(OSError):
        os.fsync(folder)
