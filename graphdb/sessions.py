"""Server-side sessions: a cookie is a key to a node here, and dead as soon as the node is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from graphdb.accounts import GRANTS, OVERSEES, WORKS_IN
from graphdb.statements import Counted, Nothing, Read, Write

if TYPE_CHECKING:
    from datetime import date

    from graphdb.connection import Graph


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Everything a request needs to know of who asks: one statement, beside the page's own."""

    hash: str
    data: str
    created_at: datetime
    seen_at: datetime
    account: str
    login: str
    name: str
    language: str
    person: str | None
    grants: list[dict[str, str]]
    people: list[str]
    versions: dict[str, object]


# Whose names the account knows whatever its roles show of others: a leader is known to those who work in the programme,
# a mentor and who applies for a place to those who oversee it, staff to their own organisation, and a pair knows each
# other. A sharing rule in force opens the contact persons of one organisation to the people of another, to the day (docs/decisions).
KNOWN_PEOPLE = """
    COLLECT {
        MATCH (a)-[:HOLDS]->(known_by:RoleGrant)-[:IN]->(:Programme)<-[:IN_PROGRAMME]-(known:Person)
        WHERE (known_by.valid_from IS NULL OR known_by.valid_from <= $today)
          AND (known_by.valid_to IS NULL OR known_by.valid_to > $today)
          AND known_by.role IN CASE WHEN known.role_class = 'leader' THEN $works_in ELSE $oversees END
        RETURN known.id AS known
        UNION
        MATCH (a)-[:HOLDS]->(known_by:RoleGrant)-[:IN]->(:Programme)<-[:PLACE_IN]-(asked:Participation)-[:PLACE_OF]->(known:Person)
        WHERE (known_by.valid_from IS NULL OR known_by.valid_from <= $today)
          AND (known_by.valid_to IS NULL OR known_by.valid_to > $today)
          AND known_by.role IN $oversees AND asked.state = 'applied' AND asked.archived_at IS NULL
        RETURN known.id AS known
        UNION
        MATCH (a)-[:HOLDS]->(known_by:RoleGrant)-[:IN]->(:Organisation)<-[:AT_ORGANISATION]-(:Employment)-[:HOLDER]->(known:Person)
        WHERE (known_by.valid_from IS NULL OR known_by.valid_from <= $today)
          AND (known_by.valid_to IS NULL OR known_by.valid_to > $today)
          AND coalesce(known.role_class, '') <> 'leader'
        RETURN known.id AS known
        UNION
        MATCH (a)-[:HOLDS]->(known_by:RoleGrant)-[:IN]->(:Organisation)<-[:RULE_TO]-(rule:SharingRule)
        WHERE (known_by.valid_from IS NULL OR known_by.valid_from <= $today)
          AND (known_by.valid_to IS NULL OR known_by.valid_to > $today)
          AND rule.archived_at IS NULL AND rule.state = 'in_force' AND rule.data_class = 'contact_persons'
          AND rule.aggregation = 'single' AND (rule.since IS NULL OR rule.since <= $today) AND rule.until > $today
        MATCH (rule)-[:RULE_FROM]->(whose:Organisation)<-[:AT_ORGANISATION]-(post:Employment)-[:HOLDER]->(known:Person)
        WHERE whose.archived_at IS NULL AND post.archived_at IS NULL AND coalesce(known.role_class, '') <> 'leader'
          AND (post.valid_from IS NULL OR post.valid_from <= $today) AND (post.valid_to IS NULL OR post.valid_to > $today)
        RETURN known.id AS known
        UNION
        MATCH (a)-[:IS]->(me:Person)
        MATCH (me)-[:MENTORS_IN|MENTEE_IN]->(pair:Mentorship)<-[:MENTORS_IN|MENTEE_IN]-(known:Person)
        WHERE pair.archived_at IS NULL
        RETURN known.id AS known
        UNION
        MATCH (a)-[:IS]->(me:Person) RETURN me.id AS known
    }
"""

LOAD = Read(
    SignedIn,
    """
    MATCH (s:Session {hash: $hash}) MATCH (a:Account {id: s.account}) WHERE a.active
    OPTIONAL MATCH (a)-[:IS]->(p:Person)
    OPTIONAL MATCH (h:AuditHead {id: 'head'})
    RETURN s.hash AS hash, s.data AS data, s.created_at AS created_at, s.seen_at AS seen_at, a.id AS account,
           a.login AS login, a.name AS name, a.language AS language, p.id AS person,"""
    + GRANTS
    + """ AS grants,"""
    + KNOWN_PEOPLE
    + """ AS people,
           coalesce(properties(h), {}) AS versions
    ORDER BY hash
    """,
)

START = Write(
    Nothing,
    "CREATE (:Session {hash: $hash, account: $account, data: $data, created_at: $now, seen_at: $now, agent: $agent})",
)

# MATCH, never MERGE: a session that was ended while a request ran must not come back.
KEEP = Write(Nothing, "MATCH (s:Session {hash: $hash}) SET s.data = $data, s.seen_at = $now")

TOUCH = Write(Nothing, "MATCH (s:Session {hash: $hash}) SET s.seen_at = $now")

END = Write(Nothing, "MATCH (s:Session {hash: $hash}) DELETE s")

# Failed sign-ins, counted per account and per address in windows: one statement, shared by all workers.
COUNT_FAILURE = Write(
    Counted,
    """
    UNWIND $keys AS key
    MERGE (c:LoginCounter {key: key})
    ON CREATE SET c.n = 0, c.since = $now
    SET c.n = CASE WHEN c.since < $window THEN 1 ELSE c.n + 1 END,
        c.since = CASE WHEN c.since < $window THEN $now ELSE c.since END
    RETURN max(c.n) AS n
    """,
)


@dataclass(frozen=True, slots=True)
class Failures:
    key: str
    n: int


FAILURES = Read(
    Failures,
    "MATCH (c:LoginCounter) WHERE c.key IN $keys AND c.since >= $window RETURN c.key AS key, c.n AS n ORDER BY key",
)

FORGIVE = Write(Nothing, "MATCH (c:LoginCounter) WHERE c.key IN $keys DELETE c")


def load(graph: Graph, hashed: str, today: date) -> SignedIn | None:
    """Who holds the session with that hash today; None when it is gone or the account is locked."""
    return graph.one(LOAD, hash=hashed, today=today, works_in=sorted(WORKS_IN), oversees=sorted(OVERSEES))
