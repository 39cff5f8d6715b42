"""Figures of meetings (definitions.md 2.7): every share with what it is a share of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

PRESENT = frozenset({"present", "deputy", "online"})
"""Modes of attendance that count as being there."""


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`; with a whole of 0 there is nothing to take a share of."""

    part: int
    whole: int


@dataclass(frozen=True, slots=True)
class Promise:
    """An action: when it was due, and when it was done (None: not done, or nobody noted when)."""

    due: date | None
    done: date | None = None
    state: str = "open"


def attendance_rate(modes: Mapping[str, str | None]) -> Share:
    """Organisations present / invited; `modes` of those invited, by organisation."""
    return Share(sum(mode in PRESENT for mode in modes.values()), len(modes))


def continuity(now: Mapping[str, str | None], before: Mapping[str, str | None]) -> Share:
    """The same person as last time / present both times with a person noted; both map organisations to persons."""
    both = [name for name, person in now.items() if person and before.get(name)]
    return Share(sum(now[name] == before[name] for name in both), len(both))


def decision_rate(discussed: Sequence[bool]) -> Share:
    """Items ending in a decision / items discussed; True for each that did."""
    return Share(sum(discussed), len(discussed))


def follow_up_rate(promises: Sequence[Promise], on: date) -> Share:
    """Actions done by their due date / actions due by `on`. Cancelled ones are left out, undated ones are not due."""
    due = [each for each in promises if each.due is not None and each.due <= on and each.state != "cancelled"]
    return Share(sum(each.done is not None and each.done <= each.due for each in due if each.due), len(due))


def carry_over_age(opened: Sequence[date], on: date) -> float | None:
    """Median days since items still open first stood on an agenda; None for no items."""
    return median((on - day).days for day in opened) if opened else None


def gap_closure(treated: Collection[str], closed: Collection[str]) -> Share:
    """Gaps treated at a meeting that are closed and verified by the next / treated."""
    return Share(len(set(treated) & set(closed)), len(set(treated)))
