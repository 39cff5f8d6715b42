"""One collaboration gap, as contracts.md prints it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analytics.collaboration.facts import Window
from analytics.reasons import Reason


class GapClass(StrEnum):
    """The classes computed here; C2 to C12 are those of definitions.md 2.5."""

    PAPER_TIE = "C2"
    INFORMAL_DEPENDENCY = "C3"
    NEVER_IN_THE_ROOM = "C6"
    ISOLATED_MEMBER = "C12"
    LEADER_WITHOUT_MENTOR = "leader_without_mentor"
    PAIR_QUIET = "pair_quiet"


UNORDERED = frozenset({GapClass.PAPER_TIE, GapClass.NEVER_IN_THE_ROOM})
"""Classes whose gaps are the same whichever of the two is named first."""


@dataclass(frozen=True, slots=True)
class CollaborationGap:
    """`source`, `target`, `members` are organisation ids; in the two mentoring classes person ids (leader, mentor).

    `window`: where evidence was looked for, open at its start; None for a class without one.
    `n`: how many records the finding rests on: C2 agreements in force; C3 referrals in the window; C6 meetings looked
    at; C12 observed ties before the window; leader_without_mentor pairs there ever were; pair_quiet contacts so far.
    """

    cls: GapClass
    key: str
    source: str
    target: str | None
    reasons: tuple[Reason, ...]
    window: Window | None
    n: int

    @property
    def members(self) -> tuple[str, ...]:
        return (self.source,) if self.target is None else (self.source, self.target)


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A class that could not be judged for `n` subjects, and the reason code why: unknown is not zero."""

    cls: GapClass
    code: str
    n: int
