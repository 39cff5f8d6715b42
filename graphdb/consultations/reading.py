"""One draft with its whole table of comments, the list of drafts, and one comment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, LiteralString, TypedDict

from graphdb.meetings.pieces import MEETING_NAME, ORGANISATION_NAME, ZONE, Named
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph


class MeetingOf(TypedDict):
    """A meeting at which the draft is discussed, as far as the viewer may know of it."""

    id: str
    title: str
    starts_at: datetime
    state: str


class EditionOf(TypedDict):
    """A version of the draft: what it is called, since when (None: unknown), where it lies, what changed."""

    id: str
    label: str
    on: date | None
    reference: str | None
    note: str | None


class CommentOf(TypedDict):
    """A line of the table. `number` counts within the draft and is never given twice; `reason` says why it was decided so."""

    id: str
    number: int
    version: int
    organisation: Named
    part: str | None
    text: str
    proposed: str | None
    given: str
    edition: str
    given_on: date
    meeting: Named | None
    decision: str
    reason: str | None
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """A draft: who is asked, who has `content` (nothing to add), where it is discussed, its versions, every comment."""

    id: str
    ref: str
    title: str
    version: int
    archived: bool
    kind: str
    state: str
    edition: str
    until: date
    link: str | None
    description: str | None
    network: str
    zone: str
    asked: list[Named]
    content: list[Named]
    meetings: list[MeetingOf]
    editions: list[EditionOf]
    comments: list[CommentOf]


@dataclass(frozen=True, slots=True)
class ConsultationLine:
    """A draft in the list; `answered` counts the asked organisations that commented or have nothing to add."""

    id: str
    ref: str
    title: str
    kind: str
    state: str
    edition: str
    until: date
    asked: int
    answered: int
    comments: int
    undecided: int
    mine: bool


@dataclass(frozen=True, slots=True)
class CommentView:
    """One comment with the draft it is about, and where that stands."""

    comment: CommentOf
    draft: str
    ref: str
    title: str
    state: str
    until: date
    archived: bool
    meetings: list[MeetingOf]


# A meeting is known to those who are invited, and to those who read all meetings.
_KNOWN: LiteralString = """
    ($viewer_everything OR $viewer_meetings
     OR EXISTS { MATCH (mine:Organisation)-[:INVITED]->(m) WHERE mine.id IN $viewer_organisations })
