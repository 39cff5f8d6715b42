"""A programme whole, one place of it, and somebody's own places; each in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, LiteralString, TypedDict

from graphdb.meetings.pieces import PERSON_NAME, PLACE_NAME, Named
from graphdb.mentoring.network import ENDED
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.actors import Viewer
    from graphdb.connection import Graph


class CountOf(TypedDict):
    """How many places of a role are in a state, for a reason."""

    role: str
    state: str
    reason: str | None
    n: int


class PlaceOf(TypedDict):
    """A place as the page of its programme lists it; `pairs` have not ended. `member` and `person_state` follow from it."""

    id: str
    ref: str
    role: str
    state: str
    since: date | None
    reason: str | None
    cohort: str | None
    applied_on: date | None
    wished_on: date | None
    person: Named
    languages: list[str] | None
    person_state: str | None
    member: bool
    pairs: int
    most: int


class PairOf(TypedDict):
    """A pair of the programme that has not ended."""

    id: str
    ref: str
    state: str
    mentor: Named
    leader: Named
    mentor_gone: bool


class TrainingOf(TypedDict):
    """A training; `part` take part, `there` were there."""

    id: str
    ref: str
    name: str
    on: date
    state: str
    part: int
    there: int


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """A programme. `oversees`: the viewer may know who is in it; else the lists of people are empty and only counts are told.

    `unplaced` belong to it without a place that says since when and as what."""

    id: str
    ref: str
    name: str
    version: int
    archived: bool
    target: int | None
    places: int | None
    cohorts: list[str] | None
    since: date | None
    until: date | None
    organisation: Named | None
    oversees: bool
    counts: list[CountOf]
    loose: int
    pairs_n: int
    people: list[PlaceOf]
    unplaced: list[Named]
    pairs: list[PairOf]
    trainings: list[TrainingOf]


_PERSON: LiteralString = "{id: person.id, title: " + PERSON_NAME + "}"
_MENTOR: LiteralString = _PERSON.replace("person", "mentor")
_LEADER: LiteralString = _PERSON.replace("person", "leader")
GONE: LiteralString = (
    "coalesce(mentor.state, '') = 'left' OR (mentor.valid_to IS NOT NULL AND mentor.valid_to <= $as_of)"
)
# The pairs `m` of `mentor` and `leader`, as a page lists them.
_PAIRS: LiteralString = (
    "WITH m, mentor, leader ORDER BY m.ref LIMIT $limit RETURN {id: m.id, ref: m.ref, state: m.state, mentor: "
    + _MENTOR
    + ", leader: "
    + _LEADER
    + ", mentor_gone: "
    + GONE
    + "}"
)

PROGRAMME = Read(
    ProgrammeView,
    """
    MATCH (g:Programme {id: $id})
    WITH g, ($viewer_everything OR g.id IN $viewer_overseen) AS oversees
    RETURN g.id AS id, g.ref AS ref, coalesce(g['name_' + $lang], g.name) AS name, g.version AS version,
           g.archived_at IS NOT NULL AS archived, g.target AS target, g.places AS places, g.cohorts AS cohorts,
           g.valid_from AS since, g.valid_to AS until,
           head(COLLECT { MATCH (g)-[:RUN_BY]->(o:Organisation)
                          RETURN {id: o.id, title: coalesce(o['name_' + $lang], o.name)} }) AS organisation, oversees,
           COLLECT { MATCH (p:Participation)-[:PLACE_IN]->(g) WHERE p.archived_at IS NULL
                     WITH p.role AS role, p.state AS state, p.reason AS reason, count(*) AS n ORDER BY role, state, reason
                     RETURN {role: role, state: state, reason: reason, n: n} } AS counts,
           COUNT { MATCH (person:Person)-[:IN_PROGRAMME]->(g) WHERE person.archived_at IS NULL AND person.role_class = 'leader'
                   AND NOT EXISTS { MATCH (person)<-[:PLACE_OF]-(held:Participation)-[:PLACE_IN]->(g)
                                    WHERE held.archived_at IS NULL } } AS loose,
           COUNT { MATCH (m:Mentorship)-[:IN_PROGRAMME]->(g) WHERE m.archived_at IS NULL AND NOT m.state IN $ended } AS pairs_n,
           COLLECT { MATCH (person:Person)<-[:PLACE_OF]-(p:Participation)-[:PLACE_IN]->(g)
                     WHERE oversees AND p.archived_at IS NULL
                     WITH g, p, person ORDER BY p.role, p.applied_on, p.ref LIMIT $limit
                     RETURN {id: p.id, ref: p.ref, role: p.role, state: p.state, since: p.since, reason: p.reason,
                             cohort: p.cohort, applied_on: p.applied_on, wished_on: p.wished_on, languages: person.languages,
                             person_state: person.state, member: EXISTS { (person)-[:IN_PROGRAMME]->(g) },
                             most: coalesce(p.most_pairs, 3),
                             pairs: COUNT { MATCH (person)-[:MENTORS_IN|MENTEE_IN]->(m:Mentorship)
                                            WHERE m.archived_at IS NULL AND NOT m.state IN $ended },
                             person: """
    + _PERSON
    + """} } AS people,
           COLLECT { MATCH (person:Person)-[:IN_PROGRAMME]->(g) WHERE oversees AND person.archived_at IS NULL
                     AND person.role_class IN ['leader', 'mentor']
                     AND NOT EXISTS { MATCH (person)<-[:PLACE_OF]-(held:Participation)-[:PLACE_IN]->(g)
                                      WHERE held.archived_at IS NULL }
                     WITH person ORDER BY person.ref LIMIT $limit RETURN """
    + _PERSON
    + """ } AS unplaced,
           COLLECT { MATCH (mentor:Person)-[:MENTORS_IN]->(m:Mentorship)<-[:MENTEE_IN]-(leader:Person)
                     MATCH (m)-[:IN_PROGRAMME]->(g)
                     WHERE oversees AND m.archived_at IS NULL AND NOT m.state IN $ended
                     """
    + _PAIRS
    + """ } AS pairs,
           COLLECT { MATCH (t:Training)-[:TRAINING_IN]->(g) WHERE oversees AND t.archived_at IS NULL
                     WITH t ORDER BY t.on DESC, t.id LIMIT $limit
                     RETURN {id: t.id, ref: t.ref, name: t.name, on: t.on, state: t.state,
                             part: COUNT { MATCH (e:Enrolment)-[:ENROLLED_IN]->(t) WHERE e.archived_at IS NULL },
                             there: COUNT { MATCH (e:Enrolment)-[:ENROLLED_IN]->(t) WHERE e.archived_at IS NULL
                                            AND e.state IN ['attended', 'certified', 'revoked'] }} } AS trainings
    ORDER BY id
    """,
)


class StepOf(TypedDict):
    """A state a place has been in, since that day."""

    on: date | None
    state: str


class EnrolmentOf(TypedDict):
    """A training somebody takes part in."""

    training: str
    name: str
    on: date
    hours: int | None
    place: str | None
    held: str
    state: str
    certificate: str | None


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place with its wishes. `own`: it is the viewer's."""

    id: str
    ref: str
    version: int
    own: bool
    oversees: bool
    role: str
    state: str
    since: date | None
    reason: str | None
    cohort: str | None
    cohorts: list[str] | None
    applied_on: date | None
    states: list[str] | None
    topics: list[str] | None
    wished_languages: list[str] | None
    interpreter: bool | None
    most_pairs: int | None
    times: list[str] | None
    wished_on: date | None
    person: Named
    languages: list[str] | None
    programme: Named
    wished: list[Named]
    unwished: list[Named]
    meet_at: list[Named]
    pairs: list[PairOf]
    trainings: list[EnrolmentOf]


