"""What the graph holds becomes the facts of coverage: classes of hand-made cells at several dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from analytics.coverage import CellKey, Scope, assess, cell
from graphdb import coverage, records, services
from graphdb.catalogue import kind_of
from graphdb.errors import MissingError
from graphdb.writes import change
from tests.gaps import worlds
from tests.gaps.worlds import ACTOR, TODAY


def judged(graph, key, on=TODAY, level=None):
    found = cell(assess(coverage.known(graph).facts, on, Scope(level)), CellKey(*key))
    return None if found is None else (str(found.cls), len(found.providers), found.partial)


@pytest.fixture
def town(graph):
    country = worlds.place(graph, "Land", "country")
    region = worlds.place(graph, "Region", "region", country)
    return {
        "graph": graph,
        "country": country,
        "region": region,
        "kamen": worlds.place(graph, "Kamen", parent=region),
        "reka": worlds.place(graph, "Reka", parent=region),
        "health": worlds.service_type(graph, "Health"),
        "legal": worlds.service_type(graph, "Legal aid"),
        "a": worlds.organisation(graph, "A"),
        "b": worlds.organisation(graph, "B"),
    }


def test_each_class_of_a_cell(town, graph):
    worlds.service(graph, town["a"], town["health"], [town["kamen"]], assured=[date(2026, 5, 1)])
    assert judged(graph, (town["kamen"], town["health"], None)) == ("fragile", 1, False)
    worlds.service(graph, town["b"], town["health"], [town["kamen"]], assured_on=date(2026, 5, 1))
    assert judged(graph, (town["kamen"], town["health"], None)) == ("covered", 2, False)
    worlds.service(graph, town["b"], town["legal"], [town["reka"]])
    assert judged(graph, (town["reka"], town["legal"], None)) == ("unverified", 1, False)
    assert judged(graph, (town["kamen"], town["legal"], None)) == ("not_assessed", 0, False)
    worlds.assessment(graph, town["kamen"], town["legal"], date(2026, 5, 20))
    assert judged(graph, (town["kamen"], town["legal"], None)) == ("absent", 0, False)


def test_past_dates_are_answered_by_the_same_facts(town, graph):
    one = worlds.service(
        graph, town["a"], town["health"], [town["kamen"]],
        states=["=active", "2026-03-01=temporarily_closed"], status="temporarily_closed",
        assured=[date(2025, 6, 1), date(2026, 2, 1)],
    )  # fmt: skip
    key = (town["kamen"], town["health"], None)
    assert judged(graph, key, date(2026, 2, 10)) == ("fragile", 1, False)
    assert judged(graph, key, date(2026, 1, 1)) == ("unverified", 1, False), "confirmed 214 days before"
    assert judged(graph, key, date(2026, 3, 1)) == ("not_assessed", 0, False)
    change(graph, ACTOR, lambda c: services.note_status(c, one, "active", date(2026, 4, 1)) or one)
    assert judged(graph, key, date(2026, 3, 31))[0] == "not_assessed"
    assert judged(graph, key, date(2026, 4, 1))[0] == "fragile"


def test_a_place_inside_counts_for_the_whole_as_a_part(town, graph):
    worlds.service(graph, town["a"], town["health"], [town["kamen"]], assured=[TODAY])
    assert judged(graph, (town["region"], town["health"], None), level="region") == ("fragile", 1, True)
    worlds.service(graph, town["b"], town["health"], [town["country"]], assured=[TODAY])
    assert judged(graph, (town["region"], town["health"], None), level="region") == ("covered", 2, True)
    assert judged(graph, (town["reka"], town["health"], None), level="municipality") == ("fragile", 1, False)


@pytest.mark.parametrize("what", ["service", "organisation", "place"])
def test_what_is_archived_counts_nowhere(town, graph, what):
    made = worlds.service(graph, town["a"], town["health"], [town["kamen"]], assured=[TODAY])
    key = (town["kamen"], town["health"], None)
    assert judged(graph, key)[0] == "fragile"
    gone = {"service": made, "organisation": town["a"], "place": town["kamen"]}[what]
    label = {"service": "Service", "organisation": "Organisation", "place": "Place"}[what]
    change(graph, ACTOR, lambda c: records.archive(c, kind_of(label), gone) or gone)
    assert judged(graph, key) is None
    assert coverage.known(graph).unplaced == (0 if what == "service" else 1)


def test_an_organisation_that_left_no_longer_provides(town, graph):
    gone = worlds.organisation(graph, "Gone", valid_to=date(2026, 3, 1))
    worlds.service(graph, gone, town["health"], [town["kamen"]], assured=[date(2026, 2, 1)])
    key = (town["kamen"], town["health"], None)
    assert judged(graph, key, date(2026, 2, 28))[0] == "fragile"
    assert judged(graph, key, date(2026, 3, 1))[0] == "not_assessed"


def test_requirements_make_the_grid_and_carry_their_need(town, graph):
    worlds.requirement(graph, town["kamen"], town["legal"], k=2, weight=40)
    worlds.requirement(graph, town["reka"], town["legal"])
    known = coverage.known(graph)
    found = assess(known.facts, TODAY)
    assert (found.grid.kind, len(found.grid)) == ("requirements", 2)
    assert known.need == {(town["kamen"], town["legal"], None): 40.0}, "an unknown number of people is not a number"


def test_still_correct_confirms_the_organisation_and_all_it_offers(town, graph):
    for where in (town["kamen"], town["reka"]):
        worlds.service(graph, town["a"], town["health"], [where])
    key = (town["kamen"], town["health"], None)
    assert judged(graph, key)[0] == "unverified"
    change(graph, ACTOR, lambda c: str(services.note_assured(c, town["a"], TODAY)))
    assert judged(graph, key)[0] == "fragile"
    assert judged(graph, (town["reka"], town["health"], None))[0] == "fragile"
    assert judged(graph, key, TODAY - timedelta(days=1))[0] == "unverified", "the past is not rewritten"
    change(graph, ACTOR, lambda c: str(services.take_back_assured(c, town["a"], TODAY)))
    assert judged(graph, key)[0] == "unverified"
    with pytest.raises(MissingError):
        change(graph, ACTOR, lambda c: str(services.note_assured(c, town["kamen"])))


def test_the_facts_are_read_once_for_each_data_version(town, graph):
    worlds.service(graph, town["a"], town["health"], [town["kamen"]], assured=[TODAY])
    assert coverage.known(graph) is coverage.known(graph)
    before = coverage.known(graph)
    worlds.service(graph, town["b"], town["health"], [town["kamen"]], assured=[TODAY])
    assert coverage.known(graph) is not before
