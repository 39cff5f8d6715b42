"""Ties that follow from dated facts (model.md 4.3): never edited, rebuilt as a cache, compared by a test.

A window is (as_of - days, as_of]; without one all time is looked at. An event without a date counts when all time is
asked for, is left out of any window, and is named apart in `undated` both times.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Generic, TypeVar

from analytics.collaboration.evidence import Pair, pair_of, pairs_among
from analytics.collaboration.facts import Meeting, ObservedTie, Referral, Window, holds

Event = TypeVar("Event")


@dataclass(frozen=True, slots=True)
class RefersTo:
    """Referrals of one organisation to another: `accepted` of the `n`."""

    source: str
    target: str
    n: int
    accepted: int
    first: date | None
    last: date | None
    undated: int


@dataclass(frozen=True, slots=True)
class MetWith:
    """Co-attendance, undirected, smaller id first. `weight`: sum of 1/(k-1), k the organisations present, so that a
    plenary of 30 does not make everybody partners."""

    one: str
    other: str
    n: int
    weight: float
    first: date | None
    last: date | None
    undated: int


@dataclass(frozen=True, slots=True)
class InstitutionContact:
    """A leader or mentor was in contact with an organisation."""

    person: str
    organisation: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Bridges:
    """How often a leader or mentor was in contact with an organisation."""

    person: str
    organisation: str
    n: int
    first: date | None
    last: date | None
    undated: int


@dataclass(frozen=True, slots=True)
class ActedWith:
    """Actions of both, undirected, smaller id first: `n` pairs of them aim at the same gap or item."""

    one: str
    other: str
    n: int
    first: date | None
    last: date | None
    undated: int


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody says that two are tied: over [start, end), or `on` a day. `relation` is the word of an imported file."""

    id: str
    source: str
    target: str
    start: date | None = None
    end: date | None = None
    on: date | None = None
    relation: str | None = None
    undirected: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Declares:
    """What is said about a pair: `confirmed` when the other side agrees, `undirected` when all of it holds both ways.

    `until`: the last day of an end that is known, None where any of it is open.
    """

    source: str
    target: str
    n: int
    first: date | None
    last: date | None
    undated: int
    until: date | None
    undirected: bool
    confirmed: bool


def refers_to(referrals: Iterable[Referral], as_of: date, days: int | None = None) -> tuple[RefersTo, ...]:
    """One tie for each ordered pair with any counted referral; none of an organisation to itself."""
    sent = (((each.source, each.target), each.sent, each) for each in referrals if each.source != each.target)
    return tuple(
        RefersTo(source, target, those.n, sum(each.accepted for each in those.counted), *those.span, those.undated)
        for (source, target), those in _by_pair(sent, as_of, days).items()
    )


def met_with(meetings: Iterable[Meeting], as_of: date, days: int | None = None) -> tuple[MetWith, ...]:
    """One tie for each pair that met; a meeting with one organisation present makes none."""
    met = ((pair, each.held, each) for each in meetings for pair in pairs_among(each.present))
    return tuple(
        MetWith(*pair, those.n, fsum(_share(each) for each in those.counted), *those.span, those.undated)
        for pair, those in _by_pair(met, as_of, days).items()
    )


def bridges(contacts: Iterable[InstitutionContact], as_of: date, days: int | None = None) -> tuple[Bridges, ...]:
    """One tie for each person and organisation."""
    seen = (((each.person, each.organisation), each.on, each) for each in contacts)
    return tuple(
        Bridges(*pair, those.n, *those.span, those.undated) for pair, those in _by_pair(seen, as_of, days).items()
    )


def acted_with(joint: Iterable[ObservedTie], as_of: date, days: int | None = None) -> tuple[ActedWith, ...]:
    """One tie for each pair whose actions aim at the same, counted from the day on which the second began."""
    acted = ((pair_of(each.one, each.other), each.on, each) for each in joint if each.one != each.other)
    return tuple(
        ActedWith(*pair, those.n, *those.span, those.undated) for pair, those in _by_pair(acted, as_of, days).items()
    )


def declares(statements: Iterable[Statement], as_of: date, days: int | None = None) -> tuple[Declares, ...]:
    """One tie for each pair of which something is said: events count in the window, states where they hold."""
    window = None if days is None else Window.of(as_of, days)
    said: dict[tuple[Pair, bool], list[Statement]] = defaultdict(list)
    for each in statements:
        counts = holds(each.start, each.end, as_of) if each.on is None else _counts(each.on, as_of, window)
        if counts and each.source != each.target:
            ends = pair_of(each.source, each.target) if each.undirected else (each.source, each.target)
            said[ends, each.undirected].append(each)
    return tuple(_declared(*ends, undirected, said[ends, undirected]) for ends, undirected in sorted(said))


def _declared(source: str, target: str, undirected: bool, said: list[Statement]) -> Declares:
    begun = [each.on or each.start for each in said]
    ends = [each.end for each in said]
    return Declares(
        source, target, len(said),
        first=min((on for on in begun if on is not None), default=None),
        last=max((each.on for each in said if each.on is not None), default=None),
        undated=sum(on is None for on in begun),
        until=max((end for end in ends if end is not None), default=None) if None not in ends else None,
        undirected=undirected, confirmed=any(each.confirmed for each in said),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Events(Generic[Event]):
    """What counts for one pair, its dates, and how many there are without."""

    counted: tuple[Event, ...]
    dates: tuple[date, ...]
    undated: int

    @property
    def n(self) -> int:
        return len(self.counted)

    @property
    def span(self) -> tuple[date | None, date | None]:
        return min(self.dates, default=None), max(self.dates, default=None)


def _by_pair(
    events: Iterable[tuple[Pair, date | None, Event]], as_of: date, days: int | None
) -> dict[Pair, _Events[Event]]:
    """Pairs with anything that counts, sorted."""
    window = None if days is None else Window.of(as_of, days)
    grouped: dict[Pair, list[tuple[date | None, Event]]] = defaultdict(list)
    for pair, on, event in events:
        grouped[pair].append((on, event))
    found: dict[Pair, _Events[Event]] = {}
    for pair in sorted(grouped):
        counted = [(on, event) for on, event in grouped[pair] if _counts(on, as_of, window)]
        if counted:
            dates = tuple(on for on, _ in counted if on is not None)
            undated = sum(on is None for on, _ in grouped[pair])
            found[pair] = _Events(tuple(event for _, event in counted), dates, undated)
    return found


def _counts(on: date | None, as_of: date, window: Window | None) -> bool:
    if window is not None:
        return window.has(on)
    return on is None or on <= as_of


def _share(meeting: Meeting) -> float:
    return 1 / (len(set(meeting.present)) - 1)
