"""What is known around one cell beside its services: answers, requirements, how often it was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.connection import Graph

NOT_SERVED = ("no_capacity", "no_interpreter", "not_offered", "wrong_place")
"""Reasons of a declined referral that say: there was no such help."""


class Asked(TypedDict):
    """An assessment that speaks for the cell: asked of this place and type, or of something that contains them."""

    id: str
    ref: str
    on: date
    result: str
    source: str
    place: str
    service: str
    group: str | None


class Wanted(TypedDict):
    """A requirement of exactly this cell."""

    id: str
    ref: str
    source: str
    k: int | None
    weight: float | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """`sent` referrals asked for it in the window, `declined` of them for want of it: numbers of people's cases."""

    asked: list[Asked]
    wanted: list[Wanted]
    sent: int
    declined: int


EVIDENCE = Read(
    Evidence,
    """
    RETURN
      COLLECT {
        MATCH (p:Place)<-[:FOR_PLACE]-(a:Assessment)-[:FOR_SERVICE]->(t:ServiceType)
        WHERE p.id IN $around AND t.id IN $broader AND a.archived_at IS NULL AND a.on <= $on
        WITH a, p, t, head(COLLECT { MATCH (a)-[:FOR_GROUP]->(g:PopulationGroup) RETURN g.id }) AS g
        WHERE g IS NULL OR g IN $groups
        WITH a, p, t, g ORDER BY a.on DESC, a.id LIMIT 10
        RETURN {id: a.id, ref: a.ref, on: a.on, result: a.result, source: a.source, place: p.id, service: t.id, group: g}
      } AS asked,
      COLLECT {
        MATCH (p:Place {id: $place})<-[:FOR_PLACE]-(r:Requirement)-[:FOR_SERVICE]->(t:ServiceType {id: $service})
        WHERE r.archived_at IS NULL AND (r.valid_from IS NULL OR r.valid_from <= $on)
          AND (r.valid_to IS NULL OR r.valid_to > $on)
        WITH r, head(COLLECT { MATCH (r)-[:FOR_GROUP]->(g:PopulationGroup) RETURN g.id }) AS g
        WHERE g IS NULL OR g IN $groups
        WITH r ORDER BY r.ref LIMIT 10
        RETURN {id: r.id, ref: r.ref, source: r.source, k: r.k, weight: r.weight}
      } AS wanted,
      COUNT {
        MATCH (t:ServiceType)<-[:FOR_SERVICE]-(r:Referral)-[:FOR_PLACE]->(p:Place)
        WHERE t.id IN $narrower AND p.id IN $inside AND r.archived_at IS NULL AND r.sent_on > $after AND r.sent_on <= $on
      } AS sent,
      COUNT {
        MATCH (t:ServiceType)<-[:FOR_SERVICE]-(r:Referral)-[:FOR_PLACE]->(p:Place)
        WHERE t.id IN $narrower AND p.id IN $inside AND r.archived_at IS NULL AND r.sent_on > $after AND r.sent_on <= $on
          AND r.state = 'rejected' AND r.reason IN $not_served
      } AS declined
    ORDER BY sent
    """,
)


@dataclass(frozen=True, slots=True)
class Around:
    """A cell with what contains it and what it contains: ids."""

    place: str
    service: str
    around: Sequence[str]
    inside: Sequence[str]
    broader: Sequence[str]
    narrower: Sequence[str]
    groups: Sequence[str]


def evidence(graph: Graph, cell: Around, on: date, after: date) -> Evidence:
    """What is known around the cell on a day; referrals are counted in (after, on]. One statement."""
    found = graph.one(
        EVIDENCE, place=cell.place, service=cell.service, around=list(cell.around), inside=list(cell.inside),
        broader=list(cell.broader), narrower=list(cell.narrower), groups=list(cell.groups), on=on, after=after,
        not_served=list(NOT_SERVED),
    )  # fmt: skip
    assert found is not None
    return found
