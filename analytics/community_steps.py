"""What may follow what in a community issue, a campaign and a mediation; and the state each had on a day.

The history of states lies beside the record as "2026-03-01=raised", in the order in which it was written down.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

MOVES: dict[str, dict[str, tuple[str, ...]]] = {
    "CommunityIssue": {
        "raised": ("agreed", "in_work", "unsolved", "handed_over"),
        "agreed": ("in_work", "unsolved", "handed_over"),
        "in_work": ("solved", "partly", "unsolved", "handed_over"),
        "partly": ("in_work", "solved"),
        "unsolved": ("in_work", "handed_over"),
        "handed_over": ("in_work", "solved", "partly", "unsolved"),
        "solved": ("in_work",),
    },
    "Campaign": {
        "planned": ("running", "dropped"),
        "running": ("done", "dropped"),
        "done": ("running",),
        "dropped": ("planned",),
    },
    "Mediation": {
        "asked": ("running", "ended"),
        "running": ("ended",),
        "ended": ("running",),
    },
}
FIRST = {"CommunityIssue": "raised", "Campaign": "planned", "Mediation": "asked"}
REASONED = frozenset({"solved", "partly", "unsolved", "handed_over", "done", "dropped", "ended"})
"""States that end something, at least for now: they want a word about what came of it."""
GOOD = frozenset({"solved", "partly"})
"""Ends of an issue that count as an outcome of its leader (definitions.md 2.7)."""


class IllegalStepError(Exception):
    """The matter is in a state that does not lead where it was sent."""

    def __init__(self, state: str, to: str) -> None:
        super().__init__(f"{state} to {to}")
        self.state = state
        self.to = to


class TooEarlyError(Exception):
    """The step is said to lie before the one it follows, which was on `last`."""

    def __init__(self, last: date) -> None:
        super().__init__(last.isoformat())
        self.last = last


def history(states: Iterable[str]) -> tuple[tuple[date, str], ...]:
    """(since, state) of each entry, as they were written down."""
    return tuple((date.fromisoformat(day), state) for day, _, state in (each.partition("=") for each in states))


def state_on(states: Iterable[str], on: date) -> str | None:
    """The state on a day, the later entry where two are of one day; None before it was raised."""
    known = sorted((entry for entry in history(states) if entry[0] <= on), key=lambda entry: entry[0])
    return known[-1][1] if known else None


def follow(label: str, states: Sequence[str], to: str, on: date) -> str:
    """The next entry of a history. Raises IllegalStepError, TooEarlyError."""
    last, state = history(states)[-1]
    if to not in MOVES[label][state]:
        raise IllegalStepError(state, to)
    if on < last:
        raise TooEarlyError(last)
    return f"{on.isoformat()}={to}"
