"""What a meeting brought about, for its page and for the command (effect_answer.py)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

from analytics.meeting_effect import Beside, Gained, Outcome, Turn, closed_by, gained, outcome, side_by_side
from analytics.meetings import (
    PRESENT,
    Promise,
    Share,
    attendance_rate,
    continuity,
    decision_rate,
    follow_up_rate,
    gap_closure,
)
from analytics.thresholds import DEFAULTS
from graphdb.meetings import reading
from graphdb.meetings.effect import AroundMeeting, Treated, around_meeting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.meetings.reading import ActionOf, Item, MeetingView
    from graphdb.ties import Network


@dataclass(frozen=True, slots=True)
class TreatedGap:
    """A gap the meeting talked about: the item, what is kept of the gap, whether it was closed by the end of looking."""

    item: Item
    gap: Treated
    closed: bool

    @property
    def ref(self) -> str:
        """Its number, as the agenda has it."""
        assert self.item["about"] is not None
        return self.item["about"]["ref"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise and what became of it."""

    action: ActionOf
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Effect:
    """`until`: the day of the next meeting of the series, else the day of asking; what came later is not its effect.

    `shares` by name, each with its n; `waiting`: (median days, how many) of items it left open.
    """

    meeting: MeetingView
    around: AroundMeeting
    on: date
    until: date
    gaps: tuple[TreatedGap, ...]
    actions: tuple[Kept, ...]
    gained: tuple[Gained, ...]
    pairs: tuple[Beside, ...]
    shares: Mapping[str, Share | None]
    waiting: tuple[float | None, int]

    def count(self, *outcomes: str) -> int:
        """How many promises came out so."""
        return sum(kept.outcome in outcomes for kept in self.actions)


def effect(
    graph: Graph, record: str, on: date, viewer: Viewer, language: str, network: Network
) -> Effect | None:  # fmt: skip
    """What a meeting brought about by a day; None where there is no such meeting. Two statements beside the network."""
    meeting = reading.meeting(graph, record, viewer, language)
    around = around_meeting(graph, record, on, sorted(PRESENT), language)
    if meeting is None or around is None:
        return None
    until = max(around.on, around.next["on"] if around.next else on)
    gaps = tuple(_gaps(meeting, around, until))
    actions = [action for item in meeting.items for decision in item["decisions"] for action in decision["actions"]]
    kept = tuple(Kept(action, outcome(_promise(action), on)) for action in actions)
    there = {guest["id"] for guest in meeting.everybody if guest["mode"] in PRESENT}
    pairs = [frozenset(each.gap["pair"]) for each in gaps]
    among = there.union({action["owner"]["id"] for action in actions if action["owner"]}, *pairs)
    return Effect(
        meeting, around, on, until, gaps, kept,
        tuple(gained(network.facts, among, around.on, until, DEFAULTS.window_days)),
        tuple(side_by_side(network.facts, pairs, around.on, until, DEFAULTS.window_days)),
        _shares(meeting, around, gaps, kept, on), _waiting(around, until),
    )  # fmt: skip


def _gaps(meeting: MeetingView, around: AroundMeeting, until: date) -> list[TreatedGap]:
    known = {gap["id"]: gap for gap in around.treated}
    items = {item["about"]["id"]: item for item in meeting.items if item["about"] and item["state"] == "discussed"}
    return [
        TreatedGap(item, known[gap], _closed(known[gap], until)) for gap, item in items.items() if gap in known
    ]  # fmt: skip


def _closed(gap: Treated, until: date) -> bool:
    turns = [Turn(turn["verb"] == "close", turn["at"].date()) for turn in gap["turns"]]
    return closed_by(turns, gap["gone_on"], gap["state"] == "closed_verified", until)


def _promise(action: ActionOf) -> Promise:
    return Promise(action["due"], action["done_on"], action["state"])


def _shares(
    meeting: MeetingView, around: AroundMeeting, gaps: tuple[TreatedGap, ...], kept: tuple[Kept, ...], on: date
) -> dict[str, Share | None]:
    """The figures of definitions.md 2.7, each as part of a whole; None where nobody said what is required."""
    before = dict(around.previous["people"]) if around.previous else {}
    required = set(around.required) if around.required else None
    return {
        "gap_closure": gap_closure(
            [each.gap["id"] for each in gaps], [each.gap["id"] for each in gaps if each.closed]
        ),
        "follow_up_rate": follow_up_rate([_promise(each.action) for each in kept], on),
        "decision_rate": decision_rate(
            [bool(item["decisions"]) for item in meeting.items if item["state"] == "discussed"]
        ),
        "attendance_rate": attendance_rate({guest["id"]: guest["mode"] for guest in meeting.guests}),
        "continuity": continuity(dict(around.people), before),
        "representation": None if required is None else Share(len(required & set(around.present)), len(required)),
    }  # fmt: skip


def _waiting(around: AroundMeeting, until: date) -> tuple[float | None, int]:
    ages = [(until - day).days for day in around.waiting]
    return (median(ages) if ages else None), len(ages)
