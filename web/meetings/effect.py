"""What a meeting brought about, for its page and for the command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

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
    from graphdb.naming import Name
    from graphdb.ties import Network


@dataclass(frozen=True, slots=True)
class TreatedGap:
    """A gap the meeting talked about: the item, what is kept of the gap, whether it was closed by the end of looking."""

    item: Item
    gap: Treated
    closed: bool


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


def answer(found: Effect, names: Mapping[str, Name], generated: datetime) -> dict[str, Any]:
    """`flask meetings effect REF --format json`."""

    def called(record: str) -> str:
        return names[record].key if record in names else record

    def neighbour(which: str) -> dict[str, Any] | None:
        other = getattr(found.around, which)
        return other and {"id": other["ref"], "ref": other["ref"], "ulid": other["id"], "on": other["on"]}

    meeting = found.meeting
    return {
        "as_of": found.on,
        "window": {"from": found.around.on + timedelta(days=1), "to": found.until} if found.until > found.around.on else None,
        "generated": generated,
        "hidden": {"records": 0, "why": []},
        "meeting": {
            "id": meeting.ref, "ref": meeting.ref, "ulid": meeting.id, "title": meeting.name, "on": found.around.on,
            "state": meeting.state, "series": meeting.series and called(meeting.series["id"]),
        },
        "previous": neighbour("previous"),
        "next": neighbour("next"),
        "figures": figures(found),
        "gaps": [
            {"id": each.item["about"]["ref"], "ref": each.item["about"]["ref"], "ulid": each.gap["id"], "class": each.gap["cls"],
             "state": each.gap["state"], "first_seen": each.gap["first_seen"], "last_seen": each.gap["last_seen"],
             "gone_on": each.gap["gone_on"], "closed_by_then": each.closed}
            for each in found.gaps if each.item["about"]
        ],
        "ties": [
            {"kind": each.tie.kind, "source": called(each.tie.source), "target": called(each.tie.target),
             "directed": not each.tie.undirected, "n": each.tie.n, "first": each.tie.first, "new_pair": each.first}
            for each in found.gained
        ],
        "actions": [
            {"id": each.action["ref"], "ref": each.action["ref"], "ulid": each.action["id"],
             "owner": each.action["owner"] and called(each.action["owner"]["id"]), "due": each.action["due"],
             "done_on": each.action["done_on"], "outcome": each.outcome}
            for each in found.actions
        ],
        "pairs": [
            {"one": called(pair.one), "other": called(pair.other), "declared": pair.declared, "confirmed": pair.confirmed,
             "observed_before": list(pair.before), "observed_after": list(pair.after)}
            for pair in found.pairs
        ],
    }  # fmt: skip


def figures(found: Effect) -> dict[str, dict[str, float | int | None]]:
    """Every share as value and n; null where there is nothing to take it of or nobody said what is required."""
    shares = {
        name: {
            "value": share.part / share.whole if share and share.whole else None,
            "n": share.whole if share else None,
        }
        for name, share in found.shares.items()
    }
    age, n = found.waiting
    return {**shares, "carry_over_age_days": {"value": age, "n": n}}
