"""Indicators of referrals (definitions.md 2.6): those sent in a window, as they stood on a day.

A referral is looked at as of a day: what happened later has not happened. The steps it took are the truth; where only
days were noted (lists from before), the days are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from types import MappingProxyType
from typing import Literal

from analytics.referral_steps import LIMITS, limit
from analytics.survival import median_time

DAY = timedelta(days=1)
PING_PONG_DAYS = 30
ANSWERS = frozenset({"acknowledge", "accept", "decline", "redirect"})
DECISIONS = frozenset({"accept", "decline", "redirect"})
CLOSINGS = MappingProxyType({"close_helped": "closed_successful", "close_not_helped": "closed_unsuccessful"})
TAKEN_BACK = frozenset({"withdraw", "revoke"})
ACCEPTED = frozenset({"accepted", "in_service"})
Decision = Literal["accepted", "rejected"]
DECIDED: Mapping[str, Decision] = MappingProxyType({"accept": "accepted", "decline": "rejected"})


@dataclass(frozen=True, slots=True)
class Hop:
    """A referral that was handed on: who got it, and when it was sent there."""

    receiver: str
    sent_on: date


@dataclass(frozen=True, slots=True)
class Case:
    """A referral as it is stored, without reference, group or text. `minor`: it is about a child.

    `steps` are its events (kind, when) in their order, `days_only` where a list told their days but not their hours; `first` says that it was not handed on by somebody else, `hops`
    where it went from there, in their order. The days are what the record says of itself.
    """

    sender: str
    receiver: str
    service: str | None
    place: str | None
    minor: bool
    priority: str | None
    state: str
    sent_on: date
    answered_on: date | None = None
    closed_on: date | None = None
    served_on: date | None = None
    seen_on: date | None = None
    steps: tuple[tuple[str, datetime], ...] = ()
    days_only: bool = False
    first: bool = True
    hops: tuple[Hop, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """As of when: the day, and the last moment anything is known of (on the present day: now)."""

    on: date
    moment: datetime

    @classmethod
    def at(cls, on: date, now: datetime) -> Day:
        """A day whose end has come, or the present one up to now."""
        end = datetime.combine(on + DAY, time(), UTC)
        return cls(on, now if now.date() == on else end)


@dataclass(frozen=True, slots=True)
class Course:
    """What had become of a case by a day.

    answered, followed: days from sending to the first answer (None: none yet), and to the end of looking.
    due: it was answered, or should have been.  in_time: the answer came within the limit.
    """

    answered: float | None
    followed: float
    due: bool
    in_time: bool
    taken_back: bool
    decision: Decision | None
    closed: str | None
    verified: bool
    seen: bool
    redirected: bool
    hops: int
    ping_pong: bool


def course(case: Case, day: Day, limits: Mapping[str, timedelta] = LIMITS) -> Course:
    """How a case stood on a day. Limits by priority; one without a priority is a normal one."""
    steps = [(kind, at) for kind, at in case.steps if at.date() <= day.on]
    by_hour = bool(case.steps) and not case.days_only
    timed = _timed(case, steps, day, limits) if by_hour else _dated(case, day, limits)
    answered, followed, in_time, over, back = timed
    closed = _closed(case, steps, day)
    decision = _decision(case, steps, closed, day)
    hops = [hop for hop in case.hops if hop.sent_on <= day.on]
    return Course(
        answered=answered,
        followed=followed,
        due=answered is not None or (over and not back),
        in_time=in_time,
        taken_back=back and answered is None,
        decision=decision,
        closed=closed,
        verified=closed == "closed_successful" and _by(_served(case, steps), day),
        seen=closed is not None and _by(case.seen_on, day),
        redirected=bool(hops) or _handed_on(case, steps, day),
        hops=len(hops),
        ping_pong=bool(hops) and hops[0].receiver == case.sender and _within(case.sent_on, hops[0].sent_on),
    )


def _timed(
    case: Case, steps: Sequence[tuple[str, datetime]], day: Day, limits: Mapping[str, timedelta]
) -> tuple[float | None, float, bool, bool, bool]:
    """Answer, time looked at, in time, past the limit, and taken back before it, from the steps."""
    sent = next((at for kind, at in steps if kind == "send"), datetime.combine(case.sent_on, time(), UTC))
    answer = next((at for kind, at in steps if kind in ANSWERS), None)
    back = next((at for kind, at in steps if kind in TAKEN_BACK), None)
    within = limit(case.priority, limits)
    last = back if back is not None and answer is None else day.moment
    followed = max(last - sent, timedelta(0))
    answered = None if answer is None else max(answer - sent, timedelta(0))
    in_time = answered is not None and answered <= within
    over = followed > within
    early = back is not None and answer is None and not over
    return None if answered is None else answered / DAY, followed / DAY, in_time, over, early


def _dated(
    case: Case, day: Day, limits: Mapping[str, timedelta]
) -> tuple[float | None, float, bool, bool, bool]:  # fmt: skip
    """The same from days: an answer on the last day of the limit is in time."""
    whole = ceil(limit(case.priority, limits) / DAY)
    back = case.state in {"withdrawn", "revoked"}
    answer = case.answered_on or (case.closed_on if case.state in CLOSINGS.values() else None)
    answered = max(0, (answer - case.sent_on).days) if answer is not None and answer <= day.on else None
    end = case.closed_on if back and case.closed_on else day.on
    followed = max(0, (min(end, day.on) - case.sent_on).days)
    early = back and answered is None and (case.closed_on is None or followed <= whole)
    return answered, followed, answered is not None and answered <= whole, followed > whole, early


def _closed(case: Case, steps: Sequence[tuple[str, datetime]], day: Day) -> str | None:
    if case.steps:
        turns = [kind for kind, _ in steps if kind in {*CLOSINGS, "reopen"}]
        return CLOSINGS.get(turns[-1]) if turns else None
    return case.state if case.state in CLOSINGS.values() and _by(case.closed_on, day) else None


def _decision(case: Case, steps: Sequence[tuple[str, datetime]], closed: str | None, day: Day) -> Decision | None:
    """The last one that was taken; one who hands a case on decides nothing about it."""
    if case.steps:
        taken = [kind for kind, _ in steps if kind in DECISIONS]
        return DECIDED.get(taken[-1]) if taken else None
    if closed:
        return "accepted"
    if not _by(case.answered_on, day):
        return None
    return "accepted" if case.state in ACCEPTED else "rejected" if case.state == "rejected" else None


def _served(case: Case, steps: Sequence[tuple[str, datetime]]) -> date | None:
    return case.served_on or next((at.date() for kind, at in steps if kind == "begin"), None)


def _handed_on(case: Case, steps: Sequence[tuple[str, datetime]], day: Day) -> bool:
    if case.steps:
        return any(kind == "redirect" for kind, _ in steps)
    return case.state == "redirected" and _by(case.answered_on, day)


def _by(on: date | None, day: Day) -> bool:
    return on is not None and on <= day.on


def _within(first: date, then: date) -> bool:
    return 0 <= (then - first).days <= PING_PONG_DAYS


PUBLISHED = (
    "sent", "due", "not_yet_due", "taken_back", "acknowledged", "no_feedback", "in_time", "decided", "accepted", "rejected",
    "closed", "closed_successful", "verified", "closed_not_verified", "loop_closed", "redirected", "ping_pong", "first_sent",
)  # fmt: skip
"""Counts, in the order in which they are shown."""

SUMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("sent", ("due", "not_yet_due", "taken_back")),
    ("due", ("acknowledged", "no_feedback")),
    ("acknowledged", ("in_time", "~late")),
    ("acknowledged", ("decided", "~undecided")),
    ("decided", ("accepted", "rejected")),
    ("accepted", ("closed", "~not_closed")),
    ("closed", ("closed_successful", "~unsuccessful")),
    ("closed", ("verified", "closed_not_verified")),
    ("closed_successful", ("verified", "~helped_without_proof")),
    ("accepted", ("loop_closed", "~loop_open")),
    ("sent", ("redirected", "~stayed")),
    ("redirected", ("ping_pong", "~went_on")),
    ("sent", ("first_sent", "~handed_on")),
)  # fmt: skip
"""What each count is the sum of; a name with ~ is never shown and follows from the others."""

RATES: Mapping[str, tuple[str, str]] = MappingProxyType({
    "acknowledged_rate": ("acknowledged", "due"),
    "within_limit": ("in_time", "due"),
    "no_feedback_rate": ("no_feedback", "due"),
    "acceptance_decided": ("accepted", "decided"),
    "acceptance_of_all": ("accepted", "sent"),
    "loop_closed_rate": ("loop_closed", "accepted"),
    "verified_success": ("verified", "closed"),
    "closed_without_proof": ("closed_not_verified", "closed"),
})  # fmt: skip
"""Each rate as (part, whole)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a group of cases by name, those about children among them, onward hops, times to the first answer."""

    counts: Mapping[str, int]
    minors: Mapping[str, int]
    hops: int
    times: tuple[tuple[float, bool], ...]

    def rate(self, name: str) -> float | None:
        """A rate of RATES; None where there is nothing to take it of."""
        part, whole = RATES[name]
        return self.counts[part] / self.counts[whole] if self.counts[whole] else None

    def median_response(self) -> float | None:
        """Median days to the first answer; those without one are censored."""
        return median_time(self.times)

    def mean_depth(self) -> float | None:
        """Mean number of onward hops of those that nobody had handed on before."""
        return self.hops / self.counts["first_sent"] if self.counts["first_sent"] else None


def names_of(case: Case, found: Course) -> Iterable[str]:
    """The counts of SUMS a case belongs to."""
    yield "sent"
    yield "first_sent" if case.first else "~handed_on"
    yield "redirected" if found.redirected else "~stayed"
    if found.redirected:
        yield "ping_pong" if found.ping_pong else "~went_on"
    if not found.due:
        yield "taken_back" if found.taken_back else "not_yet_due"
        return
    yield "due"
    if found.answered is None:
        yield "no_feedback"
        return
    yield from ("acknowledged", "in_time" if found.in_time else "~late")
    if found.decision is None:
        yield "~undecided"
        return
    yield from ("decided", found.decision)
    if found.decision == "accepted":
        yield from _after_acceptance(found)


def _after_acceptance(found: Course) -> Iterable[str]:
    yield "loop_closed" if found.seen else "~loop_open"
    if found.closed is None:
        yield "~not_closed"
        return
    helped = found.closed == "closed_successful"
    yield from ("closed", "closed_successful" if helped else "~unsuccessful")
    yield "verified" if found.verified else "closed_not_verified"
    if helped and not found.verified:
        yield "~helped_without_proof"


ALL_NAMES = (*PUBLISHED, *dict.fromkeys(name for _, parts in SUMS for name in parts if name.startswith("~")))


def tally(cases: Iterable[Case], day: Day, limits: Mapping[str, timedelta] = LIMITS) -> Tally:
    """Count a group of cases as of a day."""
    counts, minors, hops = Counter[str](), Counter[str](), 0
    times: list[tuple[float, bool]] = []
    for case in cases:
        found = course(case, day, limits)
        names = list(names_of(case, found))
        counts.update(names)
        minors.update(names if case.minor else ())
        hops += found.hops if case.first else 0
        times.append((found.followed, False) if found.answered is None else (found.answered, True))
    zero = dict.fromkeys(ALL_NAMES, 0)
    return Tally(zero | counts, zero | minors, hops, tuple(times))


By = Literal["pair", "service", "place"]


def keys_of(case: Case, by: By | None) -> tuple[str, ...]:
    """The row a case belongs to: nothing, its pair, its type of service or its place ("" for none)."""
    if by is None:
        return ()
    if by == "pair":
        return (case.sender, case.receiver)
    return ((case.service if by == "service" else case.place) or "",)


def sent_in(cases: Iterable[Case], start: date, end: date) -> list[Case]:
    """The cohort: cases sent on the days from `start` to `end`, both included."""
    return [case for case in cases if start <= case.sent_on <= end]


def tallies(
    cases: Collection[Case], by: By | None, day: Day, limits: Mapping[str, timedelta] = LIMITS
) -> dict[tuple[str, ...], Tally]:
    """A tally for each row, sorted by its key; without `by` one row, also for no cases."""
    rows: dict[tuple[str, ...], list[Case]] = {} if by else {(): []}
    for case in cases:
        rows.setdefault(keys_of(case, by), []).append(case)
    return {key: tally(rows[key], day, limits) for key in sorted(rows)}
