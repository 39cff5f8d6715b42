"""What a matching is computed from, in one statement; and what people decided on its proposals."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from analytics.hierarchy import Hierarchy
from analytics.matching import MOST_PAIRS, Guide, Seeker
from analytics.participation import MATCHED
from graphdb import mentoring, records
from graphdb.catalogue import kind_of
from graphdb.errors import GraphError
from graphdb.meetings.pieces import PERSON_NAME
from graphdb.mentoring.network import ENDED
from graphdb.programmes.reading import GONE
from graphdb.statements import Counted, Found, Read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analytics.reasons import Reason
    from graphdb.actors import Viewer
    from graphdb.connection import Graph
    from graphdb.writes import Change

DECISION = kind_of("MatchDecision")


class FullError(GraphError):
    """The mentor has as many pairs as may be at a time."""


class PairedError(GraphError):
    """The leader has a mentor already."""


class DecidedOf(TypedDict):
    """A decision on a proposal."""

    id: str
    decision: str
    reason: str | None
    on: date
    leader: str
    proposed: str | None
    chosen: str | None
    pair: str | None


@dataclass(frozen=True, slots=True)
class Columns:
    """One row: the programme, its people, their pairs and the tree of places, as maps."""

    id: str
    ref: str
    name: str
    people: list[dict[str, Any]]
    pairs: list[list[str]]
    refused: list[list[str]]
    decided: list[DecidedOf]
    steps: list[list[str]]


@dataclass(frozen=True, slots=True)
class Cohort:
    """A programme to be matched: `waiting` leaders have no open pair, or one whose mentor has left; `paired` have one; all in the order of their applications.

    `names` and `refs` are of everybody named in it, as far as the viewer may know them."""

    id: str
    ref: str
    name: str
    waiting: tuple[Seeker, ...]
    paired: tuple[Seeker, ...]
    mentors: tuple[Guide, ...]
    pairs: tuple[tuple[str, str], ...]
    refused: frozenset[tuple[str, str]]
    places: Hierarchy
    names: dict[str, str]
    refs: dict[str, str]
    decided: tuple[DecidedOf, ...]


COHORT = Read(
    Columns,
    """
    MATCH (g:Programme {id: $id}) WHERE g.archived_at IS NULL AND ($viewer_everything OR g.id IN $viewer_overseen)
    RETURN g.id AS id, g.ref AS ref, coalesce(g['name_' + $lang], g.name) AS name,
           COLLECT {
             MATCH (person:Person)<-[:PLACE_OF]-(p:Participation)-[:PLACE_IN]->(g)
             WHERE p.archived_at IS NULL AND person.archived_at IS NULL
             WITH p, person, coalesce(p.applied_on, person.valid_from) AS first ORDER BY first IS NULL, first, p.ref
             RETURN {id: person.id, ref: person.ref, role: p.role, state: p.state, languages: person.languages,
                     topics: p.topics, wished_languages: p.wished_languages, interpreter: p.interpreter,
                     most: p.most_pairs, title: """
    + PERSON_NAME
    + """,
                     load: COUNT { MATCH (person)-[:MENTORS_IN]->(m:Mentorship)
                                   WHERE m.archived_at IS NULL AND NOT m.state IN $ended },
                     held: EXISTS { MATCH (person)-[:MENTEE_IN]->(m:Mentorship)<-[:MENTORS_IN]-(mentor:Person)
                                    WHERE m.archived_at IS NULL AND NOT m.state IN $ended AND NOT ("""
    + GONE
    + """) },
                     wished: COLLECT { MATCH (p)-[:WISHES_FOR]->(o:Person) RETURN o.id ORDER BY o.id },
                     unwished: COLLECT { MATCH (p)-[:WISHES_NOT]->(o:Person) RETURN o.id ORDER BY o.id },
                     meet: COLLECT { MATCH (p)-[:WISHES_AT]->(at:Place) RETURN at.id ORDER BY at.id },
                     at: COLLECT { MATCH (person)-[:LOCATED_IN]->(at:Place) RETURN at.id ORDER BY at.id },
                     near: COLLECT {
                       MATCH (person)-[:BELONGS_TO]->(:Community)-[:LOCATED_IN]->(at:Place) RETURN at.id AS near
                       UNION
                       MATCH (person)<-[:HOLDER]-(e:Employment)-[:AT_ORGANISATION]->(:Organisation)-[:LOCATED_IN]->(at:Place)
                       WHERE e.archived_at IS NULL AND (e.valid_to IS NULL OR e.valid_to > $as_of) RETURN at.id AS near }}
           } AS people,
           COLLECT {
             MATCH (leader:Person)-[:MENTEE_IN]->(m:Mentorship)<-[:MENTORS_IN]-(mentor:Person)
             MATCH (m)-[:IN_PROGRAMME]->(g) WHERE m.archived_at IS NULL AND NOT m.state IN $ended
             RETURN [leader.id, mentor.id] ORDER BY m.ref
           } AS pairs,
           COLLECT {
             MATCH (d:MatchDecision)-[:DECIDED_IN]->(g) WHERE d.archived_at IS NULL AND d.decision = 'refused'
             MATCH (d)-[:DECIDED_FOR]->(leader:Person) MATCH (d)-[:PROPOSED_WITH]->(mentor:Person)
             RETURN DISTINCT [leader.id, mentor.id] AS both ORDER BY both
           } AS refused,
           COLLECT {
             MATCH (d:MatchDecision)-[:DECIDED_IN]->(g) WHERE d.archived_at IS NULL
             WITH d ORDER BY d.decided_on DESC, d.id DESC LIMIT $limit
             RETURN {id: d.id, decision: d.decision, reason: d.reason, on: d.decided_on,
                     leader: head(COLLECT { MATCH (d)-[:DECIDED_FOR]->(one:Person) RETURN one.id }),
                     proposed: head(COLLECT { MATCH (d)-[:PROPOSED_WITH]->(one:Person) RETURN one.id }),
                     chosen: head(COLLECT { MATCH (d)-[:CHOSEN_WITH]->(one:Person) RETURN one.id }),
                     pair: head(COLLECT { MATCH (d)-[:MADE_PAIR]->(m:Mentorship) RETURN m.id })}
           } AS decided,
           COLLECT { MATCH (low:Place)-[:PART_OF]->(high:Place) RETURN [low.id, high.id] ORDER BY low.id, high.id } AS steps
    ORDER BY id
    """,
)

LOAD = Read(
    Counted,
    """
    MATCH (:Person {id: $id})-[:MENTORS_IN]->(m:Mentorship) WHERE m.archived_at IS NULL AND NOT m.state IN $ended
    RETURN count(m) AS n
    """,
)


@dataclass(frozen=True, slots=True)
class OpenPair:
    """A pair of a leader that has not ended, and whether its mentor has left."""

    id: str
    gone: bool


HELD = Read(
    OpenPair,
    """
    MATCH (:Person {id: $id})-[:MENTEE_IN]->(m:Mentorship)<-[:MENTORS_IN]-(mentor:Person)
    WHERE m.archived_at IS NULL AND NOT m.state IN $ended
    RETURN m.id AS id, ("""
    + GONE
    + """) AS gone ORDER BY id
    """,
)
CALLED = Read(Found, "MATCH (g:Programme) WHERE g.id = $name OR g.ref = $name RETURN g.id AS id ORDER BY id LIMIT 1")


def called(graph: Graph, name: str) -> str | None:
    """The id of the programme of that reference or id."""
    found = graph.one(CALLED, name=name)
    return found.id if found else None


def cohort(graph: Graph, programme: str, viewer: Viewer, as_of: date, language: str) -> Cohort | None:
    """Who is to be matched in a programme that the viewer oversees; None for another. One statement."""
    row = graph.one(COHORT, id=programme, ended=ENDED, as_of=as_of, lang=language, limit=100, **viewer.params())
    if row is None:
        return None
    leaders = [one for one in row.people if one["role"] == "leader"]
    there = [one for one in leaders if one["state"] in MATCHED]
    paired = {leader for leader, _ in row.pairs}
    return Cohort(
        row.id, row.ref, row.name,
        tuple(_seeker(one) for one in there if not one["held"]),
        tuple(_seeker(one) for one in leaders if one["id"] in paired),
        tuple(_guide(one) for one in row.people if one["role"] == "mentor" and one["state"] in MATCHED),
        tuple((leader, mentor) for leader, mentor in row.pairs),
        frozenset((leader, mentor) for leader, mentor in row.refused),
        Hierarchy.of((low, high) for low, high in row.steps),
        {one["id"]: one["title"] for one in row.people}, {one["id"]: one["ref"] for one in row.people},
        tuple(row.decided),
    )  # fmt: skip


def _of(one: dict[str, Any], name: str) -> frozenset[str]:
    return frozenset(one[name] or ())


def _where(one: dict[str, Any]) -> frozenset[str]:
    """Where they like to meet; else where they are; else where their community or employer is."""
    return _of(one, "meet") or _of(one, "at") or _of(one, "near")


def _known(one: dict[str, Any]) -> dict[str, Any]:
    sets = {name: _of(one, name) for name in ("languages", "topics", "wished", "unwished")}
    return {"id": one["id"], "places": _where(one), **sets}


def _seeker(one: dict[str, Any]) -> Seeker:
    return Seeker(
        **_known(one), wished_languages=_of(one, "wished_languages"), interpreter=bool(one["interpreter"])
    )  # fmt: skip


def _guide(one: dict[str, Any]) -> Guide:
    return Guide(**_known(one), load=one["load"], most=one["most"] or MOST_PAIRS)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decides on a proposal: `mentor` is who is taken (None where it is refused), `most` how many they may have."""

    programme: str
    leader: str
    proposed: str | None
    mentor: str | None
    most: int
    reason: str
    points: int | None
    reasons: Sequence[Reason]


