"""A package index on loopback (PEP 503), whose wheels hold metadata and nothing else."""

import re
import zipfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from packaging.utils import canonicalize_name
from packaging.version import Version

WHEEL = "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say, so that equal wheels have equal hashes


class PackageIndex:
    """Files for a static host: `simple/` is the index, with a folder for each package that was added."""

    def __init__(self, folder: Path) -> None:
        self._simple = folder / "simple"

    def add(self, name: str, version: str, metadata: Iterable[str] = ()) -> str:
        """Offer one release, whose METADATA has these lines too; its wheel's SHA-256 in hexadecimal digits."""
        stem = f"{re.sub(r'[-_.]+', '_', name)}-{version}"
        home = self._simple / canonicalize_name(name)
        home.mkdir(parents=True, exist_ok=True)
        wheel = home / f"{stem}-py3-none-any.whl"
        lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *metadata]
        files = {"METADATA": "\n".join(lines) + "\n", "WHEEL": WHEEL}
        record = "".join(f"{stem}.dist-info/{file},,\n" for file in [*files, "RECORD"])
        with zipfile.ZipFile(wheel, "w") as archive:
            for file, text in (files | {"RECORD": record}).items():
                archive.writestr(zipfile.ZipInfo(f"{stem}.dist-info/{file}", FIRST_DAY), text)
        digest = sha256(wheel.read_bytes()).hexdigest()
        with (home / "index.html").open("a", encoding="utf-8") as page:
            page.write(f'<a href="{wheel.name}#sha256={digest}">{wheel.name}</a>\n')
        return digest

    def add_newer(self, name: str, version: str, metadata: Iterable[str] = ()) -> None:
        """Offer a next major release, and one so near that every range takes it; both ask for what nobody has."""
        release = Version(version)
        metadata = [*metadata, "Requires-Dist: keyway-has-no-such-package"]
        for newer in (f"{release.major + 1}.0", f"{release.base_version}.post99"):
            self.add(name, newer, metadata)
