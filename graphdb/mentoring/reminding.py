"""What somebody in mentoring is reminded of by mail: each once, however often it is looked for.

A concern that nobody has taken in hand (at once, after a day, after three), a session of supervision that is late, a pair
that went quiet, an agreement of a pair that ends within two weeks. The letter says that something waits, never what.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, LiteralString

from graphdb import outbox
from graphdb.statements import Counted, Nothing, Read, Write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graphdb.connection import Graph
    from graphdb.outbox import Letter
    from graphdb.writes import Change

ENDS_DAYS = 14
AGREED_UNTIL: LiteralString = "coalesce(m.agreed_until, m.valid_to)"
"""Until when a pair `m` that has not ended is meant to go on; null where nobody wrote it down."""


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder not given yet: what makes it the same another time, and whom it goes to."""

    key: str
    people: list[str]


DUE = Read(
    Due,
    """
    CALL () {
        MATCH (n:Concern {state: 'raised'})-[:MEANT_FOR]->(p:Person) WHERE n.archived_at IS NULL
        WITH n, p, duration.inDays(n.raised_on, $on).days AS days
        WITH n, p, CASE WHEN days >= 3 THEN 3 WHEN days >= 1 THEN 1 ELSE 0 END AS step
        RETURN 'concern|' + n.id + '|' + step AS key, [p.id] AS people
      UNION
        MATCH (p:Person {role_class: 'mentor'})-[:IN_PROGRAMME]->(g:Programme)
        WHERE p.archived_at IS NULL AND coalesce(p.state, '') <> 'left'
          AND EXISTS { MATCH (p)-[:MENTORS_IN]->(m:Mentorship {state: 'active'}) WHERE m.archived_at IS NULL }
        WITH p, g,
             head(COLLECT { MATCH (s:Supervision)-[:SUPERVISES]->(p) WHERE s.archived_at IS NULL AND s.on <= $on
               RETURN s.on AS held ORDER BY held DESC LIMIT 1 }) AS last,
             head(COLLECT { MATCH (p)-[:MENTORS_IN]->(m:Mentorship) WHERE m.archived_at IS NULL AND m.valid_from IS NOT NULL
               RETURN m.valid_from AS since ORDER BY since LIMIT 1 }) AS first
        WITH p, g, coalesce(last, first) AS begun WHERE begun < $on - duration({days: $every})
        RETURN 'supervision|' + p.id + '|' + toString(begun) AS key, COLLECT {
          MATCH (g)<-[:IN]-(r:RoleGrant {role: 'supervisor'})<-[:HOLDS]-(:Account {active: true})-[:IS]->(who:Person)
          WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
          RETURN DISTINCT who.id AS id ORDER BY id
        } AS people
      UNION
        MATCH (p:Person)-[:MENTORS_IN]->(m:Mentorship {state: 'active'}) WHERE m.archived_at IS NULL
        WITH p, m, head(COLLECT { MATCH (c:Contact)-[:IN]->(m) WHERE c.archived_at IS NULL AND c.on <= $on
          RETURN c.on AS spoke ORDER BY spoke DESC LIMIT 1 }) AS last
        WITH p, m, coalesce(last, m.valid_from) AS begun WHERE begun <= $on - duration({days: $quiet})
        RETURN 'quiet|' + m.id + '|' + toString(begun) AS key, [p.id] AS people
      UNION
        MATCH (m:Mentorship {state: 'active'})-[:IN_PROGRAMME]->(g:Programme) WHERE m.archived_at IS NULL
        WITH m, g, """
    + AGREED_UNTIL
    + """ AS until WHERE until <= $on + duration({days: $ends})
        RETURN 'ends|' + m.id + '|' + toString(until) AS key, COLLECT {
          MATCH (g)<-[:IN]-(r:RoleGrant {role: 'coordinator'})<-[:HOLDS]-(:Account {active: true})-[:IS]->(who:Person)
          WHERE (r.valid_from IS NULL OR r.valid_from <= $on) AND (r.valid_to IS NULL OR r.valid_to > $on)
          RETURN DISTINCT who.id AS id ORDER BY id
        } AS people
    }
    WITH key, people WHERE size(people) > 0 AND NOT EXISTS { MATCH (:Reminder {key: key}) }
    RETURN key, people ORDER BY key LIMIT $limit
    """,
)

GIVEN = Read(Counted, "MATCH (k:Reminder {key: $key}) RETURN count(k) AS n ORDER BY n")
NOTE = Write(Nothing, "MERGE (k:Reminder {key: $key}) ON CREATE SET k.at = $at")


def due(graph: Graph, on: date, every: int, quiet: int, limit: int = 500) -> list[Due]:
    """Reminders that are due on a day and were not given. `every`, `quiet`: days between sessions, without contact."""
    return graph.fetch(DUE, on=on, every=every, quiet=quiet, ends=ENDS_DAYS, limit=limit)


def remind(c: Change, graph: Graph, one: Due, letters: Sequence[Letter]) -> int:
    """Note the reminder, and put its letters into the outbox; returns how many. None where it was given meanwhile."""
    if c.run(GIVEN, key=one.key)[0].n:
        return 0
    c.run(NOTE, key=one.key, at=c.at)
    for letter in letters:
        outbox.post(c, graph.vault, letter)
    return len(letters)
