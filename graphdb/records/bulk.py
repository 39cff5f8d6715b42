"""Many records at once, for imports and starting data: the same gate, a handful of statements."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from ulid import ULID

from graphdb.errors import MissingError
from graphdb.records import text
from graphdb.records.checks import RefusedError, Stored, checked
from graphdb.records.sealing import sealed
from graphdb.records.writing import NEXT_NUMBER, bare, demand_links, folds
from graphdb.statements import Counted, Nothing, Write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphdb.catalogue import Kind
    from graphdb.connection import Graph
    from graphdb.writes import Change

BATCH = 5000

IDENTIFY_MANY = Write(
    Nothing,
    """
    UNWIND $identifiers AS entry
    MATCH (n:Record {id: entry.record})
    MERGE (i:Identifier {key: entry.key})
    ON CREATE SET i.scheme = entry.scheme, i.value = entry.value, i.record = entry.record
    MERGE (n)-[:IDENTIFIED_BY]->(i)
    """,
)


@dataclass(frozen=True, slots=True)
class New:
    """A record to be made. `id` may be given, so that others can link to it before it is stored."""

    values: Mapping[str, object]
    links: Mapping[str, Sequence[str]] = field(default_factory=dict[str, "Sequence[str]"])
    id: str = ""
    subject: str = ""
    extra: Mapping[str, Stored] = field(default_factory=dict[str, Stored])


class RowRefusedError(RefusedError):
    """One of many was refused; `row` is its place in the sequence, from 0."""

    def __init__(self, row: int, refused: RefusedError) -> None:
        super().__init__(refused.problems)
        self.row = row


def create_many(change: Change, graph: Graph, kind: Kind, rows: Sequence[New], *, verb: str = "create") -> list[str]:
    """Make records of one kind; returns their ids in order. Raises RowRefusedError, MissingError for a link to nothing."""
    ids = [row.id or str(ULID()) for row in rows]
    props = [_props(change, graph, kind, row, record, n) for n, (row, record) in enumerate(zip(rows, ids, strict=True))]
    if kind.prefix and rows:
        last = change.run(NEXT_NUMBER, prefix=kind.prefix, take=len(rows))[0].n
        for n, one in enumerate(props):
            one["ref"] = f"{kind.prefix}-{last - len(rows) + 1 + n:04d}"
    for batch in _batches(props):
        change.run(Write(Nothing, text.creating_many(kind)), rows=batch)
    _link_many(change, kind, rows, ids)
    for batch in _batches(_identifiers(props)):
        change.run(IDENTIFY_MANY, identifiers=batch)
    for record in ids:
        change.did(verb, kind.label, record)
    return ids


def _props(change: Change, graph: Graph, kind: Kind, row: New, record: str, n: int) -> dict[str, Any]:
    try:
        stored = checked(kind, {declared.name: row.values.get(declared.name) for declared in kind.fields})
        demand_links(kind, row.links, whole=True)
    except RefusedError as refused:
        raise RowRefusedError(n, refused) from None
    props: dict[str, Any] = {**row.extra, **sealed(graph, kind, record, row.subject or record, 1, stored)}
    props |= {"id": record, "version": 1, "created_at": change.at, "changed_at": change.at, "by": change.actor.id}
    if row.subject:
        props["subject"] = row.subject
    return bare(props | folds(kind, stored))


def _link_many(change: Change, kind: Kind, rows: Sequence[New], ids: Sequence[str]) -> None:
    for link in kind.links:
        pairs = [
            {"id": record, "target": target}
            for row, record in zip(rows, ids, strict=True)
            for target in dict.fromkeys(row.links.get(link.name, ()))
        ]
        for batch in _batches(pairs):
            made = change.run(Write(Counted, text.linking_many(kind, link)), pairs=batch)[0].n
            if made != len(batch):
                raise MissingError(f"{kind.label}.{link.name}")


def _identifiers(props: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"record": one["id"], "key": entry, "scheme": entry.partition(":")[0], "value": entry.partition(":")[2]}
        for one in props
        for entry in cast("list[str]", one.get("identifiers", []))
    ]


def _batches(rows: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(rows), BATCH):
        yield list(rows[start : start + BATCH])
