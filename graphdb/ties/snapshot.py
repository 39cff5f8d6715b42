"""The network as one snapshot: its organisations and the dated records that their ties follow from.

Two statements of one row each, columns collected (performance.md E).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from analytics.collaboration.facts import Action, Agreement, Meeting, Project, Referral
from analytics.derived import InstitutionContact, Statement
from analytics.ties import Post, TieFacts
from graphdb.audit import data_version
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.connection import Graph, Tx

READS = (
    "Organisation", "Person", "PersonTie", "Employment", "Place", "Referral", "Meeting", "ActionPoint", "AgendaItem",
    "Decision", "Gap", "Mentorship", "Contact", "Programme", "Agreement", "Project", "DeclaredTie", "Import",
)  # fmt: skip
"""Kinds of record a snapshot is made of: their data version is its version."""

ACCEPTED = ("accepted", "in_service", "closed_successful", "closed_unsuccessful")
PRESENT = ("present", "deputy", "online")
OPEN = ("detected", "confirmed", "on_agenda", "in_action", "reopened")


@dataclass(frozen=True, slots=True)
class Node:
    """An organisation (or, on the level of people, a person) as a node of the network.

    names: by language.  imported: its id in the file it came from.  places: those it may be shown at and all above
    them, the nearest first; of a protected one its municipality is the nearest.
    """

    id: str
    ref: str
    name: str
    names: dict[str, str]
    kind: str
    level: str | None
    sectors: tuple[str, ...]
    membership: str | None
    start: date | None
    end: date | None
    imported: str | None
    places: tuple[str, ...]

    def called(self, language: str) -> str:
        """Its name in a language, else the one it is entered by."""
        return self.names.get(language) or self.name


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place that organisations may be looked for by."""

    id: str
    name: str
    names: dict[str, str]
    level: str

    def called(self, language: str) -> str:
        """Its name in a language, else the one it is entered by."""
        return self.names.get(language) or self.name


@dataclass(frozen=True, slots=True)
class Missing:
    """An open collaboration gap between two organisations: a tie one would expect. `reasons` is JSON."""

    gap: str
    ref: str
    cls: str
    source: str
    target: str
    since: date | None
    until: date | None
    reasons: str | None


@dataclass(frozen=True, eq=False)
class Network:
    """Everything ties follow from, as it was at a data version. `archived`: organisations left out everywhere."""

    version: int
    nodes: tuple[Node, ...]
    places: tuple[MapPlace, ...]
    archived: int
    disputed: int
    facts: TieFacts
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Members:
    archived: int
    organisations: list[list[Any]]
    places: list[list[Any]]


MEMBERS = Read(
    Members,
    """
    RETURN
    COUNT { MATCH (o:Organisation) WHERE o.archived_at IS NOT NULL } AS archived,
    COLLECT {
        MATCH (o:Organisation) WHERE o.archived_at IS NULL
        RETURN [
            o.id, o.ref, o.name, {bg: o.name_bg, en: o.name_en, lv: o.name_lv, sr: o.name_sr},
            o.kind, o.level, o.sectors, o.membership, o.valid_from, o.valid_to,
            head(COLLECT {
                MATCH (o)-[:IDENTIFIED_BY]->(i:Identifier {scheme: 'import'}) RETURN i.value ORDER BY i.value
            }),
            COLLECT {
                MATCH (o)-[:LOCATED_IN]->(p:Place) WHERE p.archived_at IS NULL
                MATCH way = (p)-[:PART_OF*0..8]->(up:Place)
                WHERE coalesce(up.protected, false) = false
                  AND (NOT (coalesce(o.protected, false) OR coalesce(p.protected, false))
                       OR NOT up.level IN ['site', 'settlement', 'district'])
                RETURN up.id ORDER BY length(way), up.id
            }] ORDER BY o.id
    } AS organisations,
    COLLECT {
        MATCH (p:Place) WHERE p.archived_at IS NULL AND coalesce(p.protected, false) = false
        RETURN [p.id, p.name, {bg: p.name_bg, en: p.name_en, lv: p.name_lv, sr: p.name_sr}, p.level]
        ORDER BY p.id
    } AS places
    """,
)


@dataclass(frozen=True, slots=True)
class Dated:
    referrals: list[list[Any]]
    meetings: list[list[Any]]
    actions: list[list[Any]]
    contacts: list[list[Any]]
    agreements: list[list[Any]]
    projects: list[list[Any]]
    declared: list[list[Any]]
    of_people: list[list[Any]]
    posts: list[list[Any]]
    missing: list[list[Any]]
    disputed: int


