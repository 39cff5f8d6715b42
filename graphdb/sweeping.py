"""What a running installation needs for a while only is deleted once nobody can need it any more.

Sessions, counters of failed sign-ins, remembered phones, one-time links, the keys of forms: technical traces of people
that no page shows. Records and the audit are never swept.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from graphdb.phones import IDLE
from graphdb.statements import Counted, Write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from graphdb.connection import Graph

LIMIT = 1000
"""Deleted in one transaction."""

SESSIONS = Write(
    Counted,
    "MATCH (s:Session) WHERE s.seen_at < $before WITH s ORDER BY s.seen_at LIMIT $limit DELETE s RETURN count(*) AS n",
)
COUNTERS = Write(
    Counted,
    "MATCH (c:LoginCounter) WHERE c.since < $before WITH c ORDER BY c.since LIMIT $limit DELETE c RETURN count(*) AS n",
)
PHONES = Write(
    Counted,
    "MATCH (d:Device) WHERE d.seen_at < $before WITH d ORDER BY d.seen_at LIMIT $limit DELETE d RETURN count(*) AS n",
)
LINKS = Write(
    Counted,
    "MATCH (t:Token) WHERE t.expires_at < $before WITH t ORDER BY t.expires_at LIMIT $limit DELETE t RETURN count(*) AS n",
)
KEYS = Write(
    Counted,
    "MATCH (k:WriteKey) WHERE k.at < $before WITH k ORDER BY k.at LIMIT $limit DELETE k RETURN count(*) AS n",
)

KEPT: dict[str, tuple[Write[Counted], timedelta]] = {
    "sessions": (SESSIONS, timedelta(days=1)),  # none lives longer than ten hours
    "counters": (COUNTERS, timedelta(days=1)),  # failures count for a quarter of an hour
    "phones": (PHONES, IDLE),
    "links": (LINKS, timedelta(days=30)),  # a month after it ran out a late visitor still reads why it does not work
    # a phone may send its queue again for as long as it is remembered: its keys outlive that
    "keys": (KEYS, 3 * IDLE),
}


def sweep(graph: Graph, now: datetime) -> Iterator[tuple[str, int]]:
    """Delete what is older than its time in `KEPT`, piece by piece; yields what, and how many, after each piece."""
    for name, (statement, age) in KEPT.items():
        deleted = LIMIT
        while deleted == LIMIT:
            found = graph.transact(
                lambda tx, each=statement, before=now - age: tx.one(each, before=before, limit=LIMIT)
            )
            deleted = found.n if found else 0
            yield name, deleted
