"""The legal steps of a referral (model.md), the fold of its events to a state, and its clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from types import MappingProxyType
from typing import Literal

DAY = timedelta(days=1)

Side = Literal["sender", "receiver", "either", "time"]

# Within which an answer is due (definitions.md 2.2: emergency 24 h, urgent 72 h, normal two weeks); a network may say otherwise.
LIMITS: Mapping[str, timedelta] = MappingProxyType(
    {"emergency": timedelta(hours=24), "urgent": timedelta(hours=72), "normal": timedelta(days=14)}
)
UNANSWERED = frozenset({"sent", "reopened"})
UNDER_WAY = frozenset({"acknowledged", "accepted", "in_service"})
OVER = frozenset(
    {"rejected", "redirected", "closed_successful", "closed_unsuccessful", "withdrawn", "revoked", "expired"}
)

ANSWERS = ("acknowledge", "accept", "redirect", "decline")
ENDS = ("decline", "redirect", "close_helped", "close_not_helped", "withdraw", "revoke", "expire")
ASKS = ("send", "reopen")
"""Steps that answer, that end, that ask (again) for an answer: on the day of each the cached dates are set."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a side may do: from which states, to which ("" leaves the state), and whether a coded reason or a note belongs to it.

    Side `either` is sender or receiver; `time` is nobody: the clock does it.
    """

    kind: str
    side: Side
    before: frozenset[str]
    after: str
    reasoned: bool = False
    noted: bool = False


def _step(kind: str, side: Side, before: str, after: str, *, reasoned: bool = False, noted: bool = False) -> Step:
    return Step(kind, side, frozenset(before.split()), after, reasoned, noted)


STEPS: MappingProxyType[str, Step] = MappingProxyType({step.kind: step for step in (
    _step("send", "sender", "draft", "sent"),
    _step("acknowledge", "receiver", "sent reopened", "acknowledged"),
    _step("accept", "receiver", "sent acknowledged reopened", "accepted"),
    _step("redirect", "receiver", "sent acknowledged accepted reopened", "redirected"),
    _step("decline", "receiver", "sent acknowledged reopened", "rejected", reasoned=True),
    _step("begin", "receiver", "accepted", "in_service"),
    _step("close_helped", "receiver", "accepted in_service", "closed_successful"),
    _step("close_not_helped", "receiver", "accepted in_service", "closed_unsuccessful", reasoned=True),
    _step("see", "sender", "rejected redirected closed_successful closed_unsuccessful expired", ""),
    _step("correct", "sender", "sent acknowledged accepted in_service reopened", "", noted=True),
    _step("reopen", "either", "rejected closed_successful closed_unsuccessful withdrawn expired", "reopened", noted=True),
    _step("withdraw", "sender", "draft sent acknowledged accepted in_service reopened", "withdrawn"),
    _step("revoke", "either", "draft sent acknowledged accepted in_service reopened", "revoked"),
    _step("expire", "time", "sent acknowledged reopened", "expired"),
)})  # fmt: skip


class IllegalStepError(ValueError):
    """A step that does not follow from the state."""

    def __init__(self, state: str, kind: str) -> None:
        super().__init__(f"{kind} from {state}")
        self.state = state
        self.kind = kind


def after(state: str, kind: str) -> str:
    """The state a step leads to. Raises IllegalStepError."""
    step = STEPS.get(kind)
    if step is None or state not in step.before:
        raise IllegalStepError(state, kind)
    return step.after or state


def open_steps(state: str, side: Side) -> list[Step]:
    """What the sender or the receiver may do now, in the order of the list."""
    return [step for step in STEPS.values() if step.side in {side, "either"} and state in step.before]


def folded(kinds: Iterable[str]) -> str:
    """The state after these events of a referral that began as a draft. Raises IllegalStepError."""
    state = "draft"
    for kind in kinds:
        state = after(state, kind)
    return state


@dataclass(frozen=True, slots=True)
class Cache:
    """What a referral keeps of its events: where it stands, and the days that lists and indicators read."""

    state: str = "draft"
    sent_on: date | None = None
    answered_on: date | None = None
    served_on: date | None = None
    closed_on: date | None = None
    feedback_seen_on: date | None = None


def cached(steps: Iterable[tuple[str, date]]) -> Cache:
    """The cache of these steps (kind, day) of a referral that began as a draft. Raises IllegalStepError.

    The first answer and the first beginning stay; an end lasts until it is reopened.
    """
    kept = Cache()
    for kind, day in steps:
        again = kind == "reopen"
        kept = Cache(
            state=after(kept.state, kind),
            sent_on=day if kind == "send" else kept.sent_on,
            answered_on=kept.answered_on or (day if kind in ANSWERS else None),
            served_on=kept.served_on or (day if kind == "begin" else None),
            closed_on=day if kind in ENDS else None if again else kept.closed_on,
            feedback_seen_on=day if kind == "see" else None if again else kept.feedback_seen_on,
        )
    return kept


def limit(priority: str | None, limits: Mapping[str, timedelta] = LIMITS) -> timedelta:
    """Within which an answer is due; a referral without a priority is a normal one."""
    return limits.get(priority or "normal", limits["normal"])


def due(sent: date, priority: str | None, limits: Mapping[str, timedelta] = LIMITS) -> date:
    """The last day on which an answer is in time, for a referral of which only the day is known."""
    return sent + timedelta(days=ceil(limit(priority, limits) / DAY))


def days_late(
    sent: date | None, priority: str | None, answered: date | None, on: date, limits: Mapping[str, timedelta] = LIMITS
) -> int:
    """Days past the limit, at its answer or on that day while there is none; 0 in time or not sent."""
    if sent is None:
        return 0
    return max(0, ((answered or on) - due(sent, priority, limits)).days)