# A contact counts for the employers of its mentor and leader on its day, else for who runs the programme.
DATED = Read(
    Dated,
    """
    RETURN
    COLLECT {
        MATCH (s:Organisation)-[:SENT]->(r:Referral)-[:TO]->(t:Organisation)
        WHERE r.archived_at IS NULL AND r.state <> 'draft'
        RETURN [r.id, s.id, t.id, r.sent_on, r.state IN $accepted] ORDER BY r.id
    } AS referrals,
    COLLECT {
        MATCH (m:Meeting {state: 'held'}) WHERE m.archived_at IS NULL
        RETURN [m.id, date(m.starts_at), COLLECT {
            MATCH (o:Organisation)-[a:ATTENDED]->(m) WHERE a.mode IN $present RETURN DISTINCT o.id ORDER BY o.id
        }] ORDER BY m.id
    } AS meetings,
    COLLECT {
        MATCH (a:ActionPoint)-[:OWNED_BY]->(o:Organisation) WHERE a.archived_at IS NULL AND a.state <> 'cancelled'
        RETURN [a.id, o.id, a.agreed_on, COLLECT { MATCH (a)-[:AIMS_AT]->(g:Gap) RETURN g.id ORDER BY g.id } + COLLECT {
            MATCH (a)<-[:REQUIRES]-(:Decision)<-[:LED_TO]-(i:AgendaItem) RETURN DISTINCT i.id ORDER BY i.id
        }] ORDER BY a.id
    } AS actions,
    COLLECT {
        MATCH (o:Organisation)<-[:TOUCHED]-(c:Contact)-[:IN]->(pair:Mentorship) WHERE c.archived_at IS NULL
        WITH o, c, pair, COLLECT {
            MATCH (pair)<-[:MENTORS_IN|MENTEE_IN]-(:Person)<-[:HOLDER]-(e:Employment)
            MATCH (e)-[:AT_ORGANISATION]->(own:Organisation)
            WHERE e.archived_at IS NULL AND (e.valid_from IS NULL OR e.valid_from <= c.on)
              AND (e.valid_to IS NULL OR e.valid_to > c.on)
            RETURN DISTINCT own.id ORDER BY own.id
        } AS employers
        RETURN [c.on, o.id, CASE WHEN employers <> [] THEN employers ELSE COLLECT {
            MATCH (pair)-[:IN_PROGRAMME]->(:Programme)-[:RUN_BY]->(own:Organisation) RETURN own.id ORDER BY own.id
        } END] ORDER BY c.id, o.id
    } AS contacts,
    COLLECT {
        MATCH (a:Agreement) WHERE a.archived_at IS NULL
        RETURN [a.id, a.valid_from, a.valid_to, COLLECT {
            MATCH (a)<-[:PARTY_TO]-(o:Organisation) RETURN DISTINCT o.id ORDER BY o.id
        }] ORDER BY a.id
    } AS agreements,
    COLLECT {
        MATCH (p:Project) WHERE p.archived_at IS NULL AND NOT coalesce(p.state, '') IN ['idea', 'submitted']
        RETURN [p.id, p.valid_from, p.valid_to, COLLECT {
            MATCH (p)<-[:TAKES_PART_IN]-(o:Organisation) RETURN DISTINCT o.id ORDER BY o.id
        }] ORDER BY p.id
    } AS projects,
    COLLECT {
        MATCH (s:Organisation)<-[:TIE_FROM]-(d:DeclaredTie)-[:TIE_TO]->(t:Organisation)
        WHERE d.archived_at IS NULL AND d.status <> 'disputed'
        RETURN [d.id, s.id, t.id, d.valid_from, d.valid_to, d.on, d.relation, d.undirected, d.status] ORDER BY d.id
    } AS declared,
    COLLECT {
        MATCH (s:Person)<-[:TIE_FROM]-(d:PersonTie)-[:TIE_TO]->(t:Person)
        WHERE d.archived_at IS NULL AND d.status <> 'disputed'
        RETURN [d.id, s.id, t.id, d.valid_from, d.valid_to, d.on, d.relation, d.undirected, d.status] ORDER BY d.id
    } AS of_people,
    COLLECT {
        MATCH (p:Person)<-[:HOLDER]-(e:Employment)-[:AT_ORGANISATION]->(o:Organisation)
        WHERE e.archived_at IS NULL AND EXISTS { MATCH (p)<-[:TIE_FROM|TIE_TO]-(:PersonTie) }
        RETURN [p.id, o.id, e.valid_from, e.valid_to] ORDER BY e.id
    } AS posts,
    COLLECT {
        MATCH (s:Organisation)<-[:GAP_OF]-(g:Gap)-[:GAP_WITH]->(t:Organisation)
        WHERE g.archived_at IS NULL AND g.state IN $open
        RETURN [g.id, g.ref, g.cls, s.id, t.id, g.first_seen, g.gone_on, g.reasons] ORDER BY g.id
    } AS missing,
    COUNT { MATCH (d:DeclaredTie|PersonTie {status: 'disputed'}) WHERE d.archived_at IS NULL } AS disputed
    """,
)


