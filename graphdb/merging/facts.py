"""What two organisations hold, side by side; which organisations there are; what was merged and told apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from graphdb.catalogue import kind_of
from graphdb.partners import PRESENT
from graphdb.records.text import title
from graphdb.statements import Found, Read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphdb.connection import Graph, Tx

ORGANISATION = kind_of("Organisation")
NAMED = title(ORGANISATION, "o")
STAYING = ("MERGED_INTO", "CHANGED")
"""Ties of a record's own history: where it went, what an import did to it. They stay with it."""


@dataclass(frozen=True, slots=True)
class Tied:
    """A relationship of an organisation. `at` and `other` are where it and its other end lie; `key` is a gap's.

    `loops`: the other end lies inside the other organisation, or the other organisation inside it, so that a move would make a circle.
    """

    at: str
    tie: str
    outgoing: bool
    values: Mapping[str, Any]
    other: str
    label: str
    id: str | None
    key: str | None
    loops: bool

    @property
    def same(self) -> tuple[str, bool, str, object]:
        """What two relationships of one meaning have in common; several people may come to one meeting."""
        return (self.tie, self.outgoing, self.other, self.values.get("person"))


@dataclass(frozen=True, slots=True)
class Held:
    """An organisation as stored, with all its relationships; `into`: what it was merged into."""

    id: str
    ref: str
    version: int
    archived: bool
    into: str | None
    fields: dict[str, Any]
    ties: list[Any] = field(default_factory=list[Any])

    @property
    def tied(self) -> list[Tied]:
        """Its relationships."""
        return [Tied(**one) for one in self.ties]


BOTH = Read(
    Held,
    """
    MATCH (o:Organisation) WHERE o.id IN $ids
    RETURN o.id AS id, o.ref AS ref, o.version AS version, o.archived_at IS NOT NULL AS archived,
      head(COLLECT { MATCH (o)-[:MERGED_INTO*1..20]->(k:Organisation) WHERE NOT EXISTS { (k)-[:MERGED_INTO]->() }
                     RETURN k.id ORDER BY k.id }) AS into,
      properties(o) AS fields,
      COLLECT {
        MATCH (o)-[r]-(x) WHERE NOT type(r) IN $staying AND NOT x:Merge AND coalesce(r.derived, false) = false
        WITH o, r, x ORDER BY type(r), elementId(r)
        RETURN {at: elementId(r), tie: type(r), outgoing: startNode(r) = o, values: properties(r), other: elementId(x),
                label: head([label IN labels(x) WHERE label <> 'Record']), id: x.id, key: CASE WHEN x:Gap THEN x.key END,
                loops: x:Organisation AND CASE WHEN startNode(r) = o
                  THEN EXISTS { MATCH (x)-[:PART_OF*1..20]->(p:Organisation) WHERE p.id IN $ids AND p <> o }
                  ELSE EXISTS { MATCH (x)<-[:PART_OF*1..20]-(p:Organisation) WHERE p.id IN $ids AND p <> o } END}
      } AS ties
    ORDER BY id
    """,
)

MERGED_INTO = Read(
    Found,
    """
    MATCH (:Organisation {id: $id})-[:MERGED_INTO*1..20]->(k:Organisation) WHERE NOT EXISTS { (k)-[:MERGED_INTO]->() }
    RETURN k.id AS id ORDER BY id LIMIT 1
    """,
)

RESOLVE = Read(
    Found,
    """
    MATCH (o:Organisation)
    WHERE o.id = $given OR o.ref = $given
       OR EXISTS { MATCH (o)-[:IDENTIFIED_BY]->(i:Identifier) WHERE i.scheme = 'import' AND i.value = $given }
    RETURN o.id AS id ORDER BY o.archived_at IS NOT NULL, id LIMIT 1
    """,
)


