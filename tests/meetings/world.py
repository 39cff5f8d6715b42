"""A small network with one open matter of each kind that a meeting is planned from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from ulid import ULID

from graphdb import records
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.connection import Graph
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
