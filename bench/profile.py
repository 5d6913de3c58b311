"""Where a build of ours spends its time, by part: the time inside one function each, none of which calls another."""

import pstats
import subprocess
import sys
from pathlib import Path

PARTS = {
    "reading and rules": ("keyway/site/inputs.py", "read_inputs"),
    "templates of pages": ("keyway/pages/render.py", "render_site"),
    "static-i18n's files": ("mkdocs_static_i18n/plugin.py", "on_files"),
    "Markdown": ("mkdocs/structure/pages.py", "render"),
    "HTML blocks, line ends": ("keyway/site/build.py", "content_html"),
    "theme": ("mkdocs/commands/build.py", "_build_page"),
    "files beside pages": ("keyway/site/files.py", "site_files"),
    "search index": ("keyway/site/search.py", "build_index"),
}


def shares(project: Path, settings: dict[str, str]) -> dict[str, float]:
    """Part -> its share of a build in one process, as the profiler sees it, which makes small functions look dearer."""
    target = project / "profile.out"
    command = [sys.executable, "-m", "cProfile", "-o", str(target), "-m", "mkdocs", "build", "--quiet", "--strict"]
    subprocess.run(command, cwd=project, env=settings | {"KEYWAY_CORES": "1"}, check=True)  # noqa: S603 - our own words
    stats = pstats.Stats(str(target))
    spent = dict.fromkeys(PARTS, 0.0)
    for (file, _, function), (_, _, _, cumulative, _) in stats.stats.items():  # type: ignore[attr-defined]
        for part, (ending, name) in PARTS.items():
            if function == name and file.endswith(ending):
                spent[part] += cumulative
    total = stats.total_tt  # type: ignore[attr-defined]
    return {part: seconds / total for part, seconds in spent.items()} | {"rest": 1 - sum(spent.values()) / total}
