"""Erasing a person: what was written about them becomes unreadable at once, what counts of the past need stays.

The keys go first (docs/decisions/0005-vault.md): of the person and of their mentoring pairs, so that every sealed text is
unreadable in the store, its log and its backups. Then, in one transaction, the plain traces go: name, pseudonym, contact,
languages, community, places, positions, stated ties, account, earlier versions. A mark without any of it stays, so that
counts of past periods stay what they were; so do the days of the contacts of a pair, not whom they led to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analytics.participation import MEMBER
from graphdb.errors import GraphError, MissingError
from graphdb.records.sealing import ERASED
from graphdb.statements import Nothing, Read, Write

if TYPE_CHECKING:
    from datetime import date

    from graphdb.connection import Graph
    from graphdb.writes import Change

COUNTED = ("MENTORS_IN", "MENTEE_IN", "IN_PROGRAMME", "PLACE_OF", "ENROLLED")
"""Ties that counts of the past follow."""
STANDING = ("NAMED_IN", "CONVENED_BY", "DONE_BY", "SUPERVISES", "MEANT_FOR")
"""Ties without which a record of others would have a hole where somebody was."""
OWN_RECORDS = ("Employment", "PersonTie", "MatchDecision")
"""Records that say something of one person, and go with them."""


class OwnErasureError(GraphError):
    """Nobody erases themselves: somebody else must be able to say that it was asked for."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whom it would concern, and how much would go: what is asked before, in figures."""

    id: str
    ref: str
    version: int
    role: str | None
    erased: bool
    pairs: list[str]
    contacts: int
    posts: int
    ties: int
    accounts: list[str]


OF_PERSON = Read(
    Standing,
    """
    MATCH (p:Person) WHERE p.id = $id OR p.ref = $id
    RETURN p.id AS id, p.ref AS ref, p.version AS version, p.role_class AS role, coalesce(p.state, '') = 'erased' AS erased,
           COLLECT { MATCH (p)-[:MENTORS_IN|MENTEE_IN]->(m:Mentorship) RETURN m.id ORDER BY m.id } AS pairs,
           COUNT { MATCH (p)-[:MENTORS_IN|MENTEE_IN]->(:Mentorship)<-[:IN]-(c:Contact) } AS contacts,
           COUNT { MATCH (p)<-[:HOLDER]-(:Employment) } AS posts,
           COUNT { MATCH (p)<-[:TIE_FROM|TIE_TO]-(:PersonTie) } AS ties,
           COLLECT { MATCH (p)<-[:IS]-(a:Account) RETURN a.id ORDER BY a.id } AS accounts
    ORDER BY id
    """,
)

STRIP_PERSON = Write(
    Nothing,
    """
    MATCH (p:Person {id: $id})
    SET p = {
        id: p.id, ref: p.ref, version: p.version + 1, created_at: p.created_at, changed_at: $at, by: p.by,
        archived_at: coalesce(p.archived_at, $at), name: $mark + ' ' + p.ref, role_class: p.role_class, state: 'erased',
        valid_from: p.valid_from, valid_to: CASE WHEN p.valid_to <= $on THEN p.valid_to ELSE $on END
    }
    """,
)

DROP_OWN = Write(
    Nothing,
    """
    MATCH (:Person {id: $id})<-[:HOLDER|TIE_FROM|TIE_TO|DECIDED_FOR]-(n:Record) WHERE head([each IN labels(n) WHERE each <> 'Record']) IN $own
    OPTIONAL MATCH (v:Revision {record: n.id})
    OPTIONAL MATCH (n)-[:IDENTIFIED_BY]->(i:Identifier)
    DETACH DELETE v, i, n
    """,
)

DROP_TIES = Write(
    Nothing,
    """
    MATCH (p:Person {id: $id})
    OPTIONAL MATCH (p)-[:IDENTIFIED_BY]->(i:Identifier)
    DETACH DELETE i
    WITH DISTINCT p
    MATCH (p)-[r]-() WHERE NOT type(r) IN $kept
    DELETE r
    """,
)

END_PAIRS = Write(
    Nothing,
    """
    UNWIND $pairs AS pair
    MATCH (m:Mentorship {id: pair})
    WITH m, NOT m.state IN ['completed', 'ended_early'] AS open
    SET m.states = CASE WHEN open
            THEN coalesce(m.states, [coalesce(toString(m.valid_from), '') + '=' + m.state]) + [toString($on) + '=ended_early']
            ELSE m.states END,
        m.state = CASE WHEN open THEN 'ended_early' ELSE m.state END,
        m.valid_to = CASE WHEN open THEN $on ELSE m.valid_to END,
        m.languages = null, m.version = m.version + 1, m.changed_at = $at
    """,
)

