"""What is kept of gaps, as pages need it: decisions by key, one gap with its answers, meetings to choose."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypedDict

from graphdb.catalogue import kind_of
from graphdb.records.text import title
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph

MEETING, ORGANISATION = title(kind_of("Meeting"), "m"), title(kind_of("Organisation"), "o")


class Agenda(TypedDict):
    """An agenda the gap is or was on, and what the meeting decided."""

    id: str
    title: str
    starts_at: datetime
    state: str
    decisions: list[str]


class Answer(TypedDict):
    """What a partner says whom the gap concerns."""

    id: str
    title: str
    said: str
    on: date
    note: str | None


class Action(TypedDict):
    """An action that aims at the gap."""

    id: str
    ref: str
    text: str
    owner: str
    due: date | None
    state: str


class Planned(TypedDict):
    """A meeting to come whose agenda is open."""

    id: str
    title: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """What is kept of one key."""

    id: str
    state: str
    first_seen: date | None
    last_seen: date | None
    gone_on: date | None
    accepted_until: date | None


@dataclass(frozen=True, slots=True)
class AllDecided:
    rows: list[list[Any]]


DECIDED = Read(
    AllDecided,
    """
    RETURN COLLECT {
      MATCH (g:Gap) WHERE g.archived_at IS NULL WITH g ORDER BY g.key
      RETURN [g.key, g.id, g.state, g.first_seen, g.last_seen, g.gone_on, g.accepted_until]
    } AS rows
    """,
)


@dataclass(frozen=True, slots=True)
class GapView:
    """What is kept of a gap, and the meetings to come. `id` is None where only the meetings are known."""

    id: str | None
    ref: str | None
    key: str | None
    cls: str | None
    state: str | None
    version: int | None
    first_seen: date | None
    last_seen: date | None
    gone_on: date | None
    points: int | None
    reasons: str | None
    note: str | None
    accepted_until: date | None
    decided_on: date | None
    place: str | None
    service: str | None
    group: str | None
    source: str | None
    target: str | None
    members: list[str]
    people: list[str]
    programme: str | None
    agendas: list[Agenda]
    answers: list[Answer]
    actions: list[Action]
    planned: list[Planned]

    def because(self) -> Sequence[Mapping[str, object]]:
        """The stored reasons."""
        return json.loads(self.reasons or "[]")


VIEW = Read(
    GapView,
    """
    OPTIONAL MATCH (g:Gap) WHERE (g.id = $id OR g.key = $key) AND g.archived_at IS NULL
    RETURN g.id AS id, g.ref AS ref, g.key AS key, g.cls AS cls, g.state AS state, g.version AS version,
      g.first_seen AS first_seen, g.last_seen AS last_seen, g.gone_on AS gone_on, g.points AS points,
      g.reasons AS reasons, g.note AS note, g.accepted_until AS accepted_until, g.decided_on AS decided_on,
      head(COLLECT { MATCH (g)-[:FOR_PLACE]->(x:Place) RETURN x.id }) AS place,
      head(COLLECT { MATCH (g)-[:FOR_SERVICE]->(x:ServiceType) RETURN x.id }) AS service,
      head(COLLECT { MATCH (g)-[:FOR_GROUP]->(x:PopulationGroup) RETURN x.id }) AS group,
      head(COLLECT { MATCH (g)-[:GAP_OF]->(x:Organisation) RETURN x.id }) AS source,
      head(COLLECT { MATCH (g)-[:GAP_WITH]->(x:Organisation) RETURN x.id }) AS target,
      COLLECT { MATCH (g)-[:GAP_AMONG]->(x:Organisation) RETURN x.id ORDER BY x.ref } AS members,
      COLLECT { MATCH (g)-[:GAP_OF_PERSON]->(x:Person) RETURN x.id ORDER BY x.ref } AS people,
      head(COLLECT { MATCH (g)-[:IN_PROGRAMME]->(x:Programme) RETURN x.id }) AS programme,
      COLLECT {
        MATCH (g)<-[:ABOUT]-(i:AgendaItem)<-[:HAS_ITEM]-(m:Meeting)
        WHERE m.archived_at IS NULL AND ($viewer_everything OR $viewer_meetings
              OR EXISTS { MATCH (k:Organisation)-[:INVITED]->(m) WHERE k.id IN $viewer_organisations })
        WITH i, m ORDER BY m.starts_at DESC LIMIT 20
        RETURN {id: m.id, title: """
    + MEETING
    + """, starts_at: m.starts_at, state: i.state,
                decisions: COLLECT { MATCH (i)-[:LED_TO]->(d:Decision) RETURN d.text ORDER BY d.id }}
      } AS agendas,
      COLLECT {
        MATCH (o:Organisation)-[a:ANSWERED]->(g) WITH o, a ORDER BY a.on DESC, o.ref
        RETURN {id: o.id, title: """
    + ORGANISATION
    + """, said: a.said, on: a.on, note: a.note}
      } AS answers,
      COLLECT {
        MATCH (g)<-[:AIMS_AT]-(p:ActionPoint)-[:OWNED_BY]->(o:Organisation)
        WHERE p.archived_at IS NULL
              AND ($viewer_everything OR $viewer_meetings OR o.id IN $viewer_organisations)
        WITH p, o ORDER BY p.due LIMIT 50
        RETURN {id: p.id, ref: p.ref, text: p.text, owner: """
    + ORGANISATION
    + """, due: p.due, state: p.state}
      } AS actions,
      COLLECT {
        MATCH (m:Meeting)
        WHERE m.archived_at IS NULL AND m.state IN ['planned', 'invited'] AND date(m.starts_at) >= $today
              AND ($viewer_everything OR $viewer_meetings
                   OR EXISTS { MATCH (k:Organisation)-[:INVITED]->(m) WHERE k.id IN $viewer_organisations })
        WITH m ORDER BY m.starts_at LIMIT 10
        RETURN {id: m.id, title: """
    + MEETING
    + """, starts_at: m.starts_at}
      } AS planned
    ORDER BY id LIMIT 1
    """,
)


def decisions(graph: Graph) -> dict[str, Decided]:
    """Every kept gap by its key. One statement."""
    row = graph.one(DECIDED)
    assert row is not None
    return {key: Decided(*rest) for key, *rest in row.rows}


def show(graph: Graph, viewer: Viewer, language: str, today: date, *, record: str = "", key: str = "") -> GapView:
    """One gap by id or key, and the meetings it may be put on. One statement; `id` is None where there is none."""
    view = graph.one(VIEW, id=record, key=key, today=today, lang=language, **viewer.params())
    assert view is not None
    return view
