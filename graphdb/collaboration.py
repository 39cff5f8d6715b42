"""The dated facts that collaboration gaps are computed from, read as columns in one row of lists.

Archived records are left out, at every date. An organisation that could become a partner is no member yet.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import TYPE_CHECKING, Any

from analytics.agreements import DRAFTS
from analytics.collaboration import (
    Action,
    Agreement,
    CollaborationFacts,
    Meeting,
    Member,
    MentoringPair,
    ObservedTie,
    Person,
    Referral,
    SeriesMember,
)
from graphdb.audit import data_stamp
from graphdb.kept import Kept
from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphdb.connection import Graph

KINDS = (
    "Organisation", "Agreement", "Referral", "Meeting", "MeetingSeries", "ActionPoint", "AgendaItem", "Decision", "Gap",
    "Person", "Employment", "Mentorship", "Contact", "Programme", "CommunityIssue", "Campaign", "Mediation", "CommunityStep",
)  # fmt: skip
"""Kinds whose changes make the facts others."""

PRESENT = ("present", "deputy", "online")
ACCEPTED = ("accepted", "in_service", "closed_successful", "closed_unsuccessful")
OUTSIDE = ("prospect", "invited")
ENDED = ("completed", "ended_early")
CLOSED = ("done", "cancelled")


@dataclass(frozen=True, slots=True)
class Columns:
    """One row: a list for each kind of fact; each entry a list in the order its reader below takes it."""

    members: list[list[Any]]
    agreements: list[list[Any]]
    referrals: list[list[Any]]
    meetings: list[list[Any]]
    belongs: list[list[Any]]
    actions: list[list[Any]]
    bridges: list[list[Any]]
    people: list[list[Any]]
    pairs: list[list[Any]]


# A contact of a pair that touched an institution bridges it with the employers of mentor and leader on that day, else with
# whoever runs the programme; so does a step of a matter that a leader or mentor works on.
COLUMNS = Read(
    Columns,
    """
    RETURN
      COLLECT {
        MATCH (o:Organisation) WHERE o.archived_at IS NULL AND NOT coalesce(o.membership, '') IN $outside
        WITH o ORDER BY o.id
        RETURN [o.id, o.valid_from, o.valid_to, coalesce(o.membership, '') = 'left', o.changed_at]
      } AS members,
      COLLECT {
        MATCH (a:Agreement) WHERE a.archived_at IS NULL AND NOT coalesce(a.stage, 'signed') IN $drafts
        WITH a ORDER BY a.id
        RETURN [a.id, COLLECT { MATCH (a)<-[:PARTY_TO]-(o:Organisation) WHERE o.archived_at IS NULL
                                RETURN DISTINCT o.id ORDER BY o.id }, a.valid_from, a.valid_to]
      } AS agreements,
      COLLECT {
        MATCH (s:Organisation)-[:SENT]->(r:Referral)-[:TO]->(t:Organisation)
        WHERE r.archived_at IS NULL AND r.state <> 'draft' WITH s, r, t ORDER BY r.id
        RETURN [r.id, s.id, t.id, r.sent_on, r.state IN $accepted]
      } AS referrals,
      COLLECT {
        MATCH (m:Meeting) WHERE m.archived_at IS NULL AND m.state = 'held' WITH m ORDER BY m.id
        RETURN [m.id, date(m.starts_at),
                COLLECT { MATCH (o:Organisation)-[a:ATTENDED]->(m) WHERE a.mode IN $present
                          RETURN DISTINCT o.id ORDER BY o.id },
                head(COLLECT { MATCH (m)-[:IN_SERIES]->(s:MeetingSeries) RETURN s.id }),
                COLLECT { MATCH (o:Organisation)-[:INVITED]->(m) RETURN DISTINCT o.id ORDER BY o.id }]
      } AS meetings,
      COLLECT {
        MATCH (o:Organisation)-[r:MEMBER_OF|WAS_MEMBER_OF]->(s:MeetingSeries)
        WHERE o.archived_at IS NULL AND s.archived_at IS NULL
        WITH o, s, r.since AS since, r.until AS until ORDER BY s.id, o.id, since
        RETURN [s.id, o.id, since, until]
      } AS belongs,
      COLLECT {
        MATCH (a:ActionPoint)-[:OWNED_BY]->(o:Organisation) WHERE a.archived_at IS NULL WITH a, o ORDER BY a.id
        RETURN [a.id, o.id,
                COLLECT { MATCH (a)-[:AIMS_AT]->(g:Gap) RETURN DISTINCT g.key AS key ORDER BY key }
                + COLLECT { MATCH (a)<-[:REQUIRES]-(:Decision)<-[:LED_TO]-(i:AgendaItem)
                            RETURN DISTINCT i.id ORDER BY i.id },
                a.agreed_on, a.due, a.state, a.done_on, a.changed_at]
      } AS actions,
      COLLECT {
        CALL () {
          MATCH (met:Organisation)<-[:TOUCHED]-(c:Contact)-[:IN]->(pair:Mentorship)
          WHERE c.archived_at IS NULL AND met.archived_at IS NULL
          RETURN met, c, pair AS matter, COLLECT { MATCH (pair)<-[:MENTORS_IN|MENTEE_IN]-(who:Person) RETURN who } AS people
          UNION
          MATCH (met:Organisation)<-[:TOUCHED]-(c:CommunityStep)-[:STEP_OF]->(matter:CommunityIssue|Campaign|Mediation)
          WHERE c.archived_at IS NULL AND matter.archived_at IS NULL AND met.archived_at IS NULL
          WITH met, c, matter, COLLECT {
            MATCH (matter)-[:RAISED_BY|ACCOMPANIED_BY|MEDIATED_BY]->(who:Person)
            WHERE who.role_class IN ['leader', 'mentor'] RETURN who } AS people
          WHERE people <> []
          RETURN met, c, matter, people
        }
        WITH met, c, matter, COLLECT {
          UNWIND people AS who
          MATCH (who)<-[:HOLDER]-(e:Employment)-[:AT_ORGANISATION]->(own:Organisation)
          WHERE e.archived_at IS NULL AND (e.valid_from IS NULL OR e.valid_from <= c.on)
            AND (e.valid_to IS NULL OR e.valid_to > c.on)
          RETURN DISTINCT own.id ORDER BY own.id
        } AS employers ORDER BY c.id, met.id
        RETURN [met.id, c.on, CASE WHEN employers <> [] THEN employers ELSE COLLECT {
          MATCH (matter)-[:IN_PROGRAMME]->(:Programme)-[:RUN_BY]->(own:Organisation) RETURN own.id ORDER BY own.id
        } END]
      } AS bridges,
      COLLECT {
        MATCH (p:Person) WHERE p.archived_at IS NULL AND p.role_class IN ['leader', 'mentor']
          AND NOT EXISTS { MATCH (p)<-[:PLACE_OF]-(asked:Participation)  // who only applied is not there yet
            WHERE asked.state IN ['applied', 'refused'] AND NOT EXISTS { (p)-[:IN_PROGRAMME]->(:Programme) } }
        WITH p ORDER BY p.id
        RETURN [p.id, p.role_class, head(COLLECT { MATCH (p)-[:IN_PROGRAMME]->(g:Programme) RETURN g.id }),
                p.valid_from, p.valid_to, coalesce(p.state, '') IN ['left', 'away'], p.changed_at]
      } AS people,
      COLLECT {
        MATCH (leader:Person)-[:MENTEE_IN]->(m:Mentorship)<-[:MENTORS_IN]-(mentor:Person)
        WHERE m.archived_at IS NULL WITH m, leader, mentor ORDER BY m.id
        RETURN [m.id, leader.id, mentor.id, m.states, m.state, m.valid_from, m.valid_to,
                COLLECT { MATCH (c:Contact)-[:IN]->(m) WHERE c.archived_at IS NULL RETURN c.on ORDER BY c.on },
                head(COLLECT { MATCH (m)-[:IN_PROGRAMME]->(g:Programme) RETURN g.id })]
      } AS pairs
    """,
)


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of one data version. `programmes`: of each pair and each leader, for who may know of them."""

    facts: CollaborationFacts
    programmes: dict[str, str]


