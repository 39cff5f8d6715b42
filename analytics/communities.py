"""Communities: groups of organisations with more ties inside than one would expect from their numbers of ties."""

import numpy as np
import numpy.typing as npt

from analytics.graphs import Graph, seeded

SEED = 1
STARTS = 20
TIES_FOR_STARTS = 1_000


def find_communities(graph: Graph, ties: int) -> npt.NDArray[np.int32]:
    """Number the community of each node of an undirected graph: 0 is the largest, equal sizes by their first node.

    Leiden (Traag, Waltman, van Eck 2019), modularity, resolution 1, fixed seed, to convergence. A single run may stop
    a little short of the best division, so a small network is divided from several fixed seeds and the best is kept.
    """
    best, best_value = [], -np.inf
    with seeded(SEED):
        for _ in range(STARTS if ties <= TIES_FOR_STARTS else 1):
            found = graph.leiden()
            value = graph.modularity(found) if ties else 0.0
            if value > best_value + 1e-12:
                best, best_value = found, value
    return _by_size(np.array(best, dtype=np.int64))


def _by_size(membership: npt.NDArray[np.int64]) -> npt.NDArray[np.int32]:
    _, first, inverse, sizes = np.unique(membership, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    number = np.empty(len(order), dtype=np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    return number[inverse]
