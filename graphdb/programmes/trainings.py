"""Trainings of a programme: who is invited, who came, whose certificate stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, LiteralString, TypedDict

from analytics.participation import MEMBER
from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.errors import GraphError, MissingError
from graphdb.meetings.pieces import MEETING_NAME, PERSON_NAME, READS, Named
from graphdb.records import New
from graphdb.records.writing import NEXT_NUMBER
from graphdb.statements import Found, Read, Write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.writes import Change

TRAINING, ENROLMENT = kind_of("Training"), kind_of("Enrolment")

MARKS: Mapping[str, tuple[str, ...]] = {
    "invited": ("registered", "attended"),
    "registered": ("attended", "invited"),
    "attended": ("certified", "registered"),
    "certified": ("revoked",),
    "revoked": ("certified",),
}
"""What may be marked next: a tap too many is taken back by the next one."""
ONCE_HELD = frozenset({"attended", "certified", "revoked"})
"""Marks that only a training that has taken place can give."""


class IllegalMarkError(GraphError):
    """The part in the training is in a state that does not lead there."""


class NotHeldError(GraphError):
    """The training is still to come, or was cancelled: nobody was there."""


class PartOf(TypedDict):
    """Somebody's part in a training."""

    id: str
    person: Named
    role: str | None
    state: str
    certificate: str | None


class EventOf(TypedDict):
    """The event a training was held as."""

    id: str
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class TrainingView:
    """A training with who takes part; `free` belong to the programme and are not on the list."""

    id: str
    ref: str
    version: int
    name: str
    on: date
    hours: int | None
    place: str | None
    state: str
    programme: Named
    events: list[EventOf]
    parts: list[PartOf]
    free: list[Named]


_PERSON: LiteralString = "{id: person.id, title: " + PERSON_NAME + "}"

