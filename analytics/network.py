"""One network prepared for measuring: what several measures need is computed once, when the first asks."""

from functools import cached_property

import numpy as np
import numpy.typing as npt

from analytics.communities import find_communities
from analytics.coreness import CorePeriphery, core_periphery
from analytics.distances import Distances, measure_distances
from analytics.edgetable import EdgeTable
from analytics.graphs import Graph

Counts = npt.NDArray[np.int64]


class Network:
    """The ties of a table, collapsed (no self-loops, one tie a pair and direction, no weight), and what follows."""

    def __init__(self, table: EdgeTable) -> None:
        self.table = table
        self.ties = table.collapsed()
        self.shadow = self.ties.undirected().collapsed() if table.directed else self.ties
        self.directed = table.directed
        self.nodes = table.nodes
        self.size = len(table.nodes)

    @cached_property
    def graph(self) -> Graph:
        """The ties in their direction, or undirected where they have none."""
        return Graph.of(self.ties) if self.directed else self.undirected

    @cached_property
    def undirected(self) -> Graph:
        """The ties without their direction."""
        return Graph.of(self.shadow)

    @cached_property
    def out_degree(self) -> Counts:
        """Ties that start at each node."""
        return np.bincount(self.ties.source, minlength=self.size)

    @cached_property
    def in_degree(self) -> Counts:
        """Ties that end at each node."""
        return np.bincount(self.ties.target, minlength=self.size)

    @cached_property
    def neighbours(self) -> Counts:
        """Number of other nodes each node is tied to, in whatever direction."""
        ends = np.concatenate([self.shadow.source, self.shadow.target])
        return np.bincount(ends, minlength=self.size)

    @cached_property
    def components(self) -> Counts:
        """Component of each node, ignoring direction, numbered from 0."""
        return np.array(self.undirected.components(), dtype=np.int64)

    @cached_property
    def largest_component(self) -> list[int]:
        """Nodes of the largest component; of several equally large ones, that of the first node listed."""
        if not self.size:
            return []
        sizes = np.bincount(self.components)
        largest = self.components[np.argmax(sizes[self.components])]
        return np.flatnonzero(self.components == largest).tolist()

    @cached_property
    def mutual(self) -> npt.NDArray[np.bool_]:
        """For each directed tie, whether the opposite tie exists too."""
        source, target = self.ties.source.astype(np.int64), self.ties.target.astype(np.int64)
        return np.isin(source * self.size + target, target * self.size + source, assume_unique=True)

    @cached_property
    def distances(self) -> Distances:
        """Distances from all other nodes to each node, along the direction of the ties."""
        return measure_distances(self.ties, self.graph) if self.directed else self.undirected_distances

    @cached_property
    def undirected_distances(self) -> Distances:
        """Distances between nodes, ignoring direction."""
        return measure_distances(self.shadow, self.undirected)

    @cached_property
    def clustering(self) -> npt.NDArray[np.float64]:
        """Share of the pairs of neighbours that are tied to each other; 0 for fewer than two neighbours."""
        return np.array(self.undirected.clustering(), dtype=np.float64)

    @cached_property
    def articulation_points(self) -> list[int]:
        """Nodes whose removal splits their component, in order."""
        return self.undirected.articulation_points()

    @cached_property
    def betweenness(self) -> npt.NDArray[np.float64]:
        """Shortest paths through each node: unordered pairs if undirected, ordered pairs if directed."""
        return np.array(self.graph.betweenness(), dtype=np.float64)

    @cached_property
    def communities(self) -> npt.NDArray[np.int32]:
        """Community of each node, ignoring direction, numbered from 0 by falling size."""
        return find_communities(self.undirected, self.neighbours)

    @cached_property
    def kinds_of_pairs(self) -> Counts:
        """For each tied pair, ignoring direction, of how many kinds its ties are; in the order of `shadow`."""
        a, b = self.table.source.astype(np.int64), self.table.target.astype(np.int64)
        kind = np.zeros(len(a), dtype=np.int64) if self.table.kind is None else self.table.kind.astype(np.int64)
        pair = np.minimum(a, b) * max(1, self.size) + np.maximum(a, b)
        seen = np.unique(np.stack([pair, kind])[:, a != b], axis=1)
        return np.unique(seen[0], return_counts=True)[1]

    @cached_property
    def several_kinds(self) -> bool:
        """Whether the ties are of more than one kind."""
        return (
            self.table.kind is not None and len(np.unique(self.table.kind[self.table.source != self.table.target])) > 1
        )

    @cached_property
    def core_periphery(self) -> CorePeriphery:
        """The division into core and periphery, ignoring direction."""
        ends = self.neighbours[np.stack([self.shadow.source, self.shadow.target], axis=1)]
        return core_periphery(self.neighbours, ends)
