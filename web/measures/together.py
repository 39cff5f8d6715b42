"""Two kinds of tie beside each other: as page, file and command."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

from analytics.together import Together, together
from graphdb import ties
from web.measures.usecases import hidden

if TYPE_CHECKING:
    from datetime import datetime

    from graphdb.ties import Asked, Found, Network

RARE = 0.05


@dataclass(frozen=True, eq=False)
class Beside:
    """Two kinds and how they go together; `all`: every two kinds that have a tie, without their chances."""

    one: str
    other: str
    asked: Asked
    found: Found
    figures: Together
    all: tuple[tuple[str, str, Together], ...]

    @property
    def says(self) -> str:
        """more, less, chance, or undefined: what the permutations say of the pairs tied by both."""
        if self.figures.at_least is None or self.figures.at_most is None:
            return "undefined"
        return "more" if self.figures.at_least < RARE else "less" if self.figures.at_most < RARE else "chance"


@lru_cache(maxsize=32)
def beside(network: Network, one: str, other: str, asked: Asked) -> Beside:
    """Compare two kinds on the day and in the window asked for; the kinds of `asked` are not read."""
    tables = {
        kind: ties.ties(network, replace(asked, kinds=(kind,), relation=None)).table() for kind in ties.KINDS_OF_TIE
    }
    there = [kind for kind, table in tables.items() if table.ties]
    every = tuple((a, b, together(tables[a], tables[b], permutations=0)) for a, b in combinations(there, 2))
    both = ties.ties(network, replace(asked, kinds=(one, other), relation=None))
    return Beside(one, other, asked, both, together(tables[one], tables[other]), every)


def answer(found: Beside, generated: datetime) -> dict[str, Any]:
    """The comparison as `flask together` prints it."""
    return {
        "tie": found.one,
        "with": found.other,
        "as_of": found.asked.as_of.isoformat(),
        "window": found.asked.days,
        "generated": generated.isoformat(timespec="seconds"),
        "hidden": hidden(found.found),
        "nodes": found.figures.n,
        **_counts(found.figures),
        "share_at_least": found.figures.at_least,
        "share_at_most": found.figures.at_most,
        "permutations": found.figures.permutations,
        "kinds": [{"tie": a, "with": b, **_counts(each)} for a, b, each in found.all],
    }


def _counts(each: Together) -> dict[str, Any]:
    return {
        "possible": each.possible, "one": each.one, "other": each.other, "both": each.both, "jaccard": each.jaccard,
        "r": each.r,
    }  # fmt: skip