SHOW = Read(
    TrainingView,
    """
    MATCH (t:Training {id: $id})-[:TRAINING_IN]->(g:Programme)
    WHERE t.archived_at IS NULL AND ($viewer_everything OR g.id IN $viewer_overseen)
    RETURN t.id AS id, t.ref AS ref, t.version AS version, t.name AS name, t.on AS on, t.hours AS hours, t.place AS place,
           t.state AS state, {id: g.id, title: coalesce(g['name_' + $lang], g.name)} AS programme,
           COLLECT {
             MATCH (t)-[:HELD_AS]->(d:PublicDiscussion)
             RETURN {id: d.id, label: 'PublicDiscussion', title: coalesce(d['name_' + $lang], d.name)} AS event
             UNION
             MATCH (t)-[:HELD_AT]->(m:Meeting) WHERE """
    + READS
    + " RETURN {id: m.id, label: 'Meeting', title: "
    + MEETING_NAME
    + """} AS event
           } AS events,
           COLLECT {
             MATCH (person:Person)<-[:ENROLLED]-(e:Enrolment)-[:ENROLLED_IN]->(t) WHERE e.archived_at IS NULL
             WITH e, person ORDER BY person.role_class, person.ref
             RETURN {id: e.id, role: person.role_class, state: e.state, certificate: e.certificate, person: """
    + _PERSON
    + """}
           } AS parts,
           COLLECT {
             MATCH (person:Person)<-[:PLACE_OF]-(p:Participation)-[:PLACE_IN]->(g)
             WHERE p.archived_at IS NULL AND p.state IN $member
               AND NOT EXISTS { MATCH (person)<-[:ENROLLED]-(e:Enrolment)-[:ENROLLED_IN]->(t) WHERE e.archived_at IS NULL }
             WITH person, p ORDER BY p.role, person.ref RETURN """
    + _PERSON
    + """
           } AS free
    ORDER BY id
    """,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part in a training before a mark: `number` is the training's."""

    id: str
    state: str
    certificate: str | None
    held: str
    number: str


PART = Read(
    Part,
    """
    MATCH (e:Enrolment {id: $part})-[:ENROLLED_IN]->(t:Training {id: $id}) WHERE e.archived_at IS NULL
    RETURN e.id AS id, e.state AS state, e.certificate AS certificate, t.state AS held, t.ref AS number
    ORDER BY id
    """,
)
MARK = Write(
    Found,
    """
    MATCH (e:Enrolment {id: $part})
    SET e.states = coalesce(e.states, []) + [$entry], e.state = $to, e.since = $on, e.certificate = $certificate,
        e.version = e.version + 1, e.changed_at = $at
    RETURN e.id AS id
    """,
)


@dataclass(frozen=True, slots=True)
class Ground:
    programme: str
    free: list[str]


GROUND = Read(
    Ground,
    """
    MATCH (t:Training {id: $id})-[:TRAINING_IN]->(g:Programme) WHERE t.archived_at IS NULL
    RETURN g.id AS programme, COLLECT {
      MATCH (person:Person)<-[:PLACE_OF]-(p:Participation)-[:PLACE_IN]->(g)
      WHERE p.archived_at IS NULL AND p.state IN $member
        AND NOT EXISTS { MATCH (person)<-[:ENROLLED]-(e:Enrolment)-[:ENROLLED_IN]->(t) WHERE e.archived_at IS NULL }
      RETURN person.id ORDER BY person.id } AS free
    ORDER BY programme
    """,
)


@dataclass(frozen=True, slots=True)
class Event:
    """An event a training may have been held as."""

    id: str
    label: str
    title: str


EVENTS = Read(
    Event,
    """
    CALL () {
      MATCH (d:PublicDiscussion) WHERE d.archived_at IS NULL AND $viewer_member
      RETURN d.id AS id, 'PublicDiscussion' AS label, coalesce(d['name_' + $lang], d.name) AS title, d.on AS on
      ORDER BY on DESC LIMIT $limit
      UNION
      MATCH (m:Meeting) WHERE m.archived_at IS NULL AND """
    + READS
    + """
      RETURN m.id AS id, 'Meeting' AS label, """
    + MEETING_NAME
    + """ AS title, date(m.starts_at) AS on
      ORDER BY on DESC LIMIT $limit
    }
    RETURN id, label, title ORDER BY on DESC, id
    """,
)


def events(graph: Graph, viewer: Viewer, language: str, limit: int = 60) -> list[Event]:
    """The latest public discussions and meetings the viewer may know of. One statement."""
    return graph.fetch(EVENTS, lang=language, limit=limit, **viewer.params())


def training(graph: Graph, record: str, viewer: Viewer, language: str) -> TrainingView | None:
    """A training of a programme that the viewer oversees; None for another. One statement."""
    return graph.one(SHOW, id=record, lang=language, member=sorted(MEMBER), **viewer.params())


def invite(c: Change, graph: Graph, record: str, people: Sequence[str], on: date) -> int:
    """Put members of the programme on the list; who is on it already or is no member is left out. Returns how many came on it."""
    c.take(record)
    ground = c.one(GROUND, id=record, member=sorted(MEMBER))
    if ground is None:
        raise MissingError(record)
    state = {"states": [f"{on.isoformat()}=invited"]}
    rows = [
        New(
            {"state": "invited", "since": on},
            {"person": [person], "training": [record], "programme": [ground.programme]},
            extra=state,
        )
        for person in dict.fromkeys(people)
        if person in ground.free
    ]
    records.create_many(c, graph, ENROLMENT, rows)
    return len(rows)


def mark(c: Change, record: str, part: str, to: str, on: date) -> str:
    """Write down that somebody will come, was there, has the certificate, or has lost it. A certificate keeps its number,
    and no number is given twice.

    Raises IllegalMarkError, NotHeldError, MissingError.
    """
    c.take(record)
    found = c.one(PART, id=record, part=part)
    if found is None:
        raise MissingError(part)
    if to not in MARKS[found.state]:
        raise IllegalMarkError(f"{found.state} to {to}")
    if to in ONCE_HELD and found.held != "held":
        raise NotHeldError(found.held)
    number = found.certificate
    if to == "certified" and number is None:
        given = c.run(NEXT_NUMBER, prefix=found.number, take=1)[0].n
        number = f"{found.number}/{given:02d}"
    c.run(MARK, part=part, to=to, on=on, entry=f"{on.isoformat()}={to}", certificate=number, at=c.at)
    c.did(to, ENROLMENT.label, part, ("state",))
    return part
