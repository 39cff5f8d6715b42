"""Leaders without an active mentor, and mentoring pairs that have gone quiet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from analytics.collaboration.facts import MentoringPair
from analytics.collaboration.gap import CollaborationGap, GapClass
from analytics.collaboration.scene import Scene
from analytics.keys import gap_key
from analytics.reasons import Reason, because

ACTIVE = "active"


def leaders_without_mentor(scene: Scene) -> Iterator[CollaborationGap]:
    """An active leader with no pair in state active whose mentor is active too. The key is the leader's."""
    pairs: dict[str, list[MentoringPair]] = defaultdict(list)
    for pair in sorted(scene.facts.pairs, key=lambda each: each.id):
        if pair.state(scene.on):
            pairs[pair.leader].append(pair)
    mentors = _active_mentors(scene)
    for leader in sorted({each.id for each in scene.facts.leaders if each.active(scene.on)}):
        own = pairs[leader]
        if not any(_runs(pair, scene.on) and pair.mentor in mentors for pair in own):
            reasons = tuple(_why_alone(scene, own)) or (because("no_pair"),)
            key = gap_key(GapClass.LEADER_WITHOUT_MENTOR, leader)
            yield CollaborationGap(GapClass.LEADER_WITHOUT_MENTOR, key, leader, None, reasons, None, len(own))


def quiet_pairs(scene: Scene) -> Iterator[CollaborationGap]:
    """An active pair of an active leader and mentor whose last contact, or else its start, is at least `quiet_days`
    ago. The key is the pair record's."""
    active = {each.id for each in scene.facts.leaders if each.active(scene.on)}
    mentors = _active_mentors(scene)
    for pair in sorted(scene.facts.pairs, key=lambda each: each.id):
        if _runs(pair, scene.on) and pair.leader in active and pair.mentor in mentors:
            contacts = [on for on in pair.contacts if on is not None and on <= scene.on]
            last = max((*contacts, _started(pair, scene.on)), default=date.min)
            if (scene.on - last).days >= scene.limits.quiet_days:
                yield _quiet(scene, pair, contacts, None if last == date.min else last)


def _quiet(scene: Scene, pair: MentoringPair, contacts: list[date], last: date | None) -> CollaborationGap:
    code = "last_contact" if contacts else "no_contact_since_start"
    reasons = [because(code, pair=pair.id, on=last, days=(scene.on - last).days if last else None)]
    if last is None:
        reasons.append(because("undated", pair=pair.id))
    undated = sum(on is None for on in pair.contacts)
    if undated:
        reasons.append(because("undated", contacts=undated))
    key = gap_key(GapClass.PAIR_QUIET, pair.id)
    return CollaborationGap(GapClass.PAIR_QUIET, key, pair.leader, pair.mentor, tuple(reasons), None, len(contacts))


def _why_alone(scene: Scene, pairs: list[MentoringPair]) -> Iterator[Reason]:
    for pair in pairs:
        state = pair.state(scene.on)
        if state and state[0] != ACTIVE:
            yield because("pair_not_active", pair=pair.id, state=state[0], since=state[1])
        else:
            yield because("mentor_not_active", pair=pair.id, mentor=pair.mentor)


def _runs(pair: MentoringPair, on: date) -> bool:
    state = pair.state(on)
    return state is not None and state[0] == ACTIVE


def _started(pair: MentoringPair, on: date) -> date:
    state = pair.state(on)
    return state[1] if state and state[1] else date.min


def _active_mentors(scene: Scene) -> frozenset[str]:
    return frozenset(each.id for each in scene.facts.mentors if each.active(scene.on))
