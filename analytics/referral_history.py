"""The steps of a referral that was kept elsewhere, from the days and the state that one row of a list tells.

Nothing is invented: a step stands on a day the row gives. Only that a case was accepted may follow from a later day, for
nobody begins or closes what was not accepted; that is a doubt, and told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from analytics.referral_steps import folded

CLOSED = MappingProxyType({"helped": "closed_successful", "not_helped": "closed_unsuccessful"})
"""Outcomes of a closed case, with the states they stand for."""
ENDING = MappingProxyType(
    {
        "closed_successful": "close_helped", "closed_unsuccessful": "close_not_helped", "withdrawn": "withdraw",
        "revoked": "revoke", "expired": "expire",
    }
)  # fmt: skip
UNKNOWN_STATES = frozenset({"", "open"})
"""The row does not say where the case stands, or only that it is under way: its days say it."""
# the days that a case in a state may have, besides that of sending and that of any first answer
DAYS = MappingProxyType(
    {
        "sent": "",
        "acknowledged": "acknowledged_on",
        "accepted": "acknowledged_on accepted_on",
        "in_service": "acknowledged_on accepted_on started_on",
        "rejected": "acknowledged_on closed_on",
        "redirected": "acknowledged_on accepted_on closed_on",
        "expired": "acknowledged_on closed_on",
        **dict.fromkeys(
            ("closed_successful", "closed_unsuccessful", "withdrawn", "revoked"),
            "acknowledged_on accepted_on started_on closed_on",
        ),
    }
)
FIELDS = ("sent_on", "acknowledged_on", "accepted_on", "started_on", "closed_on", "answered_on")
Steps = list[tuple[str, date]]


@dataclass(frozen=True, slots=True)
class Told:
    """What a row tells. `state` is a code of `referral_state`, `closed`, `open` or ""; `outcome` helped, not_helped or "".

    `answered_on` is the day of a first answer of any kind.
    """

    sent_on: date | None
    state: str = ""
    outcome: str = ""
    acknowledged_on: date | None = None
    accepted_on: date | None = None
    started_on: date | None = None
    closed_on: date | None = None
    answered_on: date | None = None

    def day(self, name: str) -> date | None:
        """The day of one of `FIELDS`."""
        found: date | None = getattr(self, name)
        return found


@dataclass(frozen=True, slots=True)
class History:
    """Steps in their order; `accepted_by`: the day of acceptance is not told, it is the last day it can have been."""

    steps: Steps
    accepted_by: bool = False


class UnlikelyError(ValueError):
    """A row that cannot have happened, or does not say enough. `code` says why, `field` where."""

    def __init__(self, code: str, field: str) -> None:
        super().__init__(f"{code}: {field}")
        self.code = code
        self.field = field


def history(told: Told, today: date) -> History:
    """The legal steps that a row tells of, from sending on. Raises UnlikelyError."""
    sent = _sent(told, today)
    state = _state(told)
    if told.outcome and CLOSED[told.outcome] != state:
        raise UnlikelyError("outcome_differs", "outcome")
    for name in FIELDS[1:]:
        if told.day(name) is not None and name not in (*DAYS[state].split(), "answered_on" if state != "sent" else ""):
            raise UnlikelyError("day_not_in_state", name)
    first = _acknowledged(told, state)
    steps: Steps = [("send", sent), *([("acknowledge", first)] if first else [])]
    doubted = False
    if state in {"acknowledged", "rejected"}:
        steps += _answer(told, state, first)
    else:
        accepted, doubted = _accepted(told, state)
        steps += [("accept", accepted)] if accepted else []
        steps += [("begin", told.started_on)] if told.started_on else []
        steps += _ending(told, state)
    _in_order(steps, told)
    if folded(kind for kind, _ in steps) != state:
        raise UnlikelyError("day_missing", "started_on" if state == "in_service" else "closed_on")
    return History(steps, doubted)


def _sent(told: Told, today: date) -> date:
    if told.sent_on is None:
        raise UnlikelyError("sent_missing", "sent_on")
    for name in FIELDS:
        day = told.day(name)
        if day is not None and day > today:
            raise UnlikelyError("day_in_future", name)
    return told.sent_on


def _state(told: Told) -> str:
    """Where the case stands, where need be from its days."""
    state = told.state
    if state == "draft":
        raise UnlikelyError("never_sent", "state")
    if state == "reopened":
        raise UnlikelyError("reopened_in_list", "state")
    if state == "closed" or (not state and told.closed_on):
        if not told.outcome:
            raise UnlikelyError("outcome_missing", "outcome")
        return CLOSED[told.outcome]
    if state not in UNKNOWN_STATES:
        return state
    reached = (("in_service", told.started_on), ("accepted", told.accepted_on), ("acknowledged", told.acknowledged_on),
               ("acknowledged", told.answered_on))  # fmt: skip
    return next((name for name, day in reached if day), "sent")


def _acknowledged(told: Told, state: str) -> date | None:
    """The day of acknowledging: as told, or a first answer before the case was accepted or ended otherwise."""
    if told.answered_on is None or told.acknowledged_on is not None:
        return told.acknowledged_on
    early = told.accepted_on is not None and told.answered_on < told.accepted_on
    stopped = told.accepted_on is None and state in {"withdrawn", "revoked", "expired"}
    return told.answered_on if early or stopped else None


def _answer(told: Told, state: str, first: date | None) -> Steps:
    """That a case was acknowledged and no more, or declined."""
    if state == "acknowledged":
        if first is None and told.answered_on is None:
            raise UnlikelyError("day_missing", "acknowledged_on")
        return [] if first or told.answered_on is None else [("acknowledge", told.answered_on)]
    day = told.answered_on if told.answered_on != first else None
    if (declined := day or told.closed_on or told.answered_on) is None:
        raise UnlikelyError("day_missing", "answered_on")
    return [("decline", declined)]


def _accepted(told: Told, state: str) -> tuple[date | None, bool]:
    """The day of acceptance, and whether it follows from a later day only."""
    if told.accepted_on or state not in {"accepted", "in_service", *CLOSED.values()}:
        return told.accepted_on, False
    if day := told.answered_on if told.answered_on != told.acknowledged_on else None:
        return day, False
    if state == "accepted":
        if told.answered_on is None:
            raise UnlikelyError("day_missing", "accepted_on")
        return told.answered_on, False
    return told.started_on or told.closed_on, True


def _ending(told: Told, state: str) -> Steps:
    if state == "redirected":
        day = told.closed_on or (None if told.accepted_on else told.answered_on)
        return [("redirect", day)] if day else []
    return [(ENDING[state], told.closed_on)] if state in ENDING and told.closed_on else []


def _in_order(steps: Steps, told: Told) -> None:
    """Each step on the day of the one before, or later."""
    for (_, before), (_, day) in pairwise(steps):
        if day < before:
            named = next((name for name in FIELDS if told.day(name) == day), "closed_on")
            raise UnlikelyError("days_out_of_order", named)
