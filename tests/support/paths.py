"""Where things stand in the project."""

from pathlib import Path

TESTS = Path(__file__).parents[1]
PROJECT = TESTS.parent
CASES = TESTS / "cases"
"""Inputs with their full expected output, a folder for each area."""
