"""`flask mentoring match`: references, no names; the same plan in every form."""

from __future__ import annotations

import csv
import io
import json
from contextlib import contextmanager

import pytest

from tests.programmes.conftest import pair


@pytest.fixture
def run(app, graph, monkeypatch):
    @contextmanager
    def database():
        yield graph

    monkeypatch.setattr("web.commands.matching.database", database)
    return lambda *words: app.test_cli_runner().invoke(args=["mentoring", "match", *words])


def test_the_plan_by_references(run, world, graph):
    pair(graph, world.programme, world.people["Mila"], world.people["Rana"])
    answer = json.loads(run("PRG-0001", "--format", "json").stdout)
    assert (answer["leaders"], answer["mentors"], answer["room"]) == (2, 2, 5)
    assert {one["leader"][:4] for one in answer["proposals"]} == {"PER-"}
    assert answer["leaving"] is None
    whole = run("PRG-0001", "--without", world.people["Mila"], "--format", "json").stdout
    assert not [name for name in ("Zahra", "Mila", "Alias") if name in whole]
    leaving = json.loads(whole)["leaving"]
    assert [one["could_take"] for one in leaving["leaders"]] == [[]], "nobody else speaks Persian"
    assert [one["reasons"] for one in leaving["rest_fixed"]["alone"]] == [[{"code": "no_common_language", "n": 1}]]
    rows = list(csv.DictReader(io.StringIO(run(world.programme, "--format", "csv").stdout)))
    assert [(row["leader"], row["mentor"], int(row["points"])) for row in rows] == [
        (one["leader"], one["mentor"], one["points"]) for one in answer["proposals"]
    ]
    assert "PER-" in run("PRG-0001").stdout


def test_what_is_not_there_is_said(run, world):
    assert run("PRG-0009").exit_code == 1
    answer = run("PRG-0001", "--without", "PER-0099")
    assert answer.exit_code == 1
    assert "no mentor" in answer.stderr
