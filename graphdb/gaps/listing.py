"""Every gap that is kept, with what it is about: for lists outside the pages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphdb.connection import Graph


@dataclass(frozen=True, slots=True)
class ListedGap:
    """A kept gap. `reasons` is JSON; ids of what it is about, empty where it is not about such a thing."""

    id: str
    ref: str
    key: str
    cls: str
    state: str
    points: int | None
    first_seen: date | None
    last_seen: date | None
    gone_on: date | None
    accepted_until: date | None
    reasons: str | None
    place: str | None
    service: str | None
    group: str | None
    source: str | None
    target: str | None
    members: list[str]

    def because(self) -> Sequence[Mapping[str, Any]]:
        """The stored reasons."""
        return json.loads(self.reasons or "[]")


@dataclass(frozen=True, slots=True)
class ListedGaps:
    """One row: the fields of every ListedGap in their order."""

    gaps: list[list[Any]]


LISTED = Read(
    ListedGaps,
    """
    RETURN COLLECT {
      MATCH (g:Gap) WHERE g.archived_at IS NULL AND ($state = '' OR g.state = $state) AND ($cls = '' OR g.cls = $cls)
      WITH g ORDER BY coalesce(g.points, 0) DESC, g.key
      RETURN [g.id, g.ref, g.key, g.cls, g.state, g.points, g.first_seen, g.last_seen, g.gone_on, g.accepted_until, g.reasons,
              head(COLLECT { MATCH (g)-[:FOR_PLACE]->(x:Place) RETURN x.id }),
              head(COLLECT { MATCH (g)-[:FOR_SERVICE]->(x:ServiceType) RETURN x.id }),
              head(COLLECT { MATCH (g)-[:FOR_GROUP]->(x:PopulationGroup) RETURN x.id }),
              head(COLLECT { MATCH (g)-[:GAP_OF]->(x:Organisation) RETURN x.id }),
              head(COLLECT { MATCH (g)-[:GAP_WITH]->(x:Organisation) RETURN x.id }),
              COLLECT { MATCH (g)-[:GAP_AMONG]->(x:Organisation) RETURN x.id ORDER BY x.ref }]
    } AS gaps
    ORDER BY gaps
    """,
)


def listed(graph: Graph, state: str = "", cls: str = "") -> list[ListedGap]:
    """Every kept gap of a state and class ("" for any), the most points first. One statement."""
    row = graph.one(LISTED, state=state, cls=cls)
    assert row is not None
    return [ListedGap(*each) for each in row.gaps]
