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


@dataclass(frozen=True, slots=True)
class Stood:
    """How an organisation was at one meeting: a code of attendance_mode (None: not noted), and who stood for it."""

    mode: str | None
    person: str | None = None


def representatives(meetings: Sequence[Mapping[str, Stood]]) -> dict[str, list[str]]:
    """For each organisation a code a meeting, the oldest first: is it the same person who comes?

    same, other: than the last one noted; first: nobody was noted before; deputy; unnamed: came, but nobody noted who;
    absent: was asked and did not come; uninvited: was neither asked nor there.
    """
    names = {name for meeting in meetings for name in meeting}
    return {name: _line([meeting.get(name) for meeting in meetings]) for name in names}


def _line(stood: Sequence[Stood | None]) -> list[str]:
    codes: list[str] = []
    last: str | None = None
    for one in stood:
        codes.append(_code(one, last))
        if one and one.mode in PRESENT and one.mode != "deputy":
            last = one.person or last
    return codes


def _code(one: Stood | None, last: str | None) -> str:
    if one is None:
        return "uninvited"
    if one.mode not in PRESENT:
        return "absent"
    if one.mode == "deputy":
        return "deputy"
    if one.person is None:
        return "unnamed"
    if last is None:
        return "first"
    return "same" if one.person == last else "other"
