"""`flask gaps coverage`: the shape of contracts.md, on a hand-made network and on a large real list."""

from __future__ import annotations

import csv
import json
import os
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from ulid import ULID

from graphdb import gaps, records
from graphdb.catalogue import kind_of
from graphdb.records import New
from graphdb.writes import change
from tests.gaps import worlds
from tests.gaps.worlds import ACTOR, TODAY

LIST = Path(os.environ.get("MREZHA_SHARED", Path(__file__).parents[2].parent / "shared")) / "data/unhcr-3w.csv"


@pytest.fixture
def run(command):
    return command("gaps")


def imported(graph, record, value):
    graph.define(
        "MATCH (n:Record {id: $id}) MERGE (i:Identifier {key: 'import:' + $value}) SET i.scheme = 'import', i.value = $value"
        " MERGE (n)-[:IDENTIFIED_BY]->(i)",
        id=record, value=value,
    )  # fmt: skip


def test_the_answer_has_the_shape_of_the_contract(run, graph):
    region = worlds.place(graph, "Bekaa", "region")
    town = worlds.place(graph, "Zahle", parent=region)
    education, legal = worlds.service_type(graph, "Education"), worlds.service_type(graph, "Legal aid")
    one, two = worlds.organisation(graph, "One"), worlds.organisation(graph, "Two")
    imported(graph, region, "LB/Bekaa")
    imported(graph, education, "education")
    imported(graph, one, "One")
    for provider in (one, two):
        worlds.service(graph, provider, education, [town], assured=[TODAY])
    worlds.service(graph, one, legal, [region], assured=[TODAY])
    answer = json.loads(run("coverage", "--level", "adm1", "--as-of", TODAY.isoformat(), "--format", "json").stdout)
    assert set(answer) == {"as_of", "window", "generated", "hidden", "grid", "denominator", "counts", "cells"}
    assert (answer["as_of"], answer["grid"], answer["denominator"]) == ("2026-06-01", "observed", 2)
    assert answer["hidden"] == {"records": 0, "why": []}
    assert set(answer["counts"]) == {
        "not_assessed", "absent", "unverified", "inaccessible", "saturated", "fragile", "unknown_to_others", "covered",
    }  # fmt: skip
    first, second = sorted(answer["cells"], key=lambda cell: cell["service"] != "education")
    assert first | {"place_ulid": "", "service_ulid": "", "flags": []} == {
        "place": "LB/Bekaa", "place_name": "Bekaa", "place_ref": "PLC-0001", "place_ulid": "",
        "service": "education", "service_name": "Education", "service_ref": "STY-0001", "service_ulid": "",
        "group": None, "class": "covered", "providers": ["ORG-0002", "One"], "partial": True,
        "reasons": [{"code": "providers", "n": 2}], "flags": [],
    }  # fmt: skip
    assert (second["class"], second["providers"], second["reasons"]) == (
        "fragile",
        ["One"],
        [{"code": "single_provider"}],
    )
    table = run("coverage", "--level", "region", "--service", "Legal aid", "--as-of", TODAY.isoformat())
    assert "Legal aid" in table.stdout
    assert "Education" not in table.stdout


def test_collaboration_has_the_shape_of_the_contract(run, graph):
    one, two = worlds.organisation(graph, "One"), worlds.organisation(graph, "Two")
    imported(graph, one, "o1")
    worlds.make(
        graph, "Agreement", {"name": "Protocol", "kind": "mou", "valid_from": "2025-01-01"}, {"parties": [one, two]}
    )
    day = ("--as-of", TODAY.isoformat(), "--format", "json")
    answer = json.loads(run("collaboration", *day).stdout)
    assert set(answer) == {"as_of", "window", "generated", "hidden", "counts", "gaps"}
    assert answer["window"] == {"from": "2025-12-04", "to": "2026-06-01"}
    assert answer["hidden"] == {"records": 3, "why": ["no_meetings_held", "no_ties_recorded"]}
    assert answer["counts"] == {"C2": 1, "C3": 0, "C6": 0, "C12": 0, "leader_without_mentor": 0, "pair_quiet": 0}
    (gap,) = answer["gaps"]
    assert set(gap) == {"class", "source", "target", "members", "reasons", "window", "n", "first_seen", "state"}
    assert (gap["class"], {gap["source"], gap["target"]}, gap["n"]) == ("C2", {"o1", "ORG-0002"}, 1)
    assert gap["reasons"][0] == {
        "code": "agreement_in_force", "agreement": "AGR-0001", "since": "2025-01-01", "until": None, "days": 516,
    }  # fmt: skip
    assert (gap["state"], gap["first_seen"]) == ("detected", None)
    detected = json.loads(run("detect", *day).stdout)
    assert detected["new"] == 1
    assert json.loads(run("collaboration", *day).stdout)["gaps"][0]["first_seen"] == "2026-06-01"


@pytest.mark.parametrize(
    "words",
    [["--level", "adm9"], ["--place", "Nowhere"], ["--as-of", "yesterday"], ["--service", "MATCH (n) DELETE n"]],
)
def test_what_is_unknown_is_said_and_fails(run, words):
    answer = run("coverage", *words)
    assert answer.exit_code != 0
    assert answer.stdout == ""
    assert words[1] in answer.stderr


