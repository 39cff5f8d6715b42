"""Observed ties between two organisations, with their dates: what "in touch" means in C2 and C12."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import NamedTuple

from analytics.collaboration.facts import CollaborationFacts, Window

Pair = tuple[str, str]
"""Two different organisations, the smaller id first."""


class Touch(NamedTuple):
    """One piece of evidence of a tie. `on` None: nobody wrote down when."""

    on: date | None
    kind: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A summary of touches at a day: how many in the window, before it, and without a date; the last dated one."""

    within: int
    before: int
    undated: int
    last: date | None
    last_kind: str | None

    @classmethod
    def of(cls, touches: Sequence[Touch], window: Window) -> Seen:
        dated = [(touch.on, touch.kind) for touch in touches if touch.on is not None]
        within = sum(window.has(on) for on, _ in dated)
        last, kind = max(dated, default=(None, None))
        return cls(within, len(dated) - within, len(touches) - len(dated), last, kind)


def pair_of(one: str, other: str) -> Pair:
    """The undirected pair."""
    return (one, other) if one < other else (other, one)


def pairs_among(organisations: Iterable[str]) -> Iterator[Pair]:
    """Every pair of different organisations of the list."""
    return combinations(sorted(set(organisations)), 2)


def touches_until(facts: CollaborationFacts, on: date) -> Mapping[Pair, Sequence[Touch]]:
    """For every pair what was seen of it by that day. Ties of an organisation with itself are none."""
    found: dict[Pair, list[Touch]] = defaultdict(list)
    for pair, touch in _touches(facts):
        if pair[0] != pair[1] and (touch.on is None or touch.on <= on):
            found[pair].append(touch)
    return found


def _touches(facts: CollaborationFacts) -> Iterator[tuple[Pair, Touch]]:
    for referral in facts.referrals:
        yield pair_of(referral.source, referral.target), Touch(referral.sent, "referral")
    for meeting in facts.meetings:
        for pair in pairs_among(meeting.present):
            yield pair, Touch(meeting.held, "co_attendance")
    for action in facts.actions:
        for pair in pairs_among(action.owners):
            yield pair, Touch(action.opened, "joint_action")
            if action.closed is not None:
                yield pair, Touch(action.closed, "joint_action")
    for tie in facts.other_ties:
        yield pair_of(tie.one, tie.other), Touch(tie.on, tie.kind)
