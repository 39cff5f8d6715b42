"""Open services that could take a case, with how soon their providers have answered in the last year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from analytics.receivers import Offer
from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphdb.connection import Graph

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Looked:
    """One row: offers as lists in the order of `Offer`, then [id, title] of the organisations; and the group with all wider ones."""

    offers: list[list[Any]]
    groups: list[str]


LOOKED = Read(
    Looked,
    """
    RETURN
      COLLECT {
        MATCH (t:ServiceType {id: $service})
        MATCH (x:ServiceType)-[:BROADER*0..4]->(t)
        MATCH (s:Service)-[:OF_TYPE]->(x)
        WHERE s.archived_at IS NULL AND s.status = 'active' AND (s.valid_to IS NULL OR s.valid_to > $today)
          AND ($place = '' OR EXISTS {
            MATCH (p:Place {id: $place})-[:PART_OF*0..6]->(a:Place) WHERE (s)-[:COVERS_AREA]->(a) })
        MATCH (o:Organisation)-[:PROVIDES]->(s)
        WHERE o.archived_at IS NULL AND coalesce(o.membership, '') <> 'left' AND (o.valid_to IS NULL OR o.valid_to > $today)
          AND NOT o.id IN $own
        WITH DISTINCT s, o ORDER BY o.id, s.id LIMIT $limit
        RETURN [s.id, o.id, coalesce(s.languages, []), coalesce(s.interpretation, false), s.capacity_available, s.assured_on,
                COLLECT { MATCH (s)-[:SERVES]->(g:PopulationGroup) RETURN g.id },
                COLLECT { MATCH (r:Referral)-[:TO]->(o) WHERE r.archived_at IS NULL AND r.sent_on > $since
                            AND (r.answered_on IS NOT NULL OR r.state IN ['sent', 'expired'])
                          RETURN CASE WHEN r.answered_on IS NULL THEN -1 ELSE duration.inDays(r.sent_on, r.answered_on).days END },
                coalesce(o['name_' + $lang], o.name)]
      } AS offers,
      COLLECT {
        MATCH (g:PopulationGroup {id: $group})-[:BROADER*0..4]->(wider:PopulationGroup)
        WITH DISTINCT wider.id AS id ORDER BY id RETURN id
      } AS groups
    """,
)


@dataclass(frozen=True, slots=True)
class Offers:
    """Offers, names of their organisations by id, and the group asked for with all wider ones."""

    offers: list[Offer]
    names: dict[str, str]
    groups: tuple[str, ...]


def offers(
    graph: Graph, service: str, place: str, group: str, today: date, language: str, own: Sequence[str], limit: int = 120
) -> Offers:
    """Who offers the service (or a narrower one) in the place, now. One statement."""
    row = graph.one(
        LOOKED, service=service, place=place, group=group, today=today, since=today - YEAR, lang=language, own=list(own),
        limit=limit,
    )  # fmt: skip
    assert row is not None
    made = [_offer(one) for one in row.offers]
    return Offers(made, {one[1]: one[8] for one in row.offers}, tuple(row.groups))


def _offer(row: list[Any]) -> Offer:
    service, organisation, languages, interpretation, room, assured_on, groups, answers, _ = row
    days = tuple(None if day < 0 else day for day in answers)
    return Offer(service, organisation, tuple(languages), interpretation, room, assured_on, tuple(groups), days)
