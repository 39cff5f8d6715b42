"""Who reaches whom: from a community over its leader and a mentor to an institution; and what nobody reaches.

C11 of definitions.md 2.5 for any service: a community that is large enough, and no active leader or mentor of it was in
contact with any organisation in the window. Unknown is not zero: a community of unknown size is judged like a large one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from analytics.collaboration.facts import Window, holds
from analytics.reasons import Reason, because

SMALL = frozenset({"under_50"})
"""Size bands below x of C11: such a community is listed apart, not as a gap."""


@dataclass(frozen=True, slots=True)
class Community:
    """A community: its languages, its place, and the places around it from which a mentor can come."""

    id: str
    languages: tuple[str, ...] = ()
    size: str | None = None
    place: str | None = None
    near: frozenset[str] = frozenset()
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Helper:
    """A leader or mentor. `places`: where they are known to be, themselves or by their employer."""

    id: str
    role: str
    community: str | None = None
    languages: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None

    def active(self, on: date) -> bool:
        return holds(self.start, self.end, on)


@dataclass(frozen=True, slots=True)
class Reach:
    """One contact of a leader or a mentor, or both, with an organisation. `source`: contact, issue, campaign, mediation."""

    organisation: str
    on: date | None
    community: str | None = None
    leader: str | None = None
    mentor: str | None = None
    source: str = "contact"

    @property
    def people(self) -> tuple[str, ...]:
        return tuple(one for one in (self.leader, self.mentor) if one)


@dataclass(frozen=True, slots=True)
class Path:
    """Everything between one community, leader, mentor and organisation. `undated`: of n, those without a day."""

    community: str | None
    leader: str | None
    mentor: str | None
    organisation: str
    n: int
    undated: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Reached:
    """A community and an organisation: contacts, and how many leaders and mentors had them."""

    community: str | None
    organisation: str
    n: int
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unbridged:
    """A community without a bridge and why. `small`: below the size from which it counts as a gap."""

    community: str
    reasons: tuple[Reason, ...]
    small: bool


@dataclass(frozen=True, slots=True)
class Unreached:
    """An organisation nobody reached in the window; `last` is when somebody did before, None for never."""

    organisation: str
    last: date | None
    undated: int = 0


def counted(reaches: Iterable[Reach], as_of: date, days: int | None) -> tuple[Reach, ...]:
    """Those that count: in the window, or at any time up to the day; without a day only when all time is asked for."""
    if days is None:
        return tuple(each for each in reaches if each.on is None or each.on <= as_of)
    window = Window.of(as_of, days)
    return tuple(each for each in reaches if window.has(each.on))


def paths(reaches: Iterable[Reach]) -> tuple[Path, ...]:
    """One for each way from a community to an organisation, the busiest first."""
    found: dict[tuple[str | None, str | None, str | None, str], list[date | None]] = defaultdict(list)
    for each in reaches:
        found[each.community, each.leader, each.mentor, each.organisation].append(each.on)
    made = (Path(*ends, len(days), days.count(None), *_span(days)) for ends, days in found.items())
    return tuple(sorted(made, key=lambda path: (-path.n, str(path))))


def by_community(reaches: Iterable[Reach]) -> tuple[Reached, ...]:
    """Communities and the organisations they reach, naming nobody."""
    found: dict[tuple[str | None, str], list[Reach]] = defaultdict(list)
    for each in reaches:
        found[each.community, each.organisation].append(each)
    made = (
        Reached(*ends, len(those), frozenset(person for each in those for person in each.people))
        for ends, those in found.items()
    )
    return tuple(sorted(made, key=lambda row: (-row.n, str(row.community), row.organisation)))


def without_bridge(
    communities: Iterable[Community], helpers: Sequence[Helper], reaches: Sequence[Reach], as_of: date, days: int | None
) -> tuple[Unbridged, ...]:
    """C11 with its reasons, by community."""
    known = counted(reaches, as_of, None)
    inside = counted(reaches, as_of, days)
    active = {each.id for each in helpers if each.active(as_of)}
    found: list[Unbridged] = []
    for community in sorted(communities, key=lambda each: each.id):
        if not holds(community.start, community.end, as_of):
            continue
        ours = [each for each in inside if each.community == community.id]
        if not any(active.intersection(each.people) for each in ours):
            ever = [each for each in known if each.community == community.id]
            reasons = _why(community, helpers, ever, bool(ours), as_of, days)
            found.append(Unbridged(community.id, reasons, community.size in SMALL))
    return tuple(found)


def _why(
    community: Community, helpers: Sequence[Helper], ever: Sequence[Reach], inside: bool, as_of: date, days: int | None
) -> tuple[Reason, ...]:
    leaders = [each for each in helpers if each.role == "leader" and each.community == community.id]
    reasons: list[Reason] = []
    if not leaders:
        reasons.append(because("community_without_leader"))
    elif not any(each.active(as_of) for each in leaders):
        reasons.append(because("community_leader_not_active"))
    last = max((each.on for each in ever if each.on is not None), default=None)
    if inside:
        reasons.append(because("bridge_of_people_gone", last=last))
    elif not ever:
        reasons.append(because("bridge_never"))
    elif last is None:
        reasons.append(because("bridge_undated"))
    else:
        reasons.append(because("bridge_not_in_window", last=last, days=days))
    if community.size is None:
        reasons.append(because("community_size_unknown"))
    return tuple(reasons)


def unreached(
    organisations: Iterable[str], reaches: Sequence[Reach], as_of: date, days: int | None
) -> tuple[Unreached, ...]:
    """Organisations that nobody reached in the window, those never reached first."""
    inside = {each.organisation for each in counted(reaches, as_of, days)}
    before: dict[str, list[date | None]] = defaultdict(list)
    for each in counted(reaches, as_of, None):
        before[each.organisation].append(each.on)
    made = (
        Unreached(each, _span(before[each])[1], before[each].count(None))
        for each in sorted(organisations)
        if each not in inside
    )
    return tuple(sorted(made, key=lambda one: (bool(before[one.organisation]), one.last or date.min, one.organisation)))


def languages_without(communities: Iterable[Community], helpers: Sequence[Helper], as_of: date) -> tuple[str, ...]:
    """Languages of communities and of active leaders that no active mentor speaks."""
    there = [each for each in helpers if each.active(as_of)]
    wanted = {code for each in communities if holds(each.start, each.end, as_of) for code in each.languages}
    wanted |= {code for each in there if each.role == "leader" for code in each.languages}
    return tuple(sorted(wanted - {code for each in there if each.role == "mentor" for code in each.languages}))


def places_without(communities: Iterable[Community], helpers: Sequence[Helper], as_of: date) -> tuple[str, ...]:
    """Places of communities in or around which no active mentor is known to be."""
    where = {place for each in helpers if each.role == "mentor" and each.active(as_of) for place in each.places}
    those = [each for each in communities if each.place and holds(each.start, each.end, as_of)]
    return tuple(sorted({str(each.place) for each in those if not where & {str(each.place), *each.near}}))


def _span(days: Sequence[date | None]) -> tuple[date | None, date | None]:
    dated = [on for on in days if on is not None]
    return min(dated, default=None), max(dated, default=None)
