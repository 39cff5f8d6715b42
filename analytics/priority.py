"""Priority as points with reasons, never a hidden score (definitions.md 2.5, last paragraph)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analytics.reasons import Reason, because
from analytics.thresholds import DEFAULTS, Thresholds

SEVERITY: Mapping[str, int] = {
    "absent": 3,
    "inaccessible": 2,
    "saturated": 2,
    "unverified": 1,
    "fragile": 1,
    "unknown_to_others": 1,
    "C6": 2,
    "C2": 1,
    "C3": 1,
    "C12": 1,
    "leader_without_mentor": 2,
    "pair_quiet": 1,
}
"""G0 to G4 as defined; the others are our choice: 2 where somebody waits for it, 1 where it is a warning."""


@dataclass(frozen=True, slots=True)
class GapFacts:
    """What the points are given for. None: not known, no points and no reason.

    `need`: tercile 0 to 2 of the people in need (`terciles`); `age_days`: how long the gap has held.
    """

    cls: str
    need: int | None = None
    age_days: int | None = None
    safety_critical: bool = False
    promised_overdue: bool = False


def points(gap: GapFacts, limits: Thresholds = DEFAULTS) -> tuple[int, tuple[Reason, ...]]:
    """The total and one reason for each part above 0, each with its points: they always add up to the total."""
    parts = (
        (SEVERITY.get(gap.cls, 0), "severity", {"cls": gap.cls}),
        (gap.need or 0, "need", {"tercile": gap.need}),
        (_age_points(gap.age_days, limits), "age", {"days": gap.age_days}),
        (2 * gap.safety_critical, "safety_critical", {}),
        (2 * gap.promised_overdue, "promised_overdue", {}),
    )
    scored = tuple(because(code, points=given, **facts) for given, code, facts in parts if given)
    return sum(given for given, _, _ in parts), scored


def terciles(people: Mapping[str, float]) -> dict[str, int]:
    """0, 1 or 2 for each key by the share of keys with fewer people in need: below a third, below two thirds, above.

    Equal numbers get equal points; with all equal, nobody gets any.
    """
    ranked = sorted(people.values())
    return {key: _below(ranked, value) * 3 // len(ranked) for key, value in people.items()}


def _below(ranked: Iterable[float], value: float) -> int:
    return sum(each < value for each in ranked)


def _age_points(days: int | None, limits: Thresholds) -> int:
    return 0 if days is None else sum(days >= limit for limit in limits.age_days)
