"""What a partner's page shows beside its own fields, and what the list of partners says of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from graphdb.catalogue import kind_of
from graphdb.records.sealing import opened
from graphdb.records.text import sees, title
from graphdb.services import history
from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphdb.actors import Viewer
    from graphdb.connection import Graph

PERSON = kind_of("Person")
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Around:
    """One row. Lists hold maps by the names of what the page shows; `people` only those in post on the day; an
    administrator is told that they are there, not who."""

    services: list[dict[str, Any]]
    people: list[dict[str, Any]]
    agreements: list[dict[str, Any]]
    projects: list[dict[str, Any]]
    actions: list[dict[str, Any]]
    meetings: list[dict[str, Any]]
    attended: int
    last_attended: datetime | None
    history: list[dict[str, Any]]


AROUND = Read(
    Around,
    """
    MATCH (o:Organisation {id: $id})
    RETURN
      COLLECT {
        MATCH (o)-[:PROVIDES]->(s:Service) WHERE s.archived_at IS NULL
          AND (s.valid_from IS NULL OR s.valid_from <= $as_of) AND (s.valid_to IS NULL OR s.valid_to > $as_of)
        WITH s ORDER BY s.ref LIMIT $limit
        RETURN {id: s.id, title: coalesce(s['name_' + $lang], s.name), status: s.status, states: s.states,
                changed: s.changed_at, languages: s.languages, interpretation: s.interpretation, cost: s.cost,
                free: s.capacity_available, counted_on: s.capacity_on, wait_days: s.wait_days, assured_on: s.assured_on,
                types: COLLECT { MATCH (s)-[:OF_TYPE]->(t:ServiceType) RETURN t.id },
                groups: COLLECT { MATCH (s)-[:SERVES]->(g:PopulationGroup) RETURN g.id ORDER BY g.ref },
                areas: COLLECT { MATCH (s)-[:COVERS_AREA]->(p:Place) RETURN p.id ORDER BY p.ref },
                ends: COLLECT { MATCH (s)-[:FUNDED_BY]->(j:Project) WHERE j.archived_at IS NULL RETURN j.valid_to },
                one_person: EXISTS { (s)-[:RUN_BY]->(:Person) }}
      } AS services,
      COLLECT {
        MATCH (o)<-[:AT_ORGANISATION]-(e:Employment)-[:HOLDER]->(n:Person)
        WHERE e.archived_at IS NULL AND n.archived_at IS NULL AND coalesce(n.state, '') <> 'left'
          AND (e.valid_from IS NULL OR e.valid_from <= $as_of) AND (e.valid_to IS NULL OR e.valid_to > $as_of)
        WITH e, n, $viewer_everything OR $viewer_member AS told, """
    + sees(PERSON, "n")
    + """ AS sees
        ORDER BY coalesce(e.focal_point, false) DESC, coalesce(e.backup, false) DESC, n.ref LIMIT $limit
        RETURN {id: n.id, subject: coalesce(n.subject, n.id), sees: sees, position: CASE WHEN told THEN e.position END,
                name: CASE WHEN sees THEN n.name WHEN told THEN coalesce(n.alias, n.ref) END,
                focal: coalesce(e.focal_point, false), backup: coalesce(e.backup, false), languages: n.languages,
                phone: CASE WHEN sees THEN n.phone END, phone_v: n.phone_v,
                email: CASE WHEN sees THEN n.email END, email_v: n.email_v}
      } AS people,
      COLLECT {
        MATCH (o)-[:PARTY_TO]->(a:Agreement) WHERE a.archived_at IS NULL
          AND NOT coalesce(a.stage, 'signed') IN ['idea', 'drafting', 'legal']
        WITH a ORDER BY a.valid_to DESC, a.ref LIMIT $limit
        RETURN {id: a.id, title: coalesce(a['name_' + $lang], a.name), kind: a.kind, since: a.valid_from, until: a.valid_to}
      } AS agreements,
      COLLECT {
        MATCH (o)-[:TAKES_PART_IN]->(j:Project) WHERE j.archived_at IS NULL
        WITH j ORDER BY j.valid_to DESC, j.ref LIMIT $limit
        RETURN {id: j.id, title: coalesce(j['name_' + $lang], j.name), state: j.state, until: j.valid_to}
      } AS projects,
      COLLECT {
        MATCH (o)<-[:OWNED_BY]-(p:ActionPoint) WHERE p.archived_at IS NULL AND p.state IN ['open', 'in_progress']
          AND ($all_meetings OR o.id IN $viewer_organisations)
        WITH p ORDER BY p.due, p.ref LIMIT $limit
        RETURN {id: p.id, text: p.text, due: p.due, state: p.state}
      } AS actions,
      COLLECT {
        MATCH (o)-[t:ATTENDED]->(m:Meeting) WHERE m.archived_at IS NULL AND m.state = 'held'
          AND date(m.starts_at) <= $as_of AND t.mode IN $present
          AND ($all_meetings OR EXISTS { MATCH (mine:Organisation)-[:INVITED]->(m) WHERE mine.id IN $viewer_organisations })
        WITH m ORDER BY m.starts_at DESC LIMIT 5
        RETURN {id: m.id, title: coalesce(m['name_' + $lang], m.name), starts_at: m.starts_at}
      } AS meetings,
      COUNT { (o)-[t:ATTENDED]->(m:Meeting) WHERE m.archived_at IS NULL AND m.state = 'held'
              AND date(m.starts_at) <= $as_of AND t.mode IN $present } AS attended,
      head(COLLECT {
        MATCH (o)-[t:ATTENDED]->(m:Meeting) WHERE m.archived_at IS NULL AND m.state = 'held'
          AND date(m.starts_at) <= $as_of AND t.mode IN $present
        RETURN m.starts_at ORDER BY m.starts_at DESC LIMIT 1 }) AS last_attended,
      COLLECT {
        MATCH (e:AuditEntry {record: $id}) WITH e ORDER BY e.n DESC LIMIT 20
        RETURN {at: e.at, verb: e.verb, fields: e.fields}
      } AS history
    ORDER BY o.id
    """,
)

PRESENT = ("present", "deputy", "online")


def around(
    graph: Graph, organisation: str, viewer: Viewer, as_of: date, language: str, *, all_meetings: bool
) -> Around | None:
    """What stands around a partner on a day, as far as the viewer may know; None when there is none. One statement."""
    params = {"present": PRESENT, "limit": SHOWN, "all_meetings": all_meetings, "lang": language, **viewer.params()}
    row = graph.one(AROUND, id=organisation, as_of=as_of, **params)
    if row is None:
        return None
    people = [opened(graph, PERSON, one["id"], one["subject"], one) for one in row.people]
    return replace(row, people=people, services=[_as_of(one, as_of) for one in row.services])


def _as_of(service: dict[str, Any], day: date) -> dict[str, Any]:
    """The status of a service on a day, by its history."""
    kept = history(service["states"], service["status"], service["changed"])
    held = [entry for entry in kept if entry[0] is None or entry[0] <= day]
    status = max(enumerate(held), key=lambda entry: (entry[1][0] or date.min, entry[0]))[1][1] if held else "draft"
    return {**service, "status": status}


@dataclass(frozen=True, slots=True)
class Beside:
    """What a list of partners says of each, one row: `lines` (organisation, last checked, ids of the service types it
    offers), `focal` (organisation, person as a pointer, null to an administrator), `places` ids that partners are in."""

    lines: list[list[Any]]
    focal: list[list[Any]]
    places: list[str]


BESIDE = Read(
    Beside,
    """
    RETURN
      COLLECT {
        MATCH (o:Organisation) WHERE o.id IN $ids WITH o ORDER BY o.id
        RETURN [o.id, o.assured_on, COLLECT {
                  MATCH (o)-[:PROVIDES]->(s:Service)-[:OF_TYPE]->(t:ServiceType) WHERE s.archived_at IS NULL
                    AND s.status = 'active' AND (s.valid_from IS NULL OR s.valid_from <= $as_of)
                    AND (s.valid_to IS NULL OR s.valid_to > $as_of)
                  WITH DISTINCT t ORDER BY t.ref RETURN t.id }]
      } AS lines,
      COLLECT {
        MATCH (o:Organisation)<-[:AT_ORGANISATION]-(e:Employment {focal_point: true})-[:HOLDER]->(n:Person)
        WHERE o.id IN $ids AND e.archived_at IS NULL AND n.archived_at IS NULL AND coalesce(n.state, '') <> 'left'
          AND (e.valid_from IS NULL OR e.valid_from <= $as_of) AND (e.valid_to IS NULL OR e.valid_to > $as_of)
        WITH o, n ORDER BY o.id, n.ref
        RETURN [o.id, CASE WHEN $viewer_everything OR $viewer_member THEN {id: n.id, ref: n.ref, label: 'Person', title: """
    + title(PERSON, "n")
    + """} END]
      } AS focal,
      COLLECT {
        MATCH (p:Place)<-[:LOCATED_IN]-(o:Organisation) WHERE p.archived_at IS NULL AND o.archived_at IS NULL
        WITH DISTINCT p ORDER BY p.ref RETURN p.id LIMIT 300
      } AS places
    """,
)


def beside(graph: Graph, ids: Sequence[str], viewer: Viewer, as_of: date, language: str) -> Beside:
    """Offers, last check and focal point of these organisations, and the places partners are in. One statement."""
    row = graph.one(BESIDE, ids=list(ids), as_of=as_of, lang=language, **viewer.params())
    assert row is not None
    return row
