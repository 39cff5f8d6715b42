"""Supervision of mentors: whom a supervisor accompanies, with what load, when they last spoke.

That a session was, and when, is known to those who oversee the programme; what was said, to the mentor and to its
supervisors: the note is sealed with the mentor's key, and the query holds the rest back.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.errors import MissingError
from graphdb.records.sealing import opened
from graphdb.records.text import title
from graphdb.statements import Found, Read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.writes import Change

SUPERVISION, PERSON = kind_of("Supervision"), kind_of("Person")


@dataclass(frozen=True, slots=True)
class Supervised:
    """A mentor: open and active pairs, the last session, when the next is meant to be. `since`: the first pair's first day."""

    id: str
    ref: str
    name: str
    programme: str
    programme_name: str
    open: int
    active: int
    since: date | None
    last: date | None
    next_on: date | None


@dataclass(frozen=True, slots=True)
class Session:
    """A session; what it was about is None for readers who may not know more."""

    id: str
    mentor: str
    name: str
    on: date
    minutes: int | None
    topic: str | None
    next_on: date | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Overview:
    mentors: list[Any]
    sessions: list[Any]


OVERVIEW = Read(
    Overview,
    """
    RETURN
      COLLECT {
        MATCH (p:Person)-[:IN_PROGRAMME]->(g:Programme)
        WHERE p.archived_at IS NULL AND p.role_class = 'mentor' AND coalesce(p.state, '') <> 'left'
          AND ($viewer_everything OR g.id IN $viewer_overseen OR ($own <> '' AND p.id = $own))
        WITH p, g, """
    + title(PERSON, "p")
    + """ AS name ORDER BY toLower(name), p.id
        RETURN {id: p.id, ref: p.ref, name: name, programme: g.id, programme_name: coalesce(g['name_' + $lang], g.name),
                open: COUNT { MATCH (p)-[:MENTORS_IN]->(m:Mentorship)
                  WHERE m.archived_at IS NULL AND NOT m.state IN ['completed', 'ended_early'] },
                active: COUNT { MATCH (p)-[:MENTORS_IN]->(m:Mentorship) WHERE m.archived_at IS NULL AND m.state = 'active' },
                since: head(COLLECT { MATCH (p)-[:MENTORS_IN]->(m:Mentorship) WHERE m.archived_at IS NULL AND m.valid_from IS NOT NULL
                  RETURN m.valid_from AS since ORDER BY since LIMIT 1 }),
                last: head(COLLECT { MATCH (s:Supervision)-[:SUPERVISES]->(p) WHERE s.archived_at IS NULL AND s.on <= $as_of
                  RETURN s.on AS last ORDER BY last DESC LIMIT 1 }),
                next_on: head(COLLECT { MATCH (s:Supervision)-[:SUPERVISES]->(p) WHERE s.archived_at IS NULL AND s.on <= $as_of
                  WITH s ORDER BY s.on DESC LIMIT 1 RETURN s.next_on })}
      } AS mentors,
      COLLECT {
        MATCH (s:Supervision)-[:SUPERVISES]->(p:Person) WHERE s.archived_at IS NULL AND s.on <= $as_of
        MATCH (s)-[:IN_PROGRAMME]->(g:Programme)
        WITH s, p, g.id IN $viewer_supervised OR ($own <> '' AND p.id = $own) AS reads,
             $viewer_everything OR g.id IN $viewer_overseen AS knows
        WHERE reads OR knows
        WITH s, p, reads ORDER BY s.on DESC, s.id DESC LIMIT $limit
        RETURN {id: s.id, on: s.on, mentor: p.id, name: """
    + title(PERSON, "p")
    + """, minutes: CASE WHEN reads THEN s.minutes END, topic: CASE WHEN reads THEN s.topic END,
                next_on: CASE WHEN reads THEN s.next_on END, subject: coalesce(s.subject, s.id),
                note: CASE WHEN reads THEN s.note END, note_v: CASE WHEN reads THEN s.note_v END}
      } AS sessions
    """,
)


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session with one or several mentors of a programme: each has a record of their own, with the same words."""

    mentors: tuple[str, ...]
    programme: str
    on: date
    minutes: int | None = None
    topic: str | None = None
    next_on: date | None = None
    note: str = ""


MENTOR_OF = Read(
    Found,
    "MATCH (p:Person {id: $mentor, role_class: 'mentor'})-[:IN_PROGRAMME]->(:Programme {id: $programme}) RETURN p.id AS id ORDER BY id",
)


def overview(
    graph: Graph, viewer: Viewer, own: str, as_of: date, language: str, limit: int | None = 40
) -> tuple[list[Supervised], list[Session]]:
    """The mentors of the programmes the viewer oversees (and the person `own`), and the last `limit` sessions. One statement."""
    most = sys.maxsize if limit is None else limit
    row = graph.one(OVERVIEW, own=own, as_of=as_of, lang=language, limit=most, **viewer.params())
    assert row is not None
    return [Supervised(**one) for one in row.mentors], [_session(graph, one) for one in row.sessions]


def _session(graph: Graph, stored: dict[str, Any]) -> Session:
    subject = str(stored.pop("subject"))
    return Session(**opened(graph, SUPERVISION, str(stored["id"]), subject, stored))


def log_session(c: Change, graph: Graph, new: NewSession) -> list[str]:
    """Keep a session; returns the ids, one for each mentor. Raises RefusedError, MissingError for one of another programme."""
    return [_log(c, graph, new, mentor) for mentor in new.mentors]


def _log(c: Change, graph: Graph, new: NewSession, mentor: str) -> str:
    if c.one(MENTOR_OF, mentor=mentor, programme=new.programme) is None:
        raise MissingError(mentor)
    values = {"on": new.on, "minutes": new.minutes, "topic": new.topic, "next_on": new.next_on, "note": new.note}
    links: dict[str, Sequence[str]] = {"mentor": [mentor], "programme": [new.programme]}
    return records.create(c, graph, SUPERVISION, cast("dict[str, object]", values), links, subject=mentor)


SESSION_OF = Read(
    Found,
    """
    MATCH (s:Supervision {id: $session})-[:IN_PROGRAMME]->(g:Programme) WHERE g.id IN $viewer_supervised
    RETURN s.id AS id ORDER BY id
    """,
)


def take_back(c: Change, viewer: Viewer, session: str) -> None:
    """Take a session out that was logged by mistake. Raises MissingError for one of a programme the viewer does not supervise."""
    if c.one(SESSION_OF, session=session, **viewer.params()) is None:
        raise MissingError(session)
    records.archive(c, SUPERVISION, session)
