"""Lists become records: counted, matched, refused by row and column, written whole or not at all."""

from __future__ import annotations

import json
import threading
from datetime import date

import pytest

from graphdb import audit, records
from graphdb.actors import OWNER
from graphdb.catalogue import kind_of
from graphdb.connection import Graph
from graphdb.writes import change
from tests.imports.world import ACTOR, CASE_PAIRS, bring, count, digest, network, prepared, trapped, workbook
from web.commands.imports import answer
from web.interchange.readers.reading import Upload

ORGANISATION = kind_of("Organisation")


def make(graph, label, values, links=None):
    return change(graph, ACTOR, lambda c: records.create(c, graph, kind_of(label), values, links))


def names(graph: Graph, label: str) -> set[str]:
    return {row["name"] for row in graph.define(f"MATCH (n:{label}) RETURN n.name AS name")}


def test_a_3w_list_makes_organisations_places_types_and_services(graph):
    report = bring(graph, trapped())
    assert report.refused == ()
    assert report.written["organisations"] == 10
    assert report.written["service_types"] == 5
    assert count(graph, "Organisation") == 10
    levels = graph.define("MATCH (p:Place) RETURN p.level AS level, count(*) AS n ORDER BY level")
    assert levels[0] == {"level": "country", "n": 5}
    assert report.written["services"] == count(graph, "Service")
    pairs = {frozenset((each.a, each.b)) for each in report.duplicates if each.why == "same_but_case"}
    assert pairs == {frozenset(pair) for pair in CASE_PAIRS}
    assert audit.first_break(graph) is None


def test_what_it_brings_is_assured_on_the_day_it_is_true(graph):
    bring(graph, trapped(), true_as_of=date(2025, 5, 31))
    row = graph.define("MATCH (s:Service) RETURN DISTINCT s.assured_on AS on, s.assured AS all, s.states AS states")
    assert len(row) == 1
    assert (str(row[0]["on"]), [str(day) for day in row[0]["all"]], row[0]["states"]) == (
        "2025-05-31", ["2025-05-31"], ["=active"],
    )  # fmt: skip


def test_the_same_list_again_adds_nothing(graph):
    first = bring(graph, trapped())
    before = digest(graph)
    again = bring(graph, trapped())
    assert sum(again.written.values()) == 0
    assert again.already["organisations"] == first.written["organisations"]
    assert again.already["services"] == first.written["services"]
    assert digest(graph) == before


def test_a_later_list_confirms_what_is_there(graph):
    bring(graph, trapped(), true_as_of=date(2025, 5, 31))
    report = bring(graph, trapped(), true_as_of=date(2025, 6, 30))
    assert sum(report.written.values()) == 0
    assert report.changed == count(graph, "Service") + count(graph, "Organisation")
    row = graph.define("MATCH (s:Service) RETURN s.assured_on AS on, s.assured AS all LIMIT 1")[0]
    assert (str(row["on"]), len(row["all"])) == ("2025-06-30", 2)


def test_a_dry_run_tells_the_same_and_changes_nothing(graph):
    make(graph, "Organisation", {"name": "Oxfam", "kind": "ngo"})
    before = graph.define("MATCH (n) RETURN count(n) AS n, sum(coalesce(n.version, 0)) AS v")
    told = bring(graph, trapped(), dry_run=True, complete=True)
    assert graph.define("MATCH (n) RETURN count(n) AS n, sum(coalesce(n.version, 0)) AS v") == before
    done = bring(graph, trapped(), complete=True)
    assert (told.written, told.already, told.changed) == (done.written, done.already, done.changed)
    assert told.import_id is None


def test_a_complete_list_answers_for_its_empty_cells(graph):
    report = bring(graph, trapped(), complete=True)
    cells = graph.define(
        "MATCH (p:Place) WHERE p.level = 'region' MATCH (t:ServiceType)"
        " RETURN count(*) AS n, sum(CASE WHEN EXISTS { MATCH (p)<-[:COVERS_AREA]-(:Service)-[:OF_TYPE]->(t) } THEN 1 ELSE 0 END) AS full"
    )[0]
    assert report.written["assessments"] == cells["n"] - cells["full"] > 0
    wrong = graph.define(
        "MATCH (p:Place)<-[:FOR_PLACE]-(a:Assessment)-[:FOR_SERVICE]->(t:ServiceType)"
        " WHERE EXISTS { MATCH (p)<-[:COVERS_AREA]-(:Service)-[:OF_TYPE]->(t) } OR a.result <> 'none' RETURN count(*) AS n"
    )
    assert wrong[0]["n"] == 0


