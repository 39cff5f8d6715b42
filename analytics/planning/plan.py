"""A proposal for the next meeting: what fits into the time, who has to be there, what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from analytics.collaboration.facts import holds
from analytics.planning.agenda import AgendaProposal, proposals
from analytics.planning.facts import PlanningFacts
from analytics.planning.invitations import Invitation, empty_seats, invitations
from analytics.reasons import Reason, because
from analytics.thresholds import DEFAULTS, Thresholds


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item that did not fit; it stays proposed."""

    item: AgendaProposal
    reason: Reason


@dataclass(frozen=True, slots=True)
class NotInvited:
    """An organisation that an item asks for and that the tool does not invite: `do_not_contact` or `not_a_member`."""

    organisation: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Plan:
    """Proposed items by points, and the invitations that cover them. A person ticks and reorders.

    `empty_seats`: what the series needs in the room and nobody who may come brings (`seat_empty`).
    """

    on: date
    minutes_available: int
    items: tuple[AgendaProposal, ...]
    invitations: tuple[Invitation, ...]
    left_out: tuple[LeftOut, ...]
    not_invited: tuple[NotInvited, ...]
    empty_seats: tuple[Reason, ...] = ()

    @property
    def minutes(self) -> int:
        """What the items take together."""
        return sum(item.minutes for item in self.items)


def propose(facts: PlanningFacts, on: date, minutes_available: int = 120, limits: Thresholds = DEFAULTS) -> Plan:
    """The plan for a meeting on that day. By points; a shorter item may fill the time a longer one cannot."""
    items: list[AgendaProposal] = []
    left_out: list[LeftOut] = []
    remaining = minutes_available
    for item in proposals(facts, on, limits):
        if item.minutes <= remaining:
            items.append(item)
            remaining -= item.minutes
        else:
            left_out.append(LeftOut(item, because("no_time", minutes=item.minutes, remaining=remaining)))
    members = {each.id for each in facts.partners if holds(each.joined, each.left, on)}
    may_come = members - facts.do_not_contact
    return Plan(
        on, minutes_available, tuple(items), invitations(items, facts.required, may_come, facts.seats), tuple(left_out),
        _not_invited(facts, items, frozenset(members)), empty_seats(facts.seats, may_come),
    )  # fmt: skip


def _not_invited(facts: PlanningFacts, items: list[AgendaProposal], members: frozenset[str]) -> tuple[NotInvited, ...]:
    asked = {name for item in items for need in item.needs for name in need} | set(facts.required)
    return tuple(
        NotInvited(name, because("do_not_contact" if name in members else "not_a_member"))
        for name in sorted(asked)
        if name not in members or name in facts.do_not_contact
    )
