"""The benchmark's own parts: catalogues that the rules take, pages for stock Material, figures of all processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support.paths import CLIENTS, PROJECT, PROVIDERS

from bench.catalogue import write_project
from bench.measure import measured

BUSY = "import os, time\nif os.fork() == 0:\n  x = bytearray(60 << 20)\n  end = time.process_time() + 0.3\n"
BUSY += "  while time.process_time() < end: pass\nelse: os.wait()\n"


def run(project: Path, *command: str) -> str:
    """What a Python module says that runs with the code of `project`."""
    settings = {"PYTHONPATH": f"{project / 'hooks'}{os.pathsep}{PROJECT}", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.check_output([sys.executable, "-m", *command], cwd=project, env=os.environ | settings, text=True)


@pytest.mark.slow
def test_a_larger_catalogue_is_one_that_the_rules_take_and_stock_gets_its_pages(tmp_path: Path) -> None:
    ours, stock = tmp_path / "ours", tmp_path / "stock"
    ours.mkdir()
    write_project(PROJECT, ours, 2 * len(PROVIDERS), 300)
    said = run(ours, "keyway", "check", "--no-pages")
    assert f"300 models, {2 * len(PROVIDERS)} providers, {len(CLIENTS)} clients" in said
    pages = int(run(ours, "bench.stock", str(ours), str(stock)))
    assert pages == len(list(stock.rglob("*.md"))) > 3 * 300
    configuration = yaml.safe_load((stock / "mkdocs.yml").read_text(encoding="utf-8"))
    assert "hooks" not in configuration
    assert configuration["theme"]["name"] == "material"


def test_a_run_counts_the_time_and_memory_of_all_its_processes(tmp_path: Path) -> None:
    taken = measured([sys.executable, "-c", BUSY], tmp_path, {})
    assert taken.cpu > 0.3
    assert taken.memory > 60
    assert taken.wall > 0


def test_a_run_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no such thing"):
        measured([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path, {})
