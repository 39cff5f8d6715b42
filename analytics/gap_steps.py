"""The legal steps of a gap (model.md): what people decide, what meetings do, what the records show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

OPEN = ("detected", "confirmed", "on_agenda", "in_action", "reopened")
"""States in which a gap waits for somebody."""
SETTLED = ("false_positive", "accepted_risk")
"""States in which people have said that it is none, or that they live with it."""
CLOSED = "closed_verified"
"""The records show it no longer: only they open it again."""


@dataclass(frozen=True, slots=True)
class Step:
    """From which states a step leads where; its kind is the verb of its entry in the audit trail."""

    kind: str
    before: frozenset[str]
    after: str


def _step(kind: str, before: Iterable[str], after: str) -> Step:
    return Step(kind, frozenset(before), after)


_TO_DECIDE = ("detected", "reopened", *SETTLED)

DECISIONS: Mapping[str, Step] = MappingProxyType({step.kind: step for step in (
    _step("confirm", _TO_DECIDE, "confirmed"),
    _step("false_positive", (*OPEN, *SETTLED), "false_positive"),
    _step("accept_risk", (*OPEN, *SETTLED), "accepted_risk"),
    _step("reopen", ("confirmed", "on_agenda", *SETTLED), "reopened"),
    _step("agenda", (*OPEN, *SETTLED), "on_agenda"),
)})  # fmt: skip
"""What people decide about one gap."""
MEETINGS: Mapping[str, Step] = MappingProxyType({step.kind: step for step in (
    _step("on_agenda", ("detected", "confirmed", "reopened", "in_action"), "on_agenda"),
    _step("in_action", ("detected", "confirmed", "reopened", "on_agenda"), "in_action"),
    _step("off_agenda", ("on_agenda",), "confirmed"),
)})  # fmt: skip
"""What becomes of gaps as a meeting is planned and written down; gaps in other states stay as they are."""
RECORDS: Mapping[str, Step] = MappingProxyType({step.kind: step for step in (
    _step("close", OPEN, CLOSED),
    _step("reopen", (CLOSED, "accepted_risk", *OPEN), "reopened"),
)})  # fmt: skip
"""What detection does: seen no longer; seen again, or its accepted time is over."""


class IllegalGapStepError(ValueError):
    """A step that does not follow from the state of a gap."""

    def __init__(self, state: str, kind: str) -> None:
        super().__init__(f"{kind} from {state}")
        self.state = state
        self.kind = kind


def decided(state: str, kind: str) -> str:
    """The state a decision leads to. Raises IllegalGapStepError."""
    step = DECISIONS.get(kind)
    if step is None or state not in step.before:
        raise IllegalGapStepError(state, kind)
    return step.after


def folded(kinds: Iterable[str]) -> str:
    """The state after these steps of a gap that was just found; kinds that are no step leave it. Raises IllegalGapStepError."""
    state = "detected"
    for kind in kinds:
        possible = [steps[kind] for steps in (DECISIONS, MEETINGS, RECORDS) if kind in steps]
        if possible and not any(state in step.before for step in possible):
            raise IllegalGapStepError(state, kind)
        state = possible[0].after if possible else state
    return state
