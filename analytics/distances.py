"""How far all nodes are from each node, counted for many starting nodes at once."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.edgetable import EdgeTable
from analytics.graphs import Graph

DEEPEST = 40
"""Steps; in a network with longer ways (a chain) searching from one node after the other is faster."""
WORDS = 8
STARTS = 64 * WORDS
"""Starting nodes of one pass, a bit each: the rows of eight words stay in the processor's cache."""


@dataclass(frozen=True)
class Distances:
    """For each node the sum of the distances, and of 1 / distance, from all nodes that reach it; 0 where none does."""

    total: npt.NDArray[np.float64]
    inverse: npt.NDArray[np.float64]


def measure_distances(table: EdgeTable, graph: Graph, deepest: int = DEEPEST) -> Distances:
    """Distances along the ties of a collapsed table (both ways if undirected); `graph` holds the same ties."""
    size = len(table.nodes)
    total, inverse = np.zeros(size), np.zeros(size)
    ties = _Ties(table)
    for first in range(0, size if table.ties else 0, STARTS):
        for step, found in enumerate(_rings(ties, size, first), start=1):
            if step > deepest:
                return Distances(np.array(graph.distance_sums()), np.array(graph.harmonic()))
            total += step * found
            inverse += found / step
    return Distances(total, inverse)


class _Ties:
    """Ties grouped by the node where they end."""

    def __init__(self, table: EdgeTable) -> None:
        tail, head = table.source, table.target
        if not table.directed:
            tail, head = np.concatenate([tail, head]), np.concatenate([head, tail])
        order = np.argsort(head, kind="stable")
        self.tails = tail[order]
        self.heads, self.starts = np.unique(head[order], return_index=True)


def _own_bits(size: int, first: int) -> npt.NDArray[np.uint64]:
    """One row a node; each of the starting nodes has its own bit set in its own row."""
    bits = np.zeros((size, WORDS), dtype=np.uint64)
    start = np.arange(min(STARTS, size - first))
    bits[first + start, start // 64] = np.uint64(1) << (start % 64).astype(np.uint64)
    return bits


def _rings(ties: _Ties, size: int, first: int) -> Iterator[npt.NDArray[np.int64]]:
    """For 1, 2, ... steps, of STARTS nodes from `first` on, how many are exactly so many steps away from each node."""
    reached = _own_bits(size, first)
    while True:
        wider = reached.copy()
        wider[ties.heads] |= np.bitwise_or.reduceat(reached[ties.tails], ties.starts, axis=0)
        found = np.bitwise_count(wider ^ reached).sum(axis=1, dtype=np.int64)
        if not found.any():
            return
        yield found
        reached = wider