PLACES = Read(
    PlaceView,
    """
    MATCH (person:Person)<-[:PLACE_OF]-(p:Participation)-[:PLACE_IN]->(g:Programme)
    WHERE p.archived_at IS NULL AND (p.id = $id OR ($id = '' AND $viewer_person <> '' AND person.id = $viewer_person))
    WITH p, person, g, ($viewer_person <> '' AND person.id = $viewer_person) AS own,
         ($viewer_everything OR g.id IN $viewer_overseen) AS oversees
    WHERE own OR oversees
    RETURN p.id AS id, p.ref AS ref, p.version AS version, own, oversees, p.role AS role, p.state AS state,
           p.since AS since, p.reason AS reason, p.cohort AS cohort, g.cohorts AS cohorts, p.applied_on AS applied_on,
           p.states AS states, p.topics AS topics, p.wished_languages AS wished_languages, p.interpreter AS interpreter,
           p.most_pairs AS most_pairs, p.times AS times, p.wished_on AS wished_on, """
    + _PERSON
    + """ AS person, person.languages AS languages,
           {id: g.id, title: coalesce(g['name_' + $lang], g.name)} AS programme,
           COLLECT { MATCH (p)-[:WISHES_FOR]->(mentor:Person) WITH mentor ORDER BY mentor.ref RETURN """
    + _MENTOR
    + """ } AS wished,
           COLLECT { MATCH (p)-[:WISHES_NOT]->(mentor:Person) WITH mentor ORDER BY mentor.ref RETURN """
    + _MENTOR
    + """ } AS unwished,
           COLLECT { MATCH (p)-[:WISHES_AT]->(place:Place) WITH place ORDER BY place.ref RETURN {id: place.id, title: """
    + PLACE_NAME
    + """} } AS meet_at,
           COLLECT { MATCH (person)-[:MENTORS_IN|MENTEE_IN]->(m:Mentorship)-[:IN_PROGRAMME]->(g)
                     MATCH (mentor:Person)-[:MENTORS_IN]->(m)<-[:MENTEE_IN]-(leader:Person)
                     WHERE m.archived_at IS NULL AND NOT m.state IN $ended
                     """
    + _PAIRS
    + """ } AS pairs,
           COLLECT { MATCH (person)<-[:ENROLLED]-(e:Enrolment)-[:ENROLLED_IN]->(t:Training)-[:TRAINING_IN]->(g)
                     WHERE e.archived_at IS NULL AND t.archived_at IS NULL
                     WITH e, t ORDER BY t.on DESC, t.id LIMIT $limit
                     RETURN {training: t.id, name: t.name, on: t.on, hours: t.hours, place: t.place, held: t.state,
                             state: e.state, certificate: e.certificate} } AS trainings
    ORDER BY applied_on DESC, id
    """,
)


