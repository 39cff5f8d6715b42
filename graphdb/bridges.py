"""From a community over its leader and a mentor to an institution: the dated facts of the bridge view, in one row.

People are ids here, for counting; the names of leaders and mentors come only for who runs or supervises their programme,
and for the people of one's own pairs. `known` says so of each contact.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString, NamedTuple

from analytics.bridging import Community, Helper, Reach
from analytics.mentoring_figures import Rhythm
from graphdb.catalogue import kind_of
from graphdb.collaboration import OUTSIDE, end_of
from graphdb.meetings.pieces import ORGANISATION_NAME, PLACE_NAME
from graphdb.mentoring.network import history
from graphdb.records.text import title
from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graphdb.actors import Viewer
    from graphdb.connection import Graph

INSTITUTIONS = (
    "institution", "municipality", "district", "social_work_centre", "youth_office", "reception_centre", "police", "court",
    "school", "academic", "clinic",
)  # fmt: skip
"""Kinds of organisation that a bridge is meant to reach: authorities, police and courts, schools, clinics."""
PERSON: LiteralString = title(kind_of("Person"), "who")
COMMUNITY: LiteralString = "coalesce(y['name_' + $lang], y.name)"


class Named(NamedTuple):
    """What the outputs call a record."""

    id: str
    ref: str
    title: str


@dataclass(frozen=True, slots=True)
class PairFact:
    """A pair for the figures: of which programme, and its rhythm."""

    id: str
    mentor: str
    programme: str
    rhythm: Rhythm


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme, its target, and whether the viewer runs or supervises it."""

    id: str
    title: str
    target: int | None
    overseen: bool


@dataclass(frozen=True, slots=True)
class Bridging:
    """All of it. `known`: reaches whose people the viewer may know; `names` of communities, organisations, places and
    of those people."""

    communities: tuple[Community, ...]
    helpers: tuple[Helper, ...]
    reaches: tuple[Reach, ...]
    known: tuple[Reach, ...]
    organisations: tuple[str, ...]
    names: dict[str, Named]
    pairs: tuple[PairFact, ...]
    programmes: tuple[Programme, ...]
    programme_of: dict[str, str]


@dataclass(frozen=True, slots=True)
class Columns:
    """One row of lists."""

    communities: list[dict[str, Any]]
    people: list[dict[str, Any]]
    contacts: list[list[Any]]
    steps: list[list[Any]]
    organisations: list[list[Any]]
    places: list[list[Any]]
    pairs: list[dict[str, Any]]
    programmes: list[dict[str, Any]]


