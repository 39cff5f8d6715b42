"""Pieces of Cypher that the statements of meetings share, and the shapes of what they return."""

from __future__ import annotations

from datetime import date
from typing import LiteralString, TypedDict

from graphdb.catalogue import kind_of
from graphdb.records.text import title


class Named(TypedDict):
    """A record to name and to link."""

    id: str
    title: str


class About(TypedDict):
    """A gap, agreement or action that an agenda item is about; what does not fit the kind is None or empty.

    `cls` and `reasons` (JSON) are a gap's; `on` is when an agreement lapses or an action is due.
    """

    id: str
    ref: str
    label: str
    title: str
    cls: str | None
    state: str | None
    reasons: str | None
    on: date | None
    place: str | None
    service: str | None
    group: str | None
    organisations: list[Named]


PLACE_NAME: LiteralString = title(kind_of("Place"), "place")
PERSON_NAME: LiteralString = title(kind_of("Person"), "person")
MEETING_NAME: LiteralString = "coalesce(m['name_' + $lang], m.name)"
ORGANISATION_NAME: LiteralString = "coalesce(o['name_' + $lang], o.name)"

ZONE: LiteralString = """
    coalesce(head(COLLECT { MATCH (z:Setting {key: 'time_zone'}) RETURN z.value }), 'Europe/Sofia')"""

# Whether the viewer may read the meeting `m`.
READS: LiteralString = """($viewer_everything OR $viewer_meetings
    OR EXISTS { MATCH (k:Organisation)-[:INVITED]->(m) WHERE k.id IN $viewer_organisations })"""

# A gap, agreement or action `x` in words; few subqueries, since each costs the planner of the database.
WITH_ITS_PLACE: LiteralString = """
    OPTIONAL MATCH (x)-[:FOR_PLACE]->(place:Place)
    OPTIONAL MATCH (x)-[:FOR_SERVICE]->(service:ServiceType)
    OPTIONAL MATCH (x)-[:FOR_GROUP]->(group:PopulationGroup)
"""
MATTER: LiteralString = (
    """{id: x.id, ref: x.ref, cls: x.cls, state: x.state, reasons: x.reasons, on: coalesce(x.due, x.valid_to),
        label: CASE WHEN x:Gap THEN 'Gap' WHEN x:Agreement THEN 'Agreement' ELSE 'ActionPoint' END,
        title: coalesce(x['name_' + $lang], x.name, x.text, x.ref),
        place: CASE WHEN place IS NOT NULL THEN """
    + PLACE_NAME
    + """ END,
        service: coalesce(service['name_' + $lang], service.name),
        group: coalesce(group['name_' + $lang], group.name),
        organisations: COLLECT {
            MATCH (x)-[tied:GAP_OF|GAP_WITH|GAP_AMONG|PARTY_TO|OWNED_BY]-(o:Organisation) WHERE o.archived_at IS NULL
            WITH DISTINCT o, CASE type(tied) WHEN 'GAP_OF' THEN 0 WHEN 'GAP_WITH' THEN 1 ELSE 2 END AS rank
            ORDER BY rank, o.ref
            RETURN {id: o.id, title: """
    + ORGANISATION_NAME
    + """} }}"""
)
ABOUT: LiteralString = (
    """head(COLLECT { MATCH (i)-[:ABOUT]->(x:Record) WHERE x:Gap OR x:Agreement OR x:ActionPoint """
    + WITH_ITS_PLACE
    + " RETURN "
    + MATTER
    + " })"
)
