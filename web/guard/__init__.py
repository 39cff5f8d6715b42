"""The free-text guard: what no note may hold (P4), found before it is stored."""

from web.guard.advice import advice
from web.guard.finding import Finding, Kind
from web.guard.inspection import LANGUAGES, inspect

__all__ = ["LANGUAGES", "Finding", "Kind", "advice", "inspect"]
