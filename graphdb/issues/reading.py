"""The matters that one viewer may know of, and one of them whole; the queries hold back the rest.

The two who work on it and who runs their programme read all of it. A partner whom it touched reads what it is about and
what happened to it, its texts only in the steps that touched the partner; how many people came is told from five on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, LiteralString, TypedDict

from analytics.community_steps import state_on
from analytics.suppression import LEAST
from graphdb.catalogue import kind_of
from graphdb.meetings.pieces import MEETING_NAME, ORGANISATION_NAME, PLACE_NAME, READS, ZONE
from graphdb.records import Ref
from graphdb.records.sealing import opened
from graphdb.records.text import title
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph

LABELS = ("CommunityIssue", "Campaign", "Mediation")
STEP = kind_of("CommunityStep")
PERSON: LiteralString = title(kind_of("Person"), "who")
COMMUNITY: LiteralString = "coalesce(y['name_' + $lang], y.name)"

# How the viewer stands to the matter `n`: one of those who work on it, of who runs the programme, or a partner touched.
STANDS: LiteralString = """
    WITH n, ($own <> '' AND EXISTS { MATCH (n)-[:RAISED_BY|ACCOMPANIED_BY|MEDIATED_BY]->(me:Person) WHERE me.id = $own }) AS own,
         $viewer_everything OR EXISTS { MATCH (n)-[:IN_PROGRAMME]->(g:Programme) WHERE g.id IN $viewer_overseen } AS runs
    WHERE own OR runs OR EXISTS { MATCH (n)-[:TOUCHED]->(k:Organisation) WHERE k.id IN $touched }
