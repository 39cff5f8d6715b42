"""What `flask export --to csv` writes comes back through `flask import` and goes out again as the same bytes."""

from __future__ import annotations

import random

from tests.conftest import wipe
from tests.imports.world import TODAY, as_csv, bring
from web.interchange.exporting import EDGE_COLUMNS, NODE_COLUMNS, whole_network
from web.interchange.network_files import csv_pair
from web.interchange.readers.reading import Upload


def exported(graph) -> tuple[bytes, bytes]:
    nodes, edges = whole_network(graph, TODAY)
    heads = list(nodes[0]) if nodes else list(NODE_COLUMNS), list(edges[0]) if edges else list(EDGE_COLUMNS)
    return csv_pair(nodes, edges, *heads)


def test_export_import_export_gives_the_same_bytes(graph):
    dice = random.Random(7)
    names = [
        "Дом на жената",
        "=1+1",
        "+359 2 000",
        "'quoted",
        "-",
        "@x",
        'A, "B" & C',
        "Žena",
        "x: y",
        "a;b|c",
        "Office",
    ]
    nodes = [["id", "name", "label", "kind", "Founded", "Note: more"]]
    nodes += [
        [
            f"n{at}",
            name,
            f"L{at}",
            dice.choice(["ngo", "school", "", "circus"]),
            str(1990 + at),
            "=2*3" if at % 3 else "",
        ]
        for at, name in enumerate(names)
    ]
    edges = [
        [
            "source",
            "target",
            "relation",
            "weight",
            "frequency",
            "directed",
            "date",
            "valid_from",
            "valid_to",
            "evidence",
            "Colour",
        ]
    ]
    for _ in range(40):
        edges.append([
            f"n{dice.randrange(11)}", f"n{dice.randrange(11)}", dice.choice(["informs", "пише на", "=x"]),
            dice.choice(["", "1", "2.5", "0"]), dice.choice(["", "weekly"]), dice.choice(["yes", "no", ""]),
            dice.choice(["", "2025-02-03"]), "", "", dice.choice(["", "said so", "+1"]), dice.choice(["", "red"]),
        ])  # fmt: skip
    report = bring(graph, as_csv("nodes.csv", nodes), as_csv("edges.csv", edges))
    assert report.refused == ()
    first = exported(graph)
    assert first[0].count(b"\n") == 12
    wipe(graph)
    again = bring(graph, Upload("nodes.csv", first[0]), Upload("edges.csv", first[1]))
    assert again.refused == ()
    assert exported(graph) == first
