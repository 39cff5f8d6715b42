"""What the registry holds already, for matching a list with it. One row a kind or an organisation, columns collected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphdb.connection import Tx


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation or a person that is there: all its names, its id in an imported list, whom a person works for.

    `with_import` is the import it came with; `ids` are all ids it has in imported lists, more than one after a merge.
    """

    id: str
    ref: str
    names: tuple[str, ...]
    imported: str | None
    identifiers: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    with_import: str | None = None
    archived: bool = False
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that is there."""

    id: str
    names: tuple[str, ...]
    level: str
    code: str | None
    parent: str | None
    imported: str | None
    with_import: str | None


@dataclass(frozen=True, slots=True)
class Coded:
    """A service type, a group or a series that is there."""

    id: str
    names: tuple[str, ...]
    code: str | None
    imported: str | None
    with_import: str | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A service that is there."""

    id: str
    version: int
    provider: str
    type: str | None
    places: frozenset[str]
    groups: frozenset[str]
    name: str
    valid_from: date | None
    valid_to: date | None
    status: str
    assured: tuple[date, ...]
    assured_on: date | None
    states: tuple[str, ...]
    imported: str | None
    with_import: str | None


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting that is there; `present` are (organisation, person) pairs, `approved` says that its minutes are."""

    id: str
    name: str
    on: date
    imported: str | None
    present: frozenset[tuple[str, str | None]]
    invited: frozenset[str]
    with_import: str | None
    approved: bool


@dataclass(frozen=True, slots=True)
class StoredOrganisation:
    """What an organisation says now, with the places it is linked to."""

    id: str
    version: int
    fields: dict[str, Any]
    places: list[str]
    assured_on: list[date]


@dataclass(frozen=True, slots=True)
class Rows:
    """One row of a list of lists."""

    rows: list[list[Any]]


_IMPORTED = "head(COLLECT { MATCH (n)-[:IDENTIFIED_BY]->(i:Identifier) WHERE i.scheme = 'import' RETURN i.value ORDER BY i.value })"
_IDS = (
    "COLLECT { MATCH (n)-[:IDENTIFIED_BY]->(i:Identifier) WHERE i.scheme = 'import' RETURN i.value ORDER BY i.value }"
)
_NAMES = (
    "[name IN [n.name, n.name_bg, n.name_en, n.name_lv, n.name_sr] + coalesce(n.aliases, []) WHERE name IS NOT NULL]"
)

ORGANISATIONS = Read(
    Rows,
    "MATCH (n:Organisation) WITH n ORDER BY n.ref RETURN collect([n.id, n.ref, " + _NAMES + ", " + _IMPORTED + ","
    " coalesce(n.identifiers, []), [], n.import_id, n.archived_at IS NOT NULL, " + _IDS + "]) AS rows ORDER BY rows",
)

PEOPLE = Read(
    Rows,
    "MATCH (n:Person) WITH n ORDER BY n.ref RETURN collect([n.id, n.ref, [n.name], " + _IMPORTED + ", [],"
    " COLLECT { MATCH (n)<-[:HOLDER]-(e:Employment)-[:AT_ORGANISATION]->(o:Organisation) WHERE e.archived_at IS NULL"
    " RETURN DISTINCT o.id ORDER BY o.id }, n.import_id, n.archived_at IS NOT NULL, "
    + _IDS
    + "]) AS rows ORDER BY rows",
)

PLACES = Read(
    Rows,
    "MATCH (n:Place) WHERE n.archived_at IS NULL WITH n ORDER BY n.ref RETURN collect([n.id, " + _NAMES + ", n.level,"
    " n.code, head(COLLECT { MATCH (n)-[:PART_OF]->(up:Place) RETURN up.id ORDER BY up.id }), " + _IMPORTED + ","
    " n.import_id]) AS rows ORDER BY rows",
)

TYPES = Read(
    Rows,
    "MATCH (n:ServiceType) WHERE n.archived_at IS NULL WITH n ORDER BY n.ref RETURN collect([n.id, " + _NAMES + ","
    " n.code, " + _IMPORTED + ", n.import_id]) AS rows ORDER BY rows",
)

GROUPS = Read(
    Rows,
    "MATCH (n:PopulationGroup) WHERE n.archived_at IS NULL WITH n ORDER BY n.ref RETURN collect([n.id, " + _NAMES + ","
    " n.code, " + _IMPORTED + ", n.import_id]) AS rows ORDER BY rows",
)

SERIES = Read(
    Rows,
    "MATCH (n:MeetingSeries) WHERE n.archived_at IS NULL WITH n ORDER BY n.ref RETURN collect([n.id, " + _NAMES + ","
    " null, null, n.import_id]) AS rows ORDER BY rows",
)

SERVICES = Read(
    Rows,
    """
    MATCH (o:Organisation) WHERE o.id IN $organisations
    WITH o ORDER BY o.id
    RETURN COLLECT {
        MATCH (o)-[:PROVIDES]->(n:Service) WHERE n.archived_at IS NULL
        WITH n ORDER BY n.ref
        RETURN [n.id, n.version, o.id, head(COLLECT { MATCH (n)-[:OF_TYPE]->(t:ServiceType) RETURN t.id }),
                COLLECT { MATCH (n)-[:COVERS_AREA]->(p:Place) RETURN p.id },
                COLLECT { MATCH (n)-[:SERVES]->(g:PopulationGroup) RETURN g.id },
                n.name, n.valid_from, n.valid_to, n.status, coalesce(n.assured, []), n.assured_on,
                coalesce(n.states, ['=' + n.status]),
                head(COLLECT { MATCH (n)-[:IDENTIFIED_BY]->(i:Identifier) WHERE i.scheme = 'import' RETURN i.value }),
                n.import_id]
    } AS rows
    ORDER BY rows
    """,
)

STORED_ORGANISATIONS = Read(
    StoredOrganisation,
    """
    MATCH (n:Organisation) WHERE n.id IN $ids
    RETURN n.id AS id, n.version AS version, properties(n) AS fields,
           COLLECT { MATCH (n)-[:LOCATED_IN]->(p:Place) RETURN p.id } AS places,
           [day IN [n.assured_on] WHERE day IS NOT NULL] AS assured_on
    ORDER BY id
    """,
)

SERVICE_IDS = Read(
    Rows,
    "MATCH (n:Service) WITH n ORDER BY n.ref RETURN collect([" + _IMPORTED + ", n.id]) AS rows ORDER BY rows",
)

TIES = Read(
    Rows,
    """
    MATCH (o:Organisation|Person) WHERE o.id IN $ends
    WITH o ORDER BY o.id
    RETURN COLLECT {
        MATCH (o)<-[:TIE_FROM]-(n:DeclaredTie|PersonTie)-[:TIE_TO]->(to) WHERE n.archived_at IS NULL
        WITH o, n, to ORDER BY n.ref
        RETURN [o.id, to.id, n.relation, coalesce(n.undirected, false), n.strength, n.on, n.valid_from, n.valid_to,
                n.note]
    } AS rows
    ORDER BY rows
    """,
)

MEETINGS = Read(
    Rows,
    """
    MATCH (n:Meeting) WHERE n.archived_at IS NULL
    WITH n ORDER BY n.ref
    RETURN collect([n.id, n.name, date(n.starts_at),
        head(COLLECT { MATCH (n)-[:IDENTIFIED_BY]->(i:Identifier) WHERE i.scheme = 'import' RETURN i.value }),
        COLLECT { MATCH (o:Organisation)-[a:ATTENDED]->(n) RETURN [o.id, a.person] },
        COLLECT { MATCH (o:Organisation)-[:INVITED]->(n) RETURN o.id }, n.import_id,
        coalesce(n.minutes_state, '') = 'minutes_approved']) AS rows
    ORDER BY rows
    """,
)

ASSESSMENTS = Read(
    Rows,
    """
    MATCH (p:Place)<-[:FOR_PLACE]-(n:Assessment)-[:FOR_SERVICE]->(t:ServiceType)
    WHERE n.archived_at IS NULL AND p.id IN $places
    WITH n, p, t ORDER BY n.ref
    RETURN collect([p.id, t.id, head(COLLECT { MATCH (n)-[:FOR_GROUP]->(g:PopulationGroup) RETURN g.id }), n.on,
                    n.result]) AS rows
    ORDER BY rows
    """,
)

SUPPLY = Read(
    Rows,
    """
    MATCH (s:Service)-[:COVERS_AREA]->(p:Place)
    WHERE s.archived_at IS NULL AND s.status = 'active'
    MATCH (s)-[:OF_TYPE]->(t:ServiceType)
    WITH DISTINCT p, t ORDER BY p.id, t.id
    RETURN collect([p.id, t.id]) AS rows
    ORDER BY rows
    """,
)


def organisations(tx: Tx) -> list[Party]:
    """Every organisation, archived ones too (their ids are taken), in the order they were entered."""
    return [_party(row) for row in _rows(tx, ORGANISATIONS)]


def stored_organisations(tx: Tx, ids: Sequence[str]) -> dict[str, StoredOrganisation]:
    """What these organisations say now, by id."""
    return {row.id: row for row in tx.fetch(STORED_ORGANISATIONS, ids=list(ids))}


def people(tx: Tx) -> list[Party]:
    """Every person."""
    return [_party(row) for row in _rows(tx, PEOPLE)]


def places(tx: Tx) -> list[Spot]:
    """Every place."""
    return [Spot(row[0], tuple(row[1]), *row[2:]) for row in _rows(tx, PLACES)]


def service_types(tx: Tx) -> list[Coded]:
    """Every service type."""
    return _coded(tx, TYPES)


def groups(tx: Tx) -> list[Coded]:
    """Every population group."""
    return _coded(tx, GROUPS)


def series(tx: Tx) -> list[Coded]:
    """Every series of meetings."""
    return _coded(tx, SERIES)


def services(tx: Tx, organisations: Sequence[str]) -> list[Offer]:
    """Services of these organisations."""
    found = tx.fetch(SERVICES, organisations=list(organisations))
    return [_offer(*row) for part in found for row in part.rows]


def service_ids(tx: Tx) -> dict[str, str]:
    """Ids in imported lists that services have, with the service."""
    return {imported: record for imported, record in _rows(tx, SERVICE_IDS) if imported}


def ties(tx: Tx, ends: Sequence[str]) -> list[tuple[object, ...]]:
    """Stated ties from these organisations and people: (from, to, relation, undirected, strength, on, from, to, note)."""
    found = tx.fetch(TIES, ends=list(ends))
    return [tuple(row) for part in found for row in part.rows]


def meetings(tx: Tx) -> list[Gathering]:
    """Every meeting with who was there."""
    return [
        Gathering(record, name, on, imported, frozenset((who, as_) for who, as_ in present), frozenset(invited), *rest)
        for record, name, on, imported, present, invited, *rest in _rows(tx, MEETINGS)
    ]


def assessments(tx: Tx, places: Sequence[str]) -> set[tuple[str, str, str | None, date, str]]:
    """What was asked in these places: (place, service type, group, day, answer)."""
    found = tx.fetch(ASSESSMENTS, places=list(places))
    return {(row[0], row[1], row[2], row[3], row[4]) for part in found for row in part.rows}


def supply(tx: Tx) -> set[tuple[str, str]]:
    """Every (place, service type) for which a service is open."""
    return {(place, type_) for place, type_ in _rows(tx, SUPPLY)}


def _rows(tx: Tx, statement: Read[Rows]) -> list[list[Any]]:
    row = tx.one(statement)
    return row.rows if row else []


def _party(row: list[Any]) -> Party:
    record, ref, names, imported, identifiers, employers, came, archived, ids = row
    return Party(record, ref, tuple(names), imported, tuple(identifiers), tuple(employers), came, archived, tuple(ids))


def _coded(tx: Tx, statement: Read[Rows]) -> list[Coded]:
    return [Coded(row[0], tuple(row[1]), *row[2:]) for row in _rows(tx, statement)]


def _offer(
    record: str, version: int, provider: str, type_: str | None, places: list[str], groups: list[str], name: str,
    since: date | None, until: date | None, status: str, assured: list[date], assured_on: date | None,
    states: list[str], imported: str | None, came: str | None,
) -> Offer:  # fmt: skip
    return Offer(
        record, version, provider, type_, frozenset(places), frozenset(groups), name, since, until, status,
        tuple(assured), assured_on, tuple(states), imported, came,
    )  # fmt: skip
