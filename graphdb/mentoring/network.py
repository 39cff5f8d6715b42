"""The pairs and people of mentoring that one viewer may know of, in one row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from analytics.collaboration import CollaborationFacts, MentoringPair, Person
from graphdb.catalogue import kind_of
from graphdb.records.text import title
from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphdb.actors import Viewer
    from graphdb.connection import Graph

PERSON = kind_of("Person")
ENDED = ("completed", "ended_early")


@dataclass(frozen=True, slots=True)
class Columns:
    """One row: pairs and people as maps, by the names of the dataclasses they become."""

    pairs: list[dict[str, Any]]
    people: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Member:
    """A leader or mentor; `end` is the day they left, where they have."""

    id: str
    ref: str
    name: str
    role: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair as a list shows it; `contacts` are the days of its contacts, sorted; `next_on`: for the two only."""

    id: str
    ref: str
    programme: str
    mentor: Member
    leader: Member
    own: bool
    every_days: int | None
    states: tuple[tuple[date | None, str], ...]
    contacts: tuple[date, ...]
    next_on: date | None

    def fact(self) -> MentoringPair:
        """What the rules about pairs are computed from."""
        return MentoringPair(self.id, self.leader.id, self.mentor.id, self.states, self.contacts)

    def state(self, on: date) -> str | None:
        """Its state on a day; None before its first."""
        found = self.fact().state(on)
        return found[0] if found else None

    def with_whom(self, person: str) -> str:
        """The name of the other one of the two."""
        return self.leader.name if person == self.mentor.id else self.mentor.name


@dataclass(frozen=True, slots=True)
class Network:
    """The pairs and people one viewer may know of."""

    pairs: tuple[Pair, ...]
    people: tuple[Member, ...]

    def facts(self) -> CollaborationFacts:
        """What the rules about pairs are computed from."""
        return CollaborationFacts(
            leaders=tuple(Person(one.id, one.start, one.end) for one in self.people if one.role == "leader"),
            mentors=tuple(Person(one.id, one.start, one.end) for one in self.people if one.role == "mentor"),
            pairs=tuple(pair.fact() for pair in self.pairs),
        )


NETWORK = Read(
    Columns,
    """
    RETURN
      COLLECT {
        MATCH (mentor:Person)-[:MENTORS_IN]->(m:Mentorship)<-[:MENTEE_IN]-(leader:Person) WHERE m.archived_at IS NULL
        MATCH (m)-[:IN_PROGRAMME]->(g:Programme)
        WITH m, g, mentor, leader, ($own <> '' AND $own IN [mentor.id, leader.id]) AS own
        WHERE own OR $all OR g.id IN $viewer_overseen
        WITH m, g, mentor, leader, own ORDER BY m.ref
        RETURN {id: m.id, ref: m.ref, programme: coalesce(g['name_' + $lang], g.name), own: own, mentor: mentor.id,
                leader: leader.id, every_days: m.every_days, state: m.state, states: m.states, since: m.valid_from,
                until: m.valid_to, contacts: COLLECT {
                  MATCH (c:Contact)-[:IN]->(m) WHERE c.archived_at IS NULL AND c.on <= $as_of RETURN c.on ORDER BY c.on },
                next_on: CASE WHEN own THEN head(COLLECT {
                  MATCH (c:Contact)-[:IN]->(m) WHERE c.archived_at IS NULL AND c.on <= $as_of
                  RETURN c.next_on ORDER BY c.on DESC, c.id DESC LIMIT 1 }) END}
      } AS pairs,
      COLLECT {
        MATCH (n:Person)
        WITH n, (n.archived_at IS NULL OR n.state = 'erased') AND n.role_class IN ['leader', 'mentor']
                AND NOT EXISTS { MATCH (n)<-[:PLACE_OF]-(asked:Participation)  // who only applied is not there yet
                  WHERE asked.state IN ['applied', 'refused'] AND NOT EXISTS { (n)-[:IN_PROGRAMME]->(:Programme) } }
                AND ($all OR EXISTS { MATCH (n)-[:IN_PROGRAMME]->(g:Programme) WHERE g.id IN $viewer_overseen }
                  OR EXISTS { MATCH (n)<-[:PLACE_OF]-(:Participation)-[:PLACE_IN]->(g:Programme)  // and who has left
                    WHERE g.id IN $viewer_overseen }) AS listed
        WHERE listed OR EXISTS {
          MATCH (n)-[:MENTORS_IN|MENTEE_IN]->(m:Mentorship)-[:IN_PROGRAMME]->(g:Programme)
          WHERE $all OR g.id IN $viewer_overseen
             OR ($own <> '' AND EXISTS { MATCH (m)<-[:MENTORS_IN|MENTEE_IN]-(me:Person) WHERE me.id = $own }) }
        WITH n ORDER BY n.ref
        RETURN {id: n.id, ref: n.ref, role: n.role_class, start: n.valid_from, end: n.valid_to, left: n.state IN ['left', 'away'],
                changed: n.changed_at, name: """
    + title(PERSON, "n")
    + """}
      } AS people
    """,
)


