"""Whom to invite: the smallest list that covers the agenda, beside those who are always invited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from analytics.planning.agenda import AgendaProposal
from analytics.planning.facts import Seat
from analytics.reasons import Reason, because


@dataclass(frozen=True, slots=True)
class Invitation:
    """`required`: invited whatever the agenda. `reasons`: `required_member`, `for_seat` for each sector or level the series
    needs that it brings, and `for_item` (kind, key) for each item that it can answer for."""

    organisation: str
    reasons: tuple[Reason, ...]
    required: bool


def invitations(
    items: Sequence[AgendaProposal], required: Iterable[str], may_come: Iterable[str], seats: Sequence[Seat] = ()
) -> tuple[Invitation, ...]:
    """Required members (if they may come) and the fewest others that leave no need open which anybody may meet: an item
    that somebody has to answer for, a sector or level that the series needs in the room."""
    allowed = frozenset(may_come)
    fixed = allowed & set(required)
    wanted = [*(need for item in items for need in item.needs), *(seat.organisations for seat in seats)]
    needs = [open_need for need in wanted if (open_need := need & allowed)]
    chosen = fixed | fewest([need for need in needs if not need & fixed])
    return tuple(_invitation(name, items, seats, required=name in fixed) for name in sorted(chosen))


def empty_seats(seats: Sequence[Seat], may_come: Iterable[str]) -> tuple[Reason, ...]:
    """The sectors and levels that nobody who may come brings."""
    allowed = frozenset(may_come)
    return tuple(
        because("seat_empty", of=seat.kind, needed=seat.code) for seat in seats if not seat.organisations & allowed
    )


def fewest(needs: Sequence[frozenset[str]]) -> frozenset[str]:
    """The smallest set with a member in every need (minimum hitting set, exact); ties go to the smaller ids.

    The needs must not be empty. Solved as a 0/1 programme: an id costs 1 and a trifle for its place in the alphabet,
    all trifles together less than 1, so that no trifle outweighs a place in the room.
    """
    names = sorted(frozenset[str]().union(*needs))
    if not names:
        return frozenset()
    cost = 1 + np.arange(len(names)) / len(names) ** 2
    meets = np.array([[float(name in need) for name in names] for need in needs])
    solved = milp(
        cost,
        constraints=LinearConstraint(meets, lb=1),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(names), dtype=np.int64),
        options={"mip_rel_gap": 0},
    )
    if solved.x is None:
        raise ArithmeticError(solved.message)
    return frozenset(name for name, taken in zip(names, solved.x, strict=True) if taken > 0.5)


def _invitation(name: str, items: Sequence[AgendaProposal], seats: Sequence[Seat], *, required: bool) -> Invitation:
    always = (because("required_member"),) if required else ()
    brings = (because("for_seat", of=seat.kind, needed=seat.code) for seat in seats if name in seat.organisations)
    matters = [item for item in items if any(name in need for need in item.needs)]
    return Invitation(
        name, (*always, *brings, *(because("for_item", kind=item.kind, key=item.key) for item in matters)), required
    )
