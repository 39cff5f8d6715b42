"""Who stood for each organisation at the last meetings of a series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from graphdb.meetings.listing import OPEN_TO
from graphdb.meetings.pieces import MEETING_NAME, ORGANISATION_NAME, PERSON_NAME
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph


class Presence(TypedDict):
    """An organisation that was invited or came; `person` is an id, `name` what this viewer may call them."""

    organisation: str
    title: str
    mode: str | None
    person: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """One meeting that was held."""

    id: str
    title: str
    starts_at: datetime
    there: list[Presence]


SITTINGS = Read(
    Sitting,
    """
    MATCH (x:Meeting {id: $id})-[:IN_SERIES]->(s:MeetingSeries)
    MATCH (s)<-[:IN_SERIES]-(m:Meeting)
    WHERE m.state = 'held' AND m.archived_at IS NULL AND (m = x OR m.starts_at <= x.starts_at) AND """
    + OPEN_TO
    + """
    WITH DISTINCT m ORDER BY m.starts_at DESC, m.id LIMIT 3
    RETURN m.id AS id, """
    + MEETING_NAME
    + """ AS title, m.starts_at AS starts_at, COLLECT {
        MATCH (o:Organisation)-[:INVITED|ATTENDED]->(m) WHERE o.archived_at IS NULL
        WITH DISTINCT m, o ORDER BY toLower(o.name), o.id
        OPTIONAL MATCH (o)-[t:ATTENDED]->(m)
        OPTIONAL MATCH (person:Person {id: t.person})
        RETURN {organisation: o.id, title: """
    + ORGANISATION_NAME
    + """, mode: t.mode, person: person.id, name: CASE WHEN person IS NULL THEN null ELSE """
    + PERSON_NAME
    + """ END} } AS there
    ORDER BY starts_at, id
    """,
)


def sittings(graph: Graph, meeting: str, viewer: Viewer, language: str, *, everything: bool) -> list[Sitting]:
    """The last three meetings held of a meeting's series, up to this one, the oldest first. One statement."""
    return graph.fetch(SITTINGS, id=meeting, all_meetings=everything, lang=language, **viewer.params())
