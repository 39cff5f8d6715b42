"""Who could accompany whom: every possible pair judged with its reasons, and a whole cohort matched at once.

The objective, in this order: as many leaders as possible get a mentor; among those plans the one with the most points; among
those, the one that keeps most of the pairs there are (where any are given), then whoever stands earlier in the list of leaders
(who applied first) is rather matched than one who stands later. It is a linear assignment (scipy's Jonker-Volgenant): one row a leader, one column a free place of a mentor. A mentor's places are worth
less one after the other, so that load spreads where nothing else speaks against it. All weights are whole numbers far below
2^53, so that no rounding decides.
"""

from __future__ import annotations

from analytics.matching.assigning import leaving, match, takers
from analytics.matching.judging import MOST_PAIRS, Guide, Seeker, Verdict, distance, judge, worth
from analytics.matching.plans import Alone, Instead, Leaving, Plan, Proposal

__all__ = [
    "MOST_PAIRS", "Alone", "Guide", "Instead", "Leaving", "Plan", "Proposal", "Seeker", "Verdict",
    "distance", "judge", "leaving", "match", "takers", "worth",
]  # fmt: skip
