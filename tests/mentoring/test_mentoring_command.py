"""`flask mentoring`: JSON on standard output, no names."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.mentoring.conftest import log
from web.pages import today


@pytest.fixture
def run(command):
    return command("mentoring")


def test_quiet_pairs_by_reference(run, programme, graph):
    log(graph, programme.pairs["Zahra"], 70, "a note")
    log(graph, programme.pairs["Omid"], 10)
    answer = run("quiet", "--format", "json")
    assert answer.exit_code == 0
    said = json.loads(answer.stdout)
    assert said["as_of"] == today().isoformat()
    assert [pair["days"] for pair in said["pairs"]] == [70]
    assert said["pairs"][0]["last_contact"] == (today() - timedelta(days=70)).isoformat()
    assert "Zahra" not in answer.stdout
    assert "note" not in answer.stdout


def test_overview_counts(run, programme, graph):
    log(graph, programme.pairs["Omid"], 10)
    said = json.loads(run("overview", "--format", "json").stdout)
    assert said["counts"] == {
        "active": 2, "in_contact_30_days": 1, "quiet_60_days": 1, "leaders": 3, "leaders_without_mentor": 1, "mentors": 2,
        "mentors_over_load": 0, "target": None, "issues_raised": 0, "issues_solved": 0,
    }  # fmt: skip
    assert said["load"] == [{"pairs": 1, "mentors": 2}]
    assert said["regularity"] == {"contacts": 1, "planned": 24, "pairs": 2, "without_rhythm": 0, "share": 1 / 24}
    assert said["without_mentor"][0]["reasons"] == [{"code": "no_pair"}]


def test_a_day_before_all_of_it_is_empty(run, programme):
    said = json.loads(run("overview", "--format", "json", "--as-of", "2020-01-01").stdout)
    assert said["counts"]["active"] == 0
    assert run("overview", "--as-of", "yesterday").exit_code == 2
