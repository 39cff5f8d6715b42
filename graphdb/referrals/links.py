"""One-time links: a partner without an account answers one referral, once.

Only the hash of the secret is stored, beside the referral and the day it lapses. Opening spends nothing, answering does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ulid import ULID

from graphdb.errors import MissingError
from graphdb.statements import Found, Nothing, Read, Write

if TYPE_CHECKING:
    from datetime import datetime

    from graphdb.connection import Graph
    from graphdb.writes import Change

PURPOSE = "answer"
HOURS = 72


@dataclass(frozen=True, slots=True)
class Asked:
    """What the holder of a link is asked: no case text, nothing of other referrals."""

    referral: str
    receiver_id: str
    version: int
    state: str
    case_ref: str
    priority: str | None
    sent_on: date | None
    sender: str
    receiver: str
    service: str | None
    place: str | None
    network: str


FORGET = Write(Nothing, "MATCH (t:Token {purpose: $purpose, referral: $referral}) WHERE t.spent_at IS NULL DELETE t")
MAKE = Write(
    Nothing,
    """
    CREATE (:Token {hash: $hash, id: $id, purpose: $purpose, referral: $referral, expires_at: $expires_at, by: $by})
    """,
)
ASKED = Read(
    Asked,
    """
    MATCH (t:Token {hash: $hash, purpose: $purpose}) WHERE t.spent_at IS NULL AND t.expires_at > $now
    MATCH (s:Organisation)-[:SENT]->(r:Referral {id: t.referral})-[:TO]->(e:Organisation) WHERE r.archived_at IS NULL
    RETURN r.id AS referral, e.id AS receiver_id, r.version AS version, r.state AS state, r.case_ref AS case_ref,
           r.priority AS priority, r.sent_on AS sent_on, coalesce(s['name_' + $lang], s.name) AS sender,
           coalesce(e['name_' + $lang], e.name) AS receiver,
           head(COLLECT { MATCH (r)-[:FOR_SERVICE]->(x:ServiceType) RETURN coalesce(x['name_' + $lang], x.name) }) AS service,
           head(COLLECT { MATCH (r)-[:FOR_PLACE]->(p:Place) WHERE NOT coalesce(p.protected, false)
                          RETURN coalesce(p['name_' + $lang], p.name) }) AS place,
           coalesce(head(COLLECT { MATCH (n:Setting {key: 'network_name'}) RETURN n.value }), '') AS network
    ORDER BY referral
    """,
)
SPEND = Write(
    Found,
    """
    MATCH (t:Token {hash: $hash, purpose: $purpose})
    SET t._lock = true REMOVE t._lock
    WITH t WHERE t.spent_at IS NULL AND t.expires_at > $now
    SET t.spent_at = $now
    RETURN t.referral AS id
    """,
)


def make(change: Change, referral: str, token_hash: str) -> datetime:
    """Keep a link for a referral; an earlier one that nobody used stops working. Returns when it lapses."""
    expires = change.at + timedelta(hours=HOURS)
    change.run(FORGET, purpose=PURPOSE, referral=referral)
    change.run(
        MAKE,
        hash=token_hash,
        id=str(ULID()),
        purpose=PURPOSE,
        referral=referral,
        expires_at=expires,
        by=change.actor.id,
    )
    change.did("link", "Referral", referral)
    return expires


def asked(graph: Graph, token_hash: str, now: datetime, language: str) -> Asked | None:
    """What a link asks, while it is good. Spends nothing."""
    return graph.one(ASKED, hash=token_hash, purpose=PURPOSE, now=now, lang=language)


def spend(change: Change, token_hash: str) -> str:
    """Use a link up; returns its referral. Raises MissingError when it is spent, lapsed or unknown."""
    found = change.one(SPEND, hash=token_hash, purpose=PURPOSE, now=change.at)
    if found is None:
        raise MissingError("link")
    return found.id