"""
NAMED: LiteralString = "{id: o.id, title: " + ORGANISATION_NAME + "}"
BY_NAME: LiteralString = " WITH DISTINCT o ORDER BY toLower(" + ORGANISATION_NAME + "), o.id RETURN " + NAMED
TITLE: LiteralString = "coalesce(d['name_' + $lang], d.name)"

_MEETINGS: LiteralString = (
    "COLLECT { MATCH (d)-[:DISCUSSED_AT]->(m:Meeting) WHERE m.archived_at IS NULL AND "
    + _KNOWN
    + " WITH m ORDER BY m.starts_at, m.id RETURN {id: m.id, starts_at: m.starts_at, state: m.state, title: "
    + MEETING_NAME
    + "} } AS meetings"
)
_COMMENT: LiteralString = (
    """{id: n.id, number: n.number, version: n.version, part: n.part, text: n.text, proposed: n.proposed, given: n.given,
        edition: n.edition, given_on: n.given_on, decision: n.decision, reason: n.reason, decided_on: n.decided_on,
        organisation: head(COLLECT { MATCH (n)-[:COMMENT_BY]->(o:Organisation) RETURN """
    + NAMED
    + """ }),
        meeting: head(COLLECT { MATCH (n)-[:SAID_AT]->(m:Meeting) WHERE """
    + _KNOWN
    + " RETURN {id: m.id, title: "
    + MEETING_NAME
    + "} })}"
)

CONSULTATION = Read(
    ConsultationView,
    """
    MATCH (d:Consultation {id: $id})
    RETURN d.id AS id, d.ref AS ref, """
    + TITLE
    + """ AS title, d.version AS version, d.archived_at IS NOT NULL AS archived, d.kind AS kind, d.state AS state,
           d.edition AS edition, d.until AS until, d.link AS link, d.description AS description,
           coalesce(head(COLLECT { MATCH (s:Setting {key: 'network_name'}) RETURN s.value }), '') AS network, """
    + ZONE
    + """ AS zone,
           COLLECT { MATCH (d)-[:ASKED_FOR_COMMENTS]->(o:Organisation) WHERE o.archived_at IS NULL"""
    + BY_NAME
    + """ } AS asked,
           COLLECT { MATCH (d)-[:NOTHING_TO_ADD]->(o:Organisation) WHERE o.archived_at IS NULL"""
    + BY_NAME
    + " } AS content, "
    + _MEETINGS
    + """,
           COLLECT { MATCH (d)-[:HAS_VERSION]->(v:DocVersion) WITH v ORDER BY coalesce(v.on, date('1900-01-01')) DESC, v.at DESC, v.id DESC LIMIT 100
                     RETURN {id: v.id, label: v.label, on: v.on, reference: v.reference, note: v.note} } AS editions,
           COLLECT { MATCH (d)<-[:COMMENT_ON]-(n:DraftComment) WHERE n.archived_at IS NULL
                     WITH n ORDER BY n.number, n.id LIMIT 2000 RETURN """
    + _COMMENT
    + """ } AS comments
    ORDER BY id
    """,
)

CONSULTATIONS = Read(
    ConsultationLine,
    """
    MATCH (d:Consultation) WHERE d.archived_at IS NULL
    WITH d ORDER BY CASE d.state WHEN 'open' THEN 0 WHEN 'draft' THEN 1 WHEN 'closed' THEN 2 ELSE 3 END, d.until, d.id
    LIMIT $limit
    RETURN d.id AS id, d.ref AS ref, """
    + TITLE
    + """ AS title, d.kind AS kind, d.state AS state, d.edition AS edition, d.until AS until,
           COUNT { MATCH (d)-[:ASKED_FOR_COMMENTS]->(o:Organisation) WHERE o.archived_at IS NULL } AS asked,
           COUNT { MATCH (d)-[:ASKED_FOR_COMMENTS]->(o:Organisation) WHERE o.archived_at IS NULL
                   AND (EXISTS { (d)-[:NOTHING_TO_ADD]->(o) } OR EXISTS {
                        MATCH (d)<-[:COMMENT_ON]-(n:DraftComment)-[:COMMENT_BY]->(o) WHERE n.archived_at IS NULL }) }
               AS answered,
           COUNT { MATCH (d)<-[:COMMENT_ON]-(n:DraftComment) WHERE n.archived_at IS NULL } AS comments,
           COUNT { MATCH (d)<-[:COMMENT_ON]-(n:DraftComment) WHERE n.archived_at IS NULL AND n.decision = 'open' }
               AS undecided,
           EXISTS { MATCH (d)-[:ASKED_FOR_COMMENTS]->(o:Organisation) WHERE o.id IN $viewer_organisations
                    AND NOT EXISTS { (d)-[:NOTHING_TO_ADD]->(o) } AND NOT EXISTS {
                        MATCH (d)<-[:COMMENT_ON]-(n:DraftComment)-[:COMMENT_BY]->(o) WHERE n.archived_at IS NULL } } AS mine
    ORDER BY CASE state WHEN 'open' THEN 0 WHEN 'draft' THEN 1 WHEN 'closed' THEN 2 ELSE 3 END, until, id
    """,
)

COMMENT = Read(
    CommentView,
    """
    MATCH (n:DraftComment {id: $id})-[:COMMENT_ON]->(d:Consultation)
    RETURN """
    + _COMMENT
    + " AS comment, d.id AS draft, d.ref AS ref, "
    + TITLE
    + " AS title, d.state AS state, d.until AS until, n.archived_at IS NOT NULL AS archived, "
    + _MEETINGS
    + """
    ORDER BY draft
    """,
)


@dataclass(frozen=True, slots=True)
class Called:
    id: str


CALLED = Read(
    Called,
    "MATCH (d:Consultation) WHERE d.id = $given OR d.ref = $given RETURN d.id AS id ORDER BY id LIMIT 1",
)


def consultation(graph: Graph, record: str, viewer: Viewer, language: str) -> ConsultationView | None:
    """A draft whole; None when there is none. Whether the viewer may read it is asked before. One statement."""
    return graph.one(CONSULTATION, id=record, lang=language, **viewer.params())


def consultations(graph: Graph, viewer: Viewer, language: str, limit: int = 200) -> list[ConsultationLine]:
    """Drafts, the open ones first, those that end first before others. `mine`: an organisation of the viewer is asked and silent."""
    return graph.fetch(CONSULTATIONS, lang=language, limit=limit, **viewer.params())


def comment(graph: Graph, record: str, viewer: Viewer, language: str) -> CommentView | None:
    """One comment; None when there is none. Whether the viewer may read it is asked before."""
    return graph.one(COMMENT, id=record, lang=language, **viewer.params())


def called(graph: Graph, given: str) -> str | None:
    """Id of the draft with that reference or id."""
    row = graph.one(CALLED, given=given)
    return row.id if row else None
