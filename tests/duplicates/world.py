"""Two organisations that are one, with every kind of link the catalogue has, and what the catalogue does not declare."""

from __future__ import annotations

from datetime import date
from typing import Any

from graphdb import accounts, bulk, records, whole
from graphdb.actors import Actor
from graphdb.catalogue import KINDS, VOCABULARIES, Field, Kind, Link, kind_of
from graphdb.connection import Graph
from graphdb.imports import writing
from graphdb.records import New
from graphdb.writes import Change, change

ACTOR = Actor("tester", "command")
PASSING = {"version", "changed_at", "_lock"}
MACHINERY = {"AuditHead", "AuditEntry", "Revision", "Merge", "Counter"}
SPARE = {("DeclaredTie", "source_organisation"), ("Employment", "organisation")}
"""Links given in small too."""


def make(graph: Graph, label: str, values: dict[str, Any], links: dict[str, list[str]] | None = None) -> str:
    return change(graph, ACTOR, lambda c: records.create(c, graph, kind_of(label), values, links))


def organisation(graph: Graph, name: str, **values: Any) -> str:
    return make(graph, "Organisation", {"name": name, "kind": "ngo", **values})


def links_to_organisations() -> list[tuple[Kind, Link]]:
    return [(kind, link) for kind in KINDS for link in kind.links if link.target == "Organisation"]


class World:
    """`drop` holds one record for each link; `keep` holds some of the same."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.keep = organisation(graph, "Дом на жената", phone="+359 2 111 111", identifiers="XX:1", languages="bg")
        self.drop = organisation(
            graph, "Dom na zhenata", name_en="House of Women", phone="+359 2 222 222", email="a@example.org",
            identifiers="XX:2", languages="en", aliases="The House", assured_on="2026-02-01",
        )  # fmt: skip
        self.third = organisation(graph, "Third")
        self.samples: dict[str, str] = {"Organisation": self.third}
        self.made: dict[tuple[str, str], str] = {}
        self.subject = ""
        for kind, link in links_to_organisations():
            self.made[kind.label, link.name] = self.record(kind, {link.name: [self.drop]})
        self._plain()

    def sample(self, kind: Kind) -> str:
        if kind.label not in self.samples:
            self.samples[kind.label] = self.record(kind, {})
        return self.samples[kind.label]

    def record(self, kind: Kind, links: dict[str, list[str]]) -> str:
        for link in kind.links:
            if link.required and link.name not in links:
                links[link.name] = [self.sample(kind_of(link.target))]
        n = len(self.samples) + len(self.made)
        values = {field.name: value(kind, field, n) for field in kind.fields if field.required}
        if kind.label == "Organisation":
            return make(self.graph, kind.label, {**values, "name": f"Part {n}"}, links)
        subject = self.sample(kind_of("Mentorship")) if kind.label == "Contact" else ""
        one = New(values, links, "", subject)
        return change(self.graph, ACTOR, lambda c: records.create_many(c, self.graph, kind, [one])[0])

    def _plain(self) -> None:
        meeting, gap = self.sample(kind_of("Meeting")), self.sample(kind_of("Gap"))
        self.place = make(self.graph, "Place", {"name": "Town", "level": "municipality"})
        self.meeting = meeting

        def work(c: Change) -> str:
            came = [("p", "apologised", self.keep), ("p", "present", self.drop), ("q", "online", self.drop)]
            rows = [{"organisation": who, "meeting": meeting, "mode": mode, "person": p} for p, mode, who in came]
            c.run(bulk.ATTEND, rows=rows)
            c.run(bulk.DISCUSS, rows=[{"id": "item", "meeting": meeting, "position": 1, "title": "T", "minutes": 5,
                                       "state": "discussed", "kind": "own", "key": "own", "reasons": "[]",
                                       "proposer": self.drop, "times": 0}])  # fmt: skip
            self.account = accounts.make(c, "partner", "Partner", "hash", "en")
            accounts.grant(c, self.account, "partner", self.drop)
            accounts.invite(c, "invitation", "hash", login="x", grants=f'[{{"organisation": "{self.drop}"}}]')
            writing.begin(c, "imp", ["list.csv"], 1, "digest")
            writing.name_known(c, "imp", [("Organisation", self.drop, "D-1")])
            return ""

        change(self.graph, ACTOR, work)
        self.graph.define(
            "MATCH (d:Organisation {id: $drop}), (k:Organisation {id: $keep}), (i:AgendaItem {id: 'item'}), (g:Gap {id: $gap}),"
            " (p:Place {id: $place}), (t:Organisation {id: $third})"
            " CREATE (i)-[:ABOUT]->(d), (d)-[:ANSWERED {said: 'confirms', on: date('2026-03-01')}]->(g),"
            " (d)-[:LOCATED_IN]->(p), (k)-[:LOCATED_IN]->(p), (d)-[:PART_OF]->(t)",
            drop=self.drop, keep=self.keep, gap=gap, place=self.place, third=self.third,
        )  # fmt: skip


def value(kind: Kind, field: Field, n: int) -> Any:
    if field.vocabulary:
        return VOCABULARIES[field.vocabulary][0].code
    return {"date": date(2026, 1, 5), "moment": "2026-01-05 09:00", "languages": "bg", "integer": 1}.get(
        field.type, f"{kind.label} {n}"
    )


def picture(graph: Graph) -> tuple[list[str], list[str]]:
    """All that is stored, without versions and without the trail: nodes, and relationships between them."""

    def read(tx: Any) -> tuple[list[str], list[str]]:
        where = whole.places(tx)
        seen = {
            node.at: f"{node.labels} { {k: v for k, v in sorted(node.values.items()) if k not in PASSING} }"
            for node in whole.nodes(tx, where)
            if not MACHINERY & set(node.labels)
        }
        ties = [
            f"{seen[tie.source]} {tie.name} {sorted(tie.values.items())} {seen[tie.target]}"
            for tie in whole.ties(tx, where)
            if tie.source in seen and tie.target in seen
        ]
        return sorted(seen.values()), sorted(ties)

    return graph.read(read)


def tied(graph: Graph, organisation_: str) -> list[tuple[str, bool, str]]:
    """(tie, outgoing, where) of an organisation, but for its history."""
    rows = graph.define(
        "MATCH (o:Organisation {id: $id})-[r]-(x) WHERE NOT x:Merge AND NOT type(r) IN ['MERGED_INTO', 'CHANGED']"
        " RETURN type(r) AS tie, startNode(r) = o AS outgoing, elementId(x) AS where",
        id=organisation_,
    )
    return sorted((row["tie"], row["outgoing"], row["where"]) for row in rows)
