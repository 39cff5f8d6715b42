"""A tie as one viewer may see it: counts that speak of cases are exact only for those who are party to them.

Referrals and contacts of mentoring pairs count people. Others than the two organisations, and for referrals the
coordinator, see of them that they were, "fewer than 5" or a number rounded to fives, and the month (rights.md,
reliability.md 3.6). Mentoring is a coordinator's in the own programme only: the bridge view counts it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from analytics.ties import Tie
    from graphdb.actors import Viewer

OF_CASES = frozenset({"referral", "bridge"})
FEWEST = 5
ROUNDED_TO = 5


@dataclass(frozen=True, slots=True)
class SeenTie:
    """`exact`: n is the number of records; else n is 0 for fewer than 5, or rounded, and days stand for their month."""

    kind: str
    source: str
    target: str
    n: int
    exact: bool
    first: date | None
    last: date | None
    until: date | None
    undated: int
    undirected: bool
    evidence: Literal["declared", "confirmed", "observed"]


def seen_by(viewer: Viewer, tie: Tie, evidence: Literal["declared", "confirmed", "observed"]) -> SeenTie:
    """The tie as far as the viewer may know it. `evidence`: what the catalogue says of its kind."""
    exact = (
        tie.kind not in OF_CASES
        or viewer.everything
        or (tie.kind == "referral" and "coordinator" in viewer.roles)
        or bool({tie.source, tie.target} & set(viewer.organisations))
    )
    shown = "confirmed" if tie.confirmed else evidence
    ends = (tie.kind, tie.source, tie.target)
    if exact:
        return SeenTie(*ends, tie.n, True, tie.first, tie.last, tie.until, tie.undated, tie.undirected, shown)
    n = 0 if tie.n < FEWEST else ROUNDED_TO * round(tie.n / ROUNDED_TO)
    undated = min(tie.undated, 1)
    return SeenTie(*ends, n, False, _month(tie.first), _month(tie.last), None, undated, tie.undirected, shown)


def _month(day: date | None) -> date | None:
    return None if day is None else day.replace(day=1)
