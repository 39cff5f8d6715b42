"""Referrals of a window as facts for their indicators: no case reference, no text, no group of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from analytics.referral_indicators import Case, Hop
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.connection import Graph

MINORS = ("unaccompanied", "children", "minors")
"""Codes of groups that are children also where nobody has said so of the group."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """One row: the fields of every Case in their order."""

    cases: list[list[Any]]


COHORT = Read(
    Cohort,
    """
    RETURN COLLECT {
      MATCH (s:Organisation)-[:SENT]->(r:Referral)-[:TO]->(e:Organisation)
      WHERE r.archived_at IS NULL AND r.state <> 'draft' AND r.sent_on >= $start AND r.sent_on <= $end
      WITH r, s, e ORDER BY r.sent_on, r.id
      RETURN [
        s.id, e.id,
        head(COLLECT { MATCH (r)-[:FOR_SERVICE]->(t:ServiceType) RETURN t.id ORDER BY t.id }),
        head(COLLECT {
          MATCH (r)-[:FOR_PLACE]->(p:Place) MATCH way = (p)-[:PART_OF*0..8]->(up:Place)
          WHERE coalesce(up.protected, false) = false
            AND (NOT coalesce(p.protected, false) OR NOT up.level IN ['site', 'settlement', 'district'])
          RETURN up.id ORDER BY length(way), up.id
        }),
        coalesce(r.age_band = 'child', false) OR EXISTS {
          MATCH (r)-[:FOR_GROUP]->(:PopulationGroup)-[:BROADER*0..4]->(g:PopulationGroup)
          WHERE g.minors = true OR g.code IN $minors
        },
        r.priority, r.state, r.sent_on, r.answered_on, r.closed_on, r.served_on, r.feedback_seen_on,
        COLLECT { MATCH (r)-[:HAS_EVENT]->(v:Event) RETURN [v.kind, v.at] ORDER BY v.at, v.id },
        EXISTS { MATCH (r)-[:HAS_EVENT]->(v:Event) WHERE v.kind = 'send' AND v.via = 'list' },
        NOT EXISTS { (:Referral)-[:REDIRECTED_AS]->(r) },
        COLLECT {
          MATCH way = (r)-[:REDIRECTED_AS*1..12]->(on:Referral) MATCH (on)-[:TO]->(o:Organisation)
          WHERE on.archived_at IS NULL AND on.sent_on IS NOT NULL
          RETURN [o.id, on.sent_on] ORDER BY length(way), on.id
        }
      ]
    } AS cases
    ORDER BY cases
    """,
)


def cohort(graph: Graph, start: date, end: date) -> list[Case]:
    """Referrals sent on the days from `start` to `end`, both included, the first sent first. One statement, one row."""
    row = graph.one(COHORT, start=start, end=end, minors=list(MINORS))
    assert row is not None
    return [_case(each) for each in row.cases]


def _case(fields: list[Any]) -> Case:
    *plain, steps, days_only, first, hops = fields
    return Case(
        *plain,
        steps=tuple((kind, at) for kind, at in steps),
        days_only=days_only,
        first=first,
        hops=tuple(Hop(*hop) for hop in hops),
    )  # type: ignore[call-arg]
