"""A small network with one open matter of each kind that a meeting is planned from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ulid import ULID

from graphdb import records
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.connection import Graph
from graphdb.meetings import agenda
from graphdb.meetings.agenda import NewItem, NewMeeting
from graphdb.records import New
from graphdb.writes import Change, change

ACTOR = Actor("test", "command")


@dataclass(frozen=True)
class World:
    town: str
    office: str
    clinic: str
    shy: str
    series: str
    absent: str
    apart: str
    mentoring: str
    action: str
    agreement: str


def make(graph: Graph, today: date) -> World:
    """Four partners, a series of three, two gaps and a mentoring one, an overdue action, an agreement that lapses."""
    ids = {name: str(ULID()) for name in (*World.__dataclass_fields__, "region", "kamen", "legal", "women", "closed")}
    sure = {"assured_on": today.isoformat()}
    in_kamen: dict[str, list[str]] = {"place": [ids["kamen"]], "service": [ids["legal"]]}
    told: dict[str, list[tuple[str, dict[str, object], dict[str, list[str]]]]] = {
        "Organisation": [
            ("town", {"name": "Town hall", "name_bg": "Община", "kind": "municipality", **sure}, {}),
            ("office", {"name": "Youth office", "kind": "youth_office", **sure}, {}),
            ("clinic", {"name": "Clinic <b>", "kind": "clinic"}, {}),
            ("shy", {"name": "Shy school", "kind": "school", "do_not_contact": True, **sure}, {}),
        ],
        "MeetingSeries": [
            ("series", {"name": "Regional meeting", "every_weeks": "6"}, {"members": [ids["town"], ids["office"]]})
        ],
        "Place": [
            ("region", {"name": "Region", "level": "region"}, {}),
            ("kamen", {"name": "Kamen", "level": "municipality"}, {"parent": [ids["region"]]}),
        ],
        "ServiceType": [("legal", {"name": "Legal aid", "code": "legal"}, {})],
        "PopulationGroup": [("women", {"name": "Women alone", "code": "women"}, {})],
        "Gap": [
            (
                "absent",
                {
                    "key": "coverage:kamen:legal:women", "cls": "absent", "state": "detected", "points": 3,
                    "first_seen": (today - timedelta(days=100)).isoformat(),
                    "reasons": json.dumps([{"code": "need", "tercile": 2, "points": 2}]),
                },
                {**in_kamen, "group": [ids["women"]]},
            ),
            (
                "apart",
                {"key": "C6:a:b", "cls": "C6", "state": "confirmed", "first_seen": today.isoformat()},
                {"source_organisation": [ids["town"]], "target_organisation": [ids["clinic"]]},
            ),
            ("mentoring", {"key": "pair_quiet:x", "cls": "pair_quiet", "state": "detected"}, {}),
            ("closed", {"key": "coverage:closed", "cls": "absent", "state": "closed_verified"}, in_kamen),
        ],
        "ActionPoint": [
            (
                "action",
                {"text": "Ask two interpreters", "due": (today - timedelta(days=5)).isoformat(), "state": "open"},
                {"owner": [ids["office"]]},
            )
        ],
        "Agreement": [
            (
                "agreement",
                {"name": "Protocol", "kind": "protocol", "valid_to": (today + timedelta(days=40)).isoformat()},
                {"parties": [ids["town"], ids["shy"]]},
            )
        ],
    }  # fmt: skip

    def work(c: Change) -> str:
        for label, rows in told.items():
            new = [New(values, links, ids[name]) for name, values, links in rows]
            records.create_many(c, graph, kind_of(label), new)
        return "made"

    change(graph, ACTOR, work)
    return World(**{name: ids[name] for name in World.__dataclass_fields__})


def meet(graph: Graph, world: World, name: str, on: date, items: tuple[NewItem, ...] = ()) -> str:
    """A planned meeting of the series at ten, three partners invited."""
    start = datetime.combine(on, datetime.min.time(), UTC) + timedelta(hours=10)
    new = NewMeeting(name, start, 90, "Hall", world.series, {world.town: [], world.office: [], world.clinic: []}, items)
    return change(graph, ACTOR, lambda c: agenda.make(c, graph, new))


def held_meeting(graph: Graph, world: World, today: date) -> str:
    """Held sixty days ago: two gaps treated, one closed since; two promises; the next one fifty days later."""
    held = today - timedelta(days=60)

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    graph.define(
        "MATCH (s:MeetingSeries {id: $series}) SET s.required_sectors = ['health', 'legal']"
        " WITH s MATCH (o:Organisation {id: $town}) SET o.sectors = ['legal', 'protection']",
        series=world.series, town=world.town,
    )  # fmt: skip
    before = meet(graph, world, "Before", ago(120))
    items = (
        NewItem("Legal aid", 15, "coverage", "coverage:kamen:legal:women", 5, about=(world.absent,)),
        NewItem("Apart", 10, "collaboration", "C6:a:b", 2, about=(world.apart,)),
        NewItem("Put off", 5),
    )
    record = meet(graph, world, "Held", held, items)
    after = meet(graph, world, "After", ago(10))
    graph.define(
        "MATCH (m:Meeting) SET m.state = 'held' WITH m MATCH (o:Organisation) WHERE o.id IN [$town, $office]"
        " CREATE (o)-[:ATTENDED {mode: 'present', person: CASE WHEN o.id = $town THEN 'anna' ELSE m.name END}]->(m)",
        town=world.town, office=world.office,
    )  # fmt: skip
    graph.define(
        "MATCH (m:Meeting {id: $id})-[:HAS_ITEM]->(i) SET i.state = CASE i.title WHEN 'Put off' THEN 'postponed' ELSE 'discussed' END"
        " WITH m, i WHERE i.title = 'Legal aid' CREATE (i)-[:LED_TO]->(d:Decision {id: 'd', text: 'Ask the bar'})"
        " WITH m, d UNWIND [['one', $town, $due, $due], ['two', $clinic, $due, null]] AS row MATCH (o:Organisation {id: row[1]})"
        " CREATE (d)-[:REQUIRES]->(p:Record:ActionPoint {id: row[0], ref: 'ACT-' + row[0], text: row[0], due: row[2], done_on: row[3],"
        "   state: CASE WHEN row[3] IS NULL THEN 'open' ELSE 'done' END, version: 1})-[:OWNED_BY]->(o) CREATE (p)-[:AGREED_AT]->(m)",
        id=record, town=world.town, clinic=world.clinic, due=ago(30),
    )  # fmt: skip
    graph.define(
        "MATCH (g:Gap {id: $gap}) SET g.state = 'closed_verified', g.gone_on = $on", gap=world.absent, on=ago(15)
    )
    graph.define(
        "MATCH (s:Organisation {id: $town}) MATCH (e:Organisation {id: $clinic})"
        " CREATE (s)-[:SENT]->(:Record:Referral {id: 'r', state: 'sent', sent_on: $on})-[:TO]->(e)",
        town=world.town, clinic=world.clinic, on=ago(40),
    )  # fmt: skip
    assert before
    assert after
    return record
