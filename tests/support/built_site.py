"""The real site, built as a deployment would: below a path, for a repository, as of a fixed day."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from support.paths import PROJECT

SITE_PATH = "guides"
SITE_URL = f"https://keyway.example/{SITE_PATH}/"
REPO_URL = "https://github.com/example/keyway"
BUILD_DAY = "1792022400"  # 2026-10-15 in seconds: a week after the newest recording, so that no page's age moves
DAY = datetime.fromtimestamp(int(BUILD_DAY), UTC).date()


def build_site(folder: Path) -> None:
    """Build the site into `folder`, strictly, or fail the test with what MkDocs says."""
    settings = {"SITE_URL": SITE_URL, "REPO_URL": REPO_URL, "SOURCE_DATE_EPOCH": BUILD_DAY, "NO_MKDOCS_2_WARNING": "1"}
    build = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=PROJECT,
        env=os.environ | settings,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if build.returncode:
        pytest.fail(f"The site does not build:\n{build.stdout}{build.stderr}", pytrace=False)
