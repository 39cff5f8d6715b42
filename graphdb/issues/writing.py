"""Raising a matter, noting its steps, bringing it on, putting it on an agenda."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.community_steps import FIRST, follow
from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.errors import GraphError, MissingError
from graphdb.issues.pieces import HISTORY
from graphdb.meetings.agenda import NewItem, add_items
from graphdb.mentoring import OPEN
from graphdb.statements import Found, Nothing, Read, Write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from graphdb.connection import Graph
    from graphdb.writes import Change

STEP = kind_of("CommunityStep")
LINK = {"CommunityIssue": "issue", "Campaign": "campaign", "Mediation": "mediation"}


class NotYoursError(GraphError):
    """Nobody may begin something for a leader who is not of their pairs."""


@dataclass(frozen=True, slots=True)
class NewMatter:
    """What somebody begins: `person` is the leader it is raised by, or the mentor who begins it alone."""

    label: str
    person: str
    topic: str
    community: str
    place: str
    on: date
    said: str


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step that was taken. `people`: how many came, None where nobody counted."""

    on: date
    way: str
    text: str = ""
    people: int | None = None
    place: str = ""
    organisations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Who:
    """The people and the programme a matter of that person belongs to."""

    leader: str | None
    mentor: str | None
    programme: str


# `$actor` is the person who begins it: the leader, or a mentor of an open pair with the leader, or alone.
WHO = Read(
    Who,
    """
    MATCH (who:Person {id: $person})-[:IN_PROGRAMME]->(g:Programme)
    WITH who, g, COLLECT {
        MATCH (mentor:Person)-[:MENTORS_IN]->(m:Mentorship)<-[:MENTEE_IN]-(who)
        WHERE m.archived_at IS NULL AND m.state IN $open
        RETURN mentor.id ORDER BY m.state <> 'active', m.id } AS mentors
    WHERE who.archived_at IS NULL AND (who.id = $actor OR (who.role_class = 'leader' AND $actor IN mentors))
    RETURN CASE WHEN who.role_class = 'leader' THEN who.id END AS leader,
           CASE WHEN who.role_class = 'mentor' THEN who.id WHEN $actor IN mentors THEN $actor ELSE head(mentors) END AS mentor,
           g.id AS programme
    ORDER BY programme LIMIT 1
    """,
)


@dataclass(frozen=True, slots=True)
class Stands:
    """A matter as it lies in the store."""

    states: list[str]
    subject: str | None
    place: str | None


STANDS = Read(
    Stands,
    """
    MATCH (n:CommunityIssue|Campaign|Mediation {id: $id}) WHERE n.archived_at IS NULL
    RETURN """
    + HISTORY
    + """ AS states, n.subject AS subject, head(COLLECT { MATCH (n)-[:AT_PLACE]->(p:Place) RETURN p.id }) AS place
    ORDER BY subject
    """,
)
NOTE_STATE = Write(Nothing, "MATCH (n:CommunityIssue|Campaign|Mediation {id: $id}) SET n.states = $states")
# What a matter touched is what its steps touched.
TOUCH = Write(
    Nothing,
    """
    MATCH (n:CommunityIssue|Campaign|Mediation {id: $id})
    MATCH (o:Organisation) WHERE o.id IN $organisations
    MERGE (n)-[:TOUCHED]->(o)
    """,
)
UNTOUCH = Write(
    Nothing,
    """
    MATCH (n:CommunityIssue|Campaign|Mediation {id: $id})-[r:TOUCHED]->(o:Organisation)
    WHERE EXISTS { MATCH (gone:CommunityStep {id: $step})-[:TOUCHED]->(o) }
      AND NOT EXISTS { MATCH (s:CommunityStep)-[:STEP_OF]->(n) WHERE s.archived_at IS NULL AND EXISTS { (s)-[:TOUCHED]->(o) } }
    DELETE r
    """,
)
STEP_OF = Read(
    Found,
    "MATCH (s:CommunityStep {id: $step})-[:STEP_OF]->(n:CommunityIssue|Campaign|Mediation {id: $id})"
    " WHERE s.archived_at IS NULL RETURN s.id AS id ORDER BY id",
)
ON_AGENDA = Read(
    Found,
    """
    MATCH (m:Meeting {id: $meeting})-[:HAS_ITEM]->(i:AgendaItem)-[:ABOUT]->(n:CommunityIssue|Campaign|Mediation {id: $id})
    WHERE i.state <> 'dropped'
    RETURN i.id AS id ORDER BY id LIMIT 1
    """,
)
OPEN_AGENDA = Read(
    Found,
    """
    MATCH (m:Meeting {id: $meeting}) WHERE m.archived_at IS NULL AND m.state IN ['planned', 'invited']
    RETURN m.id AS id ORDER BY id LIMIT 1
    """,
)


