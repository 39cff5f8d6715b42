"""Working groups and series of meetings: their mandate, who they need, and who belonged to them when.

`(Organisation)-[:MEMBER_OF {since}]->(MeetingSeries)` is a membership that lasts; one that ended is
`(Organisation)-[:WAS_MEMBER_OF {since, until}]->(MeetingSeries)`, half-open. Days may be unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from graphdb.errors import GraphError, MissingError
from graphdb.meetings.pieces import MEETING_NAME, ORGANISATION_NAME, ZONE
from graphdb.statements import Counted, Found, Read, Write

if TYPE_CHECKING:
    from graphdb.connection import Graph
    from graphdb.writes import Change


class Member(TypedDict):
    """An organisation of the group; `until` only where it left."""

    id: str
    title: str
    level: str | None
    sectors: list[str] | None
    since: date | None
    until: date | None


class Sat(TypedDict):
    """A meeting of the group."""

    id: str
    title: str
    starts_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group with its members by name, those who left, and its latest meetings."""

    id: str
    ref: str
    title: str
    version: int
    archived: bool
    mandate: str | None
    every_weeks: int | None
    valid_from: date | None
    valid_to: date | None
    required_sectors: list[str] | None
    required_levels: list[str] | None
    zone: str
    members: list[Member]
    former: list[Member]
    meetings: list[Sat]


GROUP = Read(
    GroupView,
    """
    MATCH (s:MeetingSeries {id: $id})
    RETURN s.id AS id, s.ref AS ref, coalesce(s['name_' + $lang], s.name) AS title, s.version AS version,
           s.archived_at IS NOT NULL AS archived, s.mandate AS mandate, s.every_weeks AS every_weeks,
           s.valid_from AS valid_from, s.valid_to AS valid_to, s.required_sectors AS required_sectors,
           s.required_levels AS required_levels, """
    + ZONE
    + """ AS zone,
           COLLECT { MATCH (o:Organisation)-[r:MEMBER_OF]->(s) WHERE o.archived_at IS NULL
                     WITH o, max(r.since) AS since ORDER BY toLower("""
    + ORGANISATION_NAME
    + """), o.id
                     RETURN {id: o.id, level: o.level, sectors: o.sectors, since: since, until: null, title: """
    + ORGANISATION_NAME
    + """} } AS members,
           COLLECT { MATCH (o:Organisation)-[r:WAS_MEMBER_OF]->(s) WITH o, r ORDER BY r.until DESC, o.id LIMIT 200
                     RETURN {id: o.id, level: o.level, sectors: o.sectors, since: r.since, until: r.until, title: """
    + ORGANISATION_NAME
    + """} } AS former,
           COLLECT { MATCH (s)<-[:IN_SERIES]-(m:Meeting) WHERE m.archived_at IS NULL
                     WITH m ORDER BY m.starts_at DESC, m.id LIMIT 8
                     RETURN {id: m.id, starts_at: m.starts_at, state: m.state, title: """
    + MEETING_NAME
    + """} } AS meetings
    ORDER BY id
    """,
)

JOIN = Write(
    Found,
    """
    MATCH (o:Organisation {id: $organisation}) MATCH (s:MeetingSeries {id: $group})
    WHERE o.archived_at IS NULL
    MERGE (o)-[r:MEMBER_OF]->(s)
    SET r.since = $since
    RETURN o.id AS id
    """,
)

SINCE_WHEN = Read(
    Counted,
    """
    MATCH (:Organisation {id: $organisation})-[r:MEMBER_OF]->(:MeetingSeries {id: $group})
    WHERE r.since IS NULL OR r.since < $until
    RETURN count(r) AS n ORDER BY n
    """,
)

LEAVE = Write(
    Found,
    """
    MATCH (o:Organisation {id: $organisation})-[r:MEMBER_OF]->(s:MeetingSeries {id: $group})
    WITH o, s, r, r.since AS since
    DELETE r
    CREATE (o)-[:WAS_MEMBER_OF {since: since, until: $until}]->(s)
    RETURN o.id AS id
    """,
)


class NotThenError(GraphError):
    """The organisation was no member on that day: it cannot leave before it joined."""


def group(graph: Graph, record: str, language: str) -> GroupView | None:
    """A group whole; None when there is none. Whether the viewer may read it is asked before. One statement."""
    return graph.one(GROUP, id=record, lang=language)


def join(c: Change, group_: str, organisation: str, since: date | None) -> str:
    """Take an organisation in, or correct since when it belongs. Raises MissingError."""
    c.take(group_)
    if not c.run(JOIN, group=group_, organisation=organisation, since=since):
        raise MissingError(organisation)
    c.did("update", "MeetingSeries", group_, ("members",))
    return organisation


def leave(c: Change, group_: str, organisation: str, until: date) -> str:
    """End a membership; `until` is the first day on which it is none. Raises NotThenError."""
    c.take(group_)
    if not c.run(SINCE_WHEN, group=group_, organisation=organisation, until=until)[0].n:
        raise NotThenError(organisation)
    c.run(LEAVE, group=group_, organisation=organisation, until=until)
    c.did("update", "MeetingSeries", group_, ("members",))
    return organisation
