"""Small networks written into the graph by hand."""

from __future__ import annotations

from datetime import date

from graphdb import records
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.connection import Graph
from graphdb.records import New
from graphdb.writes import change

ACTOR = Actor("tester", "command")
TODAY = date(2026, 6, 1)


def make(graph: Graph, label: str, values: dict, links: dict | None = None, **extra: object) -> str:
    """One record; returns its id."""
    row = New(values, links or {}, extra=extra)
    made: list[str] = []

    def work(c) -> str:
        made[:] = records.create_many(c, graph, kind_of(label), [row])
        return made[0]

    return change(graph, ACTOR, work)


def place(graph: Graph, name: str, level: str = "municipality", parent: str = "") -> str:
    return make(graph, "Place", {"name": name, "level": level}, {"parent": [parent]} if parent else {})


def service_type(graph: Graph, name: str, parent: str = "") -> str:
    return make(graph, "ServiceType", {"name": name}, {"parent": [parent]} if parent else {})


def group(graph: Graph, name: str) -> str:
    return make(graph, "PopulationGroup", {"name": name})


def organisation(graph: Graph, name: str, **values: object) -> str:
    return make(graph, "Organisation", {"name": name, "kind": "ngo", **values})


def service(graph: Graph, provider: str, type_: str, areas: list[str], groups: list[str] = (), **more: object) -> str:
    extra = {name: more.pop(name) for name in ("states", "assured") if name in more}
    values = {"name": "A service", "status": "active", **more}
    return make(
        graph,
        "Service",
        values,
        {"provider": [provider], "type": [type_], "areas": areas, "groups": list(groups)},
        **extra,
    )


def assessment(graph: Graph, where: str, type_: str, on: date, result: str = "none", group_: str = "") -> str:
    links = {"place": [where], "service": [type_]} | ({"group": [group_]} if group_ else {})
    return make(graph, "Assessment", {"on": on, "result": result, "source": "the municipality"}, links)


def requirement(graph: Graph, where: str, type_: str, group_: str = "", **values: object) -> str:
    links = {"place": [where], "service": [type_]} | ({"group": [group_]} if group_ else {})
    return make(graph, "Requirement", {"source": "the minimum package", **values}, links)


def referrals(graph: Graph, sender: str, receiver: str, type_: str, days: list[date], **values: object) -> None:
    rows = [
        New(
            {"case_ref": f"R{n}", "state": "accepted", "sent_on": day, **values},
            {"sender": [sender], "receiver": [receiver], "service": [type_]},
        )
        for n, day in enumerate(days)
    ]

    def work(c) -> str:
        records.create_many(c, graph, kind_of("Referral"), rows)
        return "done"

    change(graph, ACTOR, work)


def meeting(graph: Graph, on: date, present: list[str], series: str = "", state: str = "held", **values: object) -> str:
    made = make(
        graph, "Meeting", {"name": "A meeting", "starts_at": f"{on.isoformat()}T10:00", "state": state, **values},
        {"series": [series]} if series else {},
    )  # fmt: skip
    graph.define(
        "MATCH (m:Meeting {id: $id}) UNWIND $present AS one MATCH (o:Organisation {id: one})"
        " CREATE (o)-[:ATTENDED {mode: 'present'}]->(m)",
        id=made, present=present,
    )  # fmt: skip
    return made