@dataclass(frozen=True, slots=True)
class People:
    archived: int
    people: list[list[Any]]
    meetings: list[list[Any]]
    pairs: list[list[Any]]


# For the command line of the machine's owner only: no page shows people as a network (reliability.md 3.6).
PEOPLE = Read(
    People,
    """
    RETURN
    COUNT { MATCH (p:Person) WHERE p.archived_at IS NOT NULL } AS archived,
    COLLECT {
        MATCH (p:Person) WHERE p.archived_at IS NULL
        RETURN [
            p.id, p.ref, p.name, p.role_class, p.valid_from, p.valid_to,
            head(COLLECT {
                MATCH (p)-[:IDENTIFIED_BY]->(i:Identifier {scheme: 'import'}) RETURN i.value ORDER BY i.value
            })] ORDER BY p.id
    } AS people,
    COLLECT {
        MATCH (m:Meeting {state: 'held'}) WHERE m.archived_at IS NULL
        RETURN [m.id, date(m.starts_at), COLLECT {
            MATCH (:Organisation)-[a:ATTENDED]->(m) WHERE a.mode IN $present AND a.person IS NOT NULL
            RETURN DISTINCT a.person AS person ORDER BY person
        }] ORDER BY m.id
    } AS meetings,
    COLLECT {
        MATCH (one:Person)-[:MENTORS_IN]->(m:Mentorship)<-[:MENTEE_IN]-(other:Person)
        WHERE m.archived_at IS NULL AND m.state <> 'proposed'
        RETURN [m.id, one.id, other.id, m.valid_from, m.valid_to] ORDER BY m.id
    } AS pairs
    """,
)


def network(graph: Graph, version: int | None = None) -> Network:
    """The snapshot of the network, kept per data version; give the `version` of READS where it is known already."""
    current = data_version(graph, *READS) if version is None else version
    kept = graph.snapshots.get("network")
    if kept is None or kept[0] != current:
        kept = graph.snapshots["network"] = (current, graph.read(lambda tx: read_network(tx, current)))
    return kept[1]


def people_network(graph: Graph) -> Network:
    """People, what is said of their ties, whom they met and whom they mentor."""
    return graph.read(_read_people)


def read_network(tx: Tx, version: int) -> Network:
    """The snapshot, inside a transaction."""
    members = tx.fetch(MEMBERS)[0]
    dated = tx.fetch(DATED, accepted=ACCEPTED, present=PRESENT, open=OPEN)[0]
    facts = TieFacts(
        referrals=tuple(Referral(*row) for row in dated.referrals),
        meetings=tuple(Meeting(record, held, tuple(present)) for record, held, present in dated.meetings),
        actions=tuple(Action(record, (owner,), tuple(aims), opened) for record, owner, opened, aims in dated.actions),
        contacts=tuple(InstitutionContact(own, met, on) for on, met, owners in dated.contacts for own in owners),
        agreements=tuple(Agreement(record, tuple(ends), start, end) for record, start, end, ends in dated.agreements),
        projects=tuple(Project(record, tuple(ends), start, end) for record, start, end, ends in dated.projects),
        statements=tuple(_statement(row) for row in dated.declared),
        said_of_people=tuple(_statement(row) for row in dated.of_people),
        posts=tuple(Post(*row) for row in dated.posts),
    )
    places = tuple(MapPlace(place, name, names, level) for place, name, names, level in members.places)
    nodes = tuple(_node(row) for row in members.organisations)
    missing = tuple(Missing(*row) for row in dated.missing)
    return Network(version, nodes, places, members.archived, dated.disputed, facts, missing)


def _read_people(tx: Tx) -> Network:
    found = tx.fetch(PEOPLE, present=PRESENT)[0]
    dated = tx.fetch(DATED, accepted=ACCEPTED, present=PRESENT, open=OPEN)[0]
    facts = TieFacts(
        meetings=tuple(Meeting(record, held, tuple(present)) for record, held, present in found.meetings),
        statements=(
            *(_statement(row) for row in dated.of_people),
            *(Statement(record, one, other, start, end) for record, one, other, start, end in found.pairs),
        ),
    )
    nodes = tuple(
        Node(person, ref, name, {}, role, None, (), None, start, end, imported, ())
        for person, ref, name, role, start, end, imported in found.people
    )
    return Network(0, nodes, (), found.archived, dated.disputed, facts)


def _statement(row: list[Any]) -> Statement:
    record, source, target, start, end, on, relation, undirected, status = row
    return Statement(record, source, target, start, end, on, relation, bool(undirected), status == "confirmed")


def _node(row: list[Any]) -> Node:
    record, ref, name, names, kind, level, sectors, membership, start, end, imported, places = row
    return Node(
        record, ref, name, names, kind, level, tuple(sectors or ()), membership, start, end, imported,
        tuple(dict.fromkeys(places)),
    )  # fmt: skip
