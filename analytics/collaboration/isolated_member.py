"""C12, isolated member: no observed tie with anybody in W."""

from __future__ import annotations

from collections import defaultdict

from analytics.collaboration.evidence import Seen, Touch
from analytics.collaboration.gap import CollaborationGap, GapClass, NotJudged
from analytics.collaboration.scene import Scene
from analytics.keys import gap_key
from analytics.reasons import because


def isolated_members(scene: Scene) -> tuple[tuple[CollaborationGap, ...], tuple[NotJudged, ...]]:
    """Any observed tie counts: referral, co-attendance, joint action, and those of `ObservedTie`, whoever the other is.

    A member that joined inside the window is not judged yet. Where no dated tie of anybody is on record by the day,
    nothing is kept of observed ties and nobody is called isolated.
    """
    if not any(touch.on is not None for touches in scene.touches.values() for touch in touches):
        return (), (NotJudged(GapClass.ISOLATED_MEMBER, "no_ties_recorded", len(scene.members)),)
    old = {each.id for each in scene.members.values() if each.joined is None or each.joined <= scene.window.after}
    quiet = sorted(old - _in_touch(scene))
    touches = _touches_of(scene, frozenset(quiet))
    new = NotJudged(GapClass.ISOLATED_MEMBER, "joined_in_window", len(scene.members) - len(old))
    return tuple(_gap(scene, each, touches[each]) for each in quiet), (new,)


def _in_touch(scene: Scene) -> set[str]:
    has = scene.window.has
    return {end for pair, touches in scene.touches.items() if any(has(touch.on) for touch in touches) for end in pair}


def _touches_of(scene: Scene, members: frozenset[str]) -> dict[str, list[Touch]]:
    found: dict[str, list[Touch]] = defaultdict(list)
    for pair, touches in scene.touches.items():
        for end in members.intersection(pair):
            found[end].extend(touches)
    return found


def _gap(scene: Scene, member: str, touches: list[Touch]) -> CollaborationGap:
    seen = Seen.of(touches, scene.window)
    reasons = [because("no_tie_in_window", days=scene.limits.window_days, last=seen.last, last_kind=seen.last_kind)]
    if seen.undated:
        reasons.append(because("undated", ties=seen.undated))
    if scene.members[member].joined is None:
        reasons.append(because("undated", member=member))
    key = gap_key(GapClass.ISOLATED_MEMBER, member)
    return CollaborationGap(GapClass.ISOLATED_MEMBER, key, member, None, tuple(reasons), scene.window, seen.before)
