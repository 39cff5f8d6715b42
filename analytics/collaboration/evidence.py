"""Observed ties between two organisations, with their dates: what "in touch" means in C2 and C12."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from analytics.collaboration.facts import CollaborationFacts, Window

Pair = tuple[str, str]
"""Two different organisations, the smaller id first."""


@dataclass(frozen=True, slots=True)
class Touch:
    """One piece of evidence of a tie. `on` None: nobody wrote down when."""

    kind: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of one pair at a day: how often in the window, before it, and without a date; and the last time."""

    within: int
    before: int
    undated: int
    last: date | None
    kinds: tuple[str, ...]
    """The kinds of tie seen in the window."""


NOTHING_SEEN = Seen(0, 0, 0, None, ())


def pair_of(one: str, other: str) -> Pair:
    """The undirected pair."""
    return (one, other) if one < other else (other, one)


def seen(facts: CollaborationFacts, window: Window) -> Mapping[Pair, Seen]:
    """Every pair with any observed tie by the end of the window. Ties of an organisation with itself are none."""
    touches: dict[Pair, list[Touch]] = defaultdict(list)
    for pair, touch in _touches(facts):
        if pair[0] != pair[1] and (touch.on is None or touch.on <= window.until):
            touches[pair].append(touch)
    return {pair: _summary(those, window) for pair, those in touches.items()}


def _touches(facts: CollaborationFacts) -> Iterator[tuple[Pair, Touch]]:
    for referral in facts.referrals:
        yield pair_of(referral.source, referral.target), Touch("referral", referral.sent)
    for meeting in facts.meetings:
        for pair in pairs_among(meeting.present):
            yield pair, Touch("co_attendance", meeting.held)
    for action in facts.actions:
        for pair in pairs_among(action.owners):
            yield pair, Touch("joint_action", action.opened)
            if action.closed is not None:
                yield pair, Touch("joint_action", action.closed)
    for tie in facts.other_ties:
        yield pair_of(tie.one, tie.other), Touch(tie.kind, tie.on)


def pairs_among(organisations: Iterable[str]) -> Iterator[Pair]:
    """Every pair of different organisations of the list."""
    return combinations(sorted(set(organisations)), 2)


def _summary(touches: Iterable[Touch], window: Window) -> Seen:
    dated = [touch for touch in touches if touch.on is not None]
    inside = [touch for touch in dated if window.has(touch.on)]
    undated = sum(touch.on is None for touch in touches)
    last = max((touch.on for touch in dated if touch.on is not None), default=None)
    return Seen(len(inside), len(dated) - len(inside), undated, last, tuple(sorted({touch.kind for touch in inside})))