def large(graph, rows):
    """Write (country, region, type, organisation) rows as an import would."""
    ids = {}

    def new(label, key, values, links=None):
        if (label, key) not in ids:
            ids[label, key] = str(ULID())
            todo[label].append(New(values, links or {}, id=ids[label, key], extra=values.pop("extra", {})))
        return ids[label, key]

    todo = {label: [] for label in ("Place", "ServiceType", "Organisation", "Service")}
    for country, region, type_, organisation in rows:
        land = new("Place", country, {"name": country, "level": "country"})
        area = new("Place", (country, region), {"name": region, "level": "region"}, {"parent": [land]})
        sort = new("ServiceType", type_, {"name": type_})
        who = new("Organisation", organisation, {"name": organisation, "kind": "ngo"})
        what = {"name": type_, "status": "active", "extra": {"assured": [TODAY]}}
        new("Service", len(ids), what, {"provider": [who], "type": [sort], "areas": [area]})

    def work(c):
        for label, news in todo.items():
            records.create_many(c, graph, kind_of(label), news)
        return "done"

    change(graph, ACTOR, work, seconds=120)


def test_a_list_of_two_thousand_rows(run, graph):
    if not LIST.exists():
        pytest.skip(f"LEFT OUT: {LIST} is not there. Set MREZHA_SHARED to the shared folder.")
    with LIST.open(encoding="utf-8") as file:
        rows = [[row[0], row[1], row[4], row[7]] for row in csv.reader(file)][2:]
    rows = [[part.strip() for part in row] for row in rows]
    large(graph, rows)
    begun = time.monotonic()
    answer = json.loads(run("coverage", "--level", "adm1", "--as-of", TODAY.isoformat(), "--format", "json").stdout)
    seconds = time.monotonic() - begun
    providers = Counter(min(2, len(cell["providers"])) for cell in answer["cells"])
    assert len(answer["cells"]) == 40 * 57
    assert (providers[0], providers[1]) == (1609, 301)
    assert answer["counts"]["not_assessed"] == 1609, "nobody has asked: not 'nobody'"
    assert answer["denominator"] == 40 * 57 - 1609
    assert seconds < 10


def apart(graph):
    """Two members with an agreement nobody lives by."""
    one, two = worlds.organisation(graph, "One"), worlds.organisation(graph, "Two")
    worlds.make(
        graph, "Agreement", {"name": "Protocol", "kind": "mou", "valid_from": "2025-01-01"}, {"parties": [one, two]}
    )
    return one, two


def detected(run, on=TODAY):
    return json.loads(run("detect", "--as-of", on.isoformat(), "--format", "json").stdout)


def test_detecting_twice_keeps_one_record_of_each_and_what_people_decided(run, graph):
    apart(graph)
    first = detected(run)
    assert first["new"] >= 1
    listed = json.loads(run("list", "--format", "json").stdout)
    paper = next(gap for gap in listed["gaps"] if gap["class"] == "C2")
    assert {paper["source"], paper["target"]} == {"ORG-0001", "ORG-0002"}
    assert paper["state"] == "detected"
    change(graph, ACTOR, lambda c: str(gaps.not_a_gap(c, paper["ulid"], None, "They meet every day.")))
    again = detected(run, TODAY + timedelta(days=1))
    assert again["new"] == 0
    later = json.loads(run("list", "--format", "json").stdout)["gaps"]
    assert [gap["key"] for gap in later] == [gap["key"] for gap in listed["gaps"]], "no second record of a key"
    kept = next(gap for gap in later if gap["class"] == "C2")
    assert kept["state"] == "false_positive"
    assert (kept["first_seen"], kept["last_seen"]) == (paper["first_seen"], (TODAY + timedelta(days=1)).isoformat())
    assert run("detect", "--as-of", TODAY.isoformat()).exit_code == 1, "history is not written backwards"


def test_the_list_is_asked_for_by_state_and_class(run, graph):
    apart(graph)
    detected(run)
    every = json.loads(run("list", "--format", "json").stdout)
    assert sum(every["counts"].values()) == len(every["gaps"])
    points = [gap["points"] for gap in every["gaps"]]
    assert points == sorted(points, reverse=True)
    only = json.loads(run("list", "--class", "C2", "--state", "detected", "--format", "json").stdout)["gaps"]
    assert [gap["class"] for gap in only] == ["C2"]
    assert only[0]["reasons"][0]["code"]
    assert json.loads(run("list", "--state", "closed_verified", "--format", "json").stdout)["gaps"] == []
    rows = list(csv.DictReader(run("list", "--format", "csv").stdout.splitlines()))
    assert [row["ref"] for row in rows] == [gap["ref"] for gap in every["gaps"]]
    assert run("list", "--state", "nonsense").exit_code == 2


def test_the_list_equals_what_an_independent_query_finds(run, graph):
    apart(graph)
    detected(run)
    stored = graph.define(
        "MATCH (g:Gap) RETURN g.ref AS ref, g.cls AS cls, g.state AS state, toString(g.first_seen) AS since"
    )
    listed = json.loads(run("list", "--format", "json").stdout)["gaps"]
    assert {(row["ref"], row["cls"], row["state"], row["since"]) for row in stored} == {
        (gap["ref"], gap["class"], gap["state"], gap["first_seen"]) for gap in listed
    }
