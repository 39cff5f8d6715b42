"""Do two kinds of tie go together: the correlation of two networks of the same nodes, against chance (QAP)."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from analytics.edgetable import EdgeTable, among
from analytics.groups import PERMUTATIONS, SEED, fewer

Keys = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Together:
    """Two kinds of tie among n nodes, pair by pair without direction.

    possible: pairs there are.  one, other, both: pairs tied by the first, by the second, by both.
    at_least, at_most: share of the permutations, the found one among them, with as many pairs tied by both or more, or as
    many or fewer.  permutations: how many were made; fewer than 2,000 for a large network, none where r is undefined.
    """

    n: int
    possible: int
    one: int
    other: int
    both: int
    at_least: float | None
    at_most: float | None
    permutations: int

    @property
    def r(self) -> float | None:
        """Correlation (phi) over all pairs; None where one of the two ties nobody or everybody."""
        spread = self.one * (self.possible - self.one) * self.other * (self.possible - self.other)
        return (self.possible * self.both - self.one * self.other) / sqrt(spread) if spread else None

    @property
    def jaccard(self) -> float | None:
        """Pairs tied by both, by pairs tied by either; None without ties."""
        either = self.one + self.other - self.both
        return self.both / either if either else None


def together(one: EdgeTable, other: EdgeTable, permutations: int = PERMUTATIONS) -> Together:
    """Compare two tables of the same nodes, ignoring direction: permuting rows and columns of one together (fixed seed).

    The number of ties does not change under a permutation, so the pairs tied by both decide about the correlation.
    Raises ValueError where the nodes differ.
    Source: Krackhardt (1988), Predicting with networks: nonparametric multiple regression analysis of dyadic data, Social
    Networks 10, 359-381.
    """
    if one.nodes != other.nodes:
        raise ValueError("both kinds of tie must be among the same nodes")
    n, first, second = len(one.nodes), _pairs(one), _pairs(other)
    found = Together(n, n * (n - 1) // 2, len(first), len(second), int(among(first, second).sum()), None, None, 0)
    if found.r is None:
        return found
    few, many = sorted((first, second), key=len)
    a, b = np.divmod(few, n)
    shuffles, shuffle, more, less = fewer(permutations, len(many)), np.random.default_rng(SEED), 1, 1
    for _ in range(shuffles):
        name = shuffle.permutation(n)
        common = int(among(_keys(name[a], name[b], n), many).sum())
        more, less = more + (common >= found.both), less + (common <= found.both)
    chances = (more / (shuffles + 1), less / (shuffles + 1))
    return Together(found.n, found.possible, found.one, found.other, found.both, *chances, shuffles)


def _pairs(table: EdgeTable) -> Keys:
    ties = table.undirected().collapsed()
    return np.sort(_keys(ties.source.astype(np.int64), ties.target.astype(np.int64), len(ties.nodes)))


def _keys(a: Keys, b: Keys, n: int) -> Keys:
    return np.minimum(a, b) * n + np.maximum(a, b)
