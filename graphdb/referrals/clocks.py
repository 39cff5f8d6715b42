"""The clocks of referrals: who is reminded, what is brought before others, what lapses. Each happens once per question.

A referral waits since it was sent or reopened; one that came from a list, since it was reopened here. Past its limit the
receiver is reminded; past twice its limit sender and coordinator are told; without an answer when its consent ends, or
after ninety days, it lapses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from analytics.referral_steps import limit
from graphdb.referrals.writing import expire
from graphdb.statements import Found, Nothing, Read, Write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphdb.connection import Graph
    from graphdb.writes import Change

LAPSES = timedelta(days=90)
TWICE = 2


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A referral that waits: since when, and what was done about it."""

    id: str
    state: str
    priority: str | None
    since: datetime
    reminded: bool
    escalated: bool
    consent_until: date | None
    sender: str
    receiver: str

    def late(self, now: datetime, limits: Mapping[str, timedelta]) -> int:
        """How many of its limits are over."""
        return int((now - self.since) / limit(self.priority, limits))

    def over(self, now: datetime) -> bool:
        """Whether it has waited too long for any answer, or the consent has ended."""
        ended = self.consent_until is not None and self.consent_until <= now.date()
        return ended or now - self.since >= LAPSES


UNANSWERED = Read(
    Unanswered,
    """
    MATCH (s:Organisation)-[:SENT]->(r:Referral)-[:TO]->(e:Organisation)
    WHERE r.archived_at IS NULL AND r.state IN ['sent', 'reopened'] AND r.sent_on IS NOT NULL
      AND (r.import_id IS NULL OR r.asked_at IS NOT NULL)
    WITH s, r, e, coalesce(r.asked_at, datetime({date: r.sent_on})) AS since ORDER BY since, r.id LIMIT $limit
    RETURN r.id AS id, r.state AS state, r.priority AS priority, since, r.reminded_at IS NOT NULL AS reminded,
           r.escalated_at IS NOT NULL AS escalated,
           head(COLLECT { MATCH (r)-[:UNDER]->(c:Consent) RETURN c.until }) AS consent_until, s.id AS sender, e.id AS receiver
    ORDER BY since, id
    """,
)
REMIND = Write(
    Found,
    """
    MATCH (r:Referral {id: $id}) WHERE r.state IN ['sent', 'reopened'] AND r.reminded_at IS NULL
    SET r.reminded_at = $at RETURN r.id AS id
    """,
)
ESCALATE = Write(
    Found,
    """
    MATCH (r:Referral {id: $id}) WHERE r.state IN ['sent', 'reopened'] AND r.escalated_at IS NULL
    SET r.escalated_at = $at RETURN r.id AS id
    """,
)
LAPSE_CONSENTS = Write(
    Nothing,
    """
    MATCH (c:Consent) WHERE c.state IN ['given', 'asked'] AND c.until <= $today
    SET c.state = 'expired', c.version = c.version + 1, c.changed_at = $at
    """,
)


@dataclass(frozen=True, slots=True)
class Rung:
    """What the clock did: organisations to be told that something waits past its limit, and past twice its limit."""

    remind: tuple[str, ...]
    escalate: tuple[str, ...]
    lapsed: int


def unanswered(graph: Graph, limit: int = 5000) -> list[Unanswered]:
    """Referrals without an answer, the oldest first. One statement."""
    return graph.fetch(UNANSWERED, limit=limit)


def ring(change: Change, graph: Graph, waiting: list[Unanswered], limits: Mapping[str, timedelta]) -> Rung:
    """Remind, escalate and let lapse what is due at the moment of the change."""
    remind: list[str] = []
    escalate: list[str] = []
    lapsed = 0
    change.run(LAPSE_CONSENTS, today=change.at.date(), at=change.at)
    for one in waiting:
        late = one.late(change.at, limits)
        if one.over(change.at):
            lapsed += expire(change, graph, one.id)
        elif late >= TWICE and not one.escalated and change.run(ESCALATE, id=one.id, at=change.at):
            change.did("escalate", "Referral", one.id)
            escalate.append(one.sender)
        elif late >= 1 and not one.reminded and change.run(REMIND, id=one.id, at=change.at):
            change.did("remind", "Referral", one.id)
            remind.append(one.receiver)
    return Rung(tuple(dict.fromkeys(remind)), tuple(dict.fromkeys(escalate)), lapsed)
