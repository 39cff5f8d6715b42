"""Approving minutes: a draft becomes approved, with who and when; it is opened again only with a note that says why.

`minutes_state` of the meeting is a cache of the last `(Meeting)-[:HAS_EVENT]->(Event)`. What was promised is kept as it was
approved on `(Decision)-[:REQUIRES {text, due, owner}]->(ActionPoint)`: actions live on, approved minutes do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ulid import ULID

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.meetings.agenda import STATE_OF, IllegalStepError
from graphdb.statements import Nothing, Write

if TYPE_CHECKING:
    from graphdb.connection import Graph
    from graphdb.writes import Change

DRAFT, APPROVED = "minutes_draft", "minutes_approved"
_MEETING = kind_of("Meeting")


NOTE_STEP = Write(
    Nothing,
    """
    MATCH (m:Meeting {id: $meeting})
    CREATE (m)-[:HAS_EVENT]->(:Event {id: $id, kind: $kind, at: $at, by: $by, from_state: $before, to_state: $after,
                                      reason: $note})
    """,
)

KEEP_PROMISES = Write(
    Nothing,
    """
    MATCH (:Meeting {id: $meeting})-[:HAS_ITEM]->(:AgendaItem)-[:LED_TO]->(:Decision)-[q:REQUIRES]->(p:ActionPoint)
    SET q.text = p.text, q.due = p.due, q.owner = head(COLLECT { MATCH (p)-[:OWNED_BY]->(o:Organisation) RETURN o.id })
    """,
)

FREE_PROMISES = Write(
    Nothing,
    """
    MATCH (:Meeting {id: $meeting})-[:HAS_ITEM]->(:AgendaItem)-[:LED_TO]->(:Decision)-[q:REQUIRES]->(:ActionPoint)
    REMOVE q.text, q.due, q.owner
    """,
)


def approve(c: Change, graph: Graph, meeting: str, version: int) -> int:
    """Approve the minutes of a meeting that was held; returns its version. Raises ConflictError, IllegalStepError."""
    now = _step(c, graph, meeting, version, DRAFT, APPROVED, None)
    c.run(KEEP_PROMISES, meeting=meeting)
    return now


def reopen(c: Change, graph: Graph, meeting: str, version: int, note: str) -> int:
    """Open approved minutes again, saying why. Raises ConflictError, IllegalStepError, ValueError without a note."""
    if not note.strip():
        raise ValueError(meeting)
    now = _step(c, graph, meeting, version, APPROVED, DRAFT, note)
    c.run(FREE_PROMISES, meeting=meeting)
    return now


def _step(c: Change, graph: Graph, meeting: str, version: int, before: str, after: str, note: str | None) -> int:
    c.take(meeting, version)
    stands = c.run(STATE_OF, id=meeting)[0]
    if stands.state != "held" or (stands.minutes or DRAFT) != before:
        raise IllegalStepError(stands.minutes or stands.state, after)
    kind = APPROVED if after == APPROVED else "minutes_reopened"
    c.run(
        NOTE_STEP, meeting=meeting, id=str(ULID()), kind=kind, at=c.at, by=c.actor.id, before=before, after=after,
        note=note,
    )  # fmt: skip
    c.did(kind, "Meeting", meeting, ("minutes_state",))
    return records.update(c, graph, _MEETING, meeting, version, {"minutes_state": after})
