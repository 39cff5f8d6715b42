"""Communities: groups of organisations with more ties inside than one would expect from their numbers of ties."""

import random

import numpy as np
import numpy.typing as npt

from analytics.graphs import Graph, seeded

SEED = 1
AGAIN = 19
TIES_FOR_AGAIN = 1_000


def find_communities(graph: Graph, degree: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    """Number the community of each node of an undirected graph: 0 is the largest, equal sizes by their first node.

    Leiden (Traag, Waltman, van Eck 2019), modularity, resolution 1, fixed seed, to convergence. One run may end a
    little short of the best division, so a small network is divided again from random divisions and the best is kept.
    A node without ties is a community of its own.
    """
    alone = np.arange(len(degree))
    with seeded(SEED):
        found = [graph.leiden(start) for start in _starts(len(degree), int(degree.sum()) // 2)]
    best = max(found, key=lambda division: round(graph.modularity(division), 12), default=alone)
    return _by_size(np.where(degree > 0, best, len(degree) + alone))


def _starts(size: int, ties: int) -> list[list[int]]:
    """Divisions to begin with: each node alone, and for a small network random ones. None where there are no ties."""
    if not ties:
        return []
    draw = random.Random(SEED)  # noqa: S311  (not for secrets)
    again = AGAIN if ties <= TIES_FOR_AGAIN else 0
    return [list(range(size)), *([draw.randrange(size) for _ in range(size)] for _ in range(again))]


def _by_size(membership: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    _, first, inverse, sizes = np.unique(membership, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    number = np.empty(len(order), dtype=np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    return number[inverse]
