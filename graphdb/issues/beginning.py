"""For whom, where and with whom somebody may begin a matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphdb.issues.pieces import COMMUNITY, PERSON
from graphdb.meetings.pieces import ORGANISATION_NAME, PLACE_NAME
from graphdb.mentoring import OPEN
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph


@dataclass(frozen=True, slots=True)
class Beginning:
    """What somebody may begin with: leaders with their community, and where; `mentor` accompanies the leader now."""

    leaders: list[dict[str, Any]]
    communities: list[dict[str, Any]]
    places: list[dict[str, Any]]
    organisations: list[dict[str, Any]]


BEGINNING = Read(
    Beginning,
    """
    RETURN
      COLLECT {
        MATCH (who:Person)-[:IN_PROGRAMME]->(g:Programme)
        WHERE who.archived_at IS NULL AND who.role_class IN ['leader', 'mentor'] AND $own <> ''
          AND ((who.id = $own) OR (who.role_class = 'leader' AND EXISTS {
                MATCH (:Person {id: $own})-[:MENTORS_IN]->(m:Mentorship)<-[:MENTEE_IN]-(who)
                WHERE m.archived_at IS NULL AND m.state IN $open }))
        WITH who, g, head(COLLECT {
            MATCH (mentor:Person)-[:MENTORS_IN]->(m:Mentorship)<-[:MENTEE_IN]-(who)
            WHERE m.archived_at IS NULL AND m.state IN $open
            RETURN mentor.id ORDER BY m.state <> 'active', m.id LIMIT 1 }) AS mentor
        ORDER BY who.role_class, who.ref
        RETURN {id: who.id, name: """
    + PERSON
    + """, role: who.role_class, programme: g.id, mentor: mentor,
                community: head(COLLECT { MATCH (who)-[:BELONGS_TO]->(y:Community) RETURN y.id }),
                place: head(COLLECT { MATCH (who)-[:LOCATED_IN]->(place:Place) RETURN place.id ORDER BY place.id })}
      } AS leaders,
      COLLECT { MATCH (y:Community) WHERE y.archived_at IS NULL
                RETURN {id: y.id, name: """
    + COMMUNITY
    + """, place: head(COLLECT { MATCH (y)-[:LOCATED_IN]->(p:Place) RETURN p.id })} ORDER BY y.ref } AS communities,
      COLLECT { MATCH (place:Place) WHERE place.archived_at IS NULL AND coalesce(place.protected, false) = false
                  AND NOT coalesce(place.level, '') IN ['country', 'site']
                RETURN {id: place.id, name: """
    + PLACE_NAME
    + """} ORDER BY place.ref } AS places,
      COLLECT { MATCH (o:Organisation) WHERE o.archived_at IS NULL
                WITH o, """
    + ORGANISATION_NAME
    + """ AS name RETURN {id: o.id, name: name} ORDER BY toLower(name), o.id } AS organisations
    ORDER BY size(leaders)
    """,
)


def beginning(graph: Graph, viewer: Viewer, own: str, language: str) -> Beginning:
    """For whom, where and with whom the person `own` may begin something. One statement."""
    row = graph.one(BEGINNING, own=own, open=list(OPEN), lang=language, **viewer.params())
    assert row is not None
    return row
