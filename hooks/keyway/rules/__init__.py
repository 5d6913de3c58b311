"""The rules that go between fields and between files, each named and each switched on here."""

from .rule import Rule

RULES: tuple[Rule, ...] = ()

__all__ = ["RULES", "Rule"]
