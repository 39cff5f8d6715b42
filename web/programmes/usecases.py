"""What the pages of a programme say: how far it is, who is in which state, why people left, and what contradicts itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.matching import Leaving, Plan, Proposal, judge, leaving, match, takers
from analytics.participation import COUNTS, MEMBER, STEPS
from analytics.suppression import LEAST, held_back
from graphdb.catalogue import codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphdb.programmes.cohort import Cohort
    from graphdb.programmes.reading import CountOf, PairOf, PlaceOf, ProgrammeView

ROLES = ("leader", "mentor")


@dataclass(frozen=True, slots=True)
class Count:
    """How many; `n` is None where it is held back as too small."""

    code: str
    n: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A programme in numbers. `filled` leaders hold or have completed a place, of `target`; `loose` belong to it without a
    place that says in which state. `states` by role, `reasons` for leaving or not being accepted; None is held back."""

    filled: int | None
    target: int | None
    loose: int | None
    now: int | None
    places: int | None
    pairs: int | None
    states: Mapping[str, list[Count]]
    reasons: list[Count]
    held: bool


def standing(found: ProgrammeView) -> Standing:
    """Count a programme; exactly for who oversees it, small counts held back for others, and what would tell them."""
    cells = _cells(found)
    hidden = set[str]() if found.oversees else _hidden(cells)

    def told(cell: str) -> int | None:
        return None if cell in hidden else cells[cell]

    states = {
        role: [Count(state, told(f"{role}.{state}")) for state in STEPS if cells[f"{role}.{state}"]] for role in ROLES
    }
    reasons = [Count(one, told(f"why.{one}")) for one in (*codes("leaving_reason"), "") if cells.get(f"why.{one}")]
    return Standing(
        told("filled"),
        found.target,
        told("loose"),
        told("now"),
        found.places,
        told("pairs"),
        states,
        reasons,
        bool(hidden),
    )


def _cells(found: ProgrammeView) -> dict[str, int]:
    count, why = Counter[str](), Counter[str]()
    for one in found.counts:
        count[f"{one['role']}.{one['state']}"] += one["n"]
        if one["state"] in {"refused", "left"}:
            why[f"why.{one['reason'] or ''}"] += one["n"]
    cells = {f"{role}.{state}": count[f"{role}.{state}"] for role in ROLES for state in STEPS}
    cells |= {"filled": _leaders(found.counts, COUNTS), "now": _leaders(found.counts, MEMBER)}
    return {**cells, **why, "loose": found.loose, "pairs": found.pairs_n}


def _leaders(counts: Iterable[CountOf], states: Iterable[str]) -> int:
    wanted = set(states)
    return sum(one["n"] for one in counts if one["role"] == "leader" and one["state"] in wanted)


def _hidden(cells: Mapping[str, int]) -> set[str]:
    ended = [f"{role}.{state}" for role in ROLES for state in ("refused", "left")]
    whole = {**cells, "ended": sum(cells[cell] for cell in ended)}
    sums = [
        ("filled", tuple(f"leader.{state}" for state in COUNTS)), ("now", tuple(f"leader.{state}" for state in MEMBER)),
        ("filled", ("now", "leader.completed")), ("ended", tuple(ended)),
        ("ended", tuple(cell for cell in cells if cell.startswith("why."))),
    ]  # fmt: skip
    known = [one for one in sums if one[1]]
    return held_back(whole, dict.fromkeys(whole, LEAST), known) - {"ended"}


def by_state(people: Sequence[PlaceOf], role: str) -> dict[str, list[PlaceOf]]:
    """Places of a role by state, in the order of a place's life; states nobody is in are left out."""
    found = {state: [one for one in people if one["role"] == role and one["state"] == state] for state in STEPS}
    return {state: those for state, those in found.items() if those}


def contradictions(people: Sequence[PlaceOf]) -> list[PlaceOf]:
    """Places whose person is told otherwise elsewhere: tied to the programme without belonging, or the reverse, or gone."""
    return [one for one in people if one["person_state"] != "erased" and _contradicts(one)]


def _contradicts(one: PlaceOf) -> bool:
    belongs = one["state"] in MEMBER
    away = one["person_state"] in {"left", "away"}
    return one["member"] != belongs or (belongs and one["state"] != "paused" and away)


def orphaned(pairs: Sequence[PairOf]) -> list[PairOf]:
    """Pairs whose mentor has left: they need a new one."""
    return [pair for pair in pairs if pair["mentor_gone"]]


def plan_of(found: Cohort) -> Plan:
    """The leaders without a mentor matched at once."""
    return match(found.waiting, found.mentors, found.places, found.refused)


def what_if(found: Cohort, gone: str) -> Leaving | None:
    """What if a mentor leaves; None for somebody who is no mentor of the programme."""
    if gone not in {mentor for _, mentor in found.pairs} | {mentor.id for mentor in found.mentors}:
        return None
    return leaving(gone, found.pairs, found.paired, found.mentors, found.places, found.refused)


def options(found: Cohort, leader: str) -> tuple[Proposal, ...]:
    """Every mentor who could take a leader, the most points first, whatever the plan."""
    seeker = next((one for one in found.waiting if one.id == leader), None)
    return takers(seeker, found.mentors, found.places, found.refused) if seeker else ()


def common_languages(found: Cohort, leader: str, mentor: str) -> list[str]:
    """Languages both speak."""
    seeker = next(one for one in found.waiting if one.id == leader)
    guide = next(one for one in found.mentors if one.id == mentor)
    return sorted(seeker.languages & guide.languages)


def excluded(found: Cohort, leader: str, mentor: str) -> str:
    """Why a pair cannot be made: a reason code; "" where it can."""
    seeker = next(one for one in found.waiting if one.id == leader)
    guide = next(one for one in found.mentors if one.id == mentor)
    told = judge(seeker, guide, found.places).excluded
    return told.code if told else ""
