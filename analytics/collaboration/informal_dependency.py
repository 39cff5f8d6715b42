"""C3, informal dependency: many referrals one way in W and no agreement in force between the two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from analytics.collaboration.gap import CollaborationGap, GapClass
from analytics.collaboration.scene import Scene
from analytics.keys import gap_key
from analytics.reasons import Reason, because


def informal_dependencies(scene: Scene) -> Iterator[CollaborationGap]:
    """Ordered pairs of members: source sends to target. Referrals without a date do not make up the number."""
    for (source, target), n in sorted(scene.sent.items()):
        members = source != target and source in scene.members and target in scene.members
        if members and n >= scene.limits.informal_referrals and not scene.in_force(source, target):
            key = gap_key(GapClass.INFORMAL_DEPENDENCY, source, target)
            reasons = tuple(_reasons(scene, source, target, n))
            yield CollaborationGap(GapClass.INFORMAL_DEPENDENCY, key, source, target, reasons, scene.window, n)


def _reasons(scene: Scene, source: str, target: str, n: int) -> Iterator[Reason]:
    yield because("referrals_in_window", n=n, at_least=scene.limits.informal_referrals)
    lapsed = max(scene.agreements(source, target), key=lambda each: each.end or date.min, default=None)
    if lapsed is None:
        yield because("no_agreement")
    else:
        yield because("agreement_lapsed", agreement=lapsed.id, on=lapsed.end)
    undated = scene.undated_sent.get((source, target), 0)
    if undated:
        yield because("undated", referrals=undated)
