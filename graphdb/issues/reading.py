"""One matter whole, as far as the viewer may know it; the query holds back the rest.

The two who work on it and who runs their programme read all of it. A partner whom it touched reads what it is about and
what happened to it, its texts only in the steps that touched the partner; how many people came is told from five on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypedDict

from analytics.suppression import LEAST
from graphdb.catalogue import kind_of
from graphdb.issues.pieces import COMMUNITY, HISTORY, PERSON, STANDS, WHAT, eyes
from graphdb.meetings.pieces import MEETING_NAME, ORGANISATION_NAME, PLACE_NAME, READS, ZONE
from graphdb.records import Ref
from graphdb.records.sealing import opened
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph

STEP = kind_of("CommunityStep")


class Spoken(TypedDict):
    """A meeting at which it was an item; `id` and `title` are None for who may not read that meeting."""

    id: str | None
    title: str | None
    on: date
    meeting_state: str
    state: str


class Planned(TypedDict):
    """A meeting on whose agenda it may be put."""

    id: str
    title: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `text` is None for who may not read it, `few`: fewer came than may be told."""

    id: str
    on: date
    way: str
    people: int | None
    few: bool
    place: str | None
    text: str | None
    touched: list[Ref]


@dataclass(frozen=True, slots=True)
class MatterView:
    """A matter's page. `reads`: the reader may know its texts; `own`: is one of those who work on it."""

    id: str
    ref: str
    label: str
    version: int
    topic: str
    state: str
    result: str | None
    on: date
    states: list[str]
    community: list[Ref]
    place: list[Ref]
    people: list[dict[str, Any]]
    programme: str | None
    own: bool
    reads: bool
    sealed: dict[str, Any]
    touched: list[Ref]
    steps: list[Any]
    spoken: list[Spoken]
    planned: list[Planned]


SHOW = Read(
    MatterView,
    """
    MATCH (n:CommunityIssue|Campaign|Mediation {id: $id}) WHERE n.archived_at IS NULL
    """
    + STANDS
    + """
    WITH n, own, own OR runs AS reads, """
    + ZONE
    + """ AS zone
    RETURN n.id AS id, n.ref AS ref, """
    + WHAT
    + """ AS label, n.version AS version, n.topic AS topic, n.state AS state, n.result AS result, n.on AS on, """
    + HISTORY
    + """ AS states,
           COLLECT { MATCH (n)-[:OF_COMMUNITY]->(y:Community) RETURN {id: y.id, ref: y.ref, label: 'Community', title: """
    + COMMUNITY
    + """} } AS community,
           COLLECT { MATCH (n)-[:AT_PLACE]->(place:Place) RETURN {id: place.id, ref: place.ref, label: 'Place', title: """
    + PLACE_NAME
    + """} } AS place,
           COLLECT {
             MATCH (n)-[r:RAISED_BY|ACCOMPANIED_BY|MEDIATED_BY]->(who:Person)
             WITH r, who ORDER BY type(r) DESC, who.id
             RETURN {as: type(r), id: who.id, title: """
    + PERSON
    + """}
           } AS people,
           head(COLLECT { MATCH (n)-[:IN_PROGRAMME]->(g:Programme) RETURN coalesce(g['name_' + $lang], g.name) }) AS programme,
           own, reads,
           CASE WHEN reads THEN {said: n.said, said_v: n.said_v, outcome: n.outcome, outcome_v: n.outcome_v, subject: n.subject}
                ELSE {} END AS sealed,
           COLLECT { MATCH (n)-[:TOUCHED]->(o:Organisation)
                     RETURN {id: o.id, ref: o.ref, label: 'Organisation', title: """
    + ORGANISATION_NAME
    + """} ORDER BY o.ref } AS touched,
           COLLECT {
             MATCH (s:CommunityStep)-[:STEP_OF]->(n) WHERE s.archived_at IS NULL
             WITH n, s, reads OR EXISTS { MATCH (s)-[:TOUCHED]->(k:Organisation) WHERE k.id IN $touched } AS read
             ORDER BY s.on DESC, s.id DESC LIMIT 100
             RETURN {id: s.id, on: s.on, way: s.way, subject: s.subject,
                     people: CASE WHEN reads OR s.people = 0 OR s.people >= $least THEN s.people END,
                     few: NOT reads AND s.people > 0 AND s.people < $least,
                     text: CASE WHEN read THEN s.text END, text_v: CASE WHEN read THEN s.text_v END,
                     place: head(COLLECT { MATCH (s)-[:AT_PLACE]->(place:Place) RETURN """
    + PLACE_NAME
    + """ }),
                     touched: COLLECT { MATCH (s)-[:TOUCHED]->(o:Organisation)
                       RETURN {id: o.id, ref: o.ref, label: 'Organisation', title: """
    + ORGANISATION_NAME
    + """} ORDER BY o.ref }}
           } AS steps,
           COLLECT {
             MATCH (n)<-[:ABOUT]-(i:AgendaItem)<-[:HAS_ITEM]-(m:Meeting) WHERE m.archived_at IS NULL AND i.state <> 'dropped'
             WITH i, m, """
    + READS
    + """ AS known ORDER BY m.starts_at DESC, i.id LIMIT 20
             RETURN {id: CASE WHEN known THEN m.id END, title: CASE WHEN known THEN """
    + MEETING_NAME
    + """ END,
                     on: date(datetime({datetime: m.starts_at, timezone: zone})), meeting_state: m.state, state: i.state}
           } AS spoken,
           COLLECT {
             MATCH (m:Meeting) WHERE $plans AND m.archived_at IS NULL AND m.state IN ['planned', 'invited']
               AND date(m.starts_at) >= $today
               AND NOT EXISTS { MATCH (m)-[:HAS_ITEM]->(i:AgendaItem)-[:ABOUT]->(n) WHERE i.state <> 'dropped' }
             WITH m ORDER BY m.starts_at, m.id LIMIT 10
             RETURN {id: m.id, starts_at: m.starts_at, title: """
    + MEETING_NAME
    + """}
           } AS planned
    ORDER BY id
    """,
)


def show(
    graph: Graph, record: str, viewer: Viewer, own: str, today: date, language: str, *, plans: bool = False
) -> MatterView | None:
    """A matter, its texts opened for those who may read them: the one place for that. `plans`: name coming meetings."""
    view = graph.one(
        SHOW, id=record, today=today, lang=language, least=LEAST, plans=plans, **eyes(viewer, own)
    )  # fmt: skip
    if view is None:
        return None
    sealed = dict(view.sealed)
    subject = sealed.pop("subject", None) or view.id
    texts = opened(graph, kind_of(view.label), view.id, subject, sealed)
    return replace(view, sealed=texts, steps=[_step(graph, one) for one in view.steps])


def _step(graph: Graph, raw: dict[str, Any]) -> Step:
    subject = raw.pop("subject", None) or raw["id"]
    return Step(**opened(graph, STEP, raw["id"], subject, raw))
