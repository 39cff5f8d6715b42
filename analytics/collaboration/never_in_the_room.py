"""C6, never in the room: two that have something to settle and did not meet in the last N meetings of their series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from analytics.collaboration.evidence import Pair, pair_of, pairs_among
from analytics.collaboration.facts import Meeting, holds
from analytics.collaboration.gap import CollaborationGap, GapClass, NotJudged
from analytics.collaboration.scene import Scene
from analytics.keys import pair_key
from analytics.reasons import Reason, because


def never_in_the_room(scene: Scene) -> tuple[tuple[CollaborationGap, ...], NotJudged]:
    """Pairs of members, and how many pairs could not be judged because no meeting of a series of either was held.

    The last N held by the day are looked at in every series that either belongs to on that day. A series that names
    no members at all belongs to those invited to or present at its held meetings. A meeting without a series or
    without a date is not one of the last N.
    """
    rooms = _Rooms.of(scene)
    gaps: list[CollaborationGap] = []
    unjudged = 0
    for pair, reasons in sorted(_expected(scene).items()):
        meetings = rooms.looked_at(pair)
        unjudged += not meetings
        if meetings and not any(set(pair) <= set(each.present) for each in meetings):
            gaps.append(_gap(scene, pair, reasons, meetings))
    return tuple(gaps), NotJudged(GapClass.NEVER_IN_THE_ROOM, "no_meetings_held", unjudged)


def _gap(scene: Scene, pair: Pair, reasons: list[Reason], meetings: tuple[Meeting, ...]) -> CollaborationGap:
    one, other = pair
    looked = because(
        "not_met",
        meetings=tuple(each.id for each in meetings),
        one=sum(one in each.present for each in meetings),
        other=sum(other in each.present for each in meetings),
    )
    key = pair_key(GapClass.NEVER_IN_THE_ROOM, one, other)
    why = (*reasons, looked)
    return CollaborationGap(GapClass.NEVER_IN_THE_ROOM, key, one, other, why, scene.window, len(meetings))


def _expected(scene: Scene) -> dict[Pair, list[Reason]]:
    """Every pair of members with something to settle, with each reason for it."""
    found: dict[Pair, list[Reason]] = defaultdict(list)
    for pair, reason in (*_shared_aims(scene), *_shared_gaps(scene), *_referrals(scene)):
        if pair[0] in scene.members and pair[1] in scene.members:
            found[pair].append(reason)
    return found


def _shared_aims(scene: Scene) -> Iterator[tuple[Pair, Reason]]:
    owners: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for action in scene.facts.actions:
        if holds(action.opened, action.closed, scene.on):
            for aim in action.aims:
                for owner in action.owners:
                    owners[aim][owner].add(action.id)
    for aim, by_owner in sorted(owners.items()):
        for one, other in pairs_among(by_owner):
            actions = tuple(sorted(by_owner[one] | by_owner[other]))
            yield (one, other), because("open_actions_on_same", aim=aim, actions=actions)


def _shared_gaps(scene: Scene) -> Iterator[tuple[Pair, Reason]]:
    for gap in sorted(scene.open_gaps, key=lambda each: each.key):
        for pair in pairs_among(gap.organisations):
            yield pair, because("same_open_gap", gap=gap.key)


def _referrals(scene: Scene) -> Iterator[tuple[Pair, Reason]]:
    between: dict[Pair, int] = defaultdict(int)
    for (source, target), n in scene.sent.items():
        if source != target:
            between[pair_of(source, target)] += n
    for pair, n in sorted(between.items()):
        if n >= scene.limits.shared_referrals:
            yield pair, because("referrals_between", n=n, at_least=scene.limits.shared_referrals)


@dataclass(frozen=True, slots=True)
class _Rooms:
    last: Mapping[str, tuple[Meeting, ...]]
    series_of: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, scene: Scene) -> _Rooms:
        held: dict[str, list[tuple[date, Meeting]]] = defaultdict(list)
        for meeting in scene.facts.meetings:
            if meeting.series is not None and meeting.held is not None and meeting.held <= scene.on:
                held[meeting.series].append((meeting.held, meeting))
        in_order = {
            series: tuple(meeting for _, meeting in sorted(those, key=lambda each: (each[0], each[1].id)))
            for series, those in held.items()
        }
        belongs = _belongs(scene, in_order)
        n = scene.limits.last_meetings
        return cls({series: meetings[-n:] for series, meetings in in_order.items()}, belongs)

    def looked_at(self, pair: Pair) -> tuple[Meeting, ...]:
        series = self.series_of.get(pair[0], frozenset()) | self.series_of.get(pair[1], frozenset())
        return tuple(meeting for each in sorted(series) for meeting in self.last.get(each, ()))


def _belongs(scene: Scene, held: Mapping[str, tuple[Meeting, ...]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    begun = [each for each in scene.facts.series_members if each.start is None or each.start <= scene.on]
    named = {each.series for each in begun}
    for each in begun:
        if holds(each.start, each.end, scene.on):
            found[each.organisation].add(each.series)
    for series in held.keys() - named:
        for meeting in held[series]:
            for organisation in {*meeting.present, *meeting.invited}:
                found[organisation].add(series)
    return {organisation: frozenset(those) for organisation, those in found.items()}
