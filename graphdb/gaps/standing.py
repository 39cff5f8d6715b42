"""Which places a community leader or mentor stands for: gaps are open to them there (rights.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph

EVERYWHERE = frozenset({"partner", "manager", "coordinator"})
"""Roles that read every gap of the network."""


@dataclass(frozen=True, slots=True)
class PlacesOf:
    places: list[str]


PLACES_OF = Read(
    PlacesOf,
    """
    RETURN COLLECT {
      MATCH (me:Person {id: $viewer_person})
      MATCH (me)-[:LOCATED_IN]->(p:Place) RETURN p.id AS id ORDER BY id
    } + COLLECT {
      MATCH (me:Person {id: $viewer_person})-[:BELONGS_TO]->(:Community)-[:LOCATED_IN]->(p:Place)
      RETURN p.id AS id ORDER BY id
    } AS places
    """,
)


def reads_everywhere(viewer: Viewer) -> bool:
    """Whether every gap of the network is open to the viewer; else only those of the viewer's own places."""
    return viewer.everything or bool(viewer.roles & EVERYWHERE)


def own_places(graph: Graph, viewer: Viewer) -> frozenset[str] | None:
    """The places of the viewer's person and community, for those who read of them only; None: everywhere."""
    if reads_everywhere(viewer):
        return None
    row = graph.one(PLACES_OF, **viewer.params())
    return frozenset(row.places if row else ())
