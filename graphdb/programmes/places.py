"""Places in a programme: asked for, given, left; and what follows from each step for the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from analytics.participation import MEMBER, WITH_REASON, leads
from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.errors import GraphError, MissingError
from graphdb.statements import Found, Nothing, Read, Write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphdb.connection import Graph
    from graphdb.writes import Change

PLACE, PERSON = kind_of("Participation"), kind_of("Person")


class HasPlaceError(GraphError):
    """The person has a place in this programme already; `place` is its id."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


class IllegalPlaceStepError(GraphError):
    """The place is in a state that does not lead where it was sent."""

    def __init__(self, state: str, to: str) -> None:
        super().__init__(f"{state} to {to}")
        self.state, self.to = state, to


class WhyNeededError(GraphError):
    """This step has to say why."""


class OtherRoleError(GraphError):
    """The person is known as something else than what the place is for."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a place stands before a step."""

    id: str
    state: str


@dataclass(frozen=True, slots=True)
class RoleOf:
    role: str | None


PLACE_THERE = Read(
    Found,
    """
    MATCH (:Person {id: $person})<-[:PLACE_OF]-(p:Participation)-[:PLACE_IN]->(:Programme {id: $programme})
    WHERE p.archived_at IS NULL
    RETURN p.id AS id ORDER BY id LIMIT 1
    """,
)
GROUND = Read(
    Ground,
    """
    MATCH (p:Participation {id: $id})-[:PLACE_OF]->(n:Person)
    WHERE p.archived_at IS NULL AND coalesce(n.state, '') <> 'erased'
    RETURN p.id AS id, p.state AS state ORDER BY id
    """,
)
ROLE_OF = Read(
    RoleOf, "MATCH (n:Person {id: $person}) WHERE n.archived_at IS NULL RETURN n.role_class AS role ORDER BY role"
)
STEP = Write(
    Found,
    """
    MATCH (p:Participation {id: $id})
    SET p.states = coalesce(p.states, []) + [$entry], p.state = $to, p.since = $on, p.reason = $reason,
        p.version = p.version + 1, p.changed_at = $at
    RETURN p.id AS id
    """,
)
# What follows from the places of a person: the programmes it belongs to, and whether it is active, away or gone.
FOLLOW_TIE = Write(
    Nothing,
    """
    MATCH (p:Participation {id: $id})-[:PLACE_OF]->(n:Person)
    MATCH (p)-[:PLACE_IN]->(g:Programme)
    OPTIONAL MATCH (n)-[tie:IN_PROGRAMME]->(g)
    FOREACH (_ IN CASE WHEN p.state IN $member AND tie IS NULL THEN [1] ELSE [] END | CREATE (n)-[:IN_PROGRAMME]->(g))
    FOREACH (_ IN CASE WHEN NOT p.state IN $member AND tie IS NOT NULL THEN [1] ELSE [] END | DELETE tie)
    """,
)
FOLLOW_STATE = Write(
    Nothing,
    """
    MATCH (:Participation {id: $id})-[:PLACE_OF]->(n:Person) WHERE n.role_class IN ['leader', 'mentor']
    WITH n, COLLECT {
      MATCH (n)<-[:PLACE_OF]-(p:Participation) WHERE p.archived_at IS NULL AND NOT p.state IN ['applied', 'refused']
      RETURN DISTINCT p.state
    } AS states
    WHERE states <> []
    WITH n, CASE WHEN any(state IN states WHERE state IN $member AND state <> 'paused') THEN 'active'
                 WHEN 'paused' IN states THEN 'away' ELSE 'left' END AS now
    SET n.valid_to = CASE WHEN now = 'left' AND (n.valid_to IS NULL OR n.valid_to > $on) THEN $on
                          WHEN now <> 'left' AND n.valid_to <= $on THEN null ELSE n.valid_to END,
        n.valid_from = CASE WHEN $begins THEN coalesce(n.valid_from, $on) ELSE n.valid_from END,
        n.state = now, n.version = n.version + 1, n.changed_at = $at
    """,
)


def apply(
    c: Change, graph: Graph, programme: str, person: str, role: str, values: Mapping[str, object],
    links: Mapping[str, Sequence[str]], on: date | None, state: str = "applied",
) -> str:  # fmt: skip
    """Write a place down, applied for on that day; with another `state` one that is held already (`on` None: nobody
    knows since when). Returns its id.

    Raises HasPlaceError, OtherRoleError, RefusedError, MissingError.
    """
    c.take(person)
    found = c.one(ROLE_OF, person=person)
    if found is None:
        raise MissingError(person)
    if found.role != role:
        raise OtherRoleError(found.role or "")
    there = c.one(PLACE_THERE, person=person, programme=programme)
    if there is not None:
        raise HasPlaceError(there.id)
    fixed = {"role": role, "state": state, "since": on, "applied_on": on if state == "applied" else None}
    tied = {**links, "person": [person], "programme": [programme]}
    place = records.create(c, graph, PLACE, {**values, **fixed}, tied, extra={"states": [f"{on or ''}={state}"]})
    if state != "applied":
        follow(c, place, on or c.at.date())
    return place


def step(c: Change, place: str, to: str, on: date, reason: str = "", version: int | None = None) -> str:
    """Take a place on to another state as of a day, and the person with it.

    Raises IllegalPlaceStepError, WhyNeededError, ConflictError, MissingError.
    """
    c.take(place, version)
    ground = c.one(GROUND, id=place)
    if ground is None:
        raise MissingError(place)
    if not leads(ground.state, to):
        raise IllegalPlaceStepError(ground.state, to)
    if to in WITH_REASON and not reason:
        raise WhyNeededError(to)
    records.revise(c, PLACE, place)
    why = reason if to in WITH_REASON else None
    c.run(STEP, id=place, to=to, on=on, entry=f"{on.isoformat()}={to}", reason=why, at=c.at)
    c.did(to, PLACE.label, place, ("state",))
    follow(c, place, on, begins=to == "accepted")
    return place


def follow(c: Change, place: str, on: date, *, begins: bool = False) -> None:
    """Bring what follows from a place in step with it: the tie to the programme, and the person's own state.

    `begins`: the person is accepted just now, so that a start nobody knew is this day.
    """
    c.run(FOLLOW_TIE, id=place, member=sorted(MEMBER))
    c.run(FOLLOW_STATE, id=place, member=sorted(MEMBER), on=on, begins=begins, at=c.at)
