"""All collaboration gaps of one day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from analytics.collaboration.facts import CollaborationFacts, OpenGap, Window
from analytics.collaboration.gap import CollaborationGap, GapClass, NotJudged
from analytics.collaboration.informal_dependency import informal_dependencies
from analytics.collaboration.isolated_member import isolated_members
from analytics.collaboration.mentoring import leaders_without_mentor, quiet_pairs
from analytics.collaboration.never_in_the_room import never_in_the_room
from analytics.collaboration.paper_tie import paper_ties
from analytics.collaboration.scene import Scene
from analytics.thresholds import DEFAULTS, Thresholds


@dataclass(frozen=True, slots=True)
class CollaborationReport:
    """Gaps sorted by class, then by members; what could not be judged stands beside them."""

    as_of: date
    window: Window
    gaps: tuple[CollaborationGap, ...]
    not_judged: tuple[NotJudged, ...]

    @property
    def counts(self) -> dict[GapClass, int]:
        """Every class is named."""
        found = Counter(gap.cls for gap in self.gaps)
        return {name: found[name] for name in GapClass}


def find_gaps(
    facts: CollaborationFacts,
    as_of: date,
    *,
    open_gaps: Iterable[OpenGap] = (),
    settled: Collection[str] = (),
    limits: Thresholds = DEFAULTS,
) -> CollaborationReport:
    """The gaps as of that day; later facts are not looked at.

    `open_gaps` are those already open (coverage cells with their providers, gaps kept from before); the pairs found
    here as C2 and C3 are added to them before C6 asks who shares an open gap, but for the keys in `settled` (accepted
    as a risk, found false): those are shown and not open.
    """
    given = {each.key: each for each in open_gaps}
    scene = Scene.of(facts, as_of, limits)
    pairs = (*paper_ties(scene), *informal_dependencies(scene))
    shared = given | {gap.key: OpenGap(gap.key, gap.members) for gap in pairs if gap.key not in settled}
    absent, no_meetings = never_in_the_room(replace(scene, open_gaps=tuple(shared.values())))
    isolated, unjudged = isolated_members(scene)
    found = (*pairs, *absent, *isolated, *leaders_without_mentor(scene), *quiet_pairs(scene))
    return CollaborationReport(as_of, scene.window, found, tuple(each for each in (no_meetings, *unjudged) if each.n))
