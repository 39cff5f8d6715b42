"""C12, isolated member: no observed tie with anybody in W."""

from __future__ import annotations

from collections import defaultdict

from analytics.collaboration.evidence import Seen
from analytics.collaboration.gap import CollaborationGap, GapClass, NotJudged
from analytics.collaboration.scene import Scene
from analytics.keys import gap_key
from analytics.reasons import because


def isolated_members(scene: Scene) -> tuple[tuple[CollaborationGap, ...], tuple[NotJudged, ...]]:
    """Any observed tie counts: referral, co-attendance, joint action, and those of `ObservedTie`, whoever the other is.

    A member that joined inside the window is not judged yet. Where no dated tie of anybody is on record by the day,
    nothing is kept of observed ties and nobody is called isolated.
    """
    if not any(tie.within or tie.before for tie in scene.ties.values()):
        return (), (NotJudged(GapClass.ISOLATED_MEMBER, "no_ties_recorded", len(scene.members)),)
    ties: dict[str, list[Seen]] = defaultdict(list)
    for pair, tie in scene.ties.items():
        for end in pair:
            ties[end].append(tie)
    old = [each.id for each in scene.members.values() if each.joined is None or each.joined <= scene.window.after]
    quiet = [each for each in sorted(old) if not any(tie.within for tie in ties[each])]
    new = NotJudged(GapClass.ISOLATED_MEMBER, "joined_in_window", len(scene.members) - len(old))
    return tuple(_gap(scene, each, ties[each]) for each in quiet), (new,)


def _gap(scene: Scene, member: str, ties: list[Seen]) -> CollaborationGap:
    before, undated = sum(tie.before for tie in ties), sum(tie.undated for tie in ties)
    last = max((tie.last for tie in ties if tie.last), default=None)
    reasons = [because("no_tie_in_window", days=scene.limits.window_days, last=last)]
    if undated:
        reasons.append(because("undated", ties=undated))
    if scene.members[member].joined is None:
        reasons.append(because("undated", member=member))
    key = gap_key(GapClass.ISOLATED_MEMBER, member)
    return CollaborationGap(GapClass.ISOLATED_MEMBER, key, member, None, tuple(reasons), scene.window, before)
