"""What a meeting is planned from: open gaps, promises, ageing records, agreements, what the last meeting left over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from analytics.collaboration import Action, Agreement, CollaborationGap
from analytics.coverage import Cell
from analytics.priority import GapFacts


class ItemKind(StrEnum):
    """Kinds of agenda items, in the order in which equal points stand."""

    CARRIED = "carried"
    COVERAGE = "coverage"
    COLLABORATION = "collaboration"
    ACTION = "action"
    AGREEMENT = "agreement"
    STALE_REFERRALS = "stale_referrals"
    STALE_PARTNERS = "stale_partners"


MINUTES: Mapping[ItemKind, int] = {
    ItemKind.CARRIED: 10,
    ItemKind.COVERAGE: 15,
    ItemKind.COLLABORATION: 10,
    ItemKind.ACTION: 5,
    ItemKind.AGREEMENT: 5,
    ItemKind.STALE_REFERRALS: 10,
    ItemKind.STALE_PARTNERS: 5,
}


@dataclass(frozen=True, slots=True)
class PlanGap:
    """An open gap. `organisations`: of a cell, those of whom one is enough in the room (its providers, or who could
    step in from nearby); of a collaboration gap, those who are all needed. `asked`: somebody has put it on the agenda,
    or an earlier meeting did not come to it."""

    key: str
    kind: ItemKind
    facts: GapFacts
    organisations: tuple[str, ...] = ()
    asked: bool = False

    @classmethod
    def of_cell(cls, cell: Cell, facts: GapFacts, nearby: tuple[str, ...] = ()) -> PlanGap:
        """With the providers in neighbouring places for a cell that has none."""
        return cls(cell.key, ItemKind.COVERAGE, facts, cell.providers or nearby)

    @classmethod
    def of_pair(cls, gap: CollaborationGap, facts: GapFacts) -> PlanGap:
        """A gap between organisations; for a mentoring gap give the organisations yourself."""
        return cls(gap.key, ItemKind.COLLABORATION, facts, gap.members)


@dataclass(frozen=True, slots=True)
class Partner:
    """A member, when it was one, and the days on which its record was confirmed."""

    id: str
    joined: date | None = None
    left: date | None = None
    assured: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class CarriedItem:
    """An item that earlier meetings postponed `times`, and who brought it."""

    key: str
    times: int = 1
    proposers: tuple[str, ...] = ()
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A sector or level that the series needs in the room, and the organisations any of whom brings it."""

    kind: Literal["sector", "level"]
    code: str
    organisations: frozenset[str]


@dataclass(frozen=True, slots=True)
class PlanningFacts:
    """`required`: organisations that are always invited. `seats`: what one of several has to bring, whatever the agenda.
    `stale_referrals`: how many have waited for an answer for more than twice their time. `do_not_contact`: never invited
    by the tool."""

    gaps: tuple[PlanGap, ...] = ()
    actions: tuple[Action, ...] = ()
    partners: tuple[Partner, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    carried: tuple[CarriedItem, ...] = ()
    required: tuple[str, ...] = ()
    seats: tuple[Seat, ...] = ()
    stale_referrals: int = 0
    do_not_contact: frozenset[str] = field(default_factory=frozenset[str])
