"""Invitations by mail: who is invited, what was sent to whom, and what became of it.

`(Dispatch)-[:FOR_MEETING]->(Meeting)`, `(Dispatch)-[:SENT_TO]->(Organisation)`: one letter each, append only; `said` is what
the guest's calendar was told. Addresses are in the person's record and in the sealed letter, nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from ulid import ULID

from graphdb import outbox
from graphdb.errors import MissingError
from graphdb.meetings import agenda
from graphdb.meetings.agenda import STATE_OF
from graphdb.meetings.pieces import ORGANISATION_NAME, PERSON_NAME
from graphdb.statements import Found, Read, Write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.outbox import Letter
    from graphdb.writes import Change


class Sent(TypedDict):
    """A letter that left: `method` is REQUEST or CANCEL, `state` that of its job (None: the job is swept away)."""

    method: str
    sequence: int
    said: str
    at: datetime
    person: str | None
    state: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Reached:
    """An organisation that is invited, or was written to, the last letter first."""

    id: str
    title: str
    invited: bool
    answer: str | None
    do_not_contact: bool
    office: str | None
    sent: list[Sent]


REACHED = Read(
    Reached,
    """
    MATCH (m:Meeting {id: $meeting})
    MATCH (o:Organisation) WHERE o.archived_at IS NULL AND (EXISTS { (o)-[:INVITED]->(m) }
        OR EXISTS { (o)<-[:SENT_TO]-(:Dispatch)-[:FOR_MEETING]->(m) })
    WITH m, o ORDER BY toLower(o.name), o.id
    OPTIONAL MATCH (o)-[v:INVITED]->(m)
    RETURN o.id AS id, """
    + ORGANISATION_NAME
    + """ AS title, v IS NOT NULL AS invited, v.answer AS answer,
           coalesce(o.do_not_contact, false) AS do_not_contact, o.email AS office,
           COLLECT {
               MATCH (o)<-[:SENT_TO]-(k:Dispatch)-[:FOR_MEETING]->(m)
               WITH k ORDER BY k.id DESC LIMIT 10
               OPTIONAL MATCH (j:Job {id: k.job})
               OPTIONAL MATCH (person:Person {id: k.person})
               RETURN {method: k.method, sequence: k.sequence, said: k.said, at: k.at, state: j.state, error: j.error,
                       person: CASE WHEN person IS NULL THEN null ELSE """
    + PERSON_NAME
    + """ END} } AS sent
    ORDER BY toLower(title), id
    """,
)

NOTE_DISPATCH = Write(
    Found,
    """
    MATCH (m:Meeting {id: $meeting}) MATCH (o:Organisation {id: $organisation})
    CREATE (k:Dispatch {id: $id, method: $method, sequence: $sequence, said: $said, person: $person, job: $job, at: $at,
                        by: $by})
    CREATE (k)-[:FOR_MEETING]->(m)
    CREATE (k)-[:SENT_TO]->(o)
    RETURN k.id AS id
    """,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What an organisation was last told of a meeting, by a letter that was not given up."""

    organisation: str
    method: str
    said: str


LAST_TOLD = Read(
    Told,
    """
    MATCH (o:Organisation)<-[:SENT_TO]-(k:Dispatch)-[:FOR_MEETING]->(:Meeting {id: $meeting})
    WHERE NOT EXISTS { MATCH (j:Job {id: k.job}) WHERE j.state IN ['failed', 'cancelled'] }
    WITH o, k ORDER BY k.id
    WITH o, last(collect(k)) AS k
    RETURN o.id AS organisation, k.method AS method, k.said AS said
    ORDER BY organisation
    """,
)


def reached(graph: Graph, meeting: str, viewer: Viewer, language: str) -> list[Reached]:
    """Who is invited to a meeting, or was written to. One statement."""
    return graph.fetch(REACHED, meeting=meeting, lang=language, **viewer.params())


@dataclass(frozen=True, slots=True)
class Due:
    """A letter to be sent to an organisation: what it asks of the calendar, and what it says there."""

    organisation: str
    person: str | None
    method: str
    said: str
    write: Callable[[int], Letter]


def send(c: Change, graph: Graph, meeting: str, version: int, letters: Sequence[Due]) -> int:
    """Put letters into the outbox and note each; a planned meeting is then one with invitations. Returns its version.

    `Due.write` gets the SEQUENCE the calendar is told: the meeting's version. Whom somebody else has told the same meanwhile
    is left out. Raises ConflictError, MissingError.
    """
    c.take(meeting, version)
    told = {(row.organisation, row.method, row.said) for row in c.run(LAST_TOLD, meeting=meeting)}
    letters = [each for each in letters if (each.organisation, each.method, each.said) not in told]
    asks = any(each.method == "REQUEST" for each in letters)
    if asks and c.run(STATE_OF, id=meeting)[0].state == "planned":
        version = agenda.step(c, graph, meeting, version, "invited")
    for each in letters:
        job = outbox.post(c, graph.vault, each.write(version))
        noted = c.run(
            NOTE_DISPATCH, meeting=meeting, organisation=each.organisation, id=str(ULID()), method=each.method,
            sequence=version, said=each.said, person=each.person, job=job, at=c.at, by=c.actor.id,
        )  # fmt: skip
        if not noted:
            raise MissingError(each.organisation)
    c.did("invite", "Meeting", meeting, ("invited",))
    return version
