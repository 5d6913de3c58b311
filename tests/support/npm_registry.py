"""A registry of npm packages on loopback, whose packages hold their description and nothing else."""

import gzip
import io
import json
import tarfile
from base64 import b64encode
from hashlib import sha512
from pathlib import Path
from typing import Any
from urllib.parse import quote

Description = dict[str, Any]
"""A package.json."""


class NpmRegistry:
    """Files for a static host at `address`: a document for each package that was added, and its tarballs."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address

    def add(self, description: Description) -> str:
        """Offer one release, as the newest of its package; its tarball's integrity, as locks write it."""
        name, version = description["name"], description["version"]
        tarball = _tarball(description)
        integrity = f"sha512-{b64encode(sha512(tarball).digest()).decode()}"
        place = Path("tarballs", f"{name}-{version}.tgz")
        (self.folder / place).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / place).write_bytes(tarball)
        document = self.folder / name
        document.parent.mkdir(parents=True, exist_ok=True)
        known = (
            json.loads(document.read_text(encoding="utf-8")) if document.exists() else {"name": name, "versions": {}}
        )
        dist = {"tarball": f"{self.address}/{quote(place.as_posix())}", "integrity": integrity}
        known["versions"][version] = description | {"dist": dist}
        known["dist-tags"] = {"latest": version}
        document.write_text(json.dumps(known), encoding="utf-8")
        return integrity

    def add_newer(self, description: Description) -> None:
        """Offer a next major release, and one so near that ranges take it; both ask for what nobody has."""
        major, minor, _ = description["version"].split("-")[0].split(".")
        for newer in (f"{major}.{minor}.999999999", f"{int(major) + 1}.0.0"):
            asked = description.get("dependencies", {}) | {"keyway-has-no-such-package": "1"}
            self.add(description | {"version": newer, "dependencies": asked})


def _tarball(description: Description) -> bytes:
    commands = description.get("bin", {})
    files = {"package.json": json.dumps(description)} | dict.fromkeys(commands.values(), "")
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return gzip.compress(written.getvalue(), mtime=0)  # so that equal packages have equal tarballs
