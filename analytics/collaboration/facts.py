"""What collaboration is computed from. A date of None is unknown: a fact with two ends holds on that side, and an
event without a date is evidence of no window (it is counted apart, as `undated`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


def holds(start: date | None, end: date | None, on: date) -> bool:
    """Half-open [start, end); an unknown end holds on its side."""
    return (start is None or start <= on) and (end is None or on < end)


@dataclass(frozen=True, slots=True)
class Window:
    """(after, until]: the first day is left out, the last is in."""

    after: date
    until: date

    @classmethod
    def of(cls, until: date, days: int) -> Window:
        return cls(until - timedelta(days=days), until)

    def has(self, on: date | None) -> bool:
        return on is not None and self.after < on <= self.until


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation of the network and when it was one; left or archived: no longer a subject of gaps."""

    id: str
    joined: date | None = None
    left: date | None = None

    def belongs(self, on: date) -> bool:
        return holds(self.joined, self.left, on)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Between two parties or more, in force over [start, end)."""

    id: str
    parties: tuple[str, ...]
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """A joint project over [start, end)."""

    id: str
    partners: tuple[str, ...]
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Referral:
    """Sent from one organisation to another; drafts are not facts."""

    id: str
    source: str
    target: str
    sent: date | None = None
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that was held, with the organisations that were there and those asked to come."""

    id: str
    held: date | None
    present: tuple[str, ...]
    series: str | None = None
    invited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesMember:
    """An organisation belongs to a series of meetings over [start, end)."""

    series: str
    organisation: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """An action point: who owns it, what it aims at (keys of gaps, items, topics), when it was opened and closed."""

    id: str
    owners: tuple[str, ...]
    aims: tuple[str, ...] = ()
    opened: date | None = None
    closed: date | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class ObservedTie:
    """Any other dated evidence between two organisations, persons lifted to theirs:
    `co_training`, `mentoring_bridge`, `information`, `funding`."""

    kind: str
    one: str
    other: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class OpenGap:
    """A gap that is open now, with the organisations it concerns: providers of the cell, or the pair."""

    key: str
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A leader or mentor and when active."""

    id: str
    start: date | None = None
    end: date | None = None

    def active(self, on: date) -> bool:
        return holds(self.start, self.end, on)


@dataclass(frozen=True, slots=True)
class MentoringPair:
    """Mentor and leader; `states`: (since, state), an undated one since ever; `contacts`: days, None if undated."""

    id: str
    leader: str
    mentor: str
    states: tuple[tuple[date | None, str], ...] = ()
    contacts: tuple[date | None, ...] = ()

    def state(self, on: date) -> tuple[str, date | None] | None:
        """The state at that day and since when; None before its first. Of two on one day the later entry stands."""
        known = [entry for entry in self.states if entry[0] is None or entry[0] <= on]
        if not known:
            return None
        since, state = sorted(known, key=lambda entry: entry[0] or date.min)[-1]
        return state, since


@dataclass(frozen=True, slots=True)
class CollaborationFacts:
    """Everything dated that organisations, leaders and mentors did with each other."""

    members: tuple[Member, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    referrals: tuple[Referral, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    series_members: tuple[SeriesMember, ...] = ()
    actions: tuple[Action, ...] = ()
    other_ties: tuple[ObservedTie, ...] = ()
    leaders: tuple[Person, ...] = ()
    mentors: tuple[Person, ...] = ()
    pairs: tuple[MentoringPair, ...] = ()
