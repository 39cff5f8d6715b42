"""What the mentoring pages say: which pairs are quiet, who has no mentor, and counts that name nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from analytics.collaboration import GapClass, find_gaps
from analytics.suppression import LEAST, held_back
from analytics.thresholds import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analytics.reasons import Reason
    from graphdb.actors import Viewer
    from graphdb.mentoring import Member, Network, Pair

ACTIVE_DAYS = 30
RECENT_DAYS = 90
USUAL_DAYS = 14


@dataclass(frozen=True, slots=True)
class Line:
    """One pair on a day: its state, its last contact, and how many days without one where it is quiet."""

    pair: Pair
    state: str
    last: date | None
    recent: int
    quiet: int | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Alone:
    """A leader without an active mentor, and why."""

    leader: Member
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """`own` and `others` are sorted with the quietest first."""

    own: list[Line]
    others: list[Line]
    alone: list[Alone]
    active: int
    in_contact: int
    quiet: int
    leaders: int


@dataclass(frozen=True, slots=True)
class Counts:
    """None where a count would speak of fewer than five people."""

    active: int | None
    in_contact: int | None
    quiet: int | None
    leaders: int | None
    alone: int | None


def own_person(viewer: Viewer) -> str:
    """The person whose pairs are the viewer's own; "" for who is neither mentor nor leader."""
    return viewer.person if viewer.roles & {"mentor", "leader"} else ""


def likely(pairs: Sequence[Pair], on: date) -> str:
    """The pair a contact of that day is most likely of: whose agreed or usual next day is nearest. "" without pairs."""
    return min(pairs, key=lambda pair: (abs((_expected(pair, on) - on).days), pair.ref)).id if pairs else ""


def _expected(pair: Pair, on: date) -> date:
    last = pair.contacts[-1] if pair.contacts else on
    usual = last + timedelta(pair.every_days or USUAL_DAYS) if pair.contacts else on
    return pair.next_on if pair.next_on and pair.next_on > last else usual


def overview(network: Network, on: date) -> Overview:
    """Pairs and leaders as of a day, by the same rules that find the gaps."""
    report = find_gaps(network.facts(), on)
    quiet = {str(gap.reasons[0].get("pair")): gap.reasons for gap in report.gaps if gap.cls is GapClass.PAIR_QUIET}
    lines = sorted((line for pair in network.pairs if (line := _line(pair, on, quiet))), key=_weight)
    people = {one.id: one for one in network.people}
    alone = [Alone(people[gap.source], gap.reasons) for gap in report.gaps if gap.cls is GapClass.LEADER_WITHOUT_MENTOR]
    active = [line for line in lines if line.state == "active"]
    return Overview(
        own=[line for line in lines if line.pair.own],
        others=[line for line in lines if not line.pair.own],
        alone=sorted(alone, key=lambda one: one.leader.name),
        active=len(active),
        in_contact=sum(line.last is not None and line.last > on - timedelta(ACTIVE_DAYS) for line in active),
        quiet=sum(line.quiet is not None for line in active),
        leaders=sum(one.role == "leader" and _there(one, on) for one in network.people),
    )


def counts(found: Overview) -> Counts:
    """What a manager may know: nothing below five, nor what would tell it.

    Of the active pairs some spoke lately, some are quiet and the rest is between: that rest must not follow either. Where
    every leader with a mentor is in one active pair, leaders are those alone and the pairs.
    """
    between = found.active - found.in_contact - found.quiet
    alone = len(found.alone)
    values = {
        "active": found.active, "in_contact": found.in_contact, "quiet": found.quiet, "between": between, "leaders": found.leaders,
        "alone": alone, "with": found.leaders - alone, "not lately": found.quiet + between, "not quiet": found.in_contact + between,
    }  # fmt: skip
    sums = [
        ("active", ("in_contact", "not lately")), ("active", ("quiet", "not quiet")), ("not lately", ("quiet", "between")),
        ("not quiet", ("in_contact", "between")), ("leaders", ("alone", "with")),
    ]  # fmt: skip
    if values["with"] == found.active:
        sums.append(("leaders", ("alone", "active")))
    least, never = dict.fromkeys(values, LEAST), ("between", "with", "not lately", "not quiet")
    hidden = held_back(values, least, sums, never, dear={"active": 9, "leaders": 9, "in_contact": 5})
    told = {name: None if name in hidden else n for name, n in values.items()}
    return Counts(told["active"], told["in_contact"], told["quiet"], told["leaders"], told["alone"])


def _line(pair: Pair, on: date, quiet: Mapping[str, tuple[Reason, ...]]) -> Line | None:
    state = pair.state(on)
    if state is None:
        return None
    reasons = quiet.get(pair.id, ())
    days = reasons[0].get("days") if reasons else None
    return Line(
        pair, state,
        last=pair.contacts[-1] if pair.contacts else None,
        recent=sum(day > on - timedelta(RECENT_DAYS) for day in pair.contacts),
        quiet=(days if isinstance(days, int) else DEFAULTS.quiet_days) if reasons else None,
        reasons=reasons,
    )  # fmt: skip


def _weight(line: Line) -> tuple[int, int, date, str]:
    rank = {"active": 0, "agreed": 1, "proposed": 1, "paused": 2}.get(line.state, 3)
    return rank, -(line.quiet or 0), line.last or date.min, line.pair.ref


def _there(person: Member, on: date) -> bool:
    return (person.start is None or person.start <= on) and (person.end is None or person.end > on)
