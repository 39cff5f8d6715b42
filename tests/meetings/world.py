"""A small network with one open matter of each kind that a meeting is planned from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from graphdb import records
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.connection import Graph
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
    ids: dict[str, str] = {}

    def work(c: Change) -> str:
        def new(label: str, values: dict[str, object], **links: list[str]) -> str:
            return records.create(c, graph, kind_of(label), values, links)

        sure = {"assured_on": today.isoformat()}
        ids["town"] = new("Organisation", {"name": "Town hall", "name_bg": "Община", "kind": "municipality", **sure})
        ids["office"] = new("Organisation", {"name": "Youth office", "kind": "youth_office", **sure})
        ids["clinic"] = new("Organisation", {"name": "Clinic <b>", "kind": "clinic"})
        ids["shy"] = new("Organisation", {"name": "Shy school", "kind": "school", "do_not_contact": True, **sure})
        ids["series"] = new(
            "MeetingSeries", {"name": "Regional meeting", "every_weeks": "6"}, members=[ids["town"], ids["office"]]
        )
        region = new("Place", {"name": "Region", "level": "region"})
        kamen = new("Place", {"name": "Kamen", "level": "municipality"}, parent=[region])
        legal = new("ServiceType", {"name": "Legal aid", "code": "legal"})
        women = new("PopulationGroup", {"name": "Women alone", "code": "women"})
        ids["absent"] = new(
            "Gap",
            {
                "key": "coverage:kamen:legal:women", "cls": "absent", "state": "detected", "points": 3,
                "first_seen": (today - timedelta(days=100)).isoformat(),
                "reasons": json.dumps([{"code": "need", "tercile": 2, "points": 2}]),
            },
            place=[kamen], service=[legal], group=[women],
        )  # fmt: skip
        ids["apart"] = new(
            "Gap", {"key": "C6:a:b", "cls": "C6", "state": "confirmed", "first_seen": today.isoformat()},
            source_organisation=[ids["town"]], target_organisation=[ids["clinic"]],
        )  # fmt: skip
        ids["mentoring"] = new(
            "Gap", {"key": "pair_quiet:x", "cls": "pair_quiet", "state": "detected", "first_seen": today.isoformat()}
        )
        new(
            "Gap",
            {"key": "coverage:closed", "cls": "absent", "state": "closed_verified"},
            place=[kamen],
            service=[legal],
        )
        ids["action"] = new(
            "ActionPoint",
            {"text": "Ask two interpreters", "due": (today - timedelta(days=5)).isoformat(), "state": "open"},
            owner=[ids["office"]],
        )  # fmt: skip
        ids["agreement"] = new(
            "Agreement",
            {"name": "Protocol", "kind": "protocol", "valid_to": (today + timedelta(days=40)).isoformat()},
            parties=[ids["town"], ids["shy"]],
        )  # fmt: skip
        return "made"

    change(graph, ACTOR, work)
    return World(**ids)
