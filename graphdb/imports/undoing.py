"""An import taken back, while nobody has built on it: what it made goes, what it changed is as before.

A record counts as touched when it was edited since (its version says so) or something from outside the import points at
it. Gaps that a rule found and nobody has decided about yet are no touch: they go with what they are about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphdb import records
from graphdb.catalogue import KINDS
from graphdb.connection import LONG_SECONDS
from graphdb.errors import GraphError, MissingError
from graphdb.statements import Counted, Found, Nothing, Read, Write
from graphdb.writes import change

if TYPE_CHECKING:
    from graphdb.actors import Actor
    from graphdb.connection import Graph, Tx
    from graphdb.writes import Change

PIECE = 1_000
SHOWN = 50
# ties by the end that holds them: a record's own links are no touch of it
OUTGOING = sorted({link.tie for kind in KINDS for link in kind.links if link.outgoing})
INCOMING = sorted({link.tie for kind in KINDS for link in kind.links if not link.outgoing})


@dataclass(frozen=True, slots=True)
class Touch:
    """Why an import cannot be taken back: a record of it, and `why` edited or linked; `by` is what links to it."""

    label: str
    id: str
    ref: str | None
    why: str
    by: str | None


class TouchedError(GraphError):
    """Somebody has built on the import; `touches` are the first of what was touched."""

    def __init__(self, touches: list[Touch]) -> None:
        super().__init__(", ".join(f"{touch.ref or touch.id} ({touch.why})" for touch in touches))
        self.touches = touches


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking back did: records that are gone, and records that are as before."""

    gone: int
    restored: int


@dataclass(frozen=True, slots=True)
class State:
    id: str
    state: str


@dataclass(frozen=True, slots=True)
class Changed:
    id: str
    label: str
    version: int
    revised: bool
    noted: bool


@dataclass(frozen=True, slots=True)
class Gone:
    id: str
    label: str


LOCK = Write(
    State,
    "MATCH (i:Import) WHERE i.id = $id OR i.ref = $id SET i._lock = true WITH i REMOVE i._lock RETURN i.id AS id, i.state AS state",
)

EDITED = Read(
    Touch,
    """
    MATCH (n:Record {import_id: $id}) WHERE n.version <> 1 OR n.archived_at IS NOT NULL
    RETURN head([label IN labels(n) WHERE label <> 'Record']) AS label, n.id AS id, n.ref AS ref, 'edited' AS why,
           null AS by
    ORDER BY ref, id LIMIT $limit
    """,
)

OVERWRITTEN = Read(
    Touch,
    """
    MATCH (:Import {id: $id})-[c:CHANGED]->(n:Record) WHERE n.version <> c.version OR n.archived_at IS NOT NULL
    RETURN head([label IN labels(n) WHERE label <> 'Record']) AS label, n.id AS id, n.ref AS ref, 'edited' AS why,
           null AS by
    ORDER BY ref, id LIMIT $limit
    """,
)

LINKED = Read(
    Touch,
    """
    MATCH (n:Record {import_id: $id})-[r]-(m)
    WHERE (m.import_id IS NULL OR m.import_id <> $id) AND NOT (m:Identifier OR m:Import)
      AND (r.import_id IS NULL OR r.import_id <> $id) AND coalesce(r.derived, false) = false
      AND NOT type(r) = 'DISTINCT_FROM'
      AND NOT (type(r) IN $outgoing AND startNode(r) = n) AND NOT (type(r) IN $incoming AND endNode(r) = n)
      AND NOT (m:Gap AND m.state = 'detected') AND NOT EXISTS { MATCH (:Import {id: $id})-[:CHANGED]->(m) }
    RETURN head([label IN labels(n) WHERE label <> 'Record']) AS label, n.id AS id, n.ref AS ref, 'linked' AS why,
           coalesce(m.ref, head([label IN labels(m) WHERE label <> 'Record'])) AS by
    ORDER BY ref, id, by LIMIT $limit
    """,
)

FOUND_GAPS = Write(
    Gone,
    """
    MATCH (n:Record {import_id: $id})<-[:FOR_PLACE|FOR_SERVICE|FOR_GROUP|GAP_OF|GAP_WITH|GAP_AMONG]-(g:Gap {state: 'detected'})
    WITH DISTINCT g, g.id AS id
    DETACH DELETE g
    RETURN id, 'Gap' AS label
    """,
)

CHANGES = Read(
    Changed,
    """
    MATCH (:Import {id: $id})-[c:CHANGED]->(n:Record)
    RETURN n.id AS id, head([label IN labels(n) WHERE label <> 'Record']) AS label, c.version AS version,
           coalesce(c.revised, false) AS revised, coalesce(c.noted, false) AS noted
    ORDER BY id
    """,
)

