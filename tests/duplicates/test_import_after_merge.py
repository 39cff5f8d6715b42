"""A list that names an organisation twice, as it did before the merge, does not bring the second one back."""

from __future__ import annotations

from graphdb import merging
from graphdb.writes import change
from tests.duplicates.world import ACTOR
from tests.imports.world import bring, digest, trapped, workbook
from web.checking import check

TWICE = [
    {"id": "A-1", "name": "Дом на жената", "kind": "ngo", "identifier": "BG-EIK:1", "phone": "+359 2 111 111"},
    {"id": "A-2", "name": "Dom na zhenata", "kind": "ngo", "identifier": "BG-EIK:2", "phone": "+359 2 222 222"},
]


def one(graph, name):
    return graph.define("MATCH (n:Organisation {name: $name}) RETURN n.id AS id", name=name)[0]["id"]


def merge(graph, keep, drop):
    change(graph, ACTOR, lambda c: merging.merge(c, one(graph, keep), one(graph, drop)))


def test_by_name(graph):
    bring(graph, trapped())
    merge(graph, "GIZ", "GiZ")
    for _ in range(2):
        again = bring(graph, trapped())
        assert again.written["organisations"] == 0
        assert again.refused == ()
    before = digest(graph)
    assert sum(bring(graph, trapped()).written.values()) == 0
    assert digest(graph) == before
    assert check(graph).faults == []


def test_by_id_and_number(graph):
    bring(graph, workbook(organisations=TWICE))
    merge(graph, "Дом на жената", "Dom na zhenata")
    before = digest(graph)
    again = bring(graph, workbook(organisations=TWICE))
    assert (again.written["organisations"], again.already["organisations"], again.refused) == (0, 2, ())
    numbered = [{name: value for name, value in row.items() if name != "id"} for row in TWICE]
    assert bring(graph, workbook(organisations=numbered[1:])).written["organisations"] == 0
    assert digest(graph) == before
