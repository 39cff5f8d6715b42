"""An import as it is written: a node that says what came when from which files, and the records it brings.

Large lists are written in several changes, since a transaction has to fit into the database's memory; each is whole,
the import is `running` until the last one, and a repeated run finds what is there and writes the rest.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from graphdb import records
from graphdb.audit import HEAD
from graphdb.errors import ConflictError, GraphError
from graphdb.records.writing import NEXT_NUMBER
from graphdb.statements import Counted, Found, Nothing, Read, Write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphdb.catalogue import Kind
    from graphdb.connection import Graph, Tx
    from graphdb.writes import Change

COUNTER = "IMP"


class OvertakenError(GraphError):
    """Something else was written since the list was matched with the registry: match again."""


@dataclass(frozen=True, slots=True)
class Import:
    """An import as stored. `state` is running, done or undone; the rest as `begin` and `end` wrote it.

    `report` is JSON: counts, what was refused, warnings, duplicates.
    """

    id: str
    ref: str | None
    at: datetime
    by: str
    files: list[str]
    rows: int
    state: str
    report: str | None
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Noted:
    """A service or organisation that the list confirms: its dates and states from now on."""

    id: str
    version: int
    assured: tuple[date, ...]
    assured_on: date | None
    states: tuple[str, ...] = ()
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """An organisation at a meeting, perhaps through a person; `mode` None: only invited."""

    organisation: str
    meeting: str
    person: str | None
    mode: str | None


_COLUMNS = """
    RETURN i.id AS id, i.ref AS ref, i.at AS at, i.by AS by, i.files AS files, i.rows AS rows, i.state AS state,
           i.report AS report, i.done_at AS done_at