# A place is near another when one lies in the other; countries and regions are too wide to say that somebody is near.
COLUMNS = Read(
    Columns,
    """
    RETURN
      COLLECT {
        MATCH (y:Community) WHERE y.archived_at IS NULL WITH y ORDER BY y.ref
        WITH y, head(COLLECT { MATCH (y)-[:LOCATED_IN]->(p:Place) RETURN p }) AS place
        RETURN {record: y.id, ref: y.ref, title: """
    + COMMUNITY
    + """, languages: coalesce(y.languages, []), size: y.size_band, place: place.id, start: y.valid_from, end: y.valid_to,
                near: COLLECT { MATCH (p:Place)-[:PART_OF*1..4]->(place) RETURN p.id }
                    + COLLECT { MATCH (place)-[:PART_OF*1..4]->(p:Place)
                                WHERE NOT coalesce(p.level, '') IN ['country', 'region'] RETURN p.id }}
      } AS communities,
      COLLECT {
        MATCH (who:Person) WHERE who.archived_at IS NULL AND who.role_class IN ['leader', 'mentor']
        WITH who, head(COLLECT { MATCH (who)-[:IN_PROGRAMME]->(g:Programme) RETURN g.id }) AS programme ORDER BY who.ref
        RETURN {record: who.id, role: who.role_class, programme: programme, languages: coalesce(who.languages, []),
                start: who.valid_from, end: who.valid_to, left: coalesce(who.state, '') IN ['left', 'away'], changed: who.changed_at,
                community: head(COLLECT { MATCH (who)-[:BELONGS_TO]->(y:Community) RETURN y.id }),
                places: COLLECT { MATCH (who)-[:LOCATED_IN]->(p:Place) RETURN p.id
                  UNION MATCH (who)<-[:HOLDER]-(e:Employment)-[:AT_ORGANISATION]->(:Organisation)-[:LOCATED_IN]->(p:Place)
                  WHERE e.archived_at IS NULL AND (e.valid_from IS NULL OR e.valid_from <= $as_of)
                    AND (e.valid_to IS NULL OR e.valid_to > $as_of) RETURN p.id },
                ref: who.ref,
                name: CASE WHEN $viewer_everything OR programme IN $viewer_overseen OR who.id = $own OR EXISTS {
                    MATCH (who)-[:MENTORS_IN|MENTEE_IN]->(:Mentorship)<-[:MENTORS_IN|MENTEE_IN]-(me:Person) WHERE me.id = $own
                  } THEN """
    + PERSON
    + """ END}
      } AS people,
      COLLECT {
        MATCH (met:Organisation)<-[:TOUCHED]-(c:Contact)-[:IN]->(pair:Mentorship)-[:IN_PROGRAMME]->(g:Programme)
        WHERE c.archived_at IS NULL AND met.archived_at IS NULL AND (c.on IS NULL OR c.on <= $as_of)
        MATCH (mentor:Person)-[:MENTORS_IN]->(pair)<-[:MENTEE_IN]-(leader:Person)
        WITH met, c, g, mentor, leader ORDER BY c.id, met.id
        RETURN [met.id, c.on, head(COLLECT { MATCH (leader)-[:BELONGS_TO]->(y:Community) RETURN y.id }), leader.id, mentor.id, 'contact',
                $viewer_everything OR g.id IN $viewer_overseen OR $own IN [leader.id, mentor.id]]
      } AS contacts,
      COLLECT {
        MATCH (met:Organisation)<-[:TOUCHED]-(s:CommunityStep)-[:STEP_OF]->(n:CommunityIssue|Campaign|Mediation)
        WHERE s.archived_at IS NULL AND n.archived_at IS NULL AND met.archived_at IS NULL AND s.on <= $as_of
        WITH met, s, n, head(COLLECT { MATCH (n)-[:RAISED_BY]->(who:Person {role_class: 'leader'}) RETURN who.id }) AS leader,
             head(COLLECT { MATCH (n)-[:ACCOMPANIED_BY|MEDIATED_BY]->(who:Person {role_class: 'mentor'}) RETURN who.id ORDER BY who.id }) AS mentor
        WHERE leader IS NOT NULL OR mentor IS NOT NULL
        WITH met, s, n, leader, mentor ORDER BY s.id, met.id
        RETURN [met.id, s.on, head(COLLECT { MATCH (n)-[:OF_COMMUNITY]->(y:Community) RETURN y.id }), leader, mentor,
                CASE WHEN n:Campaign THEN 'campaign' WHEN n:Mediation THEN 'mediation' ELSE 'issue' END,
                $viewer_everything OR ($own <> '' AND $own IN [leader, mentor])
                OR EXISTS { MATCH (n)-[:IN_PROGRAMME]->(g:Programme) WHERE g.id IN $viewer_overseen }]
      } AS steps,
      COLLECT {
        MATCH (o:Organisation) WHERE o.archived_at IS NULL AND NOT coalesce(o.membership, '') IN $outside
        WITH o ORDER BY o.ref
        RETURN [o.id, o.ref, """
    + ORGANISATION_NAME
    + """, o.kind IN $institutions, o.valid_from, o.valid_to, coalesce(o.membership, '') = 'left', o.changed_at]
      } AS organisations,
      COLLECT {
        MATCH (place:Place)<-[:LOCATED_IN]-(y:Community) WHERE place.archived_at IS NULL AND y.archived_at IS NULL
        WITH DISTINCT place ORDER BY place.ref
        RETURN [place.id, place.ref, """
    + PLACE_NAME
    + """]
      } AS places,
      COLLECT {
        MATCH (mentor:Person)-[:MENTORS_IN]->(m:Mentorship)-[:IN_PROGRAMME]->(g:Programme)
        WHERE m.archived_at IS NULL WITH m, mentor, g ORDER BY m.ref
        RETURN {record: m.id, mentor: mentor.id, programme: g.id, every_days: m.every_days, state: m.state, states: m.states,
                since: m.valid_from, until: m.valid_to, contacts: COLLECT {
                  MATCH (c:Contact)-[:IN]->(m) WHERE c.archived_at IS NULL AND c.on <= $as_of RETURN c.on ORDER BY c.on }}
      } AS pairs,
      COLLECT {
        MATCH (g:Programme) WHERE g.archived_at IS NULL WITH g ORDER BY g.ref
        RETURN {id: g.id, title: coalesce(g['name_' + $lang], g.name), target: g.target,
                overseen: $viewer_everything OR g.id IN $viewer_overseen}
      } AS programmes
    ORDER BY size(communities)
    """,
)


