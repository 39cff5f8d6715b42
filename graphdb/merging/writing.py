"""A merge written in one change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ulid import ULID

from graphdb.catalogue import kind_of
from graphdb.errors import MissingError
from graphdb.merging.facts import Held, both
from graphdb.merging.moving import OWN_NUMBERS, SAY, STEP_ON, UNTIE, as_text, mention, tie
from graphdb.merging.plan import Plan, Side, Step, new_keys, planned
from graphdb.records.checks import BadValueError, RefusedError
from graphdb.records.writing import NEXT_NUMBER, folds
from graphdb.statements import Found, Nothing, Read, Write
from graphdb.words import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphdb.writes import Change

ORGANISATION = kind_of("Organisation")
COUNTER = "MRG"


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

SET_VALUES = Write(
    Nothing, "MATCH (n:Organisation {id: $id}) SET n += $props, n.version = n.version + 1, n.changed_at = $at"
)

AWAY = Write(Nothing, "UNWIND $ids AS id MATCH (n:Record {id: id}) SET n.archived_at = $at, n.version = n.version + 1")

LIVE = Read(Found, "MATCH (n:Record) WHERE n.id IN $ids AND n.archived_at IS NULL RETURN n.id AS id ORDER BY id")

TAKEN_KEYS = Read(Found, "MATCH (g:Gap) WHERE g.key IN $keys RETURN g.key AS id ORDER BY id")

PROPOSED_BY = Read(Found, "MATCH (i:AgendaItem) WHERE i.proposer = $id RETURN i.id AS id ORDER BY id")

INVITED_FOR = Read(
    Found, "MATCH (t:Token) WHERE t.spent_at IS NULL AND t.grants CONTAINS $id RETURN t.id AS id ORDER BY id"
)


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
        at=c.at, by=c.actor.id, before=as_text(mine.fields), kept_version=mine.version + 1,
        dropped_version=theirs.version + 1, ended=ended, proposed=proposed, invited=invited,
        keys=[as_text(row) for row in plan.keys],
    )  # fmt: skip
    c.run(REMEMBER, id=made, rows=[_row(step) for step in plan.steps])
    _move(c, keep, plan.steps)
    mention(c, (drop, keep), proposed, invited, plan.keys)
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
    before = None if step.twin is None else as_text(step.twin.values)
    return {
        "how": step.how, "tie": step.tied.tie, "outgoing": step.tied.outgoing, "other": step.tied.other,
        "was": as_text(step.tied.values), "before": before, "left": as_text(step.left),
    }  # fmt: skip


def _move(c: Change, keep: str, steps: Sequence[Step]) -> None:
    c.run(UNTIE, ties=[step.tied.at for step in steps])
    c.run(SAY, rows=[{"at": step.twin.at, "values": step.left} for step in steps if step.twin])
    tie(c, [(keep, step.tied, step.left) for step in steps if step.how == "moved"])
    c.run(OWN_NUMBERS, ids=[keep])


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
        if record in ended:
            c.did("archive", label, record)
