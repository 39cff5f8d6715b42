"""What happened around a gap, from its detection to its closure: each kind of step as far as the viewer may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from graphdb.catalogue import kind_of
from graphdb.meetings.pieces import READS, ZONE
from graphdb.records.text import title
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph

MEETING, ORGANISATION = title(kind_of("Meeting"), "m"), title(kind_of("Organisation"), "o")


class Turn(TypedDict):
    """What somebody, or detection, did to the gap."""

    verb: str
    at: datetime


class DecisionMade(TypedDict):
    """What a meeting decided about it."""

    text: str
    on: date | None


class OnAgenda(TypedDict):
    """An agenda it is or was on. `state` of the item."""

    id: str
    title: str
    on: date
    meeting_state: str
    state: str
    decisions: list[DecisionMade]


class Promised(TypedDict):
    """An action that aims at it, or that a decision about it asked for."""

    id: str
    text: str
    owner: str
    agreed_on: date | None
    due: date | None
    done_on: date | None
    state: str
    evidence: str | None


class Offer(TypedDict):
    """A service of that type there that began, or was confirmed, after the gap was seen."""

    id: str
    owner: str
    began: date | None
    confirmed: date | None


class Seen(TypedDict):
    """The first thing of its kind that was seen of the two organisations since then."""

    kind: str
    first: date


@dataclass(frozen=True, slots=True)
class ChainFacts:
    """`asked`, `minors`: people who were referred for it since, and children among them."""

    turns: list[Turn]
    agendas: list[OnAgenda]
    actions: list[Promised]
    offers: list[Offer]
    seen: list[Seen]
    asked: int
    minors: int


CHAIN = Read(
    ChainFacts,
    """
    MATCH (g:Gap {id: $id}) WITH g, """
    + ZONE
    + """ AS zone
    OPTIONAL MATCH (g)-[:GAP_OF]->(a:Organisation)
    OPTIONAL MATCH (g)-[:GAP_WITH]->(b:Organisation)
    WITH g, a, b, zone, coalesce(g.first_seen, date(g.created_at)) AS since LIMIT 1
    RETURN
      COLLECT { MATCH (e:AuditEntry {record: g.id}) RETURN {verb: e.verb, at: e.at} ORDER BY e.n DESC LIMIT 60 } AS turns,
      COLLECT {
        MATCH (g)<-[:ABOUT]-(i:AgendaItem)<-[:HAS_ITEM]-(m:Meeting) WHERE m.archived_at IS NULL AND """
    + READS
    + """
        WITH i, m ORDER BY m.starts_at, m.id LIMIT 30
        RETURN {id: m.id, title: """
    + MEETING
    + """, on: date(datetime({datetime: m.starts_at, timezone: zone})), meeting_state: m.state, state: i.state,
                decisions: COLLECT { MATCH (i)-[:LED_TO]->(d:Decision) RETURN {text: d.text, on: d.decided_on} ORDER BY d.id }}
      } AS agendas,
      COLLECT {
        MATCH (p:ActionPoint)-[:OWNED_BY]->(o:Organisation)
        WHERE p.archived_at IS NULL AND ($viewer_everything OR $viewer_meetings OR o.id IN $viewer_organisations)
          AND (EXISTS { (p)-[:AIMS_AT]->(g) }
               OR EXISTS { (p)<-[:REQUIRES]-(:Decision)<-[:LED_TO]-(:AgendaItem)-[:ABOUT]->(g) })
        WITH p, o ORDER BY p.due, p.id LIMIT 50
        RETURN {id: p.id, text: p.text, owner: """
    + ORGANISATION
    + """, agreed_on: p.agreed_on, due: p.due, done_on: p.done_on, state: p.state, evidence: p.evidence}
      } AS actions,
      COLLECT {
        MATCH (g)-[:FOR_PLACE]->(place:Place) MATCH (g)-[:FOR_SERVICE]->(type:ServiceType)
        MATCH (o:Organisation)-[:PROVIDES]->(s:Service)-[:OF_TYPE]->(:ServiceType)-[:BROADER*0..6]->(type)
        WHERE s.archived_at IS NULL AND o.archived_at IS NULL
          AND EXISTS { MATCH (s)-[:COVERS_AREA]->(:Place)<-[:PART_OF*0..8]-(place) }
        WITH DISTINCT s, o, head([day IN coalesce(s.assured, []) WHERE date(day) >= since]) AS confirmed, since
        WHERE s.valid_from >= since OR confirmed IS NOT NULL
        WITH s, o, confirmed, since ORDER BY coalesce(confirmed, s.valid_from), s.id LIMIT 20
        RETURN {id: s.id, owner: """
    + ORGANISATION
    + """, began: CASE WHEN s.valid_from >= since THEN s.valid_from END, confirmed: date(confirmed)}
      } AS offers,
      COLLECT {
        MATCH (a)-[:SENT]->(r:Referral)-[:TO]->(b) WHERE r.archived_at IS NULL AND r.state <> 'draft' AND r.sent_on >= since
        RETURN {kind: 'referral', first: r.sent_on} ORDER BY r.sent_on LIMIT 1
      } + COLLECT {
        MATCH (b)-[:SENT]->(r:Referral)-[:TO]->(a) WHERE r.archived_at IS NULL AND r.state <> 'draft' AND r.sent_on >= since
        RETURN {kind: 'referral_back', first: r.sent_on} ORDER BY r.sent_on LIMIT 1
      } + COLLECT {
        MATCH (a)-[one:ATTENDED]->(m:Meeting)<-[other:ATTENDED]-(b)
        WHERE m.archived_at IS NULL AND m.state = 'held' AND one.mode IN $present AND other.mode IN $present
        WITH m, date(datetime({datetime: m.starts_at, timezone: zone})) AS day WHERE day >= since
        RETURN {kind: 'meeting', first: day} ORDER BY m.starts_at LIMIT 1
      } + COLLECT {
        MATCH (a)-[:PARTY_TO]->(p:Agreement)<-[:PARTY_TO]-(b) WHERE p.archived_at IS NULL AND p.valid_from >= since
        RETURN {kind: 'agreement', first: p.valid_from} ORDER BY p.valid_from LIMIT 1
      } AS seen,
      COUNT {
        MATCH (g)-[:FOR_PLACE]->(place:Place) MATCH (g)-[:FOR_SERVICE]->(type:ServiceType)
        MATCH (place)<-[:PART_OF*0..8]-(:Place)<-[:FOR_PLACE]-(r:Referral)-[:FOR_SERVICE]->(:ServiceType)-[:BROADER*0..6]->(type)
        WHERE r.archived_at IS NULL AND r.state <> 'draft' AND r.sent_on >= since
      } AS asked,
      COUNT {
        MATCH (g)-[:FOR_PLACE]->(place:Place) MATCH (g)-[:FOR_SERVICE]->(type:ServiceType)
        MATCH (place)<-[:PART_OF*0..8]-(:Place)<-[:FOR_PLACE]-(r:Referral)-[:FOR_SERVICE]->(:ServiceType)-[:BROADER*0..6]->(type)
        WHERE r.archived_at IS NULL AND r.state <> 'draft' AND r.sent_on >= since
          AND EXISTS { MATCH (r)-[:FOR_GROUP]->(:PopulationGroup)-[:BROADER*0..4]->(x:PopulationGroup)
                       WHERE x.minors = true OR x.code IN $minors }
      } AS minors
    ORDER BY asked
    """,
)


def chain(
    graph: Graph, gap: str, viewer: Viewer, language: str, *, present: tuple[str, ...], minors: tuple[str, ...]
) -> ChainFacts | None:  # fmt: skip
    """What happened around a kept gap; None where there is none. One statement."""
    return graph.one(CHAIN, id=gap, lang=language, present=list(present), minors=list(minors), **viewer.params())
