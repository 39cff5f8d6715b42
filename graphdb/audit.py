"""The audit trail: one chained entry for each change, written in the change's own transaction.

`hash = SHA-256(previous hash || canonical JSON)`; entries hold ids and field names, never values, so that
erasing a person does not break the chain. The head also counts changes per kind: these counters are the
data versions that snapshots and ETags are kept by.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ulid import ULID

from graphdb.statements import Nothing, Read, Write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphdb.connection import Graph, Tx


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done to which record; `fields` are names only."""

    verb: str
    kind: str
    record: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    hash: str
    n: int


@dataclass(frozen=True, slots=True)
class Entry:
    n: int
    id: str
    at: datetime
    actor: str
    via: str
    verb: str
    kind: str
    record: str
    fields: list[str]
    hash: str


LOCK_HEAD = Write(
    Head,
    """
    MERGE (h:AuditHead {id: 'head'})
    ON CREATE SET h.hash = '', h.n = 0, h.born = randomUUID()
    SET h._lock = true
    RETURN h.hash AS hash, h.n AS n
    """,
)

APPEND = Write(
    Nothing,
    """
    MATCH (h:AuditHead {id: 'head'})
    SET h.hash = $hash, h.n = $n, h += $versions
    WITH h
    UNWIND $entries AS entry
    CREATE (e:AuditEntry) SET e = entry
    """,
)

ENTRIES = Read(
    Entry,
    """
    MATCH (e:AuditEntry) WHERE e.n > $after
    RETURN e.n AS n, e.id AS id, e.at AS at, e.actor AS actor, e.via AS via, e.verb AS verb, e.kind AS kind,
           e.record AS record, e.fields AS fields, e.hash AS hash
    ORDER BY n LIMIT $limit
    """,
)

HISTORY = Read(
    Entry,
    """
    MATCH (e:AuditEntry {record: $record})
    RETURN e.n AS n, e.id AS id, e.at AS at, e.actor AS actor, e.via AS via, e.verb AS verb, e.kind AS kind,
           e.record AS record, e.fields AS fields, e.hash AS hash
    ORDER BY n DESC LIMIT $limit
    """,
)


def append(tx: Tx, actor: str, via: str, at: datetime, deeds: Sequence[Deed]) -> None:
    """Chain one entry per deed; call it last in a transaction, so that the head is locked shortly."""
    if not deeds:
        return
    head = tx.fetch(LOCK_HEAD)[0]
    previous, n = head.hash, head.n
    entries: list[dict[str, object]] = []
    for deed in deeds:
        n += 1
        entry: dict[str, object] = {"n": n, "id": str(ULID()), "at": at, "actor": actor, "via": via, **asdict(deed)}
        entry["fields"] = list(deed.fields)
        previous = chained(previous, entry)
        entries.append({**entry, "hash": previous})
    versions = {f"of_{deed.kind}": n for deed in deeds}
    tx.fetch(APPEND, hash=previous, n=n, versions=versions, entries=entries)


def chained(previous: str, entry: dict[str, object]) -> str:
    """Hash of an entry after the previous one's."""
    canonical = {**entry, "at": _moment(entry["at"])}
    text = json.dumps(canonical, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((previous + text).encode()).hexdigest()


def _moment(at: object) -> str:
    assert isinstance(at, datetime)
    return at.isoformat(timespec="milliseconds")


def first_break(graph: Graph, batch: int = 1000) -> int | None:
    """Number of the first entry that does not fit its chain, or None when the trail is whole."""
    previous, expected = "", 1
    while entries := graph.fetch(ENTRIES, after=expected - 1, limit=batch):
        for entry in entries:
            body: dict[str, object] = asdict(entry)
            stored = body.pop("hash")
            previous = chained(previous, body)
            if entry.n != expected or stored != previous:
                return expected
            expected += 1
    head = graph.one(HEAD)
    return None if head is None or head.n == expected - 1 else expected


HEAD = Read(Head, "MATCH (h:AuditHead {id: 'head'}) RETURN h.hash AS hash, h.n AS n ORDER BY n LIMIT 1")


@dataclass(frozen=True, slots=True)
class Versions:
    versions: dict[str, object]


VERSIONS = Read(Versions, "MATCH (h:AuditHead {id: 'head'}) RETURN properties(h) AS versions ORDER BY h.id LIMIT 1")


def data_version(graph: Graph, *kinds: str) -> int:
    """Number of the last change to any of these kinds (to anything, when none is named)."""
    row = graph.one(VERSIONS)
    if row is None:
        return 0
    numbers = [row.versions.get(f"of_{kind}", 0) for kind in kinds] or [row.versions.get("n", 0)]
    return max(number for number in numbers if isinstance(number, int))


def stamp(versions: Mapping[str, object], kinds: Sequence[str]) -> str:
    """A name for the data of these kinds as they are now: another after any change to them, and in another database.

    `versions` are the head's properties; "" while nothing was ever written.
    """
    numbers = (versions.get(f"of_{kind}", 0) for kind in kinds)
    last = max((number for number in numbers if isinstance(number, int)), default=0)
    return f"{versions.get('born', '')}:{last}" if versions.get("born") else ""


def data_stamp(graph: Graph, *kinds: str) -> str:
    """The stamp of these kinds, asked of the database."""
    row = graph.one(VERSIONS)
    return stamp(row.versions if row else {}, kinds)
