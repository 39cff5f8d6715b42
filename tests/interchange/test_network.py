import json

import pytest

from web.interchange.readers.reading import Upload, read
from web.interchange.tables import write_xlsx

NODES = "id,name,label,kind,colour\na,Alpha,Al,NGO,red\nb,,Beta,person,\nc,,,ментор,blue\nd,Delta,,club,\n"
EDGES = "source,target,relation,weight,frequency,directed,date,valid_from,valid_to,since when\na,b,works with,2,weekly,yes,2025-01-02,,,x\nb,b,,,,,,2024-01-01,2025-01-01,\n"


def uploads(nodes=NODES, edges=EDGES):
    return [Upload("nodes.csv", nodes.encode()), Upload("edges.csv", edges.encode())]


def test_nodes_and_edges_keep_everything():
    reading = read(uploads())
    assert reading.refusals == ()
    assert [(each.id, each.name, each.kind) for each in reading.organisations] == [
        ("a", "Alpha", "ngo"),
        ("d", "Delta", None),
    ]
    assert [(each.id, each.name, each.role) for each in reading.people] == [("b", "Beta", None), ("c", "c", "mentor")]
    assert [(each.name, each.value) for each in reading.organisations[0].attributes] == [("colour", "red")]
    assert [(each.name, each.value) for each in reading.organisations[1].attributes] == [("kind", "club")]
    assert reading.organisations[0].names[0].text == "Al"
    first, second = reading.ties
    assert (first.from_key, first.to_key, first.relation, first.weight) == ("a", "b", "works with", 2.0)
    assert (first.frequency, first.directed, first.date.isoformat()) == ("weekly", True, "2025-01-02")
    assert [(each.name, each.value) for each in first.attributes] == [("since when", "x")]
    assert (second.from_key, second.to_key, second.valid_to.isoformat()) == ("b", "b", "2025-01-01")
    assert reading.warnings == ()


def test_the_order_and_the_form_of_the_files_do_not_matter():
    def rows(text):
        return [line.split(",") for line in text.splitlines()]

    nodes, edges = rows(NODES), rows(EDGES)
    book = write_xlsx([("edges", edges[0], edges[1:]), ("nodes", nodes[0], nodes[1:])])
    plain = read(uploads())
    assert len(read([Upload("net.xlsx", book)]).ties) == 2
    for other in (
        uploads()[::-1],
        [Upload("a.json", json.dumps(edges).encode()), Upload("b.json", json.dumps(nodes).encode())],
    ):
        again = read(other)
        assert [each.key for each in again.organisations] == [each.key for each in plain.organisations]
        assert [(each.from_key, each.to_key) for each in again.ties] == [("a", "b"), ("b", "b")]


def test_edges_alone_make_their_nodes():
    reading = read([Upload("edges.csv", b"source,target\n1,2\n2,3\n")])
    assert [each.id for each in reading.organisations] == ["1", "2", "3"]
    assert [(each.code, each.params["count"]) for each in reading.warnings] == [("nodes_implied", 3)]


def test_nodes_alone_are_read_by_their_name():
    reading = read([Upload("nodes.csv", b"id\n1\n2\n")])
    assert [(each.id, each.name) for each in reading.organisations] == [("1", "1"), ("2", "2")]


@pytest.mark.parametrize(
    ("nodes", "edges", "code", "row", "column"),
    [
        ("id\na\na\n", "source,target\n", "id_clash", 3, "A: id"),
        ("id,name\n,x\n", "source,target\n", "id_missing", 2, "A: id"),
        ("id\n" + "a" * 501 + "\n", "source,target\n", "id_too_long", 2, "A: id"),
        ("id\na\n", "source,target\na,b\n", "end_unknown", 2, "B: target"),
        ("id\na\n", "source,target\n,a\n", "end_missing", 2, "A: source"),
        ("id\na\n", "source,target,weight\na,a,heavy\n", "weight_unreadable", 2, "C: weight"),
        ("id\na\n", "source,target,weight\na,a,nan\n", "weight_unreadable", 2, "C: weight"),
        ("id\na\n", "source,target,directed\na,a,sometimes\n", "direction_unreadable", 2, "C: directed"),
    ],
)
def test_rows_that_would_change_the_measures_are_refused(nodes, edges, code, row, column):
    reading = read(uploads(nodes, edges))
    assert [(each.code, each.row, each.column) for each in reading.refusals] == [(code, row, column)]
    assert reading.ties == ()