def test_a_list_can_be_said_to_be_complete_afterwards(graph):
    bring(graph, trapped())
    report = bring(graph, trapped(), complete=True)
    assert {name for name, n in report.written.items() if n} == {"assessments"}


FULL = {
    "organisations": [
        {"id": "ORG-1", "name": "Дом на жената", "name_en": "House of the Woman", "kind": "ngo", "level": "local",
         "country": "България", "adm1": "Хасково", "adm2": "Харманли", "identifier": "BG-EIK:000000000",
         "languages": "bg; ar", "email": "office@example.org", "phone": "+359 2 000 0000", "note": "Отворено в петък"},
        {"id": "ORG-2", "name": "Община Харманли", "kind": "municipality", "country": "България", "adm1": "Хасково"},
    ],
    "people": [
        {"name": "Мария Иванова", "organisation": "ORG-1", "role": "staff", "position": "координатор",
         "focal_point": "yes", "email": "m@example.org"},
    ],
    "services": [
        {"id": "S-1", "organisation": "ORG-1", "service_type": "Правна помощ", "country": "България", "adm1": "Хасково",
         "adm2": "Харманли", "group": "бежанци; търсещи закрила", "capacity": "12", "status": "active",
         "assured_on": "2025-06-01"},
    ],
    "ties": [{"from": "ORG-1", "to": "Община Харманли", "relation": "agreement", "directed": "no"}],
    "meetings": [
        {"id": "M-1", "title": "Среща", "held_on": "2025-03-14", "organisation": "ORG-1", "person": "Мария Иванова",
         "mode": "present", "series": "Регионални срещи"},
        {"id": "M-1", "title": "Среща", "held_on": "2025-03-14", "organisation": "ORG-2", "mode": "excused"},
    ],
    "assessments": [
        {"service_type": "Правна помощ", "country": "България", "adm1": "Хасково", "result": "none",
         "assessed_on": "2025-05-20", "by": "Координатор"},
    ],
}  # fmt: skip


def test_every_sheet_of_the_template_is_written(graph):
    report = bring(graph, workbook(**FULL))
    assert report.refused == ()
    assert {name: n for name, n in report.written.items() if n} == {
        "organisations": 2, "people": 1, "positions": 1, "places": 3, "service_types": 1, "groups": 2, "services": 1,
        "ties": 1, "series": 1, "meetings": 1, "assessments": 1, "attendance": 2,
    }  # fmt: skip
    house = graph.define("MATCH (o:Organisation {name: 'Дом на жената'}) RETURN properties(o) AS o")[0]["o"]
    assert (house["name_en"], house["kind"], house["identifiers"]) == (
        "House of the Woman",
        "ngo",
        ["BG-EIK:000000000"],
    )
    assert house["further"] == ["Note: Отворено в петък"]
    person = graph.define("MATCH (p:Person) RETURN p.email AS email")[0]["email"]
    assert person.startswith("mz1."), "contact details of people are sealed"
    came = graph.define(
        "MATCH (o:Organisation)-[a:ATTENDED]->(:Meeting) RETURN o.name AS name, a.mode AS mode, a.person IS NOT NULL AS person ORDER BY name"
    )
    assert [(row["mode"], row["person"]) for row in came] == [("present", True), ("excused", False)]
    ids = {row["value"] for row in graph.define("MATCH (i:Identifier {scheme: 'import'}) RETURN i.value AS value")}
    assert {"ORG-1", "ORG-2", "S-1", "M-1", "BG/Хасково/Харманли", "pravna-pomoshch"} <= ids
    before = digest(graph)
    again = bring(graph, workbook(**FULL))
    assert sum(again.written.values()) == 0
    assert digest(graph) == before


def test_what_is_there_is_found_by_number_and_name_and_only_filled(graph):
    kept = make(
        graph,
        "Organisation",
        {"name": "Дом на жените", "kind": "local_ngo", "identifiers": "BG-EIK:000000000", "email": "old@example.org"},
    )
    named = make(graph, "Organisation", {"name": "Община Харманли", "kind": "other"})
    report = bring(graph, workbook(**FULL))
    assert report.written["organisations"] == 0
    first = records.show(graph, ORGANISATION, kept, OWNER)
    assert first.fields["name"] == "Дом на жените"
    assert first.fields["aliases"] == ["Дом на жената"]
    assert (first.fields["kind"], first.fields["email"]) == ("local_ngo", "old@example.org")
    assert first.fields["level"] == "local"
    assert records.show(graph, ORGANISATION, named, OWNER).fields["kind"] == "municipality"


