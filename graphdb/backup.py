"""Backup and restoration: the whole graph and its keys in one sealed file.

Inside the seal: gzip of JSON lines. First {"format", "schema", "made_at"}; then pieces {"nodes": [[at, labels, values],
...]} and {"ties": [[source, name, target, values], ...]}; then {"keys": the document of `vault/portable.py`}; at the end
{"end": {"nodes", "ties", "digest"}}. The file is verified to its last byte before anything of it is used.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar, cast

from graphdb import audit, erasing, whole
from graphdb.actors import Actor
from graphdb.connection import LONG_SECONDS
from graphdb.digest import Digest, digest
from graphdb.errors import GraphError
from graphdb.schema import VERSION, NewerDataError
from graphdb.statements import Counted, Nothing, Read, Write
from graphdb.vault import sealed
from graphdb.vault.keystore import SqliteKeyStore
from graphdb.vault.portable import export_keys, import_keys
from graphdb.writes import change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

    from graphdb.connection import Graph, Tx

T = TypeVar("T")

FORMAT = "mrezha-backup-1"
PIECE = 1000
RESTORER = Actor("restore", "command")


class BackupError(GraphError):
    """A backup that cannot be made or restored; the text says why, what is kept and what to do."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a backup holds."""

    nodes: int
    ties: int
    digest: str


@dataclass(frozen=True, slots=True)
class Made:
    pairs: list[list[str]]


IN_USE = Read(Counted, "MATCH (n) WHERE any(label IN labels(n) WHERE label IN $labels) RETURN count(n) AS n")
CLEAR = Write(Nothing, "MATCH (n) WHERE none(label IN labels(n) WHERE label IN $kept) DETACH DELETE n")
MARK = Write(Nothing, "MERGE (s:Setting {key: $key}) SET s.value = $value")
UNMARK = Write(Nothing, "MATCH (s:Setting {key: $key}) DELETE s")
MARKED = Read(Counted, "MATCH (s:Setting {key: $key}) RETURN count(s) AS n")
MAKE_NODES = Write(
    Made,
    """
    UNWIND $rows AS row
    CREATE (n:$(row.labels)) SET n = row.values
    RETURN collect([row.at, elementId(n)]) AS pairs
    """,
)
MAKE_TIES = Write(
    Nothing,
    """
    UNWIND $rows AS row
    MATCH (a) WHERE elementId(a) = row.source
    MATCH (b) WHERE elementId(b) = row.target
    CREATE (a)-[r:$(row.name)]->(b) SET r = row.values
    """,
)
# Of an erased person a mark stays, and of their pairs what counts of the past need (graphdb/erasing.py).
FORGET = Write(
    Nothing,
    """
    MATCH (n:Record) WHERE (n.subject IN $subjects OR n.id IN $subjects) AND NOT coalesce(n.state, '') = 'erased'
      AND NOT EXISTS { (n)<-[:MENTORS_IN|MENTEE_IN]-(:Person {state: 'erased'}) }
      AND NOT EXISTS { (n)-[:IN]->(:Mentorship)<-[:MENTORS_IN|MENTEE_IN]-(:Person {state: 'erased'}) }
    DETACH DELETE n
    """,
)
RESTORING = "restoring"
IN_USE_LABELS = ("Account", "Record")


def write(graph: Graph, path: Path, secret: sealed.Secret) -> Told:
    """Write the network into a sealed file that appears under its name only when it is whole.

    No change commits meanwhile: the backup holds the head of the audit trail, which every change needs. So it is one
    moment's picture, though the database gives none to a long reading.
    """

    def work(tx: Tx) -> Told:
        tx.fetch(audit.LOCK_HEAD)
        with sealed.create(path, secret) as stream, gzip.GzipFile(fileobj=cast("BinaryIO", stream), mode="wb") as out:
            return _written(tx, store_of(graph), out)

    return graph.transact(work, LONG_SECONDS)


def restore(graph: Graph, path: Path, secret: sealed.Secret, erased_since: Mapping[str, str] | None = None) -> Told:
    """Fill an empty home from a backup; anything else is refused untouched. Raises BackupError, VaultError.

    `erased_since` (subject -> day) are erasures younger than the backup: their keys stay out and their records go.
    """
    _demand_empty(graph)
    with sealed.open_verified(path, secret) as stream, gzip.GzipFile(fileobj=cast("BinaryIO", stream)) as lines:
        told = _filled(graph, lines, erased_since or {})
    if digest(graph) != told.digest:
        message = "What was restored differs from what was backed up. Empty the home and try another backup."
        raise BackupError(message)
    if erased_since:
        _erase_again(graph, erased_since)
    return told


