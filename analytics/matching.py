"""Who could accompany whom: every possible pair judged with its reasons, and a whole cohort matched at once.

The objective, in this order: as many leaders as possible get a mentor; among those plans the one with the most points; among
those, the one that keeps most of the pairs there are (where any are given), then whoever stands earlier in the list of leaders
(who applied first) is rather matched than one who stands later. It is a linear assignment (scipy's Jonker-Volgenant): one row a leader, one column a free place of a mentor. A mentor's places are worth
less one after the other, so that load spreads where nothing else speaks against it. All weights are whole numbers far below
2^53, so that no rounding decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from analytics.reasons import Reason, because

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from analytics.hierarchy import Hierarchy

MOST_PAIRS = 3
POINTS = {
    "common_language": 3, "more_languages": 1, "wished_language": 2, "interpreter": -2, "same_place": 3, "near": 1,
    "wished_by_leader": 4, "wished_by_mentor": 4,
}  # fmt: skip
"""What a reason adds; those not named here add nothing, topics and load are said by `worth`."""
TOPIC_POINTS, MOST_TOPICS = 2, 3
NEAR_STEPS = 2
FIRST_PAIR = 2


@dataclass(frozen=True, slots=True)
class Seeker:
    """A leader to be matched. Empty languages, places and topics are unknown, not none."""

    id: str
    languages: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    wished_languages: frozenset[str] = frozenset()
    wished: frozenset[str] = frozenset()
    unwished: frozenset[str] = frozenset()
    interpreter: bool = False


@dataclass(frozen=True, slots=True)
class Guide:
    """A mentor. `load`: pairs now that have not ended; `most`: how many at a time."""

    id: str
    languages: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    wished: frozenset[str] = frozenset()
    unwished: frozenset[str] = frozenset()
    load: int = 0
    most: int = MOST_PAIRS

    @property
    def room(self) -> int:
        """Pairs that may be added."""
        return max(0, min(self.most, MOST_PAIRS) - self.load)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What speaks for and against a pair, without the mentor's load. `excluded`: why it cannot be, else None."""

    points: int
    reasons: tuple[Reason, ...]
    excluded: Reason | None = None


@dataclass(frozen=True, slots=True)
class Instead:
    """Had this pair not been possible: whom the leader would get (None: nobody), and what the whole plan would lose."""

    mentor: str | None
    fewer: int
    points_lost: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A leader and a mentor. `reasons` end with the mentor's load before this pair; `points` is what they add up to."""

    leader: str
    mentor: str
    points: int
    reasons: tuple[Reason, ...]
    instead: Instead | None = None