"""
WHAT: LiteralString = "[l IN labels(n) WHERE l <> 'Record'][0]"
HISTORY: LiteralString = "coalesce(n.states, [toString(n.on) + '=' + n.state])"
LEADER: LiteralString = "COLLECT { MATCH (n)-[:RAISED_BY]->(who:Person) RETURN " + PERSON + " ORDER BY who.id }"


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
class Line:
    """A matter in a list. `own`: the reader works on it."""

    id: str
    ref: str
    label: str
    topic: str
    states: list[str]
    community: str | None
    place: str | None
    leader: str | None
    own: bool
    steps: int
    last: date | None
    touched: int
    spoken: int

    def state(self, on: date) -> str | None:
        """Its state on a day; None before it was raised."""
        return state_on(self.states, on)


class Here(TypedDict):
    """Where a leader or mentor is and what they speak: for looking for help nearby."""

    place: str | None
    title: str | None
    languages: list[str]


@dataclass(frozen=True, slots=True)
class Page:
    """One row: all of the list, and where the reader is."""

    lines: list[Any]
    here: Here | None


LISTED = Read(
    Page,
    """
    RETURN COLLECT {
      MATCH (n:CommunityIssue|Campaign|Mediation) WHERE n.archived_at IS NULL AND n.on <= $as_of
      """
    + STANDS
    + """
      WITH n, own ORDER BY n.on DESC, n.id DESC LIMIT $limit
      RETURN {id: n.id, ref: n.ref, label: """
    + WHAT
    + """, topic: n.topic, states: """
    + HISTORY
    + """, own: own,
              community: head(COLLECT { MATCH (n)-[:OF_COMMUNITY]->(y:Community) RETURN """
    + COMMUNITY
    + """ }),
              place: head(COLLECT { MATCH (n)-[:AT_PLACE]->(place:Place) RETURN """
    + PLACE_NAME
    + """ }),
              leader: head("""
    + LEADER
    + """),
              steps: COUNT { MATCH (s:CommunityStep)-[:STEP_OF]->(n) WHERE s.archived_at IS NULL AND s.on <= $as_of },
              last: head(COLLECT { MATCH (s:CommunityStep)-[:STEP_OF]->(n) WHERE s.archived_at IS NULL AND s.on <= $as_of
                                   RETURN s.on ORDER BY s.on DESC LIMIT 1 }),
              touched: COUNT { (n)-[:TOUCHED]->(:Organisation) },
              spoken: COUNT { MATCH (n)<-[:ABOUT]-(i:AgendaItem {state: 'discussed'}) RETURN i }}
    } AS lines,
    head(COLLECT {
      MATCH (who:Person {id: $own})
      WITH who, head(COLLECT { MATCH (who)-[:BELONGS_TO]->(y:Community) RETURN y }) AS y,
           head(COLLECT { MATCH (who)-[:LOCATED_IN]->(place:Place) RETURN place ORDER BY place.ref }) AS mine
      WITH who, y, coalesce(mine, head(COLLECT { MATCH (y)-[:LOCATED_IN]->(place:Place) RETURN place })) AS place
      RETURN {place: place.id, title: CASE WHEN place IS NOT NULL THEN """
    + PLACE_NAME
    + """ END, languages: coalesce(y.languages, who.languages, [])}
    }) AS here
    ORDER BY size(lines)
    """,
)


def listed(graph: Graph, viewer: Viewer, own: str, as_of: date, language: str, limit: int = 300) -> Page:
    """What the person `own` works on, what the viewer's programmes do, and what touched the viewer's organisation."""
    row = graph.one(LISTED, as_of=as_of, lang=language, limit=limit, **_eyes(viewer, own))
    assert row is not None
    return Page([Line(**one) for one in row.lines], row.here)


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
        SHOW, id=record, today=today, lang=language, least=LEAST, plans=plans, **_eyes(viewer, own)
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


def _eyes(viewer: Viewer, own: str) -> dict[str, Any]:
    """Only who comes as a partner sees what touched the organisation."""
    touched = list(viewer.organisations) if "partner" in viewer.roles else []
    return {"own": own, "touched": touched, **viewer.params()}


@dataclass(frozen=True, slots=True)
class Beginning:
    """What somebody may begin with: leaders with their community, and where; `mentor` accompanies the leader now."""

    leaders: list[dict[str, Any]]
    communities: list[dict[str, Any]]
    places: list[dict[str, Any]]
    organisations: list[dict[str, Any]]


BEGINNING = Read(
    Beginning,
    """
    RETURN
      COLLECT {
        MATCH (who:Person)-[:IN_PROGRAMME]->(g:Programme)
        WHERE who.archived_at IS NULL AND who.role_class IN ['leader', 'mentor'] AND $own <> ''
          AND ((who.id = $own) OR (who.role_class = 'leader' AND EXISTS {
                MATCH (:Person {id: $own})-[:MENTORS_IN]->(m:Mentorship)<-[:MENTEE_IN]-(who)
                WHERE m.archived_at IS NULL AND m.state IN $open }))
        WITH who, g, head(COLLECT {
            MATCH (mentor:Person)-[:MENTORS_IN]->(m:Mentorship)<-[:MENTEE_IN]-(who)
            WHERE m.archived_at IS NULL AND m.state IN $open
            RETURN mentor.id ORDER BY m.state <> 'active', m.id LIMIT 1 }) AS mentor
        ORDER BY who.role_class, who.ref
        RETURN {id: who.id, name: """
    + PERSON
    + """, role: who.role_class, programme: g.id, mentor: mentor,
                community: head(COLLECT { MATCH (who)-[:BELONGS_TO]->(y:Community) RETURN y.id }),
                place: head(COLLECT { MATCH (who)-[:LOCATED_IN]->(place:Place) RETURN place.id ORDER BY place.id })}
      } AS leaders,
      COLLECT { MATCH (y:Community) WHERE y.archived_at IS NULL
                RETURN {id: y.id, name: """
    + COMMUNITY
    + """, place: head(COLLECT { MATCH (y)-[:LOCATED_IN]->(p:Place) RETURN p.id })} ORDER BY y.ref } AS communities,
      COLLECT { MATCH (place:Place) WHERE place.archived_at IS NULL AND coalesce(place.protected, false) = false
                  AND NOT coalesce(place.level, '') IN ['country', 'site']
                RETURN {id: place.id, name: """
    + PLACE_NAME
    + """} ORDER BY place.ref } AS places,
      COLLECT { MATCH (o:Organisation) WHERE o.archived_at IS NULL
                WITH o, """
    + ORGANISATION_NAME
    + """ AS name RETURN {id: o.id, name: name} ORDER BY toLower(name), o.id } AS organisations
    ORDER BY size(leaders)
    """,
)
OPEN = ("proposed", "agreed", "active", "paused")


def beginning(graph: Graph, viewer: Viewer, own: str, language: str) -> Beginning:
    """For whom, where and with whom the person `own` may begin something. One statement."""
    row = graph.one(BEGINNING, own=own, open=list(OPEN), lang=language, **viewer.params())
    assert row is not None
    return row


@dataclass(frozen=True, slots=True)
class Figures:
    """Every matter's kind and history, naming nothing: [label, states, programme, steps, most recent step]."""

    matters: list[list[Any]]


FIGURES = Read(
    Figures,
    """
    RETURN COLLECT {
      MATCH (n:CommunityIssue|Campaign|Mediation) WHERE n.archived_at IS NULL AND n.on <= $as_of
      WITH n ORDER BY n.id
      RETURN ["""
    + WHAT
    + """, """
    + HISTORY
    + """, head(COLLECT { MATCH (n)-[:IN_PROGRAMME]->(g:Programme) RETURN g.id })]
    } AS matters
    ORDER BY size(matters)
    """,
)


def figures(graph: Graph, as_of: date) -> list[list[Any]]:
    """Kind, history and programme of all matters begun by that day, for counts."""
    row = graph.one(FIGURES, as_of=as_of)
    assert row is not None
    return row.matters