def test_one_bad_row_and_nothing_is_written(graph):
    sheets = {
        "organisations": [{"id": "1", "name": "A"}, {"id": "1", "name": "B"}, {"id": "3", "name": "x" * 301}],
        "services": [{"organisation": "Nobody", "service_type": "Legal aid"}, {"organisation": "A", "service_type": "Legal aid", "note": "call 0888 123 456"}],
    }  # fmt: skip
    report = bring(graph, workbook(**sheets))
    told = [(each.sheet, each.row, each.column, each.code) for each in report.refused]
    assert told == [
        ("organisations", 3, "A: id", "id_clash"),
        ("organisations", 4, "B: name", "value_refused"),
        ("services", 2, "B: organisation", "organisation_unknown"),
        ("services", 3, "T: note", "client_text"),
    ]
    assert count(graph, "Record") == 0
    assert count(graph, "Import") == 0
    skipped = bring(graph, workbook(**sheets), skip_bad=True)
    assert names(graph, "Organisation") == {"A"}
    assert len(skipped.refused) == 4


def test_an_id_of_another_name_is_refused(graph):
    bring(graph, *network("id,name\na,First\nb,Second\n", "source,target\na,b\n"))
    report = bring(graph, *network("id,name\na,Somebody else\nc,Third\n", "source,target\nc,a\n"))
    assert [(each.file, each.row, each.code) for each in report.refused] == [
        ("nodes.csv", 2, "id_taken"),
        ("edges.csv", 2, "organisation_refused"),
    ]
    assert names(graph, "Organisation") == {"First", "Second"}


def test_nobody_is_added_to_minutes_that_are_approved(graph):
    bring(graph, workbook(**FULL))
    graph.define("MATCH (m:Meeting) SET m.minutes_state = 'minutes_approved'")
    late = {**FULL["meetings"][0], "organisation": "ORG-3", "person": "", "mode": "present"}
    more = {**FULL, "organisations": [*FULL["organisations"], {"id": "ORG-3", "name": "Трети", "kind": "НПО"}]}
    told = bring(graph, workbook(**{**more, "meetings": [*FULL["meetings"], late]}))
    assert [(each.sheet, each.row, each.code) for each in told.refused] == [("meetings", 4, "minutes_approved")]
    assert count(graph, "Meeting") == 1
    assert graph.define("MATCH (:Organisation)-[a:ATTENDED]->() RETURN count(a) AS n")[0]["n"] == 2
    bring(graph, workbook(**FULL))
    graph.define("MATCH (m:Meeting) SET m.minutes_state = 'minutes_draft'")
    again = bring(graph, workbook(**{**more, "meetings": [*FULL["meetings"], late]}))
    assert not again.refused
    assert again.written["attendance"] == 1


def test_a_network_keeps_its_columns_relations_and_directions(graph):
    nodes = "id,name,kind,Founded\na,First,ngo,1999\nb,Second,,\nc,Second,,\n"
    edges = "source,target,relation,weight,directed\na,b,informs,2,yes\na,b,informs,2,yes\nb,c,knows,,\n"
    report = bring(graph, *network(nodes, edges))
    assert (report.written["organisations"], report.written["ties"]) == (3, 3)
    assert graph.define("MATCH (o:Organisation {name: 'First'}) RETURN o.further AS f")[0]["f"] == ["Founded: 1999"]
    ties = graph.define(
        "MATCH (t:DeclaredTie) RETURN t.relation AS r, t.topic AS topic, t.undirected AS u, t.strength AS s ORDER BY r, t.ref"
    )
    assert [(t["r"], t["topic"], t["u"], t["s"]) for t in ties] == [
        ("informs", "informs", False, 2.0), ("informs", "informs", False, 2.0), ("knows", "works_with", True, None),
    ]  # fmt: skip
    assert sum(bring(graph, *network(nodes, edges)).written.values()) == 0
    more = bring(graph, *network(nodes, edges + "b,c,knows,,\n"))
    assert more.written["ties"] == 1


def test_directed_at_import_holds_where_the_row_is_silent(graph):
    bring(graph, *network("id\na\nb\n", "source,target,directed\na,b,\nb,a,no\n"), directed=True)
    assert [row["u"] for row in graph.define("MATCH (t:DeclaredTie) RETURN t.undirected AS u ORDER BY t.ref")] == [
        False,
        True,
    ]