def bridging(graph: Graph, viewer: Viewer, own: str, as_of: date, language: str) -> Bridging:
    """The facts as of a day, with the names the viewer may know; `own` is the person whose pairs are the viewer's."""
    row = graph.one(
        COLUMNS, own=own, as_of=as_of, lang=language, outside=list(OUTSIDE), institutions=list(INSTITUTIONS), **viewer.params()
    )  # fmt: skip
    assert row is not None
    reaches = [(Reach(met, on, *ends), known) for met, on, *ends, known in (*row.contacts, *row.steps)]
    return Bridging(
        communities=tuple(_community(**each) for each in row.communities),
        helpers=tuple(_helper(**each) for each in row.people),
        reaches=tuple(reach for reach, _ in reaches),
        known=tuple(reach for reach, known in reaches if known),
        organisations=tuple(_members(row.organisations, as_of)),
        names=_names(row),
        pairs=tuple(_pair(**each) for each in row.pairs),
        programmes=tuple(Programme(**each) for each in row.programmes),
        programme_of={each["record"]: each["programme"] for each in row.people if each["programme"]},
    )


def _names(row: Columns) -> dict[str, Named]:
    named = [(each["record"], each["ref"], each["title"]) for each in row.communities]
    named += [tuple(each[:3]) for each in (*row.organisations, *row.places)]
    named += [(each["record"], each["ref"], each["name"]) for each in row.people if each["name"]]
    return {record: Named(record, ref, name) for record, ref, name in named}


def _community(
    record: str, languages: list[str], size: str | None, place: str | None, near: list[str], start: date | None, end: date | None, **_: Any
) -> Community:  # fmt: skip
    return Community(record, tuple(languages), size, place, frozenset(near), start, end)


def _helper(
    record: str, role: str, community: str | None, languages: list[str], places: list[str], start: date | None, end: date | None,
    left: bool, changed: Any, **_: Any,
) -> Helper:  # fmt: skip
    return Helper(record, role, community, tuple(languages), tuple(places), start, end_of(end, left, changed))


def _members(rows: Sequence[Sequence[Any]], as_of: date) -> list[str]:
    """Institutions that belong to the network on the day."""
    found: list[str] = []
    for record, _, _, institution, start, end, left, changed in rows:
        until = end_of(end, left, changed)
        if institution and (start is None or start <= as_of) and (until is None or until > as_of):
            found.append(record)
    return found


def _pair(
    record: str, mentor: str, programme: str, every_days: int | None, state: str, states: list[str] | None, since: date | None,
    until: date | None, contacts: list[date],
) -> PairFact:  # fmt: skip
    return PairFact(
        record, mentor, programme, Rhythm(history(states, state, since, until), every_days, tuple(contacts))
    )