def raise_matter(c: Change, graph: Graph, new: NewMatter, actor: str) -> str:
    """Begin something with a community; `actor` is the person who does. Returns its id.

    Raises NotYoursError, RefusedError, MissingError.
    """
    who = c.one(WHO, person=new.person, actor=actor, open=list(OPEN)) if actor else None
    if who is None:
        raise NotYoursError(new.person)
    first = FIRST[new.label]
    values = {"topic": new.topic, "state": first, "on": new.on, "said": new.said}
    links = {
        "community": [new.community], "place": [new.place] if new.place else [], "programme": [who.programme],
        "leader": [who.leader] if who.leader else [], "mentor": [who.mentor] if who.mentor else [],
        **({"mediator": [actor]} if new.label == "Mediation" else {}),
    }  # fmt: skip
    extra = {"states": [f"{new.on.isoformat()}={first}"]}
    subject = who.leader or who.mentor or ""
    return records.create(c, graph, kind_of(new.label), values, links, subject=subject, extra=extra)


def add_step(c: Change, graph: Graph, label: str, record: str, new: NewStep) -> str:
    """Note what was done and whom it touched; returns the step's id. Raises RefusedError, MissingError."""
    c.take(record)
    found = _stands(c, record)
    values = {"on": new.on, "way": new.way, "people": new.people, "text": new.text}
    place = new.place or found.place
    links = {
        LINK[label]: [record], "place": [place] if place else [], "organisations": list(new.organisations),
    }  # fmt: skip
    step = records.create(c, graph, STEP, values, links, subject=found.subject or record)
    c.run(TOUCH, id=record, organisations=list(new.organisations))
    c.did("step", label, record, ("organisations",))
    return step


def take_back_step(c: Change, label: str, record: str, step: str) -> None:
    """Take a step out that was noted by mistake, and what only it touched. Raises MissingError."""
    c.take(record)
    if c.one(STEP_OF, id=record, step=step) is None:
        raise MissingError(step)
    records.archive(c, STEP, step)
    c.run(UNTOUCH, id=record, step=step)
    c.did("step", label, record, ("organisations",))


def move(
    c: Change, graph: Graph, label: str, record: str, version: int, to: str, on: date, outcome: str = "", result: str = ""
) -> None:  # fmt: skip
    """Bring a matter into another state as of a day, with what came of it.

    Raises IllegalStepError, TooEarlyError, ConflictError, RefusedError, MissingError.
    """
    c.take(record, version)
    states = _stands(c, record).states
    entry = follow(label, states, to, on)
    values = {"state": to, **({"outcome": outcome} if outcome else {})}
    if label == "Mediation":
        values["result"] = result if to == "ended" else ""
    records.update(c, graph, kind_of(label), record, version, values)
    c.run(NOTE_STATE, id=record, states=[*states, entry])
    c.did(to, label, record, ("state",))


def reword(
    c: Change, graph: Graph, label: str, record: str, version: int, values: Mapping[str, object], links: Mapping[str, Sequence[str]]
) -> str:  # fmt: skip
    """Say better what a matter is about and where. Returns it. Raises ConflictError, RefusedError, MissingError."""
    c.take(record, version)
    _stands(c, record)
    records.update(c, graph, kind_of(label), record, version, values, links)
    return record


def put_on_agenda(
    c: Change, graph: Graph, label: str, record: str, meeting: str, title: str, minutes: int
) -> str:  # fmt: skip
    """Have a planned meeting speak about it, once. Returns the meeting. Raises MissingError."""
    if c.one(OPEN_AGENDA, meeting=meeting) is None or c.one(STANDS, id=record) is None:
        raise MissingError(meeting)
    c.take(meeting)
    if c.one(ON_AGENDA, meeting=meeting, id=record) is None:
        add_items(c, graph, meeting, [NewItem(title, minutes, about=(record,))])
        c.did("agenda", label, record)
    return meeting


def _stands(c: Change, record: str) -> Stands:
    found = c.one(STANDS, id=record)
    if found is None:
        raise MissingError(record)
    return found