def test_a_partner_speaks_of_its_own_organisation_only(graph):
    bring(graph, workbook(**FULL))
    own = graph.define("MATCH (o:Organisation {name: 'Дом на жената'}) RETURN o.id AS id")[0]["id"]
    before = digest(graph)
    sheets = {
        "services": [
            {"organisation": "Дом на жената", "service_type": "Правна помощ", "country": "България", "adm1": "Хасково"},
            {"organisation": "Община Харманли", "service_type": "Правна помощ", "country": "България", "adm1": "Хасково"},
            {"organisation": "Дом на жената", "service_type": "Нещо ново", "country": "България", "adm1": "Хасково"},
            {"organisation": "Дом на жената", "service_type": "Правна помощ", "country": "България", "adm1": "Видин"},
        ]
    }  # fmt: skip
    refused = bring(graph, workbook(**sheets), own=frozenset({own}))
    assert {(each.row, each.code) for each in refused.refused} >= {
        (3, "not_own"),
        (4, "word_unknown"),
        (5, "place_unknown"),
    }
    assert digest(graph) == before
    report = bring(graph, workbook(**sheets), own=frozenset({own}), skip_bad=True)
    assert {name: n for name, n in report.written.items() if n} == {"services": 1}


def test_the_answer_keeps_the_contract(graph):
    told = answer(
        bring(graph, workbook(organisations=[{"name": "A"}], services=[{"organisation": "B", "service_type": "C"}]))
    )
    assert set(told) >= {
        "read",
        "written",
        "refused",
        "warnings",
        "duplicates",
        "import_id",
        "as_of",
        "window",
        "generated",
        "hidden",
    }
    assert set(told["refused"][0]) >= {"file", "row", "column", "value_class", "message"}
    assert told["import_id"] is None
    assert set(told["written"].values()) == {0}
    json.dumps(told)


@pytest.mark.parametrize("pieces_before", [0, 1, 3])
def test_an_import_that_was_broken_off_ends_as_if_it_had_not(graph, monkeypatch, pieces_before):
    monkeypatch.setattr("web.imports.usecases.PIECE", 60)
    bring(graph, trapped(), complete=True)
    whole, size = digest(graph), count(graph, "Record")
    graph.define("MATCH (n) WHERE NOT n:Schema DETACH DELETE n")

    class PowerCutError(Exception):
        pass

    def cut(done, total):
        if done == pieces_before + 1:
            raise PowerCutError

    broken = prepared(graph, trapped(), complete=True)
    broken.tell = cut
    with pytest.raises(PowerCutError):
        broken.run()
    assert 0 < count(graph, "Record") < size
    again = prepared(graph, trapped(), complete=True)
    again.id = broken.id
    report = again.run()
    assert digest(graph) == whole
    assert sum(report.written.values()) == size
    assert not report.already
    assert count(graph, "Import") == 1


def test_two_imports_at_once_do_not_double(graph):
    reports = []

    def run():
        reports.append(bring(graph, trapped()))

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reports) == 3
    assert count(graph, "Organisation") == 10
    assert sum(report.written["services"] for report in reports) == count(graph, "Service")


def test_hostile_text_is_stored_as_it_is(graph):
    name = "<script>alert(1)</script>`) DETACH DELETE n //"
    bring(graph, workbook(organisations=[{"name": name, "note": "{{7*7}} =1+1"}]))
    assert names(graph, "Organisation") == {name}


def test_a_file_that_is_no_list_is_refused_in_a_sentence(graph):
    report = bring(graph, Upload("x.pdf", b"%PDF-1.7 ..."))
    assert answer(report)["refused"][0]["message"].startswith("This is a PDF.")


def test_ties_between_people_are_kept_and_mixed_ones_refused(graph):
    nodes = "id,name,kind\na,Anna,person\nb,Boris,leader\no,Office,ngo\n"
    report = bring(graph, *network(nodes, "source,target,date\na,b,2025-01-31\na,o,\n"), skip_bad=True)
    assert [(each.row, each.code) for each in report.refused] == [(3, "tie_mixed")]
    tie = graph.define(
        "MATCH (a)<-[:TIE_FROM]-(t:PersonTie)-[:TIE_TO]->(b) RETURN a.name AS a, b.name AS b, t.on AS on"
    )
    assert [(row["a"], row["b"], str(row["on"])) for row in tie] == [("Anna", "Boris", "2025-01-31")]
    assert sum(bring(graph, *network(nodes, "source,target,date\na,b,2025-01-31\n")).written.values()) == 0
