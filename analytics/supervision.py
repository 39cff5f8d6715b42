"""When the supervision of a mentor is late (definitions.md 2.7: a session every 30 days), and a concern nobody took up."""

from __future__ import annotations

from datetime import date

EVERY_DAYS = 30
MOST_PAIRS = 3
"""Pairs a mentor accompanies at a time; more are too many."""
CONCERN_DAYS = 1


def days_late(last: date | None, active: int, on: date, since: date | None = None) -> int | None:
    """Days by which the next session is late on a day; None where it is not, or no pair is active.

    A mentor who never had one is counted from `since`, the beginning of their first pair; without that they are late by 0.
    """
    if not active:
        return None
    begun = last or since
    if begun is None:
        return 0
    late = (on - begun).days - EVERY_DAYS
    return late if late > 0 else None
