"""The board of a party, and the clocks of what has no answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from analytics.referral_steps import DAY, STEPS, UNANSWERED, UNDER_WAY, days_late, due, limit, open_steps
from graphdb import referrals
from graphdb.network import network

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.referrals import Clock, Line, ReferralView

OPEN = (*sorted(UNANSWERED), *sorted(UNDER_WAY), "draft")
TOLD = ("acknowledge", "accept", "decline", "begin", "close_helped", "close_not_helped")
"""Steps of a receiver without an account that the sender may enter as told."""
ANSWERS = ("acknowledge", "accept", "decline")
"""Steps the holder of a one-time link may take."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A referral under way: days past its limit, and the day the answer is due while there is none.

    `by`: the moment it is due, where the moment of asking is known.
    """

    line: Line
    late: int
    due: date | None
    by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """`answer`: others wait for us. `waiting`: we wait for others. `working`: accepted by us, not closed yet."""

    answer: list[Waiting]
    waiting: list[Waiting]
    working: list[Waiting]
    done: list[Line]


def board(graph: Graph, viewer: Viewer, on: date, language: str) -> Board:
    """The referrals of the reader's organisations."""
    lines = referrals.board(graph, viewer, language, under_way=OPEN)
    limits = network(graph).limits
    under_way = [_waiting(line, on, limits) for line in lines if line.state in OPEN]
    under_way.sort(key=lambda one: (-one.late, one.due or date.max, one.line.id))
    return Board(
        answer=[one for one in under_way if one.line.mine == "receiver" and one.line.state in {"sent", "acknowledged", "reopened"}],
        waiting=[one for one in under_way if one.line.mine == "sender"],
        working=[one for one in under_way if one.line.mine == "receiver" and one.line.state in {"accepted", "in_service"}],
        done=[line for line in lines if line.state not in OPEN],
    )  # fmt: skip


def steps(view: ReferralView) -> list[str]:
    """What the reader's side may do now; feedback is seen once."""
    kinds = [step.kind for step in open_steps(view.state, "receiver")] if view.receives else []
    kinds += [step.kind for step in open_steps(view.state, "sender") if step.kind not in kinds] if view.sends else []
    return [kind for kind in kinds if kind != "see" or view.seen_on is None]


def told_steps(view: ReferralView) -> list[str]:
    """What the sender may enter for a receiver who has no account."""
    if not view.sends or view.receives or view.has_account:
        return []
    return [kind for kind in TOLD if view.state in STEPS[kind].before]


def answers(state: str) -> list[str]:
    """What the holder of a one-time link may answer."""
    return [kind for kind in ANSWERS if state in STEPS[kind].before]


def may_link(view: ReferralView) -> bool:
    """Whether the reader may make a one-time link: the sender, while an answer is open and the receiver has no account."""
    return view.sends and not view.has_account and bool(answers(view.state))


def _waiting(line: Line, on: date, limits: Mapping[str, timedelta]) -> Waiting:
    if line.state not in UNANSWERED or line.sent_on is None:
        return Waiting(line, 0, None)
    if line.asked_at is None:
        return Waiting(
            line, days_late(line.sent_on, line.priority, None, on, limits), due(line.sent_on, line.priority, limits)
        )
    by = line.asked_at + limit(line.priority, limits)
    over = datetime.now(UTC) - by
    return Waiting(line, max(0, ceil(over / DAY)), by.date(), by)


def late_clocks(clocks: list[Clock], on: date, limits: Mapping[str, timedelta]) -> list[tuple[Clock, int]]:
    """Unanswered referrals with their days past the limit, the latest first."""
    timed = [(clock, days_late(clock.sent_on, clock.priority, clock.answered_on, on, limits)) for clock in clocks]
    return sorted(timed, key=lambda one: (-one[1], one[0].sent_on or date.max, one[0].sender))
