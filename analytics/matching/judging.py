"""Every possible pair of a leader and a mentor judged: what speaks for it, with how many points, and why it cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.reasons import Reason, because

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from analytics.hierarchy import Hierarchy

MOST_PAIRS = 3
POINTS = {
    "common_language": 3, "more_languages": 1, "wished_language": 2, "interpreter": -2, "same_place": 3, "near": 1,
    "wished_by_leader": 4, "wished_by_mentor": 4,
}  # fmt: skip
"""What a reason adds; those not named here add nothing, topics and load are said by `worth`."""
TOPIC_POINTS, MOST_TOPICS = 2, 3
NEAR_STEPS = 2
FIRST_PAIR = 2


@dataclass(frozen=True, slots=True)
class Wisher:
    """What is known of a leader or a mentor. Empty languages, places and topics are unknown, not none."""

    id: str
    languages: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    wished: frozenset[str] = frozenset()
    unwished: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Seeker(Wisher):
    """A leader to be matched."""

    wished_languages: frozenset[str] = frozenset()
    interpreter: bool = False


@dataclass(frozen=True, slots=True)
class Guide(Wisher):
    """A mentor. `load`: pairs now that have not ended; `most`: how many at a time."""

    load: int = 0
    most: int = MOST_PAIRS

    @property
    def room(self) -> int:
        """Pairs that may be added."""
        return max(0, min(self.most, MOST_PAIRS) - self.load)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What speaks for and against a pair, without the mentor's load. `excluded`: why it cannot be, else None."""

    points: int
    reasons: tuple[Reason, ...]
    excluded: Reason | None = None


def worth(reason: Reason) -> int:
    """What one reason adds to the points of a pair."""
    n = reason.get("n")
    if reason.code == "topics":
        return TOPIC_POINTS * min(int(str(n)), MOST_TOPICS)
    if reason.code == "load":
        return FIRST_PAIR - int(str(n))
    return POINTS.get(reason.code, 0)


def judge(leader: Seeker, mentor: Guide, places: Hierarchy, refused: Set[tuple[str, str]] = frozenset()) -> Verdict:
    """A pair with its reasons; `refused` are (leader, mentor) that somebody has refused before."""
    excluded = _exclusion(leader, mentor, refused)
    reasons = tuple(_reasons(leader, mentor, places))
    return Verdict(sum(map(worth, reasons)), reasons, excluded)


def _exclusion(leader: Seeker, mentor: Guide, refused: Set[tuple[str, str]]) -> Reason | None:
    if mentor.id in leader.unwished:
        return because("not_wished_by_leader")
    if leader.id in mentor.unwished:
        return because("not_wished_by_mentor")
    if (leader.id, mentor.id) in refused:
        return because("refused_before")
    known = leader.languages and mentor.languages
    if known and not leader.languages & mentor.languages and not leader.interpreter:
        return because("no_common_language")
    return None if mentor.room else because("no_room", n=mentor.load)


def _reasons(leader: Seeker, mentor: Guide, places: Hierarchy) -> Iterator[Reason]:
    yield from _of_language(leader, mentor)
    yield _of_place(leader.places, mentor.places, places)
    if leader.topics and mentor.topics:
        met = tuple(sorted(leader.topics & mentor.topics))
        yield because("topics", n=len(met), asked=len(leader.topics), topics=met)
    else:
        yield because("topics_unknown")
    if mentor.id in leader.wished:
        yield because("wished_by_leader")
    if leader.id in mentor.wished:
        yield because("wished_by_mentor")


def _of_language(leader: Seeker, mentor: Guide) -> Iterator[Reason]:
    common = tuple(sorted(leader.languages & mentor.languages))
    if common:
        yield because("common_language", languages=common)
        if len(common) > 1:
            yield because("more_languages", n=len(common))
    elif leader.languages and mentor.languages:
        yield because("interpreter")
    else:
        yield because("language_unknown")
    if wished := tuple(sorted(leader.wished_languages & mentor.languages)):
        yield because("wished_language", languages=wished)


def _of_place(one: Set[str], other: Set[str], places: Hierarchy) -> Reason:
    if not one or not other:
        return because("place_unknown")
    steps = [found for a in one for b in other if (found := distance(a, b, places)) is not None]
    if not steps:
        return because("far")
    nearest = min(steps)
    if nearest == 0:
        return because("same_place")
    return because("near" if nearest <= NEAR_STEPS else "far", steps=nearest)


def distance(one: str, other: str, places: Hierarchy) -> int | None:
    """Steps between two places by the tree: up to what both lie in, and down. None where nothing holds both."""
    up, down = _heights(one, places), _heights(other, places)
    both = up.keys() & down.keys()
    return min((up[place] + down[place] for place in both), default=None)


def _heights(place: str, places: Hierarchy) -> dict[str, int]:
    found, level, steps = {place: 0}, [place], 0
    while level:
        steps += 1
        level = [above for each in level for above in places.up.get(each, ()) if above not in found]
        found |= dict.fromkeys(level, steps)
    return found
