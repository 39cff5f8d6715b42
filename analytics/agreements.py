"""The life of an agreement: what people say of it, and what its dates make of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

DRAFTS = ("idea", "drafting", "legal")
"""Stages in which nothing is agreed yet: no evidence that anybody should work together."""


@dataclass(frozen=True, slots=True)
class Life:
    """What is stored: a stage (None: only its dates are known), [starts, ends), and whether a signed one follows it."""

    stage: str | None
    starts: date | None
    ends: date | None
    followed: bool = False


def state_of(life: Life, on: date, warn_days: int) -> str:
    """Its state on a day: idea, drafting, legal, signed, in_force, expiring, expired, renewed or terminated.

    Signed ones are told apart by their dates: signed before it begins; expiring within `warn_days` of its end, unless a
    signed one follows; renewed or expired from its end on. An unknown beginning has begun, an unknown end is none.
    """
    if life.stage in DRAFTS or life.stage == "terminated":
        return str(life.stage)
    if life.ends is not None and life.ends <= on:
        return "renewed" if life.followed else "expired"
    if life.starts is not None and life.starts > on:
        return "signed"
    if life.ends is not None and (life.ends - on).days <= warn_days and not life.followed:
        return "expiring"
    return "in_force"


def due_reminder(life: Life, on: date, days: Sequence[int]) -> int | None:
    """The smallest of the reminder's days before the end that is reached; None where nobody is to be reminded."""
    if state_of(life, on, max(days, default=0)) != "expiring" or life.ends is None:
        return None
    left = (life.ends - on).days
    return min((each for each in days if left <= each), default=None)
