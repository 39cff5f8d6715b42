"""All measures of one network at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analytics.edgetable import EdgeTable
from analytics.measures import MEASURES
from analytics.measures.measure import Column, Fact, NetworkMeasure, NodeMeasure
from analytics.network import Network


@dataclass(frozen=True)
class Dashboard:
    """`network`: value by key. `ids`: the nodes. `columns`: by key, one value a node in the order of `ids`."""

    network: dict[str, Fact]
    ids: tuple[str, ...]
    columns: dict[str, Column]

    @property
    def nodes(self) -> list[dict[str, Any]]:
        """One row a node: its id and every column."""
        keys = ("id", *self.columns)
        return [dict(zip(keys, row, strict=True)) for row in zip(self.ids, *self.columns.values(), strict=True)]


def dashboard(table: EdgeTable, measures: Sequence[NetworkMeasure | NodeMeasure] = MEASURES) -> Dashboard:
    """Compute the measures, by default all, on the collapsed ties of the table; nodes, ties and directed come first.

    Choose fewer for a network of many thousands: betweenness_band, closeness and harmonic take nearly all the time.
    """
    network = Network(table)
    facts: dict[str, Fact] = {"nodes": network.size, "ties": network.ties.ties, "directed": network.directed}
    columns: dict[str, Column] = {}
    for measure in measures:
        if measure.scope == "network":
            facts[measure.key] = measure.compute(network)
        else:
            columns[measure.key] = measure.compute(network)
    return Dashboard(network=facts, ids=network.nodes, columns=columns)
