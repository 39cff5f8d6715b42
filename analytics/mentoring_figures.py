"""How mentoring goes (definitions.md 2.7): regularity and load."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

MOST_PAIRS = 3
"""Pairs a mentor can carry (definitions.md 2.7)."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What a pair planned: a contact every so many days, over the days on which it was active; `contacts` on those days."""

    states: tuple[tuple[date | None, str], ...]
    every_days: int | None
    contacts: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Regularity:
    """Contacts / planned (definitions.md 2.7) of `pairs` pairs; `unknown`: active pairs that have said no rhythm."""

    contacts: int
    planned: int
    pairs: int
    unknown: int

    @property
    def share(self) -> float | None:
        return self.contacts / self.planned if self.planned else None


def regularity(pairs: Iterable[Rhythm], as_of: date, days: int) -> Regularity:
    """Over the window: planned is one contact for each full rhythm of days on which the pair was active."""
    contacts = planned = n = unknown = 0
    for pair in pairs:
        active = _active_days(pair.states, as_of, days)
        if not active:
            continue
        if not pair.every_days:
            unknown += 1
            continue
        n += 1
        planned += len(active) // pair.every_days
        contacts += sum(on in active for on in pair.contacts)
    return Regularity(contacts, planned, n, unknown)


def _active_days(states: Sequence[tuple[date | None, str]], as_of: date, days: int) -> frozenset[date]:
    order = sorted(states, key=lambda entry: entry[0] or date.min)
    found: set[date] = set()
    for back in range(days):
        on = as_of - timedelta(days=back)
        known = [state for since, state in order if since is None or since <= on]
        if known and known[-1] == "active":
            found.add(on)
    return frozenset(found)


def loads(open_pairs: Mapping[str, int], mentors: Collection[str]) -> tuple[tuple[int, int], ...]:
    """(pairs, mentors who carry so many) of active mentors, those without a pair included."""
    found: dict[int, int] = defaultdict(int)
    for mentor in mentors:
        found[open_pairs.get(mentor, 0)] += 1
    return tuple(sorted(found.items()))