def both(at: Graph | Tx, *ids: str) -> dict[str, Held]:
    """These organisations by id, as far as they exist. One statement."""
    return {held.id: held for held in at.fetch(BOTH, ids=list(ids), staying=list(STAYING))}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organisation of the registry by all its names."""

    id: str
    ref: str
    key: str
    title: str
    names: list[str]
    identifiers: list[str]


@dataclass(frozen=True, slots=True)
class Registry:
    organisations: list[list[Any]]
    apart: list[list[Any]]


REGISTRY = Read(
    Registry,
    """
    RETURN COLLECT {
        MATCH (o:Organisation) WHERE o.archived_at IS NULL WITH o ORDER BY o.ref
        RETURN [o.id, o.ref, coalesce(head(COLLECT { MATCH (o)-[:IDENTIFIED_BY]->(i:Identifier) WHERE i.scheme = 'import'
                                                     RETURN i.value ORDER BY i.value }), o.ref), """
    + NAMED
    + """, [name IN [o.name, o.name_bg, o.name_en, o.name_lv, o.name_sr] + coalesce(o.aliases, []) WHERE name IS NOT NULL],
                coalesce(o.identifiers, [])]
      } AS organisations,
      COLLECT {
        MATCH (a:Organisation)-[d:DISTINCT_FROM]->(b:Organisation) WHERE a.archived_at IS NULL AND b.archived_at IS NULL
        WITH a, b, d ORDER BY d.at DESC, a.ref, b.ref
        RETURN [a.id, b.id, d.at, head(COLLECT { MATCH (by:Account {id: d.by}) RETURN by.name })]
      } AS apart
    ORDER BY organisations
    """,
)


@dataclass(frozen=True, slots=True)
class Apart:
    """Two organisations that somebody has told apart."""

    a: str
    b: str
    at: datetime
    by: str | None


def candidates(graph: Graph, language: str) -> tuple[dict[str, Candidate], list[Apart]]:
    """All live organisations by id, and the pairs told apart. One statement."""
    row = graph.fetch(REGISTRY, lang=language)[0]
    return {one[0]: Candidate(*one) for one in row.organisations}, [Apart(*one) for one in row.apart]


@dataclass(frozen=True, slots=True)
class Kept:
    """What an organisation holds, counted: `ties` are referrals, agreements, projects and declared ties."""

    id: str
    services: int
    people: int
    ties: int
    meetings: int
    assured_on: date | None


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge that holds or was taken back (`state` done or undone)."""

    id: str
    ref: str
    kept: str
    kept_title: str | None
    dropped: str
    dropped_title: str | None
    at: datetime
    by: str | None
    state: str


@dataclass(frozen=True, slots=True)
class Beside:
    holdings: list[list[Any]]
    merges: list[list[Any]]


BESIDE = Read(
    Beside,
    """
    RETURN COLLECT {
        MATCH (o:Organisation) WHERE o.id IN $ids WITH o ORDER BY o.id
        RETURN [o.id,
          COUNT { MATCH (o)-[:PROVIDES]->(s:Service) WHERE s.archived_at IS NULL },
          COUNT { MATCH (o)<-[:AT_ORGANISATION]-(e:Employment) WHERE e.archived_at IS NULL },
          COUNT { MATCH (o)-[:SENT|TO|PARTY_TO|TAKES_PART_IN|TIE_FROM|TIE_TO]-(x:Record) WHERE x.archived_at IS NULL },
          COUNT { MATCH (o)-[t:ATTENDED]->(m:Meeting) WHERE m.archived_at IS NULL AND t.mode IN $present },
          o.assured_on]
      } AS holdings,
      COLLECT {
        MATCH (m:Merge) WHERE ($all OR m.state = 'done')
        WITH m ORDER BY m.at DESC, m.ref DESC LIMIT $limit
        RETURN [m.id, m.ref, m.kept, head(COLLECT { MATCH (o:Organisation {id: m.kept}) RETURN """
    + NAMED
    + """ }), m.dropped, head(COLLECT { MATCH (o:Organisation {id: m.dropped}) RETURN """
    + NAMED
    + """ }), m.at, head(COLLECT { MATCH (by:Account {id: m.by}) RETURN by.name }), m.state]
      } AS merges
    ORDER BY holdings
    """,
)


def past(
    graph: Graph, ids: Sequence[str], language: str, limit: int = 20, *, taken_back: bool = False
) -> tuple[dict[str, Kept], list[Merged]]:
    """What these organisations hold, and the last merges. One statement."""
    row = graph.fetch(BESIDE, ids=list(ids), lang=language, limit=limit, all=taken_back, present=list(PRESENT))[0]
    return {one[0]: Kept(*one) for one in row.holdings}, [Merged(*one) for one in row.merges]
