"""The network as one snapshot: its organisations and the dated records that their ties follow from.

Three statements of one row each, columns collected (performance.md E); what is observed is read where the gaps read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from analytics.collaboration.facts import Meeting, Project
from analytics.derived import InstitutionContact, Statement
from analytics.gap_steps import OPEN
from analytics.ties import Post, TieFacts
from graphdb import collaboration
from graphdb.audit import data_stamp
from graphdb.collaboration import PRESENT
from graphdb.kept import Kept
from graphdb.statements import Read

if TYPE_CHECKING:
    from graphdb.connection import Graph, Tx

READS = (*collaboration.KINDS, "PersonTie", "Place", "Project", "DeclaredTie", "Import")
"""Kinds of record a snapshot is made of."""


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
            o.kind, o.level, o.sectors, o.membership, o.valid_from,
            o.valid_to, coalesce(o.membership, '') = 'left', o.changed_at,
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
class Stated:
    projects: list[list[Any]]
    declared: list[list[Any]]
    of_people: list[list[Any]]
    posts: list[list[Any]]
    missing: list[list[Any]]
    disputed: int


STATED = Read(
    Stated,
    """
    RETURN
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


# For the command line of the machine's owner only: no page shows people as a network (reliability.md 3.6). What it prints
# is passed on: leaders and mentors, whose pairs it shows, stand there by the name others know them by.
PEOPLE = Read(
    People,
    """
    RETURN
    COUNT { MATCH (p:Person) WHERE p.archived_at IS NOT NULL } AS archived,
    COLLECT {
        MATCH (p:Person) WHERE p.archived_at IS NULL
        RETURN [
            p.id, p.ref, CASE WHEN p.role_class IN ['leader', 'mentor'] THEN coalesce(p.alias, p.ref) ELSE p.name END, p.role_class, p.valid_from, p.valid_to,
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


_KEPT = Kept["Network"]()


def network(graph: Graph, stamp: str | None = None, observed: str | None = None) -> Network:
    """The snapshot of the network, kept until its data change.

    stamp, observed: the stamps of READS and of `collaboration.KINDS`, where they are known already.
    """
    return _KEPT.get(data_stamp(graph, *READS) if stamp is None else stamp, lambda: _read(graph, observed))


def people_network(graph: Graph) -> Network:
    """People, what is said of their ties, whom they met and whom they mentor."""
    found, stated = graph.read(lambda tx: (tx.fetch(PEOPLE, present=list(PRESENT))[0], _stated(tx)))
    facts = TieFacts(
        meetings=tuple(Meeting(record, held, tuple(present)) for record, held, present in found.meetings),
        statements=(
            *(_statement(row) for row in stated.of_people),
            *(Statement(record, one, other, start, end) for record, one, other, start, end in found.pairs),
        ),
    )
    nodes = tuple(
        Node(person, ref, name, {}, role, None, (), None, start, end, imported, ())
        for person, ref, name, role, start, end, imported in found.people
    )
    return Network(nodes, (), found.archived, stated.disputed, facts)


def _read(graph: Graph, observed: str | None) -> Network:
    seen = collaboration.known(graph, observed).facts
    members, stated = graph.read(lambda tx: (tx.fetch(MEMBERS)[0], _stated(tx)))
    joint = tuple(each for each in seen.other_ties if each.kind == "joint_action")
    bridged = (each for each in seen.other_ties if each.kind == "mentoring_bridge")
    facts = TieFacts(
        referrals=seen.referrals,
        meetings=seen.meetings,
        joint_actions=joint,
        contacts=tuple(InstitutionContact(each.one, each.other, each.on) for each in bridged),
        agreements=seen.agreements,
        projects=tuple(Project(record, tuple(ends), start, end) for record, start, end, ends in stated.projects),
        statements=tuple(_statement(row) for row in stated.declared),
        said_of_people=tuple(_statement(row) for row in stated.of_people),
        posts=tuple(Post(*row) for row in stated.posts),
    )
    places = tuple(MapPlace(place, name, names, level) for place, name, names, level in members.places)
    nodes = tuple(_node(row) for row in members.organisations)
    missing = tuple(Missing(*row) for row in stated.missing)
    return Network(nodes, places, members.archived, stated.disputed, facts, missing)


def _stated(tx: Tx) -> Stated:
    return tx.fetch(STATED, open=list(OPEN))[0]


def _statement(row: list[Any]) -> Statement:
    record, source, target, start, end, on, relation, undirected, status = row
    return Statement(record, source, target, start, end, on, relation, bool(undirected), status == "confirmed")


def _node(row: list[Any]) -> Node:
    record, ref, name, names, kind, level, sectors, membership, start, *end, imported, places = row
    return Node(
        record, ref, name, names, kind, level, tuple(sectors or ()), membership, start, collaboration.end_of(*end), imported,
        tuple(dict.fromkeys(places)),
    )  # fmt: skip