# A place ends; that it was there and which trainings were attended is counted on, what was wished for and why it ended is not.
END_PLACES = Write(
    Nothing,
    """
    MATCH (:Person {id: $id})<-[:PLACE_OF|ENROLLED]-(n:Record)
    OPTIONAL MATCH (v:Revision {record: n.id})
    OPTIONAL MATCH (n)-[wish:WISHES_FOR|WISHES_NOT|WISHES_AT]->()
    DELETE v, wish
    WITH DISTINCT n, n.state IN $open AS open
    SET n.states = CASE WHEN open THEN coalesce(n.states, []) + [toString($on) + '=left'] ELSE n.states END,
        n.since = CASE WHEN open THEN $on ELSE n.since END, n.state = CASE WHEN open THEN 'left' ELSE n.state END,
        n.reason = null, n.topics = null, n.wished_languages = null, n.interpreter = null, n.times = null,
        n.wished_on = null, n.certificate = null,
        n.version = n.version + 1, n.changed_at = $at
    """,
)

UNTIE_CONTACTS = Write(
    Nothing,
    """
    UNWIND $pairs AS pair
    MATCH (c:Contact)-[:IN]->(:Mentorship {id: pair})
    SET c.topic = null, c.next_on = null, c.version = c.version + 1, c.changed_at = $at
    WITH c
    MATCH (c)-[touched:TOUCHED]->()
    DELETE touched
    """,
)

# That a leader raised something and how it ended is counted on; whom it led to goes, with what followed from it.
UNTIE_MATTERS = Write(
    Nothing,
    """
    MATCH (:Person {id: $id})<-[:RAISED_BY]-(n:CommunityIssue|Campaign|Mediation)
    OPTIONAL MATCH (s:CommunityStep)-[:STEP_OF]->(n)
    WITH collect(DISTINCT n) + collect(DISTINCT s) AS those
    UNWIND those AS one
    MATCH (one)-[touched:TOUCHED]->()
    DELETE touched
    """,
)

# What is sealed with a destroyed key can never be read again; the unreadable letters go as well.
STRIP_SEALED = Write(
    Nothing,
    """
    MATCH (n:Record) WHERE n.id IN $subjects OR n.subject IN $subjects
    UNWIND [name IN keys(n) WHERE name + '_v' IN keys(n)] AS name
    SET n[name] = null, n[name + '_v'] = null
    """,
)

DROP_VERSIONS = Write(
    Nothing,
    """
    MATCH (n:Record) WHERE n.id IN $subjects OR n.subject IN $subjects
    MATCH (v:Revision {record: n.id})
    DELETE v
    """,
)

STRIP_ACCOUNTS = Write(
    Nothing,
    """
    UNWIND $accounts AS account
    MATCH (a:Account {id: account})
    SET a = {id: a.id, login: 'erased ' + a.id, name: $mark, language: 'en', password: '', active: false, created_at: a.created_at}
    WITH a
    OPTIONAL MATCH (s:Session {account: a.id})
    OPTIONAL MATCH (t:Token {account: a.id})
    OPTIONAL MATCH (d:Device {account: a.id})
    OPTIONAL MATCH (a)-[:HOLDS]->(g:RoleGrant)
    DETACH DELETE s, t, d, g
    """,
)


def standing(graph: Graph, person: str) -> Standing | None:
    """What erasing this person would concern; `person` is an id or a reference. One statement."""
    return graph.one(OF_PERSON, id=person)


def erase(c: Change, graph: Graph, person: str, version: int | None, on: date) -> Standing:
    """Erase a person; returns what there was. Doing it again finishes one that broke off.

    Raises MissingError, ConflictError, OwnErasureError.
    """
    c.take(person, version)
    found = c.one(OF_PERSON, id=person)
    if found is None:
        raise MissingError(person)
    if c.actor.id in found.accounts:
        raise OwnErasureError(person)
    subjects = [person, *found.pairs]
    for subject in subjects:
        graph.vault.erase(subject)
    strip(c, found, subjects, on)
    c.did("erase", "Person", person, ("name",))
    for pair in found.pairs:
        c.did("erase", "Mentorship", pair, ("goals",))
        c.did("erase", "Contact", pair, ("note",))
    return found


def strip(c: Change, found: Standing, subjects: list[str], on: date) -> None:
    """Take the plain traces out, and what cannot be read any more."""
    c.run(STRIP_SEALED, subjects=subjects)
    c.run(DROP_VERSIONS, subjects=subjects)
    c.run(UNTIE_CONTACTS, pairs=found.pairs, at=c.at)
    c.run(UNTIE_MATTERS, id=found.id)
    c.run(END_PAIRS, pairs=found.pairs, on=on, at=c.at)
    c.run(END_PLACES, id=found.id, open=["applied", *sorted(MEMBER)], on=on, at=c.at)
    c.run(DROP_OWN, id=found.id, own=list(OWN_RECORDS))
    c.run(STRIP_ACCOUNTS, accounts=found.accounts, mark=ERASED)
    c.run(DROP_TIES, id=found.id, kept=[*COUNTED, *STANDING])
    c.run(STRIP_PERSON, id=found.id, mark=ERASED, on=on, at=c.at)
