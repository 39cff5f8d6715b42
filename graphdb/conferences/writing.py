"""Convening a conference, naming people, noting what came out, steps, closing, erasing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.errors import GraphError, MissingError
from graphdb.referrals import allow_onward
from graphdb.statements import Found, Read
from graphdb.tokens import new_case_reference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from graphdb.connection import Graph
    from graphdb.writes import Change

_CONFERENCE, _STEP = kind_of("CaseConference"), kind_of("CaseStep")
RUNNING = ("planned", "held")


class ClosedError(GraphError):
    """The conference is closed, cancelled or erased, or its case's consent was withdrawn: nothing is changed any more."""


class NotAgreedError(GraphError):
    """Some of the people named are not among those who may know the case; `people` are their ids."""

    def __init__(self, people: Sequence[str]) -> None:
        super().__init__("the consent does not name everybody")
        self.people = tuple(people)


@dataclass(frozen=True, slots=True)
class NewConference:
    """What its convener says. `case` is a referral, or ""; `agreed`: the person agreed that all those named know."""

    starts_at: datetime
    place: str
    basis: str
    question: str
    participants: tuple[str, ...]
    case: str = ""
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a conference stands: who called it, who is named, whether the consent of its case was withdrawn."""

    state: str
    convener: str
    named: list[str]
    case: str
    revoked: bool


STANDING = Read(
    Standing,
    """
    MATCH (n:CaseConference {id: $id})-[:CONVENED_BY]->(p:Person) WHERE n.archived_at IS NULL
    RETURN n.state AS state, p.id AS convener, COLLECT { MATCH (q:Person)-[:NAMED_IN]->(n) RETURN q.id ORDER BY q.id } AS named,
           coalesce(head(COLLECT { MATCH (n)-[:ABOUT_CASE]->(r:Referral) RETURN r.id }), '') AS case,
           EXISTS { (n)-[:ABOUT_CASE]->(:Referral {state: 'revoked'}) } AS revoked
    ORDER BY convener
    """,
)


@dataclass(frozen=True, slots=True)
class Outside:
    """Somebody whom the consent of a case does not cover, and where they work; `consent` is None where none was noted."""

    person: str
    organisations: list[str]
    consent: str | None


# A person is covered when one of their organisations sent the case, got it, or is named in its consent.
OUTSIDE = Read(
    Outside,
    """
    MATCH (r:Referral {id: $case})
    UNWIND $people AS person
    MATCH (p:Person {id: person})
    WITH r, p, COLLECT {
        MATCH (p)<-[:HOLDER]-(e:Employment)-[:AT_ORGANISATION]->(o:Organisation) WHERE e.archived_at IS NULL
          AND (e.valid_from IS NULL OR e.valid_from <= date($at)) AND (e.valid_to IS NULL OR e.valid_to > date($at))
        RETURN DISTINCT o.id ORDER BY o.id } AS at
    WHERE NOT EXISTS { MATCH (o:Organisation)-[:SENT]->(r) WHERE o.id IN at }
      AND NOT EXISTS { MATCH (r)-[:TO]->(o:Organisation) WHERE o.id IN at }
      AND NOT EXISTS { MATCH (r)-[:UNDER]->(:Consent)-[:NAMES]->(o:Organisation) WHERE o.id IN at }
    RETURN p.id AS person, at AS organisations, head(COLLECT { MATCH (r)-[:UNDER]->(c:Consent) RETURN c.id }) AS consent
    ORDER BY person
    """,
)
STEP_OF = Read(
    Found,
    "MATCH (s:CaseStep {id: $id})-[:AGREED_IN]->(n:CaseConference {id: $conference}) WHERE s.archived_at IS NULL"
    " RETURN s.id AS id ORDER BY id",
)


def convene(c: Change, graph: Graph, new: NewConference, convener: str) -> str:
    """Call a conference under a reference drawn now; returns its id. Raises RefusedError, NotAgreedError, MissingError."""
    named = sorted({*new.participants, convener})
    if new.case:
        _demand_agreed(c, new.case, named, agreed=new.agreed)
    values = {
        "case_ref": new_case_reference(), "state": "planned", "starts_at": new.starts_at, "place": new.place,
        "basis": new.basis, "question": new.question,
    }  # fmt: skip
    links = {"convener": [convener], "participants": named, "case": [new.case] if new.case else []}
    return records.create(c, graph, _CONFERENCE, values, links)


def name_people(
    c: Change, graph: Graph, conference: str, version: int, participants: Sequence[str], *, agreed: bool
) -> int:
    """Who may know it from now on; its convener always. Raises ClosedError, NotAgreedError, ConflictError, MissingError."""
    found = _running(c, conference)
    named = sorted({*participants, found.convener})
    if found.case:
        _demand_agreed(c, found.case, named, agreed=agreed)
    return records.update(c, graph, _CONFERENCE, conference, version, {}, {"participants": named})


def note_outcome(c: Change, graph: Graph, conference: str, version: int, outcome: str, review_on: date | None) -> int:
    """What came out of it: it is held. Raises ClosedError, ConflictError, RefusedError, MissingError."""
    _running(c, conference)
    values = {"outcome": outcome, "review_on": review_on, "state": "held"}
    return records.update(c, graph, _CONFERENCE, conference, version, values)


def add_step(c: Change, graph: Graph, conference: str, text: str, due: date, owner: str) -> str:
    """What one of the people named does next; returns its id. Raises ClosedError, RefusedError, MissingError."""
    found = _running(c, conference)
    if owner not in found.named:
        raise MissingError(owner)
    values = {"text": text, "due": due, "state": "open"}
    return records.create(c, graph, _STEP, values, {"conference": [conference], "owner": [owner]}, subject=conference)


def end_step(c: Change, graph: Graph, conference: str, step: str, version: int, state: str, on: date) -> int:
    """A step is `done` or `cancelled`. Raises ClosedError, ConflictError, RefusedError, MissingError."""
    _running(c, conference)
    if c.one(STEP_OF, id=step, conference=conference) is None:
        raise MissingError(step)
    values = {"state": state, "done_on": on if state == "done" else None}
    return records.update(c, graph, _STEP, step, version, values)


def end(c: Change, graph: Graph, conference: str, version: int, state: str) -> int:
    """It is `closed` or `cancelled`. Raises ClosedError, ConflictError, MissingError."""
    found = _running(c, conference)
    if (state, found.state) not in {("closed", "held"), ("cancelled", "planned")}:
        raise ClosedError(conference)
    return records.update(c, graph, _CONFERENCE, conference, version, {"state": state})


def erase(c: Change, graph: Graph, conference: str, version: int) -> int:
    """Its texts go for good with their key; that it was, when and who was named stays with those named.

    The key goes first: a crash between leaves texts that nobody can read, never the other way round. Raises ConflictError.
    """
    c.take(conference, version)
    graph.vault.erase(conference)
    c.did("erase", "CaseConference", conference, ("question", "outcome"))
    return records.update(c, graph, _CONFERENCE, conference, version, {"state": "erased"})


def _running(c: Change, conference: str) -> Standing:
    c.take(conference)
    found = c.one(STANDING, id=conference)
    if found is None:
        raise MissingError(conference)
    if found.state not in RUNNING or found.revoked:
        raise ClosedError(conference)
    return found


def _demand_agreed(c: Change, case: str, named: Sequence[str], *, agreed: bool) -> None:
    """Everybody named may know the case; with `agreed` the consent names their organisations from now on."""
    outside = c.run(OUTSIDE, case=case, people=list(named), at=c.at)
    if outside and not agreed:
        raise NotAgreedError([one.person for one in outside])
    for consent, organisation in {(one.consent, at) for one in outside for at in one.organisations if one.consent}:
        allow_onward(c, str(consent), organisation)
