"""Public discussions: one whole, the list of them, who was counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, LiteralString, TypedDict

from ulid import ULID

from graphdb.consultations.reading import BY_NAME, NAMED, TITLE
from graphdb.errors import MissingError
from graphdb.meetings.pieces import MATTER, PERSON_NAME, WITH_ITS_PLACE, About, Named
from graphdb.statements import Counted, Found, Nothing, Read, Write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.writes import Change


class CountOf(TypedDict):
    """How many of a part of the public came."""

    part: str
    n: int


class QuestionOf(TypedDict):
    """What was asked; `matters` are the gap and the action it led to, as far as the viewer may know of them."""

    id: str
    version: int
    text: str
    asker: str | None
    answer: str | None
    organisation: Named | None
    matters: list[About]


@dataclass(frozen=True, slots=True)
class DiscussionView:
    """A public discussion. A part that nobody counted is not among `counts`: unknown, never zero."""

    id: str
    ref: str
    title: str
    version: int
    archived: bool
    state: str
    on: date
    hours: str | None
    place: str | None
    online: bool | None
    link: str | None
    languages: list[str] | None
    moderator: str | None
    speakers: list[str] | None
    summary: str | None
    organisations: list[Named]
    people: list[Named]
    chair: Named | None
    counts: list[CountOf]
    questions: list[QuestionOf]


@dataclass(frozen=True, slots=True)
class DiscussionLine:
    """A discussion in the list; `unanswered` questions have neither an answer nor somebody who takes them on."""

    id: str
    ref: str
    title: str
    state: str
    on: date
    hours: str | None
    place: str | None
    questions: int
    unanswered: int


# An action is known to its owner and to readers of all meetings; a gap to members.
_KNOWN: LiteralString = """
    CASE WHEN $viewer_everything THEN true WHEN x:Gap THEN $viewer_member
    ELSE $viewer_meetings
        OR EXISTS { MATCH (x)-[:OWNED_BY]->(mine:Organisation) WHERE mine.id IN $viewer_organisations } END
"""
_PERSON: LiteralString = "{id: person.id, title: " + PERSON_NAME + "}"
ASKED: LiteralString = (
    """{id: q.id, version: q.version, text: q.text, asker: q.asker, answer: q.answer,
        organisation: head(COLLECT { MATCH (q)-[:TAKEN_ON_BY]->(o:Organisation) RETURN """
    + NAMED
    + """ }),
        matters: COLLECT { MATCH (q)-[:POINTS_AT_GAP|LED_TO_ACTION]->(x:Record) WHERE """
    + _KNOWN
    + WITH_ITS_PLACE
    + " WITH x, place, service, group ORDER BY x.ref RETURN "
    + MATTER
    + "} }"
)

DISCUSSION = Read(
    DiscussionView,
    """
    MATCH (d:PublicDiscussion {id: $id})
    RETURN d.id AS id, d.ref AS ref, """
    + TITLE
    + """ AS title, d.version AS version, d.archived_at IS NOT NULL AS archived, d.state AS state, d.on AS on,
           d.hours AS hours, d.place AS place, d.online AS online, d.link AS link, d.languages AS languages,
           d.moderator AS moderator, d.speakers AS speakers, d.summary AS summary,
           COLLECT { MATCH (d)<-[:TAKES_PART_IN_DISCUSSION]-(o:Organisation) WHERE o.archived_at IS NULL"""
    + BY_NAME
    + """ } AS organisations,
           COLLECT { MATCH (d)-[:SPEAKER]->(person:Person) WHERE person.archived_at IS NULL
                     WITH person ORDER BY person.ref, person.id RETURN """
    + _PERSON
    + """ } AS people,
           head(COLLECT { MATCH (d)-[:MODERATED_BY]->(person:Person) RETURN """
    + _PERSON
    + """ }) AS chair,
           COLLECT { MATCH (d)-[:COUNTED]->(h:Headcount) RETURN {part: h.part, n: h.n} ORDER BY h.part } AS counts,
           COLLECT { MATCH (d)<-[:ASKED_IN]-(q:PublicQuestion) WHERE q.archived_at IS NULL
                     WITH q ORDER BY q.created_at, q.id LIMIT 200 RETURN """
    + ASKED
    + """ } AS questions
    ORDER BY id
    """,
)

DISCUSSIONS = Read(
    DiscussionLine,
    """
    MATCH (d:PublicDiscussion) WHERE d.archived_at IS NULL
    WITH d ORDER BY d.on DESC, d.id LIMIT $limit
    RETURN d.id AS id, d.ref AS ref, """
    + TITLE
    + """ AS title, d.state AS state, d.on AS on, d.hours AS hours, d.place AS place,
           COUNT { MATCH (d)<-[:ASKED_IN]-(q:PublicQuestion) WHERE q.archived_at IS NULL } AS questions,
           COUNT { MATCH (d)<-[:ASKED_IN]-(q:PublicQuestion) WHERE q.archived_at IS NULL AND q.answer IS NULL
                   AND NOT EXISTS { (q)-[:TAKEN_ON_BY]->(:Organisation) } } AS unanswered
    ORDER BY on DESC, id
    """,
)

FORGET_COUNTS = Write(Nothing, "MATCH (:PublicDiscussion {id: $id})-[:COUNTED]->(h:Headcount) DETACH DELETE h")
COUNT_HEADS = Write(
    Counted,
    """
    MATCH (d:PublicDiscussion {id: $id}) UNWIND $rows AS row
    CREATE (d)-[:COUNTED]->(h:Headcount {id: row.id, part: row.part, n: row.n})
    RETURN count(h) AS n
    """,
)
STEP_ON = Write(
    Found,
    """
    MATCH (d:PublicDiscussion {id: $id}) WHERE d.archived_at IS NULL
    SET d.version = d.version + 1, d.changed_at = $at
    RETURN d.id AS id
    """,
)


def discussion(graph: Graph, record: str, viewer: Viewer, language: str) -> DiscussionView | None:
    """A public discussion whole; None when there is none. Whether the viewer may read it is asked before. One statement."""
    return graph.one(DISCUSSION, id=record, lang=language, **viewer.params())


def discussions(graph: Graph, language: str, limit: int = 100) -> list[DiscussionLine]:
    """Public discussions, the latest first. One statement."""
    return graph.fetch(DISCUSSIONS, lang=language, limit=limit)


def count_heads(c: Change, record: str, version: int, counts: Mapping[str, int]) -> int:
    """Keep who was counted, by part; what is not said is unknown. Returns the version. Raises ConflictError, MissingError."""
    now = c.take(record, version)
    if c.one(STEP_ON, id=record, at=c.at) is None:
        raise MissingError(record)
    c.run(FORGET_COUNTS, id=record)
    rows = [{"id": str(ULID()), "part": part, "n": n} for part, n in counts.items()]
    if rows:
        c.run(COUNT_HEADS, id=record, rows=rows)
    c.did("headcount", "PublicDiscussion", record)
    return now + 1
