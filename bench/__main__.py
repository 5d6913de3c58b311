"""Builds the same pages with Keyway and with stock Material for MkDocs, in pairs, and prints how they compare.

    make bench                                     the real catalogue
    make bench SIZES="3x107 12x400 40x5000"        catalogues with at least so many providers and models

A ratio is taken within a pair, whose runs follow each other, and of all pairs the middle one is printed with the
lowest and the highest: how fast a shared machine is changes from minute to minute, the ratio hardly.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from .catalogue import write_project
from .measure import Run, measured
from .profile import shares

ROOT = Path(__file__).parents[1]
SETTINGS = {
    "SITE_URL": "https://keyway.example/",
    "REPO_URL": "https://github.com/example/keyway",
    "SOURCE_DATE_EPOCH": "1792022400",  # 2026-10-15
    "NO_MKDOCS_2_WARNING": "1",
}
BUILD = (sys.executable, "-m", "mkdocs", "build", "--quiet")
FIGURES = ("wall", "cpu", "memory")


def main() -> None:
    """Measure each size, and print its figures; between two sizes, how the processor time of a page grows."""
    parser = argparse.ArgumentParser(
        prog="bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "sizes", nargs="*", default=["0x0"], metavar="PROVIDERSxMODELS", help="default: the real catalogue"
    )
    parser.add_argument("--pairs", type=int, default=3, help="how many pairs of builds (default: 3)")
    parser.add_argument("--profile", action="store_true", help="also say where Keyway's build spends its time")
    arguments = parser.parse_args()
    os.environ.update(SETTINGS)
    grown = [_size(size, arguments.pairs, arguments.profile) for size in arguments.sizes]
    for (pages, seconds), (more, longer) in pairwise(grown):
        print(f"{pages} to {more} pages: {longer / more / (seconds / pages):.2f} times the processor time a page")


def _size(size: str, pairs: int, profile: bool) -> tuple[int, float]:
    """Print the figures of one size; returns its pages and Keyway's processor time."""
    providers, models = map(int, size.split("x"))
    with TemporaryDirectory() as folder:
        ours, stock = Path(folder, "keyway"), Path(folder, "stock")
        ours.mkdir()
        write_project(ROOT, ours, providers, models)
        code = {"PYTHONPATH": str(ours / "hooks")}
        command = (sys.executable, "-m", "bench.stock", str(ours), str(stock))
        pages = int(subprocess.check_output(command, cwd=ROOT, env=os.environ | code))  # noqa: S603 - our own words
        print(f"\n{pages} pages in three languages, {pairs} pairs\n")
        made = [_pair(ours, stock, turn) for turn in range(pairs)]
        _print_figures(made)
        if profile:
            for part, share in shares(ours, dict(os.environ)).items():
                print(f"  {share:6.1%}  {part}")
    return pages, median(run.cpu for run, _ in made)


def _pair(ours: Path, stock: Path, turn: int) -> tuple[Run, Run]:
    """(Keyway's run, stock's run), the one that comes first changing from pair to pair."""
    order = (ours, stock) if turn % 2 == 0 else (stock, ours)
    runs = {folder: measured(BUILD, folder, {}) for folder in order}
    return runs[ours], runs[stock]


def _print_figures(pairs: Sequence[tuple[Run, Run]]) -> None:
    print(f"{'':24}{'keyway':>10}{'stock':>10}{'ratio':>8}   lowest to highest")
    for figure, unit in zip(FIGURES, ("s", "s of processor", "MiB at the peak"), strict=True):
        own, other = ([getattr(run, figure) for run in runs] for runs in zip(*pairs, strict=True))
        ratios = sorted(one / two for one, two in zip(own, other, strict=True))
        middle = f"{median(own):10.1f}{median(other):10.1f}{median(ratios):8.2f}"
        print(f"{unit:24}{middle}   {ratios[0]:.2f} to {ratios[-1]:.2f}")


if __name__ == "__main__":
    main()
