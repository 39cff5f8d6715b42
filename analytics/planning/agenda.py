"""What should be on the table: one proposal for each open matter, with points and reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from analytics.collaboration import Action
from analytics.collaboration.facts import holds
from analytics.keys import gap_key
from analytics.planning.facts import MINUTES, ItemKind, Partner, PlanGap, PlanningFacts
from analytics.priority import points
from analytics.reasons import Reason, because
from analytics.suppression import LEAST_MINORS, shown
from analytics.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class AgendaProposal:
    """One item. `points` is the sum of the `points` in `reasons`. `organisations`: whom it concerns.

    `needs`: for each entry one organisation of it has to be in the room; none where the list itself is the matter.
    """

    kind: ItemKind
    key: str
    minutes: int
    points: int
    reasons: tuple[Reason, ...]
    organisations: tuple[str, ...] = ()
    needs: tuple[frozenset[str], ...] = ()


def proposals(facts: PlanningFacts, on: date, limits: Thresholds) -> list[AgendaProposal]:
    """All matters, the most points first; equal ones by kind, then by key."""
    aiming = _open_actions_by_aim(facts.actions, on)
    found = [
        *(_gap(gap, aiming.get(gap.key, ()), on, limits) for gap in _unique(facts.gaps)),
        *_actions(facts, on),
        *_carried(facts),
        *_agreements(facts, on, limits),
        *_unanswered(facts.stale_referrals),
        *_stale(facts.partners, on, limits),
    ]
    order = list(ItemKind)
    return sorted(found, key=lambda item: (-item.points, order.index(item.kind), item.key))


def _unique(gaps: Sequence[PlanGap]) -> list[PlanGap]:
    return list({gap.key: gap for gap in gaps}.values())


def _gap(gap: PlanGap, actions: Sequence[Action], on: date, limits: Thresholds) -> AgendaProposal:
    """Open actions that aim at the gap are dealt with under it; one that is overdue adds its points.

    2 points more where somebody has asked for it: a person's word weighs as much as a promise.
    """
    overdue = any(_overdue(action, on) for action in actions)
    given = replace(gap.facts, promised_overdue=gap.facts.promised_overdue or overdue)
    total, reasons = points(given, limits)
    if gap.asked:
        total, reasons = total + 2, (*reasons, because("asked_for", points=2))
    owners = {owner for action in actions for owner in action.owners}
    sides = [{one} for one in gap.organisations] if gap.kind == ItemKind.COLLABORATION else [set(gap.organisations)]
    return AgendaProposal(
        gap.kind,
        gap.key,
        MINUTES[gap.kind],
        total,
        (*reasons, *(_promise(action) for action in actions)),
        tuple(sorted(owners | set(gap.organisations))),
        _needs(*sides, *(set(action.owners) for action in actions)),
    )


def _actions(facts: PlanningFacts, on: date) -> Iterator[AgendaProposal]:
    """Open actions that aim at no gap of the list: 2 points when overdue, as promised, else 1."""
    keys = {gap.key for gap in facts.gaps}
    for action in facts.actions:
        if _is_open(action, on) and not keys & set(action.aims):
            given = 2 if _overdue(action, on) else 1
            code = "action_overdue" if _overdue(action, on) else "action_open"
            days = (on - action.due).days if action.due else None
            yield _item(
                ItemKind.ACTION,
                action.id,
                (because(code, points=given, due=action.due, days=days),),
                action.owners,
                (set(action.owners),),
            )


def _carried(facts: PlanningFacts) -> Iterator[AgendaProposal]:
    """3 points, since a meeting promised to come back to it, and one more for each further time, up to 5."""
    for carried in facts.carried:
        given = min(5, 2 + carried.times)
        reasons = (because("carried", points=given, times=carried.times),)
        item = _item(ItemKind.CARRIED, carried.key, reasons, carried.proposers, (set(carried.proposers),))
        yield item if carried.minutes is None else replace(item, minutes=carried.minutes)


def _agreements(facts: PlanningFacts, on: date, limits: Thresholds) -> Iterator[AgendaProposal]:
    """In force and ending within `lapse_days`: 2 points, it lapses unless somebody acts. Every party is needed."""
    last = on + timedelta(days=limits.lapse_days)
    for agreement in facts.agreements:
        if agreement.end is not None and agreement.end <= last and holds(agreement.start, agreement.end, on):
            days = (agreement.end - on).days
            reasons = (because("agreement_lapses", points=2, on=agreement.end, days=days),)
            yield _item(
                ItemKind.AGREEMENT, agreement.id, reasons, agreement.parties, [{party} for party in agreement.parties]
            )


def _unanswered(n: int) -> Iterator[AgendaProposal]:
    """Referrals without an answer as one item of 2 points, as a promise that is overdue; it names neither case nor partner.

    Everybody invited reads the reasons, and children may be among the people: fewer than ten are "some".
    """
    if n:
        reasons = (because("stale_referrals", points=2, n=shown(n, least=LEAST_MINORS)),)
        yield _item(ItemKind.STALE_REFERRALS, gap_key(ItemKind.STALE_REFERRALS, None), reasons, (), ())


def _stale(partners: Sequence[Partner], on: date, limits: Thresholds) -> Iterator[AgendaProposal]:
    """All members not confirmed within A days (nor joined within them) as one item of 1 point: a list, no summons."""
    oldest = on - timedelta(days=limits.fresh_days)
    stale: list[tuple[str, date | None]] = []
    for partner in sorted(partners, key=lambda each: each.id):
        last = max((day for day in partner.assured if day <= on), default=None)
        known_since = max((day for day in (last, partner.joined) if day is not None), default=None)
        if holds(partner.joined, partner.left, on) and (known_since is None or known_since < oldest):
            stale.append((partner.id, last))
    if stale:
        listed = (because("not_confirmed", organisation=name, last=last) for name, last in stale)
        reasons = (because("stale_partners", points=1, n=len(stale), days=limits.fresh_days), *listed)
        key = gap_key(ItemKind.STALE_PARTNERS, None)
        yield _item(ItemKind.STALE_PARTNERS, key, reasons, tuple(name for name, _ in stale), ())


def _item(
    kind: ItemKind,
    key: str,
    reasons: tuple[Reason, ...],
    organisations: Sequence[str],
    sides: Sequence[set[str]],
) -> AgendaProposal:
    total = sum(given for reason in reasons if isinstance(given := reason.get("points"), int))
    return AgendaProposal(kind, key, MINUTES[kind], total, reasons, tuple(sorted(set(organisations))), _needs(*sides))


def _needs(*sides: set[str]) -> tuple[frozenset[str], ...]:
    return tuple(sorted({frozenset(side) for side in sides if side}, key=sorted))


def _promise(action: Action) -> Reason:
    return because("open_action", action=action.id, due=action.due)


def _open_actions_by_aim(actions: Sequence[Action], on: date) -> dict[str, list[Action]]:
    found: dict[str, list[Action]] = defaultdict(list)
    for action in sorted(actions, key=lambda each: each.id):
        if _is_open(action, on):
            for aim in set(action.aims):
                found[aim].append(action)
    return found


def _is_open(action: Action, on: date) -> bool:
    return holds(action.opened, action.closed, on)


def _overdue(action: Action, on: date) -> bool:
    return action.due is not None and action.due < on
