"""What a matching answers: proposals with their reasons, who is left over, and what changes when a mentor leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analytics.reasons import Reason


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