_KEPT: Kept[Known] = Kept()


def known(graph: Graph, stamp: str | None = None) -> Known:
    """The facts as they are now; any as-of date and window is a function of them.

    One statement, and none while the data version `stamp` (of `KINDS`) is kept; without a stamp it is asked for.
    """
    return _KEPT.get(data_stamp(graph, *KINDS) if stamp is None else stamp, lambda: _read(graph))


def _read(graph: Graph) -> Known:
    row = graph.one(COLUMNS, drafts=list(DRAFTS), present=list(PRESENT), accepted=list(ACCEPTED), outside=list(OUTSIDE))
    assert row is not None
    people = [(role, Person(record, since, end_of(*end))) for record, role, _, since, *end in row.people]
    programmes = {entry[0]: entry[8] for entry in row.pairs} | {entry[0]: entry[2] for entry in row.people}
    facts = CollaborationFacts(
        members=tuple(Member(record, since, end_of(*end)) for record, since, *end in row.members),
        agreements=tuple(Agreement(record, tuple(ends), start, end) for record, ends, start, end in row.agreements),
        referrals=tuple(Referral(*entry) for entry in row.referrals),
        meetings=tuple(
            Meeting(record, held, tuple(present), series, tuple(invited))
            for record, held, present, series, invited in row.meetings
        ),
        series_members=tuple(SeriesMember(*entry) for entry in row.belongs),
        actions=tuple(_action(*entry) for entry in row.actions),
        other_ties=(*_bridges(row.bridges), *_joint(row.actions)),
        leaders=tuple(person for role, person in people if role == "leader"),
        mentors=tuple(person for role, person in people if role == "mentor"),
        pairs=tuple(
            MentoringPair(record, leader, mentor, _states(states, state, since, until), tuple(contacts))
            for record, leader, mentor, states, state, since, until, contacts, _ in row.pairs
        ),
    )
    return Known(facts, {record: programme for record, programme in programmes.items() if programme})


