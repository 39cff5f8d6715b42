"""Creating and changing records. Every function works inside an open `Change`, so several make one transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from ulid import ULID

from graphdb.catalogue import Kind, kind_of
from graphdb.errors import MissingError
from graphdb.folding import fold
from graphdb.records import text
from graphdb.records.checks import BadValueError, RefusedError, Stored, checked
from graphdb.records.sealing import opened, sealed, sealed_fields
from graphdb.statements import Counted, Found, Nothing, Read, Write
from graphdb.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphdb.connection import Graph
    from graphdb.writes import Change


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as it lies in the store: protected texts sealed, links as ids."""

    id: str
    version: int
    archived: bool
    subject: str | None
    fields: dict[str, Any]
    links: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Before:
    record: str
    label: str
    before: str


NEXT_NUMBER = Write(
    Counted,
    """
    MERGE (c:Counter {id: $prefix})
    ON CREATE SET c.n = 0
    SET c.n = c.n + $take
    RETURN c.n AS n
    """,
)

STAMP = Write(
    Nothing,
    """
    MATCH (n:Record {id: $id})
    SET n.changed_at = $at, n.fold = $fold, n.fold_private = $fold_private
    """,
)

ARCHIVE = Write(
    Found, "MATCH (n:Record {id: $id}) SET n.archived_at = $at, n.version = n.version + 1 RETURN n.id AS id"
)

RESTORE = Write(
    Found,
    "MATCH (n:Record {id: $id}) WHERE NOT EXISTS { (n)-[:MERGED_INTO]->() } AND coalesce(n.state, '') <> 'erased'"
    " REMOVE n.archived_at SET n.version = n.version + 1 RETURN n.id AS id",
)

KEEP_REVISION = Write(
    Nothing,
    """
    CREATE (r:Revision {id: $id, record: $record, label: $label, version: $version, at: $at, by: $by, before: $before})
    """,
)

REVISION = Read(
    Before,
    "MATCH (r:Revision {record: $record, version: $version})"
    " RETURN r.record AS record, r.label AS label, r.before AS before ORDER BY r.id LIMIT 1",
)

IDENTIFY = Write(
    Nothing,
    """
    MATCH (n:Record {id: $id})
    OPTIONAL MATCH (n)-[old:IDENTIFIED_BY]->(gone:Identifier) WHERE NOT gone.key IN $keys AND gone.scheme <> 'import'
    DETACH DELETE gone
    WITH DISTINCT n
    UNWIND $identifiers AS entry
    MERGE (i:Identifier {key: entry.key})
    ON CREATE SET i.scheme = entry.scheme, i.value = entry.value, i.record = $id
    MERGE (n)-[:IDENTIFIED_BY]->(i)
    """,
)


@dataclass(frozen=True, slots=True)
class Held:
    key: str
    record: str


HOLDERS = Read(
    Held,
    "MATCH (n:Record)-[:IDENTIFIED_BY]->(i:Identifier) WHERE i.key IN $keys AND n.id <> $id"
    " RETURN i.key AS key, n.id AS record ORDER BY key LIMIT 5",
)


def create(
    change: Change,
    graph: Graph,
    kind: Kind,
    values: Mapping[str, object],
    links: Mapping[str, Sequence[str]] | None = None,
    subject: str | None = None,
    extra: Mapping[str, Stored] | None = None,
) -> str:
    """Make a record and return its id. Raises RefusedError, MissingError for a link to nothing, TakenError.

    `subject` is whose data key seals its protected fields (the record itself when not said); `extra` are properties
    of the machinery, such as the import it came with.
    """
    links = links or {}
    record = str(ULID())
    whole = {field.name: values.get(field.name) for field in kind.fields}
    stored = checked(kind, whole)
    demand_links(kind, links, whole=True)
    props: dict[str, Any] = {**(extra or {}), **sealed(graph, kind, record, subject or record, 1, stored)}
    props |= {"id": record, "version": 1, "created_at": change.at, "changed_at": change.at, "by": change.actor.id}
    props |= folds(kind, stored)
    if subject:
        props["subject"] = subject
    if kind.prefix:
        props["ref"] = f"{kind.prefix}-{change.run(NEXT_NUMBER, prefix=kind.prefix, take=1)[0].n:04d}"
    change.run(Write(Found, text.creating(kind)), props=bare(props))
    _link(change, kind, record, links)
    _identify(change, kind, record, stored)
    change.did("create", kind.label, record, tuple(sorted(name for name, value in stored.items() if value)))
    return record


def update(
    change: Change,
    graph: Graph,
    kind: Kind,
    record: str,
    version: int | None,
    values: Mapping[str, object],
    links: Mapping[str, Sequence[str]] | None = None,
) -> int:
    """Change a record that is still at `version`; returns the new version. What it was is kept for undo.

    Raises ConflictError, MissingError, RefusedError, TakenError.
    """
    links = links or {}
    now = change.take(record, version)
    before = _stored(change, kind, record)
    stored = checked(kind, values)
    demand_links(kind, links, whole=False)
    _revise(change, kind, before)
    subject = before.subject or record
    props = sealed(graph, kind, record, subject, now + 1, stored)
    change.run(Write(Found, text.updating(kind)), id=record, props=props)
    _link(change, kind, record, links)
    _identify(change, kind, record, stored)
    whole = {**opened(graph, kind, record, subject, before.fields), **stored}
    change.run(STAMP, id=record, at=change.at, **{"fold": None, "fold_private": None, **folds(kind, whole)})
    changed = tuple(sorted(name for name in values if before.fields.get(name) != props.get(name)))
    change.did("update", kind.label, record, changed + tuple(sorted(links)))
    return now + 1


