"""The two habits of every change: versioned and idempotent, each in one place.

Neo4j commits are read-committed and a commit can be in doubt, so a change
- takes the write lock of what it edits before it compares versions (`Change.take`), and
- stores the key of its form in its own transaction, so that a double click, a retry or a commit in doubt
  finds it and answers truthfully (`change(..., once=...)`).
The audit entry is part of the same transaction.
"""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from graphdb import audit
from graphdb.connection import PAGE_SECONDS
from graphdb.errors import ConflictError, DatabaseAwayError, InDoubtError, MissingError, ReusedKeyError
from graphdb.statements import Nothing, Read, Write

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphdb.actors import Actor
    from graphdb.connection import Graph, Tx
    from graphdb.statements import Statement

R = TypeVar("R")

DOUBT_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Once:
    """The key a form carried and a digest of what it said; `bound` ties both to one actor and one purpose."""

    key: str
    content: str

    @classmethod
    def bound(cls, actor: Actor, purpose: str, key: str, content: object) -> Once:
        """Make a key that no other actor and no other form can meet."""
        said = json.dumps(content, sort_keys=True, default=str, ensure_ascii=False)
        return cls(_digest(actor.id, purpose, key), _digest(said))


@dataclass(frozen=True, slots=True)
class Lock:
    version: int
    archived: bool


@dataclass(frozen=True, slots=True)
class Kept:
    content: str
    result: str | None


TAKE = Write(
    Lock,
    """
    MATCH (n:Record {id: $id})
    SET n._lock = true
    WITH n REMOVE n._lock
    RETURN n.version AS version, n.archived_at IS NOT NULL AS archived
    """,
)

CLAIM_KEY = Write(
    Kept,
    """
    MERGE (k:WriteKey {key: $key})
    ON CREATE SET k.at = $at, k.content = $content
    SET k._lock = true
    RETURN k.content AS content, k.result AS result
    """,
)

SETTLE_KEY = Write(Nothing, "MATCH (k:WriteKey {key: $key}) SET k.result = $result REMOVE k._lock")

KEPT = Read(Kept, "MATCH (k:WriteKey {key: $key}) RETURN k.content AS content, k.result AS result ORDER BY k.key")


@dataclass(slots=True)
class Change:
    """An open change: its transaction, who makes it, when, and what it has done so far."""

    tx: Tx
    actor: Actor
    at: datetime
    deeds: list[audit.Deed] = field(default_factory=list)

    def run(self, statement: Statement[R], **params: Any) -> list[R]:
        """Rows of a statement inside the change."""
        return self.tx.fetch(statement, **params)

    def one(self, statement: Statement[R], **params: Any) -> R | None:
        """First row of a statement inside the change."""
        return self.tx.one(statement, **params)

    def did(self, verb: str, kind: str, record: str, fields: tuple[str, ...] = ()) -> None:
        """Note a deed for the audit trail."""
        self.deeds.append(audit.Deed(verb, kind, record, fields))

    def take(self, record: str, version: int | None = None) -> int:
        """Lock a record, then compare: the only right order (comparing first loses updates).

        Returns the version now stored. Raises MissingError, or ConflictError when it is not `version`.
        """
        lock = self.one(TAKE, id=record)
        if lock is None:
            raise MissingError(record)
        if version is not None and lock.version != version:
            raise ConflictError(record, lock.version)
        return lock.version


def change(
    graph: Graph,
    actor: Actor,
    work: Callable[[Change], str],
    *,
    once: Once | None = None,
    seconds: float = PAGE_SECONDS,
) -> str:
    """Do `work` in one transaction, exactly once per key, with its audit entries; returns what `work` returned.

    `work` may run more than once before it commits: no file and no mail in it.
    Raises ReusedKeyError when the key came before with other content, InDoubtError only when the database
    stays away so long that nobody can say whether the change was stored.
    """
    try:
        return graph.transact(lambda tx: _attempt(tx, actor, work, once), seconds)
    except InDoubtError:
        if once is None:
            raise
    found = _settle_doubt(graph, once)
    return found if found is not None else graph.transact(lambda tx: _attempt(tx, actor, work, once), seconds)


def _attempt(tx: Tx, actor: Actor, work: Callable[[Change], str], once: Once | None) -> str:
    at = datetime.now(UTC).replace(microsecond=0)
    if once is not None:
        kept = tx.fetch(CLAIM_KEY, key=once.key, content=once.content, at=at)[0]
        if kept.result is not None:
            return _earlier(kept, once)
    open_change = Change(tx, actor, at)
    result = work(open_change)
    audit.append(tx, actor.id, actor.via, at, open_change.deeds)
    if once is not None:
        tx.fetch(SETTLE_KEY, key=once.key, result=result)
    return result


def _earlier(kept: Kept, once: Once) -> str:
    assert kept.result is not None
    if kept.content != once.content:
        raise ReusedKeyError(kept.result)
    return kept.result


def _settle_doubt(graph: Graph, once: Once) -> str | None:
    """After a broken commit: the stored result, or None when it was certainly not stored."""
    deadline = time.monotonic() + DOUBT_SECONDS
    while True:
        try:
            kept = graph.one(KEPT, key=once.key)
        except (DatabaseAwayError, InDoubtError) as error:
            if time.monotonic() > deadline:
                raise InDoubtError(once.key) from error
            time.sleep(0.3)
        else:
            return kept.result if kept is not None else None


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
