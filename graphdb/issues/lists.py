"""The matters that one viewer may know of in a list, and all of them as counts that name nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from analytics.community_steps import state_on
from graphdb.issues.pieces import COMMUNITY, HISTORY, LEADER, STANDS, WHAT, eyes
from graphdb.meetings.pieces import PLACE_NAME
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph


@dataclass(frozen=True, slots=True)
class Line:
    """A matter in a list. `own`: the reader works on it."""

    id: str
    ref: str
    label: str
    topic: str
    states: list[str]
    community: str | None
    place: str | None
    leader: str | None
    own: bool
    steps: int
    last: date | None
    touched: int
    spoken: int

    def state(self, on: date) -> str | None:
        """Its state on a day; None before it was raised."""
        return state_on(self.states, on)


class Here(TypedDict):
    """Where a leader or mentor is and what they speak: for looking for help nearby."""

    place: str | None
    title: str | None
    languages: list[str]


@dataclass(frozen=True, slots=True)
class Page:
    """One row: all of the list, and where the reader is."""

    lines: list[Any]
    here: Here | None


LISTED = Read(
    Page,
    """
    RETURN COLLECT {
      MATCH (n:CommunityIssue|Campaign|Mediation) WHERE n.archived_at IS NULL AND n.on <= $as_of
      """
    + STANDS
    + """
      WITH n, own ORDER BY n.on DESC, n.id DESC LIMIT $limit
      RETURN {id: n.id, ref: n.ref, label: """
    + WHAT
    + """, topic: n.topic, states: """
    + HISTORY
    + """, own: own,
              community: head(COLLECT { MATCH (n)-[:OF_COMMUNITY]->(y:Community) RETURN """
    + COMMUNITY
    + """ }),
              place: head(COLLECT { MATCH (n)-[:AT_PLACE]->(place:Place) RETURN """
    + PLACE_NAME
    + """ }),
              leader: head("""
    + LEADER
    + """),
              steps: COUNT { MATCH (s:CommunityStep)-[:STEP_OF]->(n) WHERE s.archived_at IS NULL AND s.on <= $as_of },
              last: head(COLLECT { MATCH (s:CommunityStep)-[:STEP_OF]->(n) WHERE s.archived_at IS NULL AND s.on <= $as_of
                                   RETURN s.on ORDER BY s.on DESC LIMIT 1 }),
              touched: COUNT { (n)-[:TOUCHED]->(:Organisation) },
              spoken: COUNT { MATCH (n)<-[:ABOUT]-(i:AgendaItem {state: 'discussed'}) RETURN i }}
    } AS lines,
    head(COLLECT {
      MATCH (who:Person {id: $own})
      WITH who, head(COLLECT { MATCH (who)-[:BELONGS_TO]->(y:Community) RETURN y }) AS y,
           head(COLLECT { MATCH (who)-[:LOCATED_IN]->(place:Place) RETURN place ORDER BY place.ref }) AS mine
      WITH who, y, coalesce(mine, head(COLLECT { MATCH (y)-[:LOCATED_IN]->(place:Place) RETURN place })) AS place
      RETURN {place: place.id, title: CASE WHEN place IS NOT NULL THEN """
    + PLACE_NAME
    + """ END, languages: coalesce(y.languages, who.languages, [])}
    }) AS here
    ORDER BY size(lines)
    """,
)


def listed(graph: Graph, viewer: Viewer, own: str, as_of: date, language: str, limit: int = 300) -> Page:
    """What the person `own` works on, what the viewer's programmes do, and what touched the viewer's organisation."""
    row = graph.one(LISTED, as_of=as_of, lang=language, limit=limit, **eyes(viewer, own))
    assert row is not None
    return Page([Line(**one) for one in row.lines], row.here)


@dataclass(frozen=True, slots=True)
class Figures:
    """Every matter's kind and history, naming nothing: [label, states, programme, steps, most recent step]."""

    matters: list[list[Any]]


FIGURES = Read(
    Figures,
    """
    RETURN COLLECT {
      MATCH (n:CommunityIssue|Campaign|Mediation) WHERE n.archived_at IS NULL AND n.on <= $as_of
      WITH n ORDER BY n.id
      RETURN ["""
    + WHAT
    + """, """
    + HISTORY
    + """, head(COLLECT { MATCH (n)-[:IN_PROGRAMME]->(g:Programme) RETURN g.id })]
    } AS matters
    ORDER BY size(matters)
    """,
)


def figures(graph: Graph, as_of: date) -> list[list[Any]]:
    """Kind, history and programme of all matters begun by that day, for counts."""
    row = graph.one(FIGURES, as_of=as_of)
    assert row is not None
    return row.matters
