"""Which ties there are on a day, in a window: pure functions of a snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from analytics.collaboration.facts import holds
from analytics.ties import MAKERS, Tie, edge_table, ties_called, ties_of, undated_events
from graphdb.catalogue import TIES, tie
from graphdb.ties.snapshot import Network, Node, network

if TYPE_CHECKING:
    from collections.abc import Iterable

    from analytics.edgetable import EdgeTable
    from graphdb.connection import Graph


@dataclass(frozen=True, slots=True)
class Asked:
    """Which ties are wanted: kinds of the catalogue, or the word of an imported file; at which day, in which window."""

    kinds: tuple[str, ...]
    as_of: date
    days: int | None = None
    relation: str | None = None


@dataclass(frozen=True, eq=False)
class Found:
    """Nodes of the network on the day, the ties asked for, and what was left out: {code: how many records}."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    directed: bool
    hidden: dict[str, int]

    def table(self) -> EdgeTable:
        """The same as arrays, by the ids of the records."""
        return edge_table((node.id for node in self.nodes), self.ties, directed=self.directed)


KINDS_OF_TIE = tuple(kind.code for kind in TIES)
DECLARED_AND_OBSERVED = tuple(kind.code for kind in TIES if kind.evidence != "confirmed")


@lru_cache(maxsize=64)
def ties(of: Network, asked: Asked) -> Found:
    """The ties asked for, between the organisations that the network has on the day. Pure, remembered."""
    nodes = tuple(node for node in of.nodes if holds(node.start, node.end, asked.as_of))
    ids = {node.id for node in nodes}
    found = ties_of(of.facts, asked.kinds, asked.as_of, asked.days)
    if asked.relation is not None:
        found += ties_called(of.facts, asked.relation, asked.as_of, asked.days)
    inside = tuple(tie for tie in found if tie.source in ids and tie.target in ids)
    hidden = {
        "archived": of.archived,
        "not_in_the_network_on_that_day": len(of.nodes) - len(nodes),
        "ties_with_an_end_outside": len(found) - len(inside),
        "without_a_date": undated_events(of.facts, asked.kinds) if asked.days is not None else 0,
        "disputed": of.disputed if {"declared"} & set(asked.kinds) or asked.relation else 0,
    }
    return Found(nodes, inside, _directed(inside, asked), {code: n for code, n in hidden.items() if n})


def relations(of: Network) -> list[str]:
    """Words by which imported files call their ties."""
    said = (*of.facts.statements, *of.facts.said_of_people)
    return sorted({each.relation for each in said if each.relation})


def asked_for(of: Network, name: str | None, as_of: date, days: int | None = None) -> Asked:
    """What a name asks for: a tie of the catalogue, the word of an imported file, or both; without one all declared and
    observed ties. Raises KeyError for a name nothing has."""
    if name is None:
        return Asked(DECLARED_AND_OBSERVED, as_of, days)
    kinds = (name,) if name in MAKERS else ()
    relation = name if name in relations(of) else None
    if not kinds and relation is None:
        raise KeyError(name)
    return Asked(kinds, as_of, days, relation)


def table(graph: Graph, kinds: Iterable[str], days: int | None, as_of: date) -> EdgeTable:
    """The ties of these kinds as arrays: for gaps and layouts that need nothing else."""
    return ties(network(graph), Asked(tuple(kinds), as_of, days)).table()


def _directed(found: tuple[Tie, ...], asked: Asked) -> bool:
    """Directed when all that was found is; where nothing was found, when every kind asked for is."""
    if found:
        return not any(each.undirected for each in found)
    return all(tie(kind).directed for kind in asked.kinds)
