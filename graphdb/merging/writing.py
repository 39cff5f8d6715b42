"""A merge written in one change, and taken back exactly while neither of the two was changed since."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ulid import ULID

from graphdb import whole
from graphdb.catalogue import kind_of
from graphdb.errors import ConflictError, GraphError, MissingError
from graphdb.merging.facts import Held, Tied, both
from graphdb.merging.plan import Plan, Side, Step, changed_links, new_keys, planned
from graphdb.records.checks import BadValueError, RefusedError
from graphdb.records.writing import NEXT_NUMBER, folds
from graphdb.statements import Found, Nothing, Read, Write
from graphdb.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphdb.writes import Change

ORGANISATION = kind_of("Organisation")
COUNTER = "MRG"


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

    @property
    def goes(self) -> bool:
        """Whether it is a relationship that the kept one has by the merge."""
        return self.how in {"moved", "joined"}


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

OPEN = Write(
    Nothing,
    """
    MATCH (k:Organisation {id: $kept})
    MATCH (d:Organisation {id: $dropped})
    CREATE (d)-[:MERGED_INTO]->(k)
    CREATE (:Merge {id: $id, ref: $ref, kept: $kept, dropped: $dropped, at: $at, by: $by, state: 'done', before: $before,
                    kept_version: $kept_version, dropped_version: $dropped_version, ended: $ended, proposed: $proposed,
                    invited: $invited, keys: $keys})
    """,
)

REMEMBER = Write(
    Nothing,
    """
    MATCH (m:Merge {id: $id})
    UNWIND $rows AS row
    MATCH (x) WHERE elementId(x) = row.other
    CREATE (m)-[:MOVED {how: row.how, tie: row.tie, outgoing: row.outgoing, was: row.was, before: row.before,
                        left: row.left}]->(x)
    """,
)

REMEMBERED = Read(
    Moved,
    """
    MATCH (:Merge {id: $id})-[r:MOVED]->(x)
    RETURN r.how AS how, r.tie AS tie, r.outgoing AS outgoing, r.was AS was, r.before AS before, r.left AS left,
           elementId(x) AS other, head([label IN labels(x) WHERE label <> 'Record']) AS label, x.id AS id
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

UNTIE = Write(Nothing, "UNWIND $ties AS at MATCH ()-[r]->() WHERE elementId(r) = at DELETE r")

TIE_TO = Write(
    Nothing,
    """
    UNWIND $rows AS row
    MATCH (o:Organisation {id: row.organisation})
    MATCH (x) WHERE elementId(x) = row.other
    CREATE (o)-[r:$(row.tie)]->(x) SET r = row.values
    """,
)

TIE_FROM = Write(
    Nothing,
    """
    UNWIND $rows AS row
    MATCH (o:Organisation {id: row.organisation})
    MATCH (x) WHERE elementId(x) = row.other
    CREATE (o)<-[r:$(row.tie)]-(x) SET r = row.values
    """,
)

SAY = Write(Nothing, "UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row.at SET r = row.values")

SET_VALUES = Write(
    Nothing, "MATCH (n:Organisation {id: $id}) SET n += $props, n.version = n.version + 1, n.changed_at = $at"
)

SET_ALL = Write(Nothing, "MATCH (n:Organisation {id: $id}) SET n = $props, n.version = $version, n.changed_at = $at")

AWAY = Write(Nothing, "UNWIND $ids AS id MATCH (n:Record {id: id}) SET n.archived_at = $at, n.version = n.version + 1")

BACK = Write(Nothing, "UNWIND $ids AS id MATCH (n:Record {id: id}) REMOVE n.archived_at SET n.version = n.version + 1")

LIVE = Read(Found, "MATCH (n:Record) WHERE n.id IN $ids AND n.archived_at IS NULL RETURN n.id AS id ORDER BY id")

STEP_ON = Write(
    Nothing, "UNWIND $ids AS id MATCH (n:Record {id: id}) SET n.version = n.version + 1, n.changed_at = $at"
)

OWN_NUMBERS = Write(
    Nothing, "MATCH (n:Organisation)-[:IDENTIFIED_BY]->(i:Identifier) WHERE n.id IN $ids SET i.record = n.id"
)

TAKEN_KEYS = Read(Found, "MATCH (g:Gap) WHERE g.key IN $keys RETURN g.key AS id ORDER BY id")

SET_KEYS = Write(
    Nothing,
    """
    UNWIND $rows AS row
    MATCH (g:Gap {id: row[0]}) WHERE g.key = row[1]
    SET g.key = row[2]
    WITH g, row
    MATCH (i:AgendaItem)-[:ABOUT]->(g) WHERE i.key = row[1]
    SET i.key = row[2]
    """,
)

