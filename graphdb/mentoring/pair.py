"""One pair with its contacts; its sealed texts are opened here and nowhere else, and the query holds them back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from graphdb.catalogue import kind_of
from graphdb.mentoring.goals import goals_of
from graphdb.records import Ref
from graphdb.records.sealing import opened
from graphdb.records.text import title
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph

PAIR, CONTACT, PERSON = kind_of("Mentorship"), kind_of("Contact"), kind_of("Person")


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact; all but its day is None for readers who may not know more."""

    id: str
    on: date
    minutes: int | None = None
    channel: str | None = None
    topic: str | None = None
    next_on: date | None = None
    note: str | None = None
    reached: str | None = None
    touched: list[Ref] = field(default_factory=list[Ref])


@dataclass(frozen=True, slots=True)
class PairView:
    """A pair's page. `reads`: the reader may know what was spoken about; `own`: is one of the two; `ticks`: its goals."""

    id: str
    ref: str
    version: int
    state: str
    since: date | None
    until: date | None
    every_days: int | None
    languages: list[str] | None
    agreed_until: date | None
    mentor_agreed_on: date | None
    leader_agreed_on: date | None
    programme: Ref
    two: list[Ref]
    own: bool
    reads: bool
    goals: dict[str, Any]
    ticks: list[Any]
    n: int
    contacts: list[Any]

    @property
    def mentor(self) -> Ref:
        """Who accompanies."""
        return self.two[0]

    @property
    def leader(self) -> Ref:
        """Who is accompanied."""
        return self.two[1]


SHOW = Read(
    PairView,
    """
    MATCH (m:Mentorship {id: $id}) WHERE m.archived_at IS NULL
    MATCH (mentor:Person)-[:MENTORS_IN]->(m)<-[:MENTEE_IN]-(leader:Person)
    MATCH (m)-[:IN_PROGRAMME]->(g:Programme)
    WITH m, g, mentor, leader, ($own <> '' AND $own IN [mentor.id, leader.id]) AS own
    WITH m, g, mentor, leader, own, own OR g.id IN $viewer_supervised AS reads
    WHERE reads OR g.id IN $viewer_overseen
    RETURN m.id AS id, m.ref AS ref, m.version AS version, m.state AS state, m.valid_from AS since, m.valid_to AS until,
           m.every_days AS every_days, m.languages AS languages,
           m.agreed_until AS agreed_until, m.mentor_agreed_on AS mentor_agreed_on, m.leader_agreed_on AS leader_agreed_on,
           {id: g.id, ref: g.ref, title: coalesce(g['name_' + $lang], g.name), label: 'Programme'} AS programme,
           COLLECT {
             UNWIND [0, 1] AS n
             WITH n, [mentor, leader][n] AS who ORDER BY n
             RETURN {id: who.id, ref: who.ref, label: 'Person', title: """
    + title(PERSON, "who")
    + """}
           } AS two,
           own, reads, CASE WHEN reads THEN {goals: m.goals, goals_v: m.goals_v} ELSE {} END AS goals,
           COLLECT {
             MATCH (c:Contact)-[:IN]->(m) WHERE reads AND c.archived_at IS NULL AND c.reached IS NOT NULL AND c.on <= $as_of
             RETURN {id: c.id, on: c.on, reached: c.reached, reached_v: c.reached_v, subject: c.subject} ORDER BY c.on, c.id
           } AS ticks,
           COUNT { MATCH (c:Contact)-[:IN]->(m) WHERE c.archived_at IS NULL AND c.on <= $as_of } AS n,
           COLLECT {
             MATCH (c:Contact)-[:IN]->(m) WHERE c.archived_at IS NULL AND c.on <= $as_of
             WITH c ORDER BY c.on DESC, c.id DESC LIMIT $limit
             RETURN CASE WHEN reads
               THEN {id: c.id, on: c.on, minutes: c.minutes, channel: c.channel, topic: c.topic, next_on: c.next_on,
                     note: c.note, note_v: c.note_v, reached: c.reached, reached_v: c.reached_v, subject: c.subject,
                     touched: COLLECT { MATCH (c)-[:TOUCHED]->(o:Organisation)
                       RETURN {id: o.id, ref: o.ref, title: coalesce(o['name_' + $lang], o.name), label: 'Organisation'}
                       ORDER BY o.ref }}
               ELSE {id: c.id, on: c.on} END
           } AS contacts
    ORDER BY id
    """,
)


def show(
    graph: Graph, pair: str, viewer: Viewer, own: str, as_of: date, language: str, limit: int = 30
) -> PairView | None:
    """A pair with its last `limit` contacts, its texts opened for those who may read them: the one place for that."""
    view = graph.one(SHOW, id=pair, own=own, as_of=as_of, lang=language, limit=limit, **viewer.params())
    if view is None:
        return None
    contacts = [_contact(graph, view.id, one) for one in view.contacts]
    goals = opened(graph, PAIR, view.id, view.id, view.goals)
    ticks = goals_of(graph, view.id, goals.get("goals"), view.ticks)
    return replace(view, goals=goals, ticks=ticks, contacts=contacts)


def _contact(graph: Graph, pair: str, raw: dict[str, Any]) -> Contact:
    subject = raw.pop("subject", None) or pair
    return Contact(**opened(graph, CONTACT, raw["id"], subject, raw))
