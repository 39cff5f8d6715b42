"""Where each organisation stands on the map: stored, so that it stands there tomorrow too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphdb.statements import Nothing, Read, Write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from graphdb.connection import Graph, Tx

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Layout:
    ids: list[str]
    xs: list[float]
    ys: list[float]

    def places(self) -> dict[str, Place]:
        """Place of each node, in units of the map."""
        return {node: (x, y) for node, x, y in zip(self.ids, self.xs, self.ys, strict=True)}


LAYOUT = Read(
    Layout,
    "MATCH (l:Layout {scope: $scope}) RETURN l.ids AS ids, l.xs AS xs, l.ys AS ys ORDER BY l.scope",
)

LOCK = Write(
    Layout,
    """
    MERGE (l:Layout {scope: $scope})
    ON CREATE SET l.ids = [], l.xs = [], l.ys = []
    SET l._lock = true REMOVE l._lock
    RETURN l.ids AS ids, l.xs AS xs, l.ys AS ys
    """,
)

KEEP = Write(Nothing, "MATCH (l:Layout {scope: $scope}) SET l.ids = $ids, l.xs = $xs, l.ys = $ys")


def places(
    graph: Graph,
    nodes: frozenset[str],
    place: Callable[[Mapping[str, Place]], dict[str, Place]],
    scope: str = "network",
) -> dict[str, Place]:
    """Stored places of the nodes; where some have none, `place` is given those that have and answers with all.

    Known places never move; of two who place at the same time the second builds on the first.
    """
    kept = graph.one(LAYOUT, scope=scope)
    known = kept.places() if kept else {}
    if nodes <= known.keys():
        return known

    def add(tx: Tx) -> dict[str, Place]:
        before = tx.fetch(LOCK, scope=scope)[0].places()
        after = {**place(before), **before}
        ids = sorted(after)
        tx.fetch(KEEP, scope=scope, ids=ids, xs=[after[node][0] for node in ids], ys=[after[node][1] for node in ids])
        return after

    return graph.transact(add)