PROPOSED_BY = Read(Found, "MATCH (i:AgendaItem) WHERE i.proposer = $id RETURN i.id AS id ORDER BY id")

SET_PROPOSER = Write(Nothing, "MATCH (i:AgendaItem) WHERE i.id IN $ids SET i.proposer = $to")

INVITED_FOR = Read(
    Found, "MATCH (t:Token) WHERE t.spent_at IS NULL AND t.grants CONTAINS $id RETURN t.id AS id ORDER BY id"
)

SET_INVITED = Write(
    Nothing, "MATCH (t:Token) WHERE t.id IN $ids AND t.spent_at IS NULL SET t.grants = replace(t.grants, $of, $to)"
)

TELL_APART = Write(
    Nothing,
    """
    MATCH (a:Organisation {id: $a})
    MATCH (b:Organisation {id: $b})
    MERGE (a)-[d:DISTINCT_FROM]-(b)
    ON CREATE SET d.by = $by, d.at = $at
    """,
)

FORGET_APART = Write(Nothing, "MATCH (a:Organisation {id: $a})-[d:DISTINCT_FROM]-(b:Organisation {id: $b}) DELETE d")


def merge(
    c: Change, keep: str, drop: str, choices: Mapping[str, Side] | None = None,
    versions: tuple[int | None, int | None] = (None, None),
) -> str:  # fmt: skip
    """Make two records of one organisation one; returns the merge's id.

    `choices`: for fields where both differ, which side's value stays; the default is the plan's. `versions` are those of
    the kept and the dropped one when somebody looked. Raises MissingError (also for archived ones), ConflictError,
    RefusedError.
    """
    mine, theirs = _taken(c, keep, drop, versions)
    wanted = [key for _, _, key in new_keys(mine, theirs)]
    plan = planned(mine, theirs, choices, {row.id for row in c.run(TAKEN_KEYS, keys=wanted)} if wanted else ())
    made = str(ULID())
    ended = [row.id for row in c.run(LIVE, ids=[record for _, record in plan.ended])]
    proposed, invited = ([row.id for row in c.run(found, id=drop)] for found in (PROPOSED_BY, INVITED_FOR))
    c.run(
        OPEN, id=made, ref=f"{COUNTER}-{c.run(NEXT_NUMBER, prefix=COUNTER, take=1)[0].n:04d}", kept=keep, dropped=drop,
        at=c.at, by=c.actor.id, before=_json(mine.fields), kept_version=mine.version + 1,
        dropped_version=theirs.version + 1, ended=ended, proposed=proposed, invited=invited,
        keys=[_json(row) for row in plan.keys],
    )  # fmt: skip
    c.run(REMEMBER, id=made, rows=[_row(step) for step in plan.steps])
    _move(c, keep, plan.steps)
    _mention(c, (drop, keep), proposed, invited, plan.keys)
    _settle(c, mine, theirs, plan, ended)
    return made


def _taken(c: Change, keep: str, drop: str, versions: tuple[int | None, int | None]) -> tuple[Held, Held]:
    """Both, locked in one order, at these versions, and live."""
    if keep == drop:
        raise RefusedError({"drop": BadValueError(N_("Choose two different organisations."))})
    for record, version in sorted(((keep, versions[0]), (drop, versions[1])), key=lambda one: one[0]):
        c.take(record, version)
    held = both(c.tx, keep, drop)
    for record in (keep, drop):
        if record not in held or held[record].archived:
            raise MissingError(record)
    return held[keep], held[drop]


def _row(step: Step) -> dict[str, Any]:
    before = None if step.twin is None else _json(step.twin.values)
    return {
        "how": step.how, "tie": step.tied.tie, "outgoing": step.tied.outgoing, "other": step.tied.other,
        "was": _json(step.tied.values), "before": before, "left": _json(step.left),
    }  # fmt: skip


def _move(c: Change, keep: str, steps: Sequence[Step]) -> None:
    c.run(UNTIE, ties=[step.tied.at for step in steps])
    c.run(SAY, rows=[{"at": step.twin.at, "values": step.left} for step in steps if step.twin])
    _tie(c, [(keep, step.tied, step.left) for step in steps if step.how == "moved"])
    c.run(OWN_NUMBERS, ids=[keep])


