"""The one place that calls igraph, which has no types: everything else sees lists and arrays of numbers."""

import random
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from math import inf, isnan
from threading import Lock
from typing import Any, cast

import igraph
import numpy as np
import numpy.typing as npt

from analytics.edgetable import EdgeTable, Ends

Points = npt.NDArray[np.float64]

LEAST_GAIN = 1e-12
_one_at_a_time = Lock()


@contextmanager
def seeded(seed: int) -> Generator[None]:
    """Let igraph draw from a generator of our own, so that neither `random` nor another caller is disturbed.

    igraph has a single generator for the whole process, hence the lock.
    """
    with _one_at_a_time:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311  (not for secrets)
        try:
            yield
        finally:
            igraph.set_random_number_generator(random)


class Graph:
    """A graph over the positions 0..size-1, with at most one tie between two of them (in each direction)."""

    def __init__(self, size: int, source: Ends, target: Ends, *, directed: bool = False) -> None:
        # a list of pairs builds two to three times faster than an array
        ends = list(zip(source.tolist(), target.tolist(), strict=True))
        self._graph: Any = igraph.Graph(n=size, edges=ends, directed=directed)

    @classmethod
    def of(cls, table: EdgeTable) -> "Graph":
        """The graph of a collapsed table, over the positions of its nodes."""
        return cls(len(table.nodes), table.source, table.target, directed=table.directed)

    def components(self) -> list[int]:
        """Component of each node, ignoring direction."""
        return cast("list[int]", self._graph.connected_components(mode="weak").membership)

    def betweenness(self, sources: Sequence[int] | None = None) -> list[float]:
        """Shortest paths through each node, over all pairs or only those that start at `sources`."""
        return cast("list[float]", self._graph.betweenness(sources=sources))

    def distance_sums(self) -> list[float]:
        """Sum of the distances from all nodes that reach the node, one search a node; 0 where none does."""
        inverse = cast("list[float]", self._graph.closeness(mode="in", normalized=False))
        return [0.0 if isnan(value) else 1 / value for value in inverse]

    def harmonic(self) -> list[float]:
        """Sum over the other nodes of 1 / (distance from them), 0 for those that cannot reach the node."""
        return cast("list[float]", self._graph.harmonic_centrality(mode="in", normalized=False))

    def constraint(self) -> list[float]:
        """Burt's constraint on a_ij + a_ji; NaN for a node without ties."""
        return cast("list[float]", self._graph.constraint())

    def core(self) -> list[int]:
        """Largest k such that the node belongs to a part where everyone has k neighbours inside it."""
        return cast("list[int]", self._graph.coreness(mode="all"))

    def articulation_points(self) -> list[int]:
        """Nodes whose removal splits their component, in order."""
        return sorted(cast("list[int]", self._graph.articulation_points()))

    def bridges(self) -> list[tuple[int, int]]:
        """Ties whose removal splits their component, in the order of the table."""
        return [self._graph.es[tie].tuple for tie in sorted(self._graph.bridges())]

    def blocks(self) -> list[list[int]]:
        """Biconnected components: parts of two nodes or more that no single node's removal splits."""
        return [list(block) for block in self._graph.biconnected_components()]

    def clustering(self) -> list[float]:
        """Share of the pairs of neighbours that are tied to each other; 0 for fewer than two neighbours."""
        return cast("list[float]", self._graph.transitivity_local_undirected(mode="zero"))

    def leiden(self, start: Sequence[int]) -> list[int]:
        """Communities by the Leiden method: objective modularity, resolution 1, until an iteration gains nothing.

        start: a division to begin with, one number a node.
        Iterated here, because igraph's own "until stable" (n_iterations=-1) never returns where rounding lets a node
        swing between two equally good communities: nine nodes can be enough.
        """
        best, gained = list(start), inf
        while gained > LEAST_GAIN:
            found = self._graph.community_leiden(
                objective_function="modularity", resolution=1, n_iterations=1, initial_membership=best
            )
            gained = found.modularity - self.modularity(best)
            best = cast("list[int]", found.membership) if gained > 0 else best
        return best

    def modularity(self, communities: Sequence[int]) -> float:
        """Newman's modularity of a division; NaN without ties."""
        return cast(float, self._graph.modularity(communities, resolution=1))

    def kamada_kawai(self, start: Points) -> Points:
        """Lay out by distances between nodes, beginning at `start`; both n x 2."""
        return np.array(self._graph.layout_kamada_kawai(seed=start.tolist()).coords).reshape(-1, 2)

    def fruchterman_reingold(self, start: Points, rounds: int, weights: Sequence[float] | None = None) -> Points:
        """Lay out by springs and repulsion, beginning at `start`; both n x 2."""
        found = self._graph.layout_fruchterman_reingold(seed=start.tolist(), niter=rounds, weights=weights)
        return np.array(found.coords).reshape(-1, 2)
