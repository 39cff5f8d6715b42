"""Derived ties stored in the graph, for people who query it themselves: written by `rebuild` only, never edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from analytics.thresholds import DEFAULTS
from analytics.ties import MAKERS
from graphdb.catalogue import tie
from graphdb.connection import LONG_SECONDS
from graphdb.statements import Nothing, Read, Write
from graphdb.ties.asking import Asked, ties
from graphdb.ties.snapshot import Network, network

if TYPE_CHECKING:
    from graphdb.connection import Graph, Tx

DROP = Write(Nothing, "MATCH (:Organisation)-[r]->(:Organisation) WHERE r.derived DELETE r")

STORE = Write(
    Nothing,
    """
    UNWIND $ties AS tie
    MATCH (a:Organisation {id: tie.source}) MATCH (b:Organisation {id: tie.target})
    CREATE (a)-[r:$(tie.type)]->(b) SET r = tie.facts
    """,
)


@dataclass(frozen=True, slots=True)
class StoredTie:
    """A tie of the cache, as it lies in the graph."""

    type: str
    source: str
    target: str
    n: int
    weight: float
    first: date | None
    last: date | None
    undated: int


STORED = Read(
    StoredTie,
    """
    MATCH (a:Organisation)-[r]->(b:Organisation) WHERE r.derived
    RETURN type(r) AS type, a.id AS source, b.id AS target, r.n AS n, r.weight AS weight,
           r.first AS first, r.last AS last, r.undated AS undated
    ORDER BY type, source, target, n
    """,
)


def rebuild(graph: Graph, as_of: date, days: int = DEFAULTS.window_days) -> int:
    """Write the derived ties of the standard window anew, in one transaction; returns how many."""

    rows = _rows(network(graph), as_of, days)

    def work(tx: Tx) -> int:
        tx.fetch(DROP)
        tx.fetch(STORE, ties=rows)
        return len(rows)

    return graph.transact(work, seconds=LONG_SECONDS)


def is_current(graph: Graph, as_of: date, days: int = DEFAULTS.window_days) -> bool:
    """Whether the stored ties are what a rebuild would write."""
    rows = _rows(network(graph), as_of, days)
    keys = ("n", "weight", "first", "last", "undated")
    wanted = [(row["type"], row["source"], row["target"], *(row["facts"].get(key) for key in keys)) for row in rows]
    stored = [
        (each.type, each.source, each.target, each.n, each.weight, each.first, each.last, each.undated)
        for each in graph.fetch(STORED)
    ]
    return sorted(wanted, key=str) == sorted(stored, key=str)


def _rows(of: Network, as_of: date, days: int) -> list[dict[str, Any]]:
    found = ties(of, Asked(tuple(MAKERS), as_of, days))
    return [
        {
            "type": tie(each.kind).relationship,
            "source": each.source,
            "target": each.target,
            "facts": {
                "n": each.n, "weight": float(each.weight), "first": each.first, "last": each.last,
                "undated": each.undated, "days": days, "as_of": as_of, "derived": True,
            },
        }
        for each in found.ties
    ]  # fmt: skip
