"""What a network's files hold beside its snapshot: each declared tie by itself, and columns that came with an import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphdb.statements import Read

if TYPE_CHECKING:
    from datetime import date

    from graphdb.connection import Graph


@dataclass(frozen=True, slots=True)
class SaidTie:
    """A declared tie as entered; `further` holds “column: text” of an imported file."""

    source: str
    target: str
    relation: str
    undirected: bool
    strength: float | None
    on: date | None
    start: date | None
    end: date | None
    note: str
    further: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extra:
    """Aliases of a node and the columns it came with."""

    aliases: tuple[str, ...]
    further: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheets:
    nodes: list[list[Any]]
    ties: list[list[Any]]


OF_ORGANISATIONS = Read(
    Sheets,
    """
    RETURN
    COLLECT {
        MATCH (n:Organisation) WHERE n.archived_at IS NULL RETURN [n.id, n.aliases, n.further] ORDER BY n.id
    } AS nodes,
    COLLECT {
        MATCH (s:Organisation)<-[:TIE_FROM]-(d:DeclaredTie)-[:TIE_TO]->(t:Organisation)
        WHERE d.archived_at IS NULL AND d.status <> 'disputed'
        RETURN [s.id, t.id, coalesce(d.relation, d.topic), d.undirected, d.strength, d.on, d.valid_from, d.valid_to,
                d.note, d.further] ORDER BY d.id
    } AS ties
    """,
)

OF_PEOPLE = Read(
    Sheets,
    """
    RETURN
    COLLECT { MATCH (n:Person) WHERE n.archived_at IS NULL RETURN [n.id, [], n.further] ORDER BY n.id } AS nodes,
    COLLECT {
        MATCH (s:Person)<-[:TIE_FROM]-(d:PersonTie)-[:TIE_TO]->(t:Person)
        WHERE d.archived_at IS NULL AND d.status <> 'disputed'
        RETURN [s.id, t.id, coalesce(d.relation, d.topic), d.undirected, d.strength, d.on, d.valid_from, d.valid_to,
                d.note, d.further] ORDER BY d.id
    } AS ties
    """,
)


def said(graph: Graph, *, people: bool = False) -> tuple[dict[str, Extra], list[SaidTie]]:
    """Extra columns of each node, and every declared tie, of organisations or of people. One statement."""
    sheets = graph.fetch(OF_PEOPLE if people else OF_ORGANISATIONS)[0]
    extras = {node: Extra(tuple(aliases or ()), tuple(further or ())) for node, aliases, further in sheets.nodes}
    return extras, [_said(row) for row in sheets.ties]


def _said(row: list[Any]) -> SaidTie:
    source, target, relation, undirected, strength, on, start, end, note, further = row
    return SaidTie(
        source, target, relation, bool(undirected), strength, on, start, end, note or "", tuple(further or ())
    )