def _erase_again(graph: Graph, erased_since: Mapping[str, str]) -> None:
    for subject, day in erased_since.items():
        if erasing.standing(graph, subject):
            on = date.fromisoformat(day)
            change(graph, RESTORER, lambda c, who=subject, on=on: erasing.erase(c, graph, who, None, on).ref)
    graph.transact(lambda tx: tx.fetch(FORGET, subjects=list(erased_since)))


def store_of(graph: Graph) -> SqliteKeyStore:
    """The keys of this home. Raises BackupError where they live elsewhere."""
    if not isinstance(graph.vault.keys, SqliteKeyStore):
        message = "The keys of this network are not kept in its home; back them up where they are."
        raise BackupError(message)
    return graph.vault.keys


def unfinished(graph: Graph) -> bool:
    """Whether a restoration into this home broke off."""
    row = graph.one(MARKED, key=RESTORING)
    return bool(row and row.n)


def _written(tx: Tx, keys: SqliteKeyStore, out: gzip.GzipFile) -> Told:
    made_at = datetime.now(UTC).replace(microsecond=0).isoformat()
    _put(out, {"format": FORMAT, "schema": VERSION, "made_at": made_at})
    counted, where, many = Digest(), whole.places(tx), 0
    for nodes in _pieces(whole.nodes(tx, where)):
        for node in nodes:
            counted.node(node)
        _put(out, {"nodes": [[node.at, node.labels, node.values] for node in nodes]})
    for ties in _pieces(whole.ties(tx, where)):
        for tie in ties:
            counted.tie(tie)
        many += len(ties)
        _put(out, {"ties": [[tie.source, tie.name, tie.target, tie.values] for tie in ties]})
    _put(out, {"keys": export_keys(keys).decode()})
    told = Told(len(where), many, counted.hex())
    _put(out, {"end": {"nodes": told.nodes, "ties": told.ties, "digest": told.digest}})
    return told


def _put(out: gzip.GzipFile, said: dict[str, Any]) -> None:
    out.write(json.dumps(said, default=whole.as_json, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")


def _pieces(rows: Iterable[T]) -> Iterator[list[T]]:
    going = iter(rows)
    while piece := list(islice(going, PIECE)):
        yield piece


def _demand_empty(graph: Graph) -> None:
    if unfinished(graph):
        message = "A restoration into this home broke off. Delete the home's folder and restore again."
        raise BackupError(message)
    used = graph.one(IN_USE, labels=list(IN_USE_LABELS))
    if (used and used.n) or store_of(graph).contents().rows:
        message = (
            "This home already holds a network. Nothing was changed. "
            "Restore into an empty home: set MREZHA_HOME to a new folder."
        )
        raise BackupError(message)


def _filled(graph: Graph, lines: Iterable[bytes], erased_since: Mapping[str, str]) -> Told:
    """Put the lines of a verified backup into the empty graph; the mark goes last."""
    going = iter(lines)
    _demand_readable(json.loads(next(going)))
    graph.transact(lambda tx: tx.fetch(CLEAR, kept=["Schema"]))  # what a first start leaves: a link, an entry
    graph.transact(lambda tx: tx.fetch(MARK, key=RESTORING, value=FORMAT))
    moved: dict[str, str] = {}
    for line in going:
        said = json.loads(line, object_hook=whole.from_json)
        if "nodes" in said:
            _make_nodes(graph, said["nodes"], moved)
        elif "ties" in said:
            _make_ties(graph, said["ties"], moved)
        elif "keys" in said:
            import_keys(store_of(graph), said["keys"].encode(), erased_since)
        else:
            graph.transact(lambda tx: tx.fetch(UNMARK, key=RESTORING))
            return Told(**said["end"])
    message = "This backup has no end. Take another one, or an older one."
    raise BackupError(message)


def _demand_readable(head: dict[str, Any]) -> None:
    if head.get("format") != FORMAT:
        message = "This sealed file is no backup of a network. Nothing was changed."
        raise BackupError(message)
    if head["schema"] > VERSION:
        message = "A newer Mrezha made this backup. Nothing was changed. Install the newer program, then restore."
        raise NewerDataError(message)


def _make_nodes(graph: Graph, rows: list[list[Any]], moved: dict[str, str]) -> None:
    wanted = [{"at": at, "labels": labels, "values": values} for at, labels, values in rows]
    made = graph.transact(lambda tx: tx.fetch(MAKE_NODES, rows=wanted)[0].pairs, LONG_SECONDS)
    moved.update((old, new) for old, new in made)


def _make_ties(graph: Graph, rows: list[list[Any]], moved: dict[str, str]) -> None:
    wanted = [
        {"source": moved[source], "name": name, "target": moved[target], "values": values}
        for source, name, target, values in rows
    ]
    graph.transact(lambda tx: tx.fetch(MAKE_TIES, rows=wanted), LONG_SECONDS)