PUT_BACK = Write(
    Counted,
    """
    MATCH (:Import {id: $id})-[c:CHANGED {noted: true}]->(n:Record)
    SET n.assured = c.assured, n.assured_on = c.assured_on, n.states = c.states, n.status = c.status,
        n.version = n.version + 1, n.changed_at = $at
    RETURN count(n) AS n
    """,
)

FORGET_CHANGES = Write(Nothing, "MATCH (:Import {id: $id})-[c:CHANGED]->(:Record) DELETE c")

UNTIE = Write(
    Nothing,
    "MATCH (:Organisation)-[r:ATTENDED|INVITED]->(:Meeting) WHERE r.import_id = $id DELETE r",
)

UNNAME = Write(
    Nothing,
    """
    MATCH (n:Record)-[:IDENTIFIED_BY]->(i:Identifier)
    WHERE i.import_id = $id AND (n.import_id IS NULL OR n.import_id <> $id)
    DETACH DELETE i
    """,
)

TAKE_AWAY = Write(
    Gone,
    """
    MATCH (n:Record {import_id: $id})
    WITH n ORDER BY n:Place OR n:ServiceType OR n:PopulationGroup, n:Organisation OR n:Person, n.id LIMIT $limit
    WITH n, n.id AS id, head([label IN labels(n) WHERE label <> 'Record']) AS label
    OPTIONAL MATCH (n)-[:IDENTIFIED_BY]->(i:Identifier)
    OPTIONAL MATCH (n)-[:HAS_EVENT]->(v:Event) WHERE v.import_id = $id
    DETACH DELETE i, v, n
    RETURN DISTINCT id, label
    """,
)

SET_STATE = Write(
    Found, "MATCH (i:Import {id: $id}) SET i.state = $state, i.undone_at = $at, i.undone_by = $by RETURN i.id AS id"
)


def touches(tx: Tx, import_: str) -> list[Touch]:
    """What stands against taking an import back; empty where nothing does."""
    found = tx.fetch(EDITED, id=import_, limit=SHOWN) + tx.fetch(OVERWRITTEN, id=import_, limit=SHOWN)
    return found + tx.fetch(LINKED, id=import_, outgoing=OUTGOING, incoming=INCOMING, limit=SHOWN)


def undo(graph: Graph, actor: Actor, import_: str) -> Undone:
    """Take an import back, whole; `import_` is its id or reference. An interrupted one is ended by calling it again.

    Raises MissingError, TouchedError. A second call after the end does nothing.
    """
    restored: list[int] = []
    names: list[str] = []

    def first(c: Change) -> str:
        found = c.one(LOCK, id=import_)
        if found is None:
            raise MissingError(import_)
        names[:] = [found.id]
        if found.state in {"undone", "undoing"}:
            return found.state
        if standing := touches(c.tx, found.id):
            raise TouchedError(standing)
        restored[:] = [_restore(c, graph, found.id)]
        c.run(SET_STATE, id=found.id, state="undoing", at=c.at, by=actor.id)
        return "undoing"

    if change(graph, actor, first, seconds=LONG_SECONDS) == "undone":
        return Undone(0, 0)
    gone: list[Gone] = []
    while len(taken := _take_away(graph, actor, names[0])) == PIECE:
        gone += taken
    gone += taken
    for person in (each for each in gone if each.label == "Person"):
        graph.vault.erase(person.id)
    return Undone(len(gone), restored[0] if restored else 0)


def _restore(c: Change, graph: Graph, import_: str) -> int:
    """Records that the import changed say what they said before."""
    for gap in c.run(FOUND_GAPS, id=import_):
        c.did("undo", gap.label, gap.id)
    changes = c.run(CHANGES, id=import_)
    for each in changes:
        if each.revised:
            records.undo(c, graph, each.id, each.version)
    c.run(PUT_BACK, id=import_, at=c.at)
    for each in changes:
        c.did("undo", each.label, each.id)
    c.run(FORGET_CHANGES, id=import_)
    c.run(UNTIE, id=import_)
    c.run(UNNAME, id=import_)
    return len(changes)


def _take_away(graph: Graph, actor: Actor, import_: str) -> list[Gone]:
    """One piece of what the import made; less than a piece at the end."""
    taken: list[Gone] = []

    def work(c: Change) -> str:
        taken[:] = c.run(TAKE_AWAY, id=import_, limit=PIECE)
        for each in taken:
            c.did("undo", each.label, each.id)
        if len(taken) < PIECE:
            c.run(SET_STATE, id=import_, state="undone", at=c.at, by=actor.id)
            c.did("undo", "Import", import_)
        return import_

    change(graph, actor, work, seconds=LONG_SECONDS)
    return taken