@dataclass(frozen=True, slots=True)
class People:
    """Who could get a place: mentors, leaders of nobody's programme and those whose names the viewer knows, without one here.

    Leaders of other programmes are left out: an application tells the name to who runs the programme."""

    id: str
    title: str
    role: str


CANDIDATES = Read(
    People,
    """
    MATCH (person:Person) WHERE person.archived_at IS NULL AND person.role_class IN ['leader', 'mentor']
      AND (person.role_class = 'mentor' OR $viewer_everything OR person.id IN $viewer_people
           OR NOT EXISTS { (person)-[:IN_PROGRAMME]->(:Programme) } AND NOT EXISTS { (person)<-[:PLACE_OF]-(:Participation) })
      AND NOT EXISTS { MATCH (person)<-[:PLACE_OF]-(p:Participation)-[:PLACE_IN]->(:Programme {id: $programme})
                       WHERE p.archived_at IS NULL }
    RETURN person.id AS id, """
    + PERSON_NAME
    + """ AS title, person.role_class AS role
    ORDER BY toLower(title), id LIMIT $limit
    """,
)


@dataclass(frozen=True, slots=True)
class Where:
    """A place to meet at."""

    id: str
    title: str


# Who is shielded there is not to be looked for by somebody who comes to meet a mentor.
MEETING_PLACES = Read(
    Where,
    """
    MATCH (place:Place) WHERE place.archived_at IS NULL AND coalesce(place.protected, false) = false
      AND NOT coalesce(place.level, '') IN ['country', 'site']
    RETURN place.id AS id, """
    + PLACE_NAME
    + """ AS title ORDER BY toLower(title), id LIMIT $limit
    """,
)


def meeting_places(graph: Graph, viewer: Viewer, language: str, limit: int = 500) -> list[Where]:
    """Where a leader and a mentor can meet: places that everybody may know. One statement."""
    return graph.fetch(MEETING_PLACES, lang=language, limit=limit, **viewer.params())


def programme(
    graph: Graph, record: str, viewer: Viewer, as_of: date, language: str, limit: int = 250
) -> ProgrammeView | None:
    """A programme as far as the viewer may know it; None when there is none. One statement."""
    return graph.one(PROGRAMME, id=record, ended=ENDED, as_of=as_of, lang=language, limit=limit, **viewer.params())


def place(graph: Graph, record: str, viewer: Viewer, as_of: date, language: str) -> PlaceView | None:
    """One place, for who has it and who oversees its programme. One statement."""
    return graph.one(PLACES, id=record, ended=ENDED, as_of=as_of, lang=language, limit=100, **viewer.params())


def own_places(graph: Graph, viewer: Viewer, as_of: date, language: str) -> list[PlaceView]:
    """The viewer's own places, the latest first. One statement."""
    return graph.fetch(PLACES, id="", ended=ENDED, as_of=as_of, lang=language, limit=100, **viewer.params())


def candidates(graph: Graph, programme: str, viewer: Viewer, language: str, limit: int = 250) -> list[People]:
    """Whom a place can be written down for. One statement."""
    return graph.fetch(CANDIDATES, programme=programme, lang=language, limit=limit, **viewer.params())
