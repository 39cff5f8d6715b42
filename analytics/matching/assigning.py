"""A cohort matched at once, as a linear assignment; the leaders of a mentor who leaves matched again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from analytics.matching.judging import FIRST_PAIR, MOST_PAIRS, Guide, Seeker, Verdict, judge, worth
from analytics.matching.plans import Alone, Instead, Leaving, Plan, Proposal
from analytics.reasons import because

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from analytics.hierarchy import Hierarchy
    from analytics.reasons import Reason


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