def end_of(until: date | None, gone: bool, changed: datetime | None) -> date | None:
    """Known to have left, not since when: since the day it was written down."""
    if until is None and gone and changed:
        return changed.date()
    return until


def _action(
    record: str, owner: str, aims: list[str], opened: date | None, due: date | None, state: str,
    done: date | None, changed: datetime,
) -> Action:  # fmt: skip
    closed = done or (changed.date() if state in CLOSED else None)
    return Action(record, (owner,), tuple(aims), opened, closed, due)


def _bridges(rows: Iterable[list[Any]]) -> Iterator[ObservedTie]:
    for met, on, owners in rows:
        for own in owners:
            if own != met:
                yield ObservedTie("mentoring_bridge", own, met, on)


def _joint(rows: Iterable[list[Any]]) -> Iterator[ObservedTie]:
    """Two organisations whose actions aim at the same act together from the day on which the second begins."""
    by_aim: dict[str, list[tuple[str, date | None]]] = defaultdict(list)
    for _, owner, aims, opened, _, state, *_ in rows:
        if state != "cancelled":
            for aim in aims:
                by_aim[aim].append((owner, opened))
    for those in by_aim.values():
        for (one, begun), (other, joined) in combinations(those, 2):
            if one != other:
                yield ObservedTie("joint_action", one, other, max(begun, joined) if begun and joined else None)


def _states(
    states: list[str] | None, state: str, since: date | None, until: date | None
) -> tuple[tuple[date | None, str], ...]:
    """(since, state) of a pair; one without a kept history was active from its beginning to its end."""
    if states:
        parts = [entry.partition("=") for entry in states]
        return tuple((date.fromisoformat(day) if day else None, code) for day, _, code in parts)
    if state in ENDED and until:
        return ((since, "active"), (until, state))
    return ((since, state),)