"""

BEGIN = Write(
    Nothing,
    """
    MERGE (i:Import {id: $id})
    ON CREATE SET i.ref = $ref, i.at = $at, i.by = $by, i.files = $files, i.rows = $rows, i.digest = $digest,
                  i.state = 'running'
    """,
)

END = Write(Nothing, "MATCH (i:Import {id: $id}) SET i.state = 'done', i.report = $report, i.done_at = $at")

BROKEN_OFF = Read(
    Found, "MATCH (i:Import {digest: $digest, state: 'running'}) RETURN i.id AS id ORDER BY i.at DESC LIMIT 1"
)

ONE = Read(Import, "MATCH (i:Import {id: $id})" + _COLUMNS + "ORDER BY id")

LIST = Read(
    Import,
    "MATCH (i:Import) WHERE i.by = $by OR $everybody" + _COLUMNS + "ORDER BY at DESC, id LIMIT $limit",
)


@dataclass(frozen=True, slots=True)
class Made:
    label: str
    n: int


MADE = Read(
    Made,
    """
    MATCH (n:Record {import_id: $id})
    RETURN head([label IN labels(n) WHERE label <> 'Record']) AS label, count(*) AS n
    ORDER BY label
    """,
)

CHANGED = Read(Counted, "MATCH (:Import {id: $id})-[:CHANGED]->(n:Record) RETURN count(n) AS n ORDER BY n")

ATTENDED = Read(
    Counted, "MATCH (:Organisation)-[a:ATTENDED {import_id: $id}]->(:Meeting) RETURN count(a) AS n ORDER BY n"
)

NAME_IMPORTED = Write(
    Nothing,
    """
    UNWIND $rows AS row
    MATCH (n:Record {id: row.record})
    CREATE (n)-[:IDENTIFIED_BY]->(:Identifier {key: row.key, scheme: 'import', value: row.value, record: row.record, import_id: $import})
    """,
)

NOTE = Write(
    Counted,
    """
    UNWIND $rows AS row
    MATCH (n:Record {id: row.id})
    SET n._lock = true
    WITH n, row REMOVE n._lock
    WITH n, row WHERE n.version = row.version
    MATCH (i:Import {id: $import})
    MERGE (i)-[c:CHANGED]->(n)
    ON CREATE SET c.noted = true, c.assured = n.assured, c.assured_on = n.assured_on, c.states = n.states,
                  c.status = n.status
    SET c.version = n.version + 1,
        n.assured = row.assured, n.assured_on = row.assured_on,
        n.states = coalesce(row.states, n.states), n.status = coalesce(row.status, n.status),
        n.version = n.version + 1, n.changed_at = $at
    RETURN count(n) AS n
    """,
)

REVISED = Write(
    Nothing,
    """
    MATCH (i:Import {id: $import})
    MATCH (n:Record {id: $id})
    MERGE (i)-[c:CHANGED]->(n)
    SET c.revised = true, c.version = n.version
    """,
)

ATTEND = Write(
    Counted,
    """
    UNWIND $rows AS row
    MATCH (o:Organisation {id: row.organisation})
    MATCH (m:Meeting {id: row.meeting})
    CREATE (o)-[:ATTENDED {mode: row.mode, person: row.person, import_id: $import}]->(m)
    RETURN count(*) AS n
    """,
)

INVITE = Write(
    Counted,
    """
    UNWIND $rows AS row
    MATCH (o:Organisation {id: row.organisation})
    MATCH (m:Meeting {id: row.meeting})
    MERGE (o)-[r:INVITED]->(m)
    ON CREATE SET r.import_id = $import
    RETURN count(*) AS n
    """,
)


def head(tx: Tx) -> int:
    """Number of the last change to anything: what a matching was made at."""
    found = tx.one(HEAD)
    return found.n if found else 0


def begin(change: Change, import_: str, files: Sequence[str], rows: int, digest: str, seen: int | None = None) -> None:
    """Open an import (again); imports wait for one another. Raises OvertakenError when `seen` is not the last change."""
    number = change.run(NEXT_NUMBER, prefix=COUNTER, take=0)[0].n
    if seen is not None and head(change.tx) != seen:
        raise OvertakenError(import_)
    known = change.one(ONE, id=import_)
    if known is None:
        number = change.run(NEXT_NUMBER, prefix=COUNTER, take=1)[0].n
        change.run(
            BEGIN, id=import_, ref=f"{COUNTER}-{number:04d}", at=change.at, by=change.actor.id, files=list(files),
            rows=rows, digest=digest,
        )  # fmt: skip


def bring(
    change: Change, graph: Graph, import_: str, kind: Kind, rows: Sequence[records.New], ids: Mapping[str, str]
) -> None:
    """Make the records of one kind; `ids` gives those that have an id in the list. Raises TakenError, MissingError."""
    marked = [
        records.New(row.values, row.links, row.id, row.subject, {**row.extra, "import_id": import_}) for row in rows
    ]
    records.create_many(change, graph, kind, marked, verb="import")
    named = [
        {"record": row.id, "key": import_key(kind.label, ids[row.id]), "value": ids[row.id]}
        for row in rows
        if row.id in ids
    ]
    if named:
        change.run(NAME_IMPORTED, rows=named, **{"import": import_})


def import_key(label: str, value: str) -> str:
    """The unique key of an id in an imported list: organisations and people share one series of ids, as nodes do."""
    series = "node" if label in {"Organisation", "Person"} else label
    return f"import:{series}:{value}"


def name_known(change: Change, import_: str, rows: Sequence[tuple[str, str, str]]) -> None:
    """Give records that were there the ids they have in the list: (label, record, id)."""
    named = [{"record": record, "key": import_key(label, value), "value": value} for label, record, value in rows]
    if named:
        change.run(NAME_IMPORTED, rows=named, **{"import": import_})


def note(change: Change, import_: str, label: str, rows: Sequence[Noted]) -> None:
    """Confirm what was there. Raises ConflictError when one of them has changed since it was matched."""
    params = [
        {
            "id": row.id,
            "version": row.version,
            "assured": list(row.assured),
            "assured_on": row.assured_on,
            "states": list(row.states) or None,
            "status": row.status,
        }
        for row in rows
    ]
    if change.run(NOTE, rows=params, **{"import": import_}, at=change.at)[0].n != len(rows):
        raise ConflictError(rows[0].id, rows[0].version)
    for row in rows:
        change.did("import", label, row.id, ("assured_on",))


def complete(
    change: Change, graph: Graph, import_: str, kind: Kind, record: str, values: Mapping[str, object],
    links: Mapping[str, Sequence[str]],
) -> None:  # fmt: skip
    """Fill in what was empty in a record that is there; what it was is kept for undo."""
    records.update(change, graph, kind, record, None, values, links)
    change.run(REVISED, **{"import": import_}, id=record)


def attend(change: Change, import_: str, rows: Sequence[Presence]) -> None:
    """Write who was invited to and who came to which meeting."""
    plain: list[dict[str, Any]] = [
        {"organisation": row.organisation, "meeting": row.meeting, "person": row.person, "mode": row.mode}
        for row in rows
    ]
    change.run(INVITE, rows=plain, **{"import": import_})
    if came := [row for row in plain if row["mode"]]:
        change.run(ATTEND, rows=came, **{"import": import_})
    for meeting in dict.fromkeys(row.meeting for row in rows):
        change.did("import", "Meeting", meeting, ("invited",))


def end(change: Change, import_: str, report: Mapping[str, object]) -> None:
    """Close the import with its report."""
    text = json.dumps(report, ensure_ascii=False, default=str)
    change.run(END, id=import_, report=text, at=change.at)
    change.did("import", "Import", import_)
