"""A merge taken back exactly, while neither of the two was changed since."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphdb.catalogue import kind_of
from graphdb.errors import ConflictError, GraphError, MissingError
from graphdb.merging.facts import Held, Tied, both
from graphdb.merging.moving import OWN_NUMBERS, SAY, STEP_ON, UNTIE, as_said, mention, tie
from graphdb.merging.plan import changed_links
from graphdb.statements import Nothing, Read, Write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphdb.writes import Change

ORGANISATION = kind_of("Organisation")


class ChangedSinceError(GraphError):
    """A merge cannot be taken back: `records` (references, or kinds) were changed since."""

    def __init__(self, records: Iterable[str]) -> None:
        self.records = sorted(set(records))
        super().__init__(f"changed since the merge: {', '.join(self.records)}")


@dataclass(frozen=True, slots=True)
class Stored:
    """A merge as it lies in the store; `before` is JSON of all the kept one said."""

    id: str
    kept: str
    dropped: str
    state: str
    kept_version: int
    dropped_version: int
    before: str
    ended: list[str]
    proposed: list[str]
    invited: list[str]
    keys: list[str]


@dataclass(frozen=True, slots=True)
class Moved:
    how: str
    tie: str
    outgoing: bool
    was: str
    before: str | None
    left: str
    other: str
    label: str
    id: str | None
    called: str

    @property
    def goes(self) -> bool:
        """Whether it is a relationship that the kept one has by the merge."""
        return self.how in {"moved", "joined"}


@dataclass(frozen=True, slots=True)
class Restored:
    id: str
    label: str


LOCK = Write(
    Stored,
    """
    MATCH (m:Merge) WHERE m.id = $id OR m.ref = $id
    SET m._lock = true
    WITH m REMOVE m._lock
    RETURN m.id AS id, m.kept AS kept, m.dropped AS dropped, m.state AS state, m.kept_version AS kept_version,
           m.dropped_version AS dropped_version, m.before AS before, m.ended AS ended, m.proposed AS proposed,
           m.invited AS invited, m.keys AS keys
    """,
)

REMEMBERED = Read(
    Moved,
    """
    MATCH (:Merge {id: $id})-[r:MOVED]->(x)
    RETURN r.how AS how, r.tie AS tie, r.outgoing AS outgoing, r.was AS was, r.before AS before, r.left AS left,
           elementId(x) AS other, head([label IN labels(x) WHERE label <> 'Record']) AS label, x.id AS id,
           coalesce(x.ref, head([label IN labels(x) WHERE label <> 'Record'])) AS called
    ORDER BY how, tie, other, was
    """,
)

CLOSE = Write(
    Nothing,
    """
    MATCH (m:Merge {id: $id})
    SET m.state = 'undone', m.undone_at = $at, m.undone_by = $by
    WITH m
    MATCH (d:Organisation {id: m.dropped})-[into:MERGED_INTO]->(:Organisation {id: m.kept})
    DELETE into
    WITH m
    MATCH (m)-[moved:MOVED]->()
    DELETE moved
    """,
)

SET_ALL = Write(Nothing, "MATCH (n:Organisation {id: $id}) SET n = $props, n.version = $version, n.changed_at = $at")

BACK = Write(
    Restored,
    """
    MATCH (n:Record) WHERE n.id IN $ids
    REMOVE n.archived_at
    SET n.version = n.version + 1
    RETURN n.id AS id, head([label IN labels(n) WHERE label <> 'Record']) AS label
    """,
)


def undo(c: Change, merge_: str) -> str:
    """Take a merge back, by its id or reference; returns the kept one's id. A second call does nothing.

    What came to the kept one since stays with it. Raises MissingError, ChangedSinceError.
    """
    found = c.one(LOCK, id=merge_)
    if found is None:
        raise MissingError(merge_)
    if found.state != "done":
        return found.kept
    mine, theirs = _unchanged(c, found)
    moved = c.run(REMEMBERED, id=found.id)
    _unmove(c, mine, theirs, moved)
    mention(c, (found.kept, found.dropped), found.proposed, found.invited, [_turned(row) for row in found.keys])
    _unsettle(c, found, mine, moved)
    return found.kept


def _turned(row: str) -> list[str]:
    gap, before, after = json.loads(row)
    return [gap, after, before]


def _unchanged(c: Change, found: Stored) -> tuple[Held, Held]:
    changed: list[str] = []
    for record, version in sorted(((found.kept, found.kept_version), (found.dropped, found.dropped_version))):
        try:
            c.take(record, version)
        except ConflictError:
            changed.append(record)
    held = both(c.tx, found.kept, found.dropped)
    if changed:
        raise ChangedSinceError(held[record].ref for record in changed)
    return held[found.kept], held[found.dropped]


def _unmove(c: Change, mine: Held, theirs: Held, moved: Sequence[Moved]) -> None:
    """Each relationship goes back. Raises ChangedSinceError where one is no longer as the merge left it."""
    held: dict[object, list[Tied]] = defaultdict(list)
    for each in mine.tied:
        held[each.same].append(each)
    away: list[str] = []
    back: list[tuple[str, Tied, Mapping[str, Any]]] = []
    say: list[dict[str, Any]] = []
    changed: list[str] = []
    for one in moved:
        tied = Tied("", one.tie, one.outgoing, as_said(one.was), one.other, one.label, one.id, None, loops=False)
        back.append((mine.id if one.how == "replaced" else theirs.id, tied, tied.values))
        if not one.goes:
            continue
        now = next((each for each in held[tied.same] if dict(each.values) == as_said(one.left)), None)
        if now is None:
            changed.append(one.called)
            continue
        held[tied.same].remove(now)
        if one.before is None:
            away.append(now.at)
        else:
            say.append({"at": now.at, "values": as_said(one.before)})
    if changed:
        raise ChangedSinceError(changed)
    c.run(UNTIE, ties=away)
    c.run(SAY, rows=say)
    tie(c, back)
    c.run(OWN_NUMBERS, ids=[mine.id, theirs.id])


def _unsettle(c: Change, found: Stored, mine: Held, moved: Sequence[Moved]) -> None:
    c.run(SET_ALL, id=found.kept, props=as_said(found.before), version=mine.version + 1, at=c.at)
    restored = c.run(BACK, ids=[found.dropped, *found.ended])
    links = changed_links((one.label, one.id, one.tie, one.outgoing) for one in moved if one.goes)
    c.run(STEP_ON, ids=sorted({record for _, record, _ in links}), at=c.at)
    c.run(CLOSE, id=found.id, at=c.at, by=c.actor.id)
    for record in (found.kept, found.dropped):
        c.did("unmerge", ORGANISATION.label, record)
    for back in restored:
        if back.id != found.dropped:
            c.did("restore", back.label, back.id)
    for label, record, link in links:
        c.did("reassign", label, record, (link,))