def rule(c: Change, graph: Graph, said: Ruling, languages: Sequence[str], on: date) -> str:
    """Keep the decision, and make the pair where one is taken. Returns the id of the pair, else of the decision.

    Raises FullError, PairedError, AlreadyPairedError.
    """
    pair = _pair(c, graph, said, languages, on) if said.mentor else ""
    decision = "refused" if said.mentor is None else "accepted" if said.mentor == said.proposed else "chosen"
    reasons = json.dumps([one.as_dict() for one in said.reasons], ensure_ascii=False)
    values = {"decision": decision, "reason": said.reason, "decided_on": on, "points": said.points, "reasons": reasons}
    links = {"programme": [said.programme], "leader": [said.leader], "proposed": _some(said.proposed),
             "chosen": _some(said.mentor), "pair": _some(pair)}  # fmt: skip
    made = records.create(c, graph, DECISION, values, links)
    return pair or made


def _pair(c: Change, graph: Graph, said: Ruling, languages: Sequence[str], on: date) -> str:
    """Make the pair; one whose mentor has left ends with it: the leader is handed over."""
    assert said.mentor is not None
    for person in sorted((said.leader, said.mentor)):
        c.take(person)
    held = c.run(HELD, id=said.leader, ended=ENDED, as_of=on)
    if any(not one.gone for one in held):
        raise PairedError(said.leader)
    if c.run(LOAD, id=said.mentor, ended=ENDED)[0].n >= min(said.most, MOST_PAIRS):
        raise FullError(said.mentor)
    for one in held:
        mentoring.move_pair(c, one.id, "ended_early", on)
    new = mentoring.NewPair(said.mentor, said.leader, said.programme, "proposed", None, None, ", ".join(languages))
    return mentoring.make_pair(c, graph, new)


def _some(record: str | None) -> list[str]:
    return [record] if record else []
