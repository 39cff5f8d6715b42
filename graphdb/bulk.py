"""Statements of the starting data: codes in use, meetings with all that happened there, marks of a network."""

from __future__ import annotations

from dataclasses import dataclass

from graphdb.statements import Counted, Nothing, Read, Write


@dataclass(frozen=True, slots=True)
class Code:
    code: str
    id: str


@dataclass(frozen=True, slots=True)
class Mark:
    value: str


CODES_OF_TYPES = Read(
    Code, "MATCH (n:ServiceType) WHERE n.code IS NOT NULL RETURN n.code AS code, n.id AS id ORDER BY code"
)
CODES_OF_GROUPS = Read(
    Code, "MATCH (n:PopulationGroup) WHERE n.code IS NOT NULL RETURN n.code AS code, n.id AS id ORDER BY code"
)
CODES = {"ServiceType": CODES_OF_TYPES, "PopulationGroup": CODES_OF_GROUPS}

USED = Read(Counted, "RETURN COUNT { (:Record) } + COUNT { (:Account) } AS n ORDER BY n")

ATTEND = Write(
    Counted,
    """
    UNWIND $rows AS row
    MATCH (o:Organisation {id: row.organisation})
    MATCH (m:Meeting {id: row.meeting})
    CREATE (o)-[:ATTENDED {mode: row.mode, person: row.person}]->(m)
    RETURN count(*) AS n
    """,
)

DISCUSS = Write(
    Counted,
    """
    UNWIND $rows AS row
    MATCH (m:Meeting {id: row.meeting})
    CREATE (m)-[:HAS_ITEM]->(i:AgendaItem {
        id: row.id, position: row.position, title: row.title, minutes: row.minutes, state: row.state, kind: row.kind,
        key: row.key, reasons: row.reasons, proposer: row.proposer, times: row.times})
    RETURN count(*) AS n
    """,
)

CARRY = Write(
    Counted,
    """
    UNWIND $rows AS row
    MATCH (i:AgendaItem {id: row.item})
    MATCH (old:AgendaItem {id: row.carried})
    CREATE (i)-[:CARRIED_FROM]->(old)
    RETURN count(*) AS n
    """,
)

ABOUT = Write(
    Counted,
    """
    UNWIND $rows AS row
    MATCH (i:AgendaItem {id: row.item})
    MATCH (g:Gap {id: row.gap})
    CREATE (i)-[:ABOUT]->(g)
    RETURN count(*) AS n
    """,
)

ABOUT_MATTER = Write(
    Counted,
    """
    UNWIND $rows AS row
    MATCH (i:AgendaItem {id: row.item})
    MATCH (n:CommunityIssue|Campaign|Mediation {id: row.matter})
    CREATE (i)-[:ABOUT]->(n)
    RETURN count(*) AS n
    """,
)

DECIDE = Write(
    Counted,
    """
    UNWIND $rows AS row
    MATCH (i:AgendaItem {id: row.item})
    CREATE (i)-[:LED_TO]->(d:Decision {id: row.id, text: row.text, decided_on: row.decided_on})
    WITH d, row
    UNWIND row.actions AS action
    MATCH (a:ActionPoint {id: action})
    CREATE (d)-[:REQUIRES]->(a)
    RETURN count(*) AS n
    """,
)

SET_MARK = Write(Nothing, "MERGE (s:Setting {key: $key}) SET s.value = $value")
MARK = Read(Mark, "MATCH (s:Setting {key: $key}) RETURN s.value AS value ORDER BY value LIMIT 1")

# Ties by the hundred thousand, for speed runs. A row is one organisation, what all of its ties share, and a list of them.
REFER = Write(
    Counted,
    """
    UNWIND $rows AS row
    MATCH (a:Organisation {id: row[0]})
    MATCH (t:ServiceType {id: row[1]})
    UNWIND row[2] AS one
    MATCH (b:Organisation {id: one[0]})
    CREATE (a)-[:SENT]->(r:Record:Referral {
        id: one[1], case_ref: one[2], state: one[3], sent_on: one[4], priority: 'normal', version: 1,
        created_at: $at, changed_at: $at, by: $by})-[:TO]->(b)
    CREATE (r)-[:FOR_SERVICE]->(t)
    RETURN count(*) AS n
    """,
)

DECLARE = Write(
    Counted,
    """
    UNWIND $rows AS row
    MATCH (a:Organisation {id: row[0]})
    UNWIND row[2] AS one
    MATCH (b:Organisation {id: one[0]})
    CREATE (a)<-[:TIE_FROM]-(d:Record:DeclaredTie {
        id: one[1], ref: one[2], status: one[3], valid_from: one[4], topic: row[1], undirected: false, version: 1,
        created_at: $at, changed_at: $at, by: $by})-[:TIE_TO]->(b)
    RETURN count(*) AS n
    """,
)
