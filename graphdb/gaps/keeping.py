"""What detection writes: new gaps, gaps seen again, gaps closed. Never two records of one key."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from analytics.gap_steps import CLOSED, OPEN
from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.records import New
from graphdb.records.writing import NEXT_NUMBER
from graphdb.statements import Nothing, Read, Write

if TYPE_CHECKING:
    from graphdb.connection import Graph
    from graphdb.writes import Change

GAP = kind_of("Gap")
OUTCOMES = ("new", "again", "reopened", "closed", "gone")


@dataclass(frozen=True, slots=True)
class Finding:
    """A gap as the rules see it. `links` are those of the catalogue's Gap; `since`: first day the records show it.

    `reasons` are the shapes of contracts.md: `{"code": ..., fact: ...}`.
    """

    key: str
    cls: str
    points: int
    reasons: Sequence[Mapping[str, object]]
    links: Mapping[str, Sequence[str]]
    since: date | None = None

    def text(self) -> str:
        """The reasons as they are stored."""
        return json.dumps([dict(reason) for reason in self.reasons], ensure_ascii=False, default=str, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that was looked at on a day: what was found, and what is known of kept gaps that were not.

    `no_gap`: keys that are certainly none any more, and close. `unknown`: keys nobody can judge now; they stay as they
    were. Whatever else is kept is no longer asked for: it is marked as gone and keeps its state.
    """

    on: date
    found: Sequence[Finding]
    no_gap: frozenset[str] = frozenset()
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KeptGap:
    """A gap as it is stored."""

    key: str
    id: str
    cls: str
    state: str
    gone_on: date | None
    accepted_until: date | None
    members: list[str]

    def open_again(self, on: date) -> bool:
        """Whether being seen on that day opens it again: it was closed or gone, or its risk was accepted until now."""
        if self.state == "accepted_risk":
            return self.accepted_until is not None and self.accepted_until <= on
        return self.state == CLOSED or (self.gone_on is not None and self.state in OPEN)


@dataclass(frozen=True, slots=True)
class KeptGaps:
    """One row: the fields of every KeptGap in their order."""

    gaps: list[list[Any]]


KEPT_GAPS = Read(
    KeptGaps,
    """
    RETURN COLLECT {
      MATCH (g:Gap) WITH g ORDER BY g.key
      RETURN [g.key, g.id, g.cls, g.state, g.gone_on, g.accepted_until,
              COLLECT { MATCH (g)-[:GAP_AMONG]->(o:Organisation) RETURN o.id ORDER BY o.id }]
    } AS gaps
    """,
)

SEEN_AGAIN = Write(
    Nothing,
    """
    UNWIND $rows AS row
    MATCH (g:Gap {key: row.key})
    SET g.last_seen = $on, g.cls = row.cls, g.points = row.points, g.reasons = row.reasons, g.state = row.state,
        g.gone_on = null, g.version = g.version + row.step,
        g.changed_at = CASE WHEN row.step > 0 THEN $at ELSE g.changed_at END
    """,
)

NOT_SEEN = Write(
    Nothing,
    """
    UNWIND $rows AS row
    MATCH (g:Gap {key: row.key})
    SET g.state = row.state, g.gone_on = $on, g.version = g.version + 1, g.changed_at = $at
    """,
)

SET_MEMBERS = Write(
    Nothing,
    """
    UNWIND $rows AS row
    MATCH (g:Gap {key: row.key})
    CALL (g) { MATCH (g)-[old:GAP_AMONG]->(:Organisation) DELETE old }
    MATCH (o:Organisation) WHERE o.id IN row.members
    MERGE (g)-[:GAP_AMONG]->(o)
    """,
)


def kept(c: Change) -> dict[str, KeptGap]:
    """Every gap by its key. Whoever looks holds the lock of new gaps, so that two at once wait for each other."""
    c.run(NEXT_NUMBER, prefix=GAP.prefix, take=0)
    return {row[0]: KeptGap(*row) for row in c.run(KEPT_GAPS)[0].gaps}


def record(c: Change, graph: Graph, judgement: Judgement) -> dict[str, int]:
    """Write what was found; returns how many are new, seen again, open again, closed, no longer asked for.

    Repeating it on the same day changes nothing.
    """
    before, found = kept(c), {finding.key: finding for finding in judgement.found}
    counts = Counter[str]()
    again = [_again(c, before[key], found[key], judgement.on, counts) for key in found if key in before]
    gone = [
        _gone(c, gap, judgement, counts)
        for key, gap in before.items()
        if key not in found and key not in judgement.unknown and gap.gone_on is None
    ]
    new = [finding for key, finding in found.items() if key not in before]
    c.run(SEEN_AGAIN, rows=again, on=judgement.on, at=c.at)
    c.run(SET_MEMBERS, rows=[row for row in again if row["members"] is not None])
    c.run(NOT_SEEN, rows=gone, on=judgement.on, at=c.at)
    _create(c, graph, new, judgement.on)
    c.did("detect", "Gap", "detection")
    counts["new"] = len(new)
    return {name: counts[name] for name in OUTCOMES}


def keep(c: Change, graph: Graph, finding: Finding, on: date) -> str:
    """The id of the gap of that key, made where there is none yet, and open again where it was closed."""
    found = kept(c).get(finding.key)
    if found and found.state == CLOSED:
        c.run(SEEN_AGAIN, rows=[_again(c, found, finding, on, Counter[str]())], on=on, at=c.at)
    return found.id if found else _create(c, graph, [finding], on)[0]


def _again(c: Change, gap: KeptGap, finding: Finding, on: date, counts: Counter[str]) -> dict[str, Any]:
    back = gap.open_again(on)
    counts["reopened" if back else "again"] += 1
    if back:
        c.did("reopen", "Gap", gap.id, ("state",))
    members = sorted(finding.links.get("members", ()))
    changed = back or finding.cls != gap.cls or members != gap.members
    return {
        "key": gap.key, "cls": finding.cls, "points": finding.points, "reasons": finding.text(), "step": int(changed),
        "state": "reopened" if back else gap.state, "members": members if members != gap.members else None,
    }  # fmt: skip


def _gone(c: Change, gap: KeptGap, judgement: Judgement, counts: Counter[str]) -> dict[str, Any]:
    closes = gap.key in judgement.no_gap and gap.state in OPEN
    counts["closed" if closes else "gone"] += 1
    if closes:
        c.did("close", "Gap", gap.id, ("state",))
    return {"key": gap.key, "state": CLOSED if closes else gap.state}


def _create(c: Change, graph: Graph, findings: Sequence[Finding], on: date) -> list[str]:
    news = [
        New(
            {
                "key": each.key, "cls": each.cls, "state": "detected", "first_seen": each.since or on, "last_seen": on,
                "points": each.points, "reasons": each.text(),
            },
            each.links,
        )
        for each in findings
    ]  # fmt: skip
    return records.create_many(c, graph, GAP, news)
