"""`flask duplicates`: the answers others build on; nothing written by a dry run; merge and undo by reference."""

from __future__ import annotations

import json

import pytest

from graphdb import merging
from graphdb.writes import change
from tests.duplicates.world import ACTOR, organisation, picture


@pytest.fixture
def run(command):
    def call(*words, status=0):
        answer = command("duplicates")(*words, "--format", "json")
        assert answer.exit_code == status, answer.output
        return json.loads(answer.stdout) if answer.stdout else answer.stderr

    return call


@pytest.fixture
def two(graph):
    return organisation(graph, "GIZ", phone="+359 2 111 111"), organisation(graph, "GiZ", phone="+359 2 222 222")


def test_pairs_with_reason_and_what_each_holds(run, two):
    told = run("list")
    pair = told["duplicates"][0]
    assert (pair["a_ref"], pair["b_ref"], pair["score"], pair["why"]) == ("ORG-0001", "ORG-0002", 99, "same_but_case")
    assert {pair["a_ulid"], pair["b_ulid"]} == set(two)
    assert pair["a_holds"] == {"services": 0, "positions": 0, "ties": 0, "meetings": 0, "assured_on": None}
    assert {"as_of", "window", "generated", "hidden"} <= set(told)


def test_a_dry_run_writes_nothing(run, two, graph):
    before = picture(graph)
    told = run("merge", "ORG-0001", "ORG-0002", "--dry-run")
    assert (told["merge_id"], told["dry_run"], told["fields"]) == (None, True, ["aliases"])
    assert told["differences"][1] == {
        "field": "phone", "kept": "+359 2 111 111", "dropped": "+359 2 222 222", "taken": "keep",
    }  # fmt: skip
    assert picture(graph) == before


def test_merge_and_undo(run, two, graph):
    before = picture(graph)
    made = run("merge", "ORG-0001", two[1], "--take", "phone")
    assert made["fields"] == ["aliases", "phone"]
    assert run("list")["duplicates"] == []
    assert [one["ulid"] for one in run("list")["merges"]] == [made["merge_id"]]
    assert run("undo", "MRG-0001")["undone"]
    assert picture(graph) == before


def test_an_undo_that_cannot_be_says_why(run, two, graph):
    run("merge", "ORG-0001", "ORG-0002")
    graph.define("MATCH (o:Organisation {id: $id}) SET o.version = 9", id=two[0])
    told = run("undo", "MRG-0001", status=1)
    assert (told["undone"], told["changed"]) == (False, ["ORG-0001"])


@pytest.mark.parametrize("words", [("merge", "ORG-0001", "ORG-0001"), ("merge", "ORG-0001", "ORG-0009"), ("undo", "MRG-0009")])  # fmt: skip
def test_what_is_not_there_is_said(run, two, words):
    assert isinstance(run(*words, status=1), str)


def test_told_apart_is_hidden_and_counted(run, two, graph):
    change(graph, ACTOR, lambda c: merging.dismiss(c, *two) or "")
    told = run("list")
    assert (told["duplicates"], told["hidden"]) == ([], {"records": 1, "why": ["told_apart"]})
