"""C2, paper tie: an agreement in force for at least W, and no observed tie of any type in W."""

from __future__ import annotations

from collections.abc import Iterator

from analytics.collaboration.evidence import Pair
from analytics.collaboration.facts import Agreement
from analytics.collaboration.gap import CollaborationGap, GapClass
from analytics.collaboration.scene import Scene
from analytics.keys import pair_key
from analytics.reasons import Reason, because


def paper_ties(scene: Scene) -> Iterator[CollaborationGap]:
    """Pairs of members, undirected. Evidence without a date is no evidence of the window: it is a reason to look."""
    for pair in sorted(scene.agreed):
        one, other = pair
        old = tuple(each for each in scene.in_force(one, other) if _as_old_as_window(each, scene))
        if old and one in scene.members and other in scene.members and not scene.tie(one, other).within:
            key = pair_key(GapClass.PAPER_TIE, one, other)
            reasons = tuple(_reasons(scene, pair, old))
            yield CollaborationGap(GapClass.PAPER_TIE, key, one, other, reasons, scene.window, len(old))


def _as_old_as_window(agreement: Agreement, scene: Scene) -> bool:
    return agreement.start is None or agreement.start <= scene.window.after


def _reasons(scene: Scene, pair: Pair, agreements: tuple[Agreement, ...]) -> Iterator[Reason]:
    for each in agreements:
        days = (scene.on - each.start).days if each.start else None
        yield because("agreement_in_force", agreement=each.id, since=each.start, until=each.end, days=days)
        if each.start is None:
            yield because("undated", agreement=each.id)
    tie = scene.tie(*pair)
    yield because("no_tie_in_window", days=scene.limits.window_days, last=tie.last, last_kind=tie.last_kind)
    if tie.undated:
        yield because("undated", ties=tie.undated)