@dataclass(frozen=True, slots=True)
class Alone:
    """A leader for whom nobody is left: why, with how many mentors it holds of."""

    leader: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A cohort matched: proposals and those left over, each in the order of the leaders given."""

    proposals: tuple[Proposal, ...]
    alone: tuple[Alone, ...]

    @property
    def points(self) -> int:
        """Of all proposals."""
        return sum(one.points for one in self.proposals)


@dataclass(frozen=True, slots=True)
class Leaving:
    """A mentor leaves: who could take each of their leaders (the most points first), and the leaders matched again."""

    leaders: tuple[str, ...]
    takers: Mapping[str, tuple[Proposal, ...]]
    rest_fixed: Plan
    all_free: Plan
    moved: int


def worth(reason: Reason) -> int:
    """What one reason adds to the points of a pair."""
    n = reason.get("n")
    if reason.code == "topics":
        return TOPIC_POINTS * min(int(str(n)), MOST_TOPICS)
    if reason.code == "load":
        return FIRST_PAIR - int(str(n))
    return POINTS.get(reason.code, 0)


def judge(leader: Seeker, mentor: Guide, places: Hierarchy, refused: Set[tuple[str, str]] = frozenset()) -> Verdict:
    """A pair with its reasons; `refused` are (leader, mentor) that somebody has refused before."""
    excluded = _exclusion(leader, mentor, refused)
    reasons = tuple(_reasons(leader, mentor, places))
    return Verdict(sum(map(worth, reasons)), reasons, excluded)


def match(
    leaders: Sequence[Seeker], mentors: Sequence[Guide], places: Hierarchy,
    refused: Set[tuple[str, str]] = frozenset(), kept: Set[tuple[str, str]] = frozenset(), *, second: bool = True,
) -> Plan:  # fmt: skip
    """The best plan by the objective of this module. `second`: also what each pair would be replaced by.
    `kept` are the (leader, mentor) that equal plans rather keep.

    Equal inputs in equal order give equal plans; ids are never compared, so that other names change nothing.
    """
    verdicts = [[judge(leader, mentor, places, refused) for mentor in mentors] for leader in leaders]
    known = {
        (row, m) for row, one in enumerate(leaders) for m, other in enumerate(mentors) if (one.id, other.id) in kept
    }
    chosen = _assigned(verdicts, mentors, None, known)
    plan = _plan(leaders, mentors, verdicts, chosen)
    if not second:
        return plan
    at = {leader.id: row for row, leader in enumerate(leaders)}
    told = (_with_instead(plan, one, at[one.leader], mentors, verdicts, chosen) for one in plan.proposals)
    return replace(plan, proposals=tuple(told))


def takers(
    leader: Seeker, mentors: Sequence[Guide], places: Hierarchy, refused: Set[tuple[str, str]]
) -> tuple[Proposal, ...]:
    """Every mentor who could take a leader, whatever the others need, the most points first."""
    judged = [(mentor, judge(leader, mentor, places, refused)) for mentor in mentors]
    found = [_proposal(leader.id, mentor, told, mentor.load) for mentor, told in judged if told.excluded is None]
    return tuple(sorted(found, key=lambda one: -one.points))


def leaving(
    gone: str, pairs: Sequence[tuple[str, str]], leaders: Sequence[Seeker], mentors: Sequence[Guide],
    places: Hierarchy, refused: Set[tuple[str, str]] = frozenset(),
) -> Leaving:  # fmt: skip
    """What if the mentor `gone` leaves: `pairs` are the (leader, mentor) that have not ended, `mentors` carry their loads.

    `rest_fixed` matches only the leaders who lose their mentor; `all_free` also those who have another one, anew, and
    `moved` says how many of these would change. Leaders without a pair are in neither.
    """
    left = tuple(leader for leader, mentor in pairs if mentor == gone)
    paired = {leader for leader, _ in pairs}
    there = [mentor for mentor in mentors if mentor.id != gone]
    orphans = [leader for leader in leaders if leader.id in left]
    held = {(leader, mentor) for leader, mentor in pairs if mentor != gone}
    freed = {mentor.id: sum(other == mentor.id for _, other in held) for mentor in there}
    unbound = [replace(mentor, load=mentor.load - freed[mentor.id]) for mentor in there]
    everybody = [leader for leader in leaders if leader.id in paired]
    all_free = match(everybody, unbound, places, refused, held, second=False)
    new = {(one.leader, one.mentor) for one in all_free.proposals}
    return Leaving(
        tuple(leader.id for leader in orphans),
        {leader.id: takers(leader, there, places, refused) for leader in orphans},
        match(orphans, there, places, refused, second=False), all_free, len(held - new),
    )  # fmt: skip


def _exclusion(leader: Seeker, mentor: Guide, refused: Set[tuple[str, str]]) -> Reason | None:
    if mentor.id in leader.unwished:
        return because("not_wished_by_leader")
    if leader.id in mentor.unwished:
        return because("not_wished_by_mentor")
    if (leader.id, mentor.id) in refused:
        return because("refused_before")
    known = leader.languages and mentor.languages
    if known and not leader.languages & mentor.languages and not leader.interpreter:
        return because("no_common_language")
    return None if mentor.room else because("no_room", n=mentor.load)


def _reasons(leader: Seeker, mentor: Guide, places: Hierarchy) -> Iterator[Reason]:
    yield from _of_language(leader, mentor)
    yield _of_place(leader.places, mentor.places, places)
    if leader.topics and mentor.topics:
        met = tuple(sorted(leader.topics & mentor.topics))
        yield because("topics", n=len(met), asked=len(leader.topics), topics=met)
    else:
        yield because("topics_unknown")
    if mentor.id in leader.wished:
        yield because("wished_by_leader")
    if leader.id in mentor.wished:
        yield because("wished_by_mentor")


def _of_language(leader: Seeker, mentor: Guide) -> Iterator[Reason]:
    common = tuple(sorted(leader.languages & mentor.languages))
    if common:
        yield because("common_language", languages=common)
        if len(common) > 1:
            yield because("more_languages", n=len(common))
    elif leader.languages and mentor.languages:
        yield because("interpreter")
    else:
        yield because("language_unknown")
    if wished := tuple(sorted(leader.wished_languages & mentor.languages)):
        yield because("wished_language", languages=wished)


def _of_place(one: Set[str], other: Set[str], places: Hierarchy) -> Reason:
    if not one or not other:
        return because("place_unknown")
    steps = [found for a in one for b in other if (found := distance(a, b, places)) is not None]
    if not steps:
        return because("far")
    nearest = min(steps)
    if nearest == 0:
        return because("same_place")
    return because("near" if nearest <= NEAR_STEPS else "far", steps=nearest)


def distance(one: str, other: str, places: Hierarchy) -> int | None:
    """Steps between two places by the tree: up to what both lie in, and down. None where nothing holds both."""
    up, down = _heights(one, places), _heights(other, places)
    both = up.keys() & down.keys()
    return min((up[place] + down[place] for place in both), default=None)


def _heights(place: str, places: Hierarchy) -> dict[str, int]:
    found, level, steps = {place: 0}, [place], 0
    while level:
        steps += 1
        level = [above for each in level for above in places.up.get(each, ()) if above not in found]
        found |= dict.fromkeys(level, steps)
    return found


def _assigned(
    verdicts: Sequence[Sequence[Verdict]], mentors: Sequence[Guide], forbidden: tuple[int, int] | None,
    kept: Set[tuple[int, int]] = frozenset(),
) -> dict[int, int]:  # fmt: skip
    """Mentor by leader, as places in the lists; `forbidden` is one pair that may not be.

    Each leader has a column of their own for nobody, worth 0; what cannot be is worth less, and so is never taken.
    """
    columns = [(m, mentor.load + k) for m, mentor in enumerate(mentors) for k in range(mentor.room)]
    rows = len(verdicts)
    if not rows or not columns:
        return {}
    keeping = rows * rows + 1
    point = rows * (keeping + rows) + 1
    spread = max((abs(one.points) for row in verdicts for one in row), default=0) + FIRST_PAIR + MOST_PAIRS
    whole = 2 * rows * (spread * point + keeping + rows)
    worths = np.full((rows, len(columns) + rows), -1, dtype=np.int64)
    for row, judged in enumerate(verdicts):
        worths[row, len(columns) + row] = 0
        for column, (m, load) in enumerate(columns):
            if judged[m].excluded is None and (row, m) != forbidden:
                points = judged[m].points + worth(because("load", n=load))
                tie = keeping * ((row, m) in kept) + rows - row
                worths[row, column] = whole + points * point + tie
    taken_rows, taken = linear_sum_assignment(worths, maximize=True)
    return {int(row): columns[int(at)][0] for row, at in zip(taken_rows, taken, strict=True) if at < len(columns)}


def _plan(
    leaders: Sequence[Seeker],
    mentors: Sequence[Guide],
    verdicts: Sequence[Sequence[Verdict]],
    chosen: Mapping[int, int],
) -> Plan:
    loads = [mentor.load for mentor in mentors]
    proposals: list[Proposal] = []
    alone: list[Alone] = []
    for row, leader in enumerate(leaders):
        if row not in chosen:
            alone.append(Alone(leader.id, tuple(_obstacles(verdicts[row]))))
            continue
        m = chosen[row]
        proposals.append(_proposal(leader.id, mentors[m], verdicts[row][m], loads[m]))
        loads[m] += 1
    return Plan(tuple(proposals), tuple(alone))


def _proposal(leader: str, mentor: Guide, told: Verdict, load: int) -> Proposal:
    loaded = because("load", n=load)
    return Proposal(leader, mentor.id, told.points + worth(loaded), (*told.reasons, loaded))


def _obstacles(judged: Iterable[Verdict]) -> Iterator[Reason]:
    """Why nobody is left: the exclusions counted, and how many could, but accompany others."""
    counts: dict[str, int] = {}
    for one in judged:
        code = one.excluded.code if one.excluded else "taken_by_others"
        counts[code] = counts.get(code, 0) + 1
    if not counts:
        yield because("no_mentor")
    for code, n in sorted(counts.items()):
        yield because(code, n=n)


def _with_instead(
    plan: Plan, one: Proposal, row: int, mentors: Sequence[Guide], verdicts: Sequence[Sequence[Verdict]],
    chosen: Mapping[int, int],
) -> Proposal:  # fmt: skip
    other = _assigned(verdicts, mentors, (row, chosen[row]))
    points = sum(verdicts[at][m].points for at, m in other.items()) + _load_points(other, mentors)
    mentor = mentors[other[row]].id if row in other else None
    return replace(one, instead=Instead(mentor, len(chosen) - len(other), plan.points - points))


def _load_points(chosen: Mapping[int, int], mentors: Sequence[Guide]) -> int:
    loads = [mentor.load for mentor in mentors]
    total = 0
    for m in chosen.values():
        total += worth(because("load", n=loads[m]))
        loads[m] += 1
    return total
