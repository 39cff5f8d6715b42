"""Phones that are remembered: each may log contacts of its holder's own pairs, and nothing else.

A `Device` keeps the hash of its key, whose it is, when it was last used, and for each pair a random handle. The phone
knows handles only: whoever reads it learns no id and no name. Roles, account and pairs are asked anew at every use.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from graphdb.errors import MissingError
from graphdb.mentoring import OPEN
from graphdb.statements import Found, Nothing, Read, Write
from graphdb.tokens import hash_token

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphdb.connection import Graph
    from graphdb.writes import Change

PURPOSE = "phone"
IDLE = timedelta(days=30)
"""A phone that was not used for so long is forgotten."""
TOUCH_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone at work: its holder, and the handles of pairs as "handle=pair"."""

    id: str
    account: str
    person: str
    handles: list[str]
    seen_at: datetime

    @property
    def pairs(self) -> dict[str, str]:
        """Pairs by their handles."""
        return dict(entry.split("=", 1) for entry in self.handles)


@dataclass(frozen=True, slots=True)
class Listed:
    """A phone as its holder's account page shows it."""

    id: str
    made_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Handles:
    handles: list[str]


AT_WORK = Read(
    Phone,
    """
    MATCH (d:Device {hash: $hash}) WHERE d.seen_at > $since
    MATCH (a:Account {id: d.account})-[:IS]->(p:Person) WHERE a.active AND p.archived_at IS NULL
      AND EXISTS { MATCH (a)-[:HOLDS]->(r:RoleGrant)
        WHERE r.role IN $roles AND (r.valid_from IS NULL OR r.valid_from <= $today)
          AND (r.valid_to IS NULL OR r.valid_to > $today) }
    RETURN d.id AS id, a.id AS account, p.id AS person, d.handles AS handles,
           d.seen_at AS seen_at
    ORDER BY id
    """,
)

PHONES_OF = Read(
    Listed,
    "MATCH (d:Device {account: $account}) WHERE d.seen_at > $since"
    " RETURN d.id AS id, d.made_at AS made_at, d.seen_at AS seen_at ORDER BY seen_at DESC, id LIMIT 50",
)

HANDLES_OF = Read(Handles, "MATCH (d:Device {id: $id}) RETURN d.handles AS handles ORDER BY d.id")

REMEMBER = Write(
    Nothing,
    """
    MERGE (d:Device {id: $id})
    ON CREATE SET d.made_at = $at
    SET d.account = $account, d.hash = $hash, d.handles = $handles, d.seen_at = $at
    """,
)

USED = Write(Nothing, "MATCH (d:Device {id: $id}) SET d.seen_at = $at")

FORGET = Write(Found, "MATCH (d:Device {id: $id, account: $account}) WITH d, d.id AS id DELETE d RETURN id")

FORGET_IDLE = Write(Nothing, "MATCH (d:Device {account: $account}) WHERE d.seen_at <= $since DELETE d")

STILL_OPEN = Read(
    Found,
    """
    MATCH (p:Person {id: $person})-[:MENTORS_IN|MENTEE_IN]->(m:Mentorship)
    WHERE m.id IN $pairs AND m.archived_at IS NULL AND m.state IN $open
    RETURN DISTINCT m.id AS id ORDER BY id
    """,
)


def remember(
    change: Change, account: str, name: str, key_hash: str, pairs: Iterable[str]
) -> tuple[str, dict[str, str]]:
    """Remember a phone by the hash of its key; returns its id and the handles of these pairs.

    `name` is the phone's own random one: the same phone of the same account is one device with a newer key, and its
    earlier handles hold, so that what waits on it can still be sent.
    """
    device = hash_token("phone of an account", f"{account} {name}")[:26]
    change.run(FORGET_IDLE, account=account, since=change.at - IDLE)
    known = change.one(HANDLES_OF, id=device)
    handles = {pair: handle for handle, pair in (entry.split("=", 1) for entry in (known.handles if known else ()))}
    handles |= {pair: secrets.token_urlsafe(9) for pair in pairs if pair not in handles}
    listed = [f"{handle}={pair}" for pair, handle in handles.items()]
    change.run(REMEMBER, id=device, account=account, hash=key_hash, handles=listed, at=change.at)
    change.did("remember_phone", "Account", account)
    return device, handles


def at_work(graph: Graph, key: str, roles: Iterable[str], now: datetime) -> Phone | None:
    """The phone with that key; None when it is forgotten or idle too long, its account locked, or its role over."""
    found = graph.one(AT_WORK, hash=hash_token(PURPOSE, key), roles=sorted(roles), since=now - IDLE, today=now.date())
    if found is not None and now - found.seen_at > TOUCH_AFTER:
        graph.transact(lambda tx: tx.fetch(USED, id=found.id, at=now))
    return found


def open_handles(graph: Graph, phone: Phone) -> list[str]:
    """Handles of the pairs that are still open and its holder's."""
    mine: Mapping[str, str] = {pair: handle for handle, pair in phone.pairs.items()}
    rows = graph.fetch(STILL_OPEN, person=phone.person, pairs=list(mine), open=OPEN)
    return [mine[row.id] for row in rows]


def phones_of(graph: Graph, account: str, now: datetime) -> list[Listed]:
    """Phones an account is remembered on, the last used first."""
    return graph.fetch(PHONES_OF, account=account, since=now - IDLE)


def forget(change: Change, account: str, device: str) -> None:
    """Forget a phone of this account. Raises MissingError for one that is not its own or gone."""
    if change.one(FORGET, id=device, account=account) is None:
        raise MissingError(device)
    change.did("forget_phone", "Account", account)