def archive(change: Change, kind: Kind, record: str, version: int | None = None) -> None:
    """Take a record out of every list; it can be brought back."""
    change.take(record, version)
    change.run(ARCHIVE, id=record, at=change.at)
    change.did("archive", kind.label, record)


def restore(change: Change, kind: Kind, record: str, version: int | None = None) -> None:
    """Bring an archived record back. Raises MissingError for one that was merged (a merge is taken back instead) or erased."""
    change.take(record, version)
    if change.one(RESTORE, id=record) is None:
        raise MissingError(record)
    change.did("restore", kind.label, record)


def revise(change: Change, kind: Kind, record: str) -> StoredRecord:
    """Keep what a record is now, before a verb of its own changes it; returns it."""
    before = _stored(change, kind, record)
    _revise(change, kind, before)
    return before


def undo(change: Change, graph: Graph, record: str, version: int) -> int:
    """Take back the last change of a record that is at `version`; returns the new version. Raises MissingError."""
    kept = change.one(REVISION, record=record, version=version - 1)
    if kept is None:
        raise MissingError(record)
    kind = kind_of(kept.label)
    before = json.loads(kept.before)
    subject = before.get("subject") or record
    fields = opened(graph, kind, record, subject, before["fields"])
    links = {name: targets for name, targets in before["links"].items() if name not in kind.links_apart()}
    return update(change, graph, kind, record, version, fields, links)


def _stored(change: Change, kind: Kind, record: str) -> StoredRecord:
    found = change.one(Read(StoredRecord, text.stored(kind)), id=record)
    if found is None:
        raise MissingError(record)
    return found


def _revise(change: Change, kind: Kind, before: StoredRecord) -> None:
    kept = {"fields": before.fields, "links": before.links, "subject": before.subject}
    change.run(
        KEEP_REVISION,
        id=str(ULID()),
        record=before.id,
        label=kind.label,
        version=before.version,
        at=change.at,
        by=change.actor.id,
        before=json.dumps(kept, default=_iso, ensure_ascii=False),
    )


def _iso(value: object) -> str:
    assert isinstance(value, date | datetime)
    return value.isoformat()


def demand_links(kind: Kind, links: Mapping[str, Sequence[str]], *, whole: bool) -> None:
    """Raise RefusedError for a needed link that is missing and for several where one is possible."""
    problems: dict[str, BadValueError] = {}
    for link in kind.links:
        targets = links.get(link.name)
        if link.required and not targets and (whole or targets is not None):
            problems[link.name] = BadValueError(N_("This is needed."))
        if targets and len(targets) > 1 and not link.many:
            problems[link.name] = BadValueError(N_("Only one is possible here."))
    if problems:
        raise RefusedError(problems)


def _link(change: Change, kind: Kind, record: str, links: Mapping[str, Sequence[str]]) -> None:
    for name, targets in links.items():
        link = kind.link(name)
        wanted = list(dict.fromkeys(targets))
        change.run(Write(Nothing, text.unlinking(kind, link)), id=record, targets=wanted)
        found = change.run(Write(Found, text.linking(kind, link)), id=record, targets=wanted) if wanted else []
        if missing := set(wanted) - {row.id for row in found}:
            raise MissingError(sorted(missing)[0])


def _identify(change: Change, kind: Kind, record: str, stored: Mapping[str, Stored]) -> None:
    if "identifiers" not in stored or "identifiers" not in kind.field_names():
        return
    listed = cast("list[str]", stored["identifiers"] or [])
    entries = [{"key": entry, "scheme": entry.partition(":")[0], "value": entry.partition(":")[2]} for entry in listed]
    if held := change.run(HOLDERS, keys=listed, id=record):
        raise RefusedError({"identifiers": BadValueError(N_("{key} belongs to another record."), key=held[0].key)})
    change.run(IDENTIFY, id=record, keys=listed, identifiers=entries)


def folds(kind: Kind, values: Mapping[str, Any]) -> dict[str, str]:
    """What search finds a record by; the name of a person is apart, for viewers who may see it."""
    named = [kind.title, *text.name_properties(), "aliases", "code", "alias"]
    private = {"name"} if kind.label == "Person" else set[str]()
    hidden = {field.name for field in sealed_fields(kind)}
    public: list[str] = []
    for name in dict.fromkeys(named):
        value = values.get(name)
        if value and name in kind.field_names() and name not in private | hidden:
            public += cast("list[str]", value) if isinstance(value, list) else [str(value)]
    folds = {"fold": " | ".join(fold(part) for part in public)}
    if private:
        folds["fold_private"] = fold(str(values.get("name") or ""))
    return folds


def bare(props: Mapping[str, Any]) -> dict[str, Any]:
    """Properties without those that hold nothing: Neo4j stores no null."""
    return {name: value for name, value in props.items() if value is not None and value != []}
