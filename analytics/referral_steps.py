"""The legal steps of a referral (model.md), the fold of its events to a state, and its clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

Side = Literal["sender", "receiver"]

# Days within which an answer is due (definitions.md 2.2: emergency 24 h, urgent 72 h, normal two weeks).
LIMIT_DAYS = MappingProxyType({"emergency": 1, "urgent": 3, "normal": 14})
UNANSWERED = frozenset({"sent"})
UNDER_WAY = frozenset({"acknowledged", "accepted", "in_service"})
OVER = frozenset(
    {"rejected", "redirected", "closed_successful", "closed_unsuccessful", "withdrawn", "revoked", "expired"}
)


@dataclass(frozen=True, slots=True)
class Step:
    """What a side may do: from which states, to which, and whether a coded reason belongs to it."""

    kind: str
    side: Side
    before: frozenset[str]
    after: str
    reasoned: bool = False


def _step(kind: str, side: Side, before: str, after: str, *, reasoned: bool = False) -> Step:
    return Step(kind, side, frozenset(before.split()), after, reasoned)


STEPS: MappingProxyType[str, Step] = MappingProxyType({step.kind: step for step in (
    _step("send", "sender", "draft", "sent"),
    _step("acknowledge", "receiver", "sent", "acknowledged"),
    _step("accept", "receiver", "sent acknowledged", "accepted"),
    _step("decline", "receiver", "sent acknowledged", "rejected", reasoned=True),
    _step("begin", "receiver", "accepted", "in_service"),
    _step("close_helped", "receiver", "accepted in_service", "closed_successful"),
    _step("close_not_helped", "receiver", "accepted in_service", "closed_unsuccessful", reasoned=True),
    _step("withdraw", "sender", "draft sent acknowledged accepted in_service", "withdrawn"),
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
    return step.after


def open_steps(state: str, side: Side) -> list[Step]:
    """What a side may do now, in the order of the list."""
    return [step for step in STEPS.values() if step.side == side and state in step.before]


def folded(kinds: Iterable[str]) -> str:
    """The state after these events of a referral that began as a draft. Raises IllegalStepError."""
    state = "draft"
    for kind in kinds:
        state = after(state, kind)
    return state


def due(sent: date, priority: str | None) -> date:
    """The last day on which an answer is in time; a referral without a priority is a normal one."""
    return sent + timedelta(days=LIMIT_DAYS.get(priority or "normal", LIMIT_DAYS["normal"]))


def days_late(sent: date | None, priority: str | None, answered: date | None, on: date) -> int:
    """Days past the limit, at its answer or on that day while there is none; 0 in time or not sent."""
    if sent is None:
        return 0
    return max(0, ((answered or on) - due(sent, priority)).days)
