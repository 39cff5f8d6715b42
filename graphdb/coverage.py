"""The facts that coverage is computed from, read as columns in one row of lists.

Archived records are left out, at every date; a service whose provider or type is archived, or that names no place, can
count in no cell and is counted in `unplaced` instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from analytics.coverage import Assessment, CoverageFacts, Place, Requirement, Service, ServiceColumns
from graphdb import services
from graphdb.audit import data_stamp
from graphdb.kept import Kept
from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphdb.connection import Graph

KINDS = (
    "Service", "Organisation", "Place", "ServiceType", "PopulationGroup",
    "Requirement", "Assessment", "Project", "Person",
)  # fmt: skip
"""Kinds whose changes make the facts others."""


@dataclass(frozen=True, slots=True)
class Columns:
    """One row: a list for each kind; each entry a list in the order of the dataclass it becomes."""

    services: list[list[object]]
    places: list[list[str | None]]
    types: list[list[str | None]]
    groups: list[list[str | None]]
    requirements: list[list[object]]
    assessments: list[list[object]]
    left: list[list[object]]
    unplaced: int


COLUMNS = Read(
    Columns,
    """
    RETURN
      COLLECT {
        MATCH (s:Service)-[:OF_TYPE]->(t:ServiceType) WHERE s.archived_at IS NULL AND t.archived_at IS NULL
        WITH s, t,
             COLLECT { MATCH (s)<-[:PROVIDES]-(o:Organisation) WHERE o.archived_at IS NULL RETURN o.id } AS providers,
             COLLECT { MATCH (s)-[:COVERS_AREA]->(p:Place) WHERE p.archived_at IS NULL RETURN p.id } AS areas
        WHERE providers <> [] AND areas <> []
        WITH s, t, providers, areas ORDER BY s.id
        RETURN [s.id, providers, t.id, areas,
                COLLECT { MATCH (s)-[:SERVES]->(g:PopulationGroup) WHERE g.archived_at IS NULL RETURN g.id },
                s.languages, s.valid_from, s.valid_to, s.assured, s.assured_on, s.states, s.status, s.changed_at,
                COLLECT { MATCH (s)-[:FUNDED_BY]->(j:Project) WHERE j.archived_at IS NULL RETURN [j.id, j.valid_to] },
                COLLECT { MATCH (s)-[:RUN_BY]->(n:Person) WHERE n.archived_at IS NULL RETURN n.id }]
      } AS services,
      COLLECT {
        MATCH (p:Place) WHERE p.archived_at IS NULL WITH p ORDER BY p.id
        RETURN [p.id, p.level, head(COLLECT { MATCH (p)-[:PART_OF]->(up:Place) RETURN up.id })]
      } AS places,
      COLLECT {
        MATCH (t:ServiceType) WHERE t.archived_at IS NULL WITH t ORDER BY t.id
        RETURN [t.id, head(COLLECT { MATCH (t)-[:BROADER]->(up:ServiceType) RETURN up.id })]
      } AS types,
      COLLECT {
        MATCH (g:PopulationGroup) WHERE g.archived_at IS NULL WITH g ORDER BY g.id
        RETURN [g.id, head(COLLECT { MATCH (g)-[:BROADER]->(up:PopulationGroup) RETURN up.id })]
      } AS groups,
      COLLECT {
        MATCH (p:Place)<-[:FOR_PLACE]-(r:Requirement)-[:FOR_SERVICE]->(t:ServiceType)
        WHERE r.archived_at IS NULL AND p.archived_at IS NULL AND t.archived_at IS NULL
        WITH r, p, t ORDER BY r.id
        RETURN [p.id, t.id, head(COLLECT { MATCH (r)-[:FOR_GROUP]->(g:PopulationGroup) RETURN g.id }),
                r.k, r.weight, r.valid_from, r.valid_to]
      } AS requirements,
      COLLECT {
        MATCH (p:Place)<-[:FOR_PLACE]-(a:Assessment)-[:FOR_SERVICE]->(t:ServiceType)
        WHERE a.archived_at IS NULL AND p.archived_at IS NULL AND t.archived_at IS NULL
        WITH a, p, t ORDER BY a.id
        RETURN [p.id, t.id, a.on, head(COLLECT { MATCH (a)-[:FOR_GROUP]->(g:PopulationGroup) RETURN g.id }), a.result]
      } AS assessments,
      COLLECT {
        MATCH (o:Organisation) WHERE o.archived_at IS NULL AND (o.valid_to IS NOT NULL OR o.membership = 'left')
        WITH o ORDER BY o.id
        RETURN [o.id, o.valid_to, o.changed_at]
      } AS left,
      COUNT {
        MATCH (s:Service) WHERE s.archived_at IS NULL AND NOT EXISTS {
          MATCH (s)-[:COVERS_AREA]->(p:Place) WHERE p.archived_at IS NULL
            AND EXISTS { MATCH (s)-[:OF_TYPE]->(t:ServiceType) WHERE t.archived_at IS NULL }
            AND EXISTS { MATCH (s)<-[:PROVIDES]-(o:Organisation) WHERE o.archived_at IS NULL }
        }
      } AS unplaced
    """,
)


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of one data version. `need`: people in need of required cells (place, service, group), where known.

    `unplaced`: services that can count in no cell.
    """

    facts: CoverageFacts
    need: Mapping[tuple[str, str, str | None], float]
    unplaced: int


