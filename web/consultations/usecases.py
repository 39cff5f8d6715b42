"""A draft's table in numbers, and which counts of the public may be shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.suppression import LEAST, LEAST_MINORS, held_back
from graphdb.catalogue import codes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from graphdb.consultations.reading import CommentOf, ConsultationView
    from graphdb.meetings.pieces import Named

PARTS: Mapping[str, tuple[str, ...]] = {
    "sex": ("women", "men", "other_sex"),
    "age": ("under_18", "18_59", "60_more"),
    "group": ("newcomers", "neighbours", "professionals"),
}
"""Into which parts a public is counted; each of the three ways counts everybody once."""
EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of comments in numbers. `commented`, `content` and `silent` share out the asked organisations; `others`
    commented without being asked. `decisions` counts the comments by decision, all of them named."""

    comments: int
    asked: int
    commented: list[Named]
    content: list[Named]
    silent: list[Named]
    others: list[Named]
    decisions: dict[str, int]

    @property
    def answered(self) -> int:
        """Asked organisations that commented or have nothing to add."""
        return len(self.commented) + len(self.content)


def figures(found: ConsultationView) -> Figures:
    """Count a table."""
    voices = {one["organisation"]["id"]: one["organisation"] for one in found.comments}
    asked = {one["id"] for one in found.asked}
    content = {one["id"] for one in found.content} - voices.keys()
    decided = Counter(one["decision"] for one in found.comments)
    return Figures(
        comments=len(found.comments),
        asked=len(found.asked),
        commented=[one for one in found.asked if one["id"] in voices],
        content=[one for one in found.asked if one["id"] in content],
        silent=[one for one in found.asked if one["id"] not in voices and one["id"] not in content],
        others=sorted((one for one in voices.values() if one["id"] not in asked), key=lambda one: one["title"]),
        decisions={code: decided[code] for code in codes("comment_decision")},
    )


def lines(found: ConsultationView, decision: str = "") -> list[CommentOf]:
    """The comments with that decision; all for another word."""
    wanted = decision if decision in codes("comment_decision") else ""
    return [one for one in found.comments if wanted in {"", one["decision"]}]


def takes(found: ConsultationView, today: date) -> bool:
    """Whether comments are taken on that day."""
    return found.state == "open" and today <= found.until and not found.archived


@dataclass(frozen=True, slots=True)
class Head:
    """A part of the public: how many came. `n` is None where nobody counted, or where it is `held` back as too small."""

    part: str
    n: int | None
    held: bool = False


def heads(counts: Mapping[str, int], *, exact: bool) -> dict[str, list[Head]]:
    """Everybody and the parts, by way of counting. Unless `exact`, counts under 5 (of minors 10) are held back, with as many
    others as it takes that no sum tells them."""
    hidden = set[str]() if exact else _hidden(counts)
    ways = {EVERYBODY: (EVERYBODY,), **PARTS}
    return {way: [_head(part, counts, hidden) for part in parts] for way, parts in ways.items()}


def _head(part: str, counts: Mapping[str, int], hidden: set[str]) -> Head:
    return Head(part, None, held=True) if part in hidden else Head(part, counts.get(part))


def _hidden(counts: Mapping[str, int]) -> set[str]:
    least = {part: LEAST_MINORS if part == "under_18" else LEAST for part in counts}
    sums = [(EVERYBODY, parts) for parts in PARTS.values() if _adds_up(counts, parts)]
    return held_back(counts, least, sums)


def _adds_up(counts: Mapping[str, int], parts: tuple[str, ...]) -> bool:
    """Whether the parts are known and make the whole: then the rest would tell one that is held back."""
    known = [counts[part] for part in parts if part in counts]
    return len(known) == len(parts) and EVERYBODY in counts and sum(known) == counts[EVERYBODY]


def too_many(counts: Mapping[str, int]) -> list[str]:
    """Ways of counting whose parts are more than everybody."""
    return [
        way
        for way, parts in PARTS.items()
        if EVERYBODY in counts and sum(counts.get(part, 0) for part in parts) > counts[EVERYBODY]
    ]