def _tie(c: Change, wanted: Sequence[tuple[str, Tied, Mapping[str, Any]]]) -> None:
    """Relationships of an organisation, as another one's were."""
    for statement, outgoing in ((TIE_TO, True), (TIE_FROM, False)):
        rows = [
            {"organisation": organisation, "other": tied.other, "tie": tied.tie, "values": dict(values)}
            for organisation, tied, values in wanted
            if tied.outgoing is outgoing
        ]
        if rows:
            c.run(statement, rows=rows)


def _mention(
    c: Change, way: tuple[str, str], proposed: list[str], invited: list[str], keys: Sequence[Sequence[str]]
) -> None:
    """What names the one by its id names the other: proposed agenda items, open invitations, keys of gaps."""
    of, to = way
    c.run(SET_PROPOSER, ids=proposed, to=to)
    c.run(SET_INVITED, ids=invited, of=of, to=to)
    c.run(SET_KEYS, rows=[list(row) for row in keys])


def _settle(c: Change, mine: Held, theirs: Held, plan: Plan, ended: list[str]) -> None:
    props = plan.values | folds(ORGANISATION, {**mine.fields, **plan.values})
    c.run(SET_VALUES, id=mine.id, props=props, at=c.at)
    c.run(AWAY, ids=[theirs.id, *ended], at=c.at)
    c.run(STEP_ON, ids=sorted({record for _, record, _ in plan.links}), at=c.at)
    c.did("merge", ORGANISATION.label, mine.id, tuple(sorted(name for name in plan.values if name != "assured")))
    c.did("merge", ORGANISATION.label, theirs.id)
    for label, record, link in plan.links:
        c.did("reassign", label, record, (link,))
    for label, record in plan.ended:
        c.did("archive", label, record)


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
    _mention(c, (found.kept, found.dropped), found.proposed, found.invited, [_turned(row) for row in found.keys])
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
    held = mine.tied
    away: list[str] = []
    back: list[tuple[str, Tied, Mapping[str, Any]]] = []
    say: list[dict[str, Any]] = []
    changed: list[str] = []
    for one in moved:
        tied = Tied("", one.tie, one.outgoing, _said(one.was), one.other, one.label, one.id, None, loops=False)
        back.append((mine.id if one.how == "replaced" else theirs.id, tied, tied.values))
        if not one.goes:
            continue
        now = next((each for each in held if each.same == tied.same and dict(each.values) == _said(one.left)), None)
        if now is None:
            changed.append(f"{one.label} {one.id}" if one.id else one.label)
            continue
        held.remove(now)
        if one.before is None:
            away.append(now.at)
        else:
            say.append({"at": now.at, "values": _said(one.before)})
    if changed:
        raise ChangedSinceError(changed)
    c.run(UNTIE, ties=away)
    c.run(SAY, rows=say)
    _tie(c, back)
    c.run(OWN_NUMBERS, ids=[mine.id, theirs.id])


def _unsettle(c: Change, found: Stored, mine: Held, moved: Sequence[Moved]) -> None:
    c.run(SET_ALL, id=found.kept, props=_said(found.before), version=mine.version + 1, at=c.at)
    c.run(BACK, ids=[found.dropped, *found.ended])
    links = changed_links((one.label, one.id, one.tie, one.outgoing) for one in moved if one.goes)
    c.run(STEP_ON, ids=sorted({record for _, record, _ in links}), at=c.at)
    c.run(CLOSE, id=found.id, at=c.at, by=c.actor.id)
    for record in (found.kept, found.dropped):
        c.did("unmerge", ORGANISATION.label, record)
    for label, record, link in links:
        c.did("reassign", label, record, (link,))


def dismiss(c: Change, one: str, other: str) -> None:
    """These are two organisations: who said so and when is kept, and they are not proposed again. Raises MissingError."""
    if one == other:
        raise RefusedError({"drop": BadValueError(N_("Choose two different organisations."))})
    for record in sorted((one, other)):
        c.take(record)
    c.run(TELL_APART, a=min(one, other), b=max(one, other), at=c.at, by=c.actor.id)
    for record in (one, other):
        c.did("apart", ORGANISATION.label, record)


def propose_again(c: Change, one: str, other: str) -> None:
    """Take that back. Raises MissingError."""
    for record in sorted((one, other)):
        c.take(record)
    c.run(FORGET_APART, a=one, b=other)
    for record in (one, other):
        c.did("unapart", ORGANISATION.label, record)


def _json(value: object) -> str:
    return json.dumps(value, default=whole.as_json, ensure_ascii=False, sort_keys=True)


def _said(text_: str) -> dict[str, Any]:
    return json.loads(text_, object_hook=whole.from_json)