_KEPT: Kept[Known] = Kept()


def known(graph: Graph, stamp: str | None = None) -> Known:
    """The facts as they are now; any as-of date is a function of them.

    One statement, and none while the data version `stamp` (of `KINDS`) is kept; without a stamp it is asked for.
    """
    return _KEPT.get(data_stamp(graph, *KINDS) if stamp is None else stamp, lambda: _read(graph))


def _read(graph: Graph) -> Known:
    row = graph.one(COLUMNS)
    assert row is not None
    facts = CoverageFacts.of(
        ServiceColumns.of(_service(*entry) for entry in row.services),  # type: ignore[arg-type]
        [Place(str(place), str(level), parent) for place, level, parent in row.places],
        types=[(str(term), broader) for term, broader in row.types],
        groups=[(str(term), broader) for term, broader in row.groups],
        requirements=[_requirement(*entry) for entry in row.requirements],  # type: ignore[arg-type]
        assessments=[_assessment(*entry) for entry in row.assessments],  # type: ignore[arg-type]
        left_on={str(entry[0]): _left(*entry[1:]) for entry in row.left},  # type: ignore[arg-type]
    )
    return Known(facts, _need(row.requirements), row.unplaced)


def _service(
    record: str,
    providers: list[str],
    type_: str,
    areas: list[str],
    groups: list[str],
    languages: list[str] | None,
    valid_from: date | None,
    valid_to: date | None,
    assured: list[date] | None,
    assured_on: date | None,
    states: list[str] | None,
    status: str,
    changed: datetime | None,
    projects: list[tuple[str, date | None]],
    people: list[str],
) -> Service:
    return Service(
        id=record,
        providers=tuple(providers),
        type=type_,
        areas=tuple(areas),
        groups=tuple(groups),
        languages=tuple(languages or ()),
        valid_from=valid_from,
        valid_to=valid_to,
        assured=services.confirmations(assured, assured_on),
        status=services.history(states, status, changed),
        projects=tuple((project, ends) for project, ends in projects),
        people=tuple(people),
    )


def _requirement(
    place: str,
    service: str,
    group: str | None,
    wanted: int | None,
    weight: float | None,
    since: date | None,
    until: date | None,
) -> Requirement:
    """One provider and the weight 1, where nothing is said."""
    return Requirement(place, service, group, max(1, wanted or 1), weight or 1.0, since, until)


def _assessment(place: str, service: str, on: date, group: str | None, result: str) -> Assessment:
    return Assessment(place, service, on, group, result)


def _left(until: date | None, changed: datetime | None) -> date:
    """Known to have left, not since when: since the day it was written down."""
    return until or (changed.date() if changed else date.min)


def _need(requirements: list[list[object]]) -> dict[tuple[str, str, str | None], float]:
    need: dict[tuple[str, str, str | None], float] = {}
    for place, service, group, _, weight, _, _ in requirements:
        if isinstance(weight, int | float):
            key = (str(place), str(service), None if group is None else str(group))
            need[key] = max(need.get(key, 0.0), float(weight))
    return need