def network(graph: Graph, viewer: Viewer, own: str, as_of: date, language: str, *, everything: bool = False) -> Network:
    """Pairs of the person `own` and of the programmes the viewer oversees. One statement.

    `everything`: of all programmes, for counts that name nobody.
    """
    row = graph.one(NETWORK, own=own, as_of=as_of, lang=language, all=everything, **viewer.params())
    assert row is not None
    people = {str(one["id"]): _member(**one) for one in row.people}
    return Network(tuple(_pair(people, **one) for one in row.pairs), tuple(people.values()))


def _pair(
    people: Mapping[str, Member],
    mentor: str,
    leader: str,
    state: str,
    states: list[str] | None,
    since: date | None,
    until: date | None,
    contacts: list[date],
    **rest: Any,
) -> Pair:
    return Pair(
        mentor=people[mentor],
        leader=people[leader],
        states=history(states, state, since, until),
        contacts=tuple(contacts),
        **rest,
    )


def _member(left: bool | None, changed: datetime, end: date | None, **rest: Any) -> Member:
    """Known to have left, not since when: since the day it was written down."""
    return Member(end=end or (changed.date() if left else None), **rest)


def history(
    states: Sequence[str] | None, state: str, since: date | None, until: date | None
) -> tuple[tuple[date | None, str], ...]:
    """(since, state) of a pair; one without a kept history was active from its beginning to its end."""
    if states:
        parts = [entry.partition("=") for entry in states]
        return tuple((date.fromisoformat(day) if day else None, code) for day, _, code in parts)
    if state in ENDED and until:
        return ((since, "active"), (until, state))
    return ((since, state),)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Whom a new pair can be made of: maps of id and name; `load` counts a mentor's pairs that have not ended."""

    programmes: list[dict[str, Any]]
    mentors: list[dict[str, Any]]
    leaders: list[dict[str, Any]]


CANDIDATES = Read(
    Candidates,
    """
    RETURN
      COLLECT {
        MATCH (g:Programme) WHERE g.archived_at IS NULL AND g.id IN $viewer_overseen
        RETURN {id: g.id, name: coalesce(g['name_' + $lang], g.name)} ORDER BY g.ref
      } AS programmes,
      COLLECT {
        MATCH (n:Person) WHERE n.archived_at IS NULL AND n.role_class = 'mentor' AND coalesce(n.state, '') <> 'left'
        WITH n, """
    + title(PERSON, "n")
    + """ AS name ORDER BY toLower(name), n.id
        RETURN {id: n.id, name: name, load: COUNT { MATCH (n)-[:MENTORS_IN]->(m:Mentorship)
          WHERE m.archived_at IS NULL AND NOT m.state IN $ended }}
      } AS mentors,
      COLLECT {
        MATCH (n:Person)-[:IN_PROGRAMME]->(g:Programme) WHERE g.id IN $viewer_overseen
          AND n.archived_at IS NULL AND n.role_class = 'leader' AND coalesce(n.state, '') <> 'left'
        WITH DISTINCT n, """
    + title(PERSON, "n")
    + """ AS name ORDER BY toLower(name), n.id
        RETURN {id: n.id, name: name}
      } AS leaders
    """,
)


def candidates(graph: Graph, viewer: Viewer, language: str) -> Candidates:
    """Mentors, and the leaders of the programmes the viewer oversees, to bring together. One statement."""
    row = graph.one(CANDIDATES, ended=ENDED, lang=language, **viewer.params())
    assert row is not None
    return row
