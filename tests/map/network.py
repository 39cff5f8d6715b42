"""A network of 36 invented organisations in five places, with ties of every kind: enough to judge a drawing by."""

from __future__ import annotations

import random
from datetime import UTC, datetime

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.records import New
from graphdb.writes import Change, change
from tests.ties.world import ATTEND, TESTER, World, ago

KINDS = (
    "municipality", "social_work_centre", "school", "clinic", "ngo", "local_ngo", "police", "reception_centre", "media",
    "community_group", "red_cross", "international_ngo",
)  # fmt: skip
NAMES = {
    "municipality": "Municipality of {place}", "social_work_centre": "Social-work centre {place}", "school": "School “Hristo Botev” {place}",
    "clinic": "Regional hospital {place}", "ngo": "Association for refugees and migrants {place}", "local_ngo": "Women's centre “Nadezhda” {place}",
    "police": "Police department {place}", "reception_centre": "Reception centre {place}", "media": "Radio {place}",
    "community_group": "Dari speakers {place}", "red_cross": "Red Cross {place}", "international_ngo": "International aid {place}",
}  # fmt: skip
PLACES = ("Dolna Reka", "Gorni Most", "Sveti Ilia", "Kamen", "Border district")


def build(graph, size: int = 36, seed: int = 7) -> World:
    """Make the network; communities follow the places, a few organisations work across them."""
    world, chance = World(graph), random.Random(seed)
    world.make("ServiceType", "service type", code="s")
    for place in PLACES:
        world.make("Place", place, level="municipality")
    kinds = [KINDS[at % len(KINDS)] for at in range(size)]
    places = [PLACES[at // len(KINDS) % len(PLACES)] if at % 5 else PLACES[at % len(PLACES)] for at in range(size)]
    rows = [
        New(
            {
                "name": f"{NAMES[kind].format(place=place)}{'' if at < 36 else f' {at}'}",
                "kind": kind,
                "level": chance.choice(("local", "local", "regional", "national")),
            },
            {"places": [world[place]]},
        )
        for at, (kind, place) in enumerate(zip(kinds, places, strict=True))
    ]
    ids: list[str] = []

    def work(c: Change) -> str:
        ids[:] = records.create_many(c, graph, kind_of("Organisation"), rows)
        near = [(a, b) for a in range(size - 3) for b in range(size - 3) if a != b]
        sent = []
        for a, b in near:
            close = places[a] == places[b]
            if chance.random() < (0.13 if close else 0.012):
                sent += [(a, b)] * chance.randint(1, 9)
        records.create_many(
            c,
            graph,
            kind_of("Referral"),
            [
                New(
                    {"case_ref": f"R{n}", "state": "sent", "sent_on": ago(chance.randint(1, 170))},
                    {"sender": [ids[a]], "receiver": [ids[b]], "service": [world["service type"]]},
                )
                for n, (a, b) in enumerate(sent)
            ],
        )
        records.create_many(
            c,
            graph,
            kind_of("DeclaredTie"),
            [
                New(
                    {"topic": "works_with", "status": "declared"},
                    {"source_organisation": [ids[a]], "target_organisation": [ids[b]]},
                )
                for a, b in chance.sample(near, size // 3)
            ],
        )
        records.create_many(
            c,
            graph,
            kind_of("Agreement"),
            [
                New(
                    {"name": f"Protocol {n}", "kind": "protocol", "valid_from": ago(500)}, {"parties": [ids[a], ids[b]]}
                )
                for n, (a, b) in enumerate(chance.sample(near, size // 4))
            ],
        )
        records.create_many(
            c,
            graph,
            kind_of("Gap"),
            [
                New(
                    {"key": f"C2:{n}", "cls": cls, "state": "detected", "first_seen": ago(30)},
                    {"source_organisation": [ids[a]], "target_organisation": [ids[b]]},
                )
                for n, (cls, (a, b)) in enumerate(zip(("C2", "C3", "C6"), chance.sample(near, 3), strict=True))
            ],
        )
        meeting = records.create(
            c,
            graph,
            kind_of("Meeting"),
            {"name": "m", "starts_at": datetime.combine(ago(20), datetime.min.time(), UTC), "state": "held"},
        )
        c.run(
            ATTEND,
            rows=[
                {"organisation": ids[a], "meeting": meeting, "mode": "present", "person": None}
                for a in range(0, size - 3, 6)
            ],
        )
        return ""

    change(graph, TESTER, work)
    world.ids |= {row.values["name"]: record for row, record in zip(rows, ids, strict=True)}
    return world
