"""`flask measures` answers as contracts.md says: imported ids, null where undefined, what was hidden."""

from __future__ import annotations

import json
from contextlib import nullcontext

import pytest

from tests.ties.world import TODAY, World, ago

FACTS = {
    "nodes", "ties", "directed", "density", "reciprocity_arcs", "reciprocity_dyads", "components", "isolates",
    "articulation_points", "bridges", "modularity", "communities", "centralisation_degree", "transitivity",
}  # fmt: skip
COLUMNS = {
    "id", "ref", "ulid", "name", "degree", "in_degree", "out_degree", "betweenness", "betweenness_normalised",
    "closeness", "harmonic", "eigenvector", "constraint", "effective_size", "core", "community", "articulation",
}  # fmt: skip


@pytest.fixture
def run(app, graph, monkeypatch):
    """Run a command of the app against the test's database."""
    monkeypatch.setattr("web.commands.database.opened", lambda *_: nullcontext(graph))

    def invoke(*args):
        with app.app_context():
            return app.test_cli_runner().invoke(args=list(args))

    return invoke


@pytest.fixture
def world(graph):
    made = World(graph)
    made.organisations("a", "b", "c", "lone")
    made.imported(a="17", b="n/2")
    made.declared("a", "b", relation="visits", undirected=True)
    made.declared("b", "c", relation="visits", undirected=True)
    made.declared("b", "a", relation="visits", undirected=True)
    made.referral("a", "c", ago(10))
    made.referral("a", "a", ago(10))
    return made


def asked(run, *args):
    answer = run("measures", *args, "--as-of", TODAY.isoformat(), "--format", "json")
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def test_the_answer_has_what_the_contract_names(run, world):
    found = asked(run)
    assert {"as_of", "window", "generated", "hidden", "network", "nodes"} <= set(found)
    assert (found["as_of"], found["window"], found["hidden"]) == (TODAY.isoformat(), None, {"records": 0, "why": []})
    assert set(found["network"]) >= FACTS
    assert all(set(row) >= COLUMNS for row in found["nodes"])


def test_imported_ids_come_first_and_references_stand_in(run, world):
    rows = {row["name"]: row for row in asked(run)["nodes"]}
    assert (rows["a"]["id"], rows["b"]["id"]) == ("17", "n/2")
    assert rows["c"]["id"] == rows["c"]["ref"]
    assert rows["a"]["ulid"] == world["a"]


def test_ties_are_collapsed_self_loops_dropped_and_nodes_without_ties_listed(run, world):
    found = asked(run)
    assert (found["network"]["nodes"], found["network"]["ties"], found["network"]["directed"]) == (4, 3, False)
    lone = next(row for row in found["nodes"] if row["name"] == "lone")
    assert (lone["degree"], lone["constraint"], lone["closeness"]) == (0, None, None)


def test_a_kind_or_the_word_of_a_file_selects_its_ties_and_their_direction(run, world):
    visits = asked(run, "--tie", "visits")
    assert (visits["network"]["ties"], visits["network"]["directed"]) == (2, False)
    assert visits["network"]["articulation_points"] == ["n/2"]
    third = next(row["ref"] for row in visits["nodes"] if row["name"] == "c")
    assert visits["network"]["bridges"] == [["17", "n/2"], ["n/2", third]]
    referrals = asked(run, "--tie", "referral")
    assert (referrals["network"]["ties"], referrals["network"]["directed"]) == (1, True)


def test_the_window_is_exact_and_said(run, world):
    assert asked(run, "--tie", "referral", "--window", "11")["network"]["ties"] == 1
    found = asked(run, "--tie", "referral", "--window", "10")
    assert (found["network"]["ties"], found["window"]) == (0, 10)


def test_an_unknown_tie_is_refused_with_those_there_are(run, world):
    answer = run("measures", "--tie", "friendship", "--format", "json")
    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert "visits" in answer.stderr
    assert "referral" in answer.stderr
    assert run("measures", "--as-of", "31.3.2026").exit_code != 0


def test_the_table_is_for_reading_and_people_are_a_level_of_their_own(run, world):
    assert "n/2" in run("measures").stdout
    for name in ("p", "q"):
        world.make("Person", name, role_class="staff")
    links = {"source_person": "p", "target_person": "q"}
    world.make("PersonTie", links=links, topic="works_with", status="declared")
    found = asked(run, "--level", "person")
    assert (found["network"]["nodes"], found["network"]["ties"], found["level"]) == (2, 1, "person")


def test_an_empty_network_has_an_answer_too(run, graph):
    found = asked(run)
    assert (found["network"]["nodes"], found["nodes"]) == (0, [])
