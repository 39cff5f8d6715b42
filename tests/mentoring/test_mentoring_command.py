"""`flask mentoring`: JSON on standard output, no names."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from graphdb import supervision
from graphdb.writes import change
from tests.mentoring.conftest import ACTOR, log, make
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


def test_supervision_says_what_the_page_shows(command, programme, graph, sign_in):
    run = command("mentoring", "supervision")
    sara = make(graph, "Person", {"name": "Sara Supervisor", "role_class": "staff"})
    gone = make(graph, "Person", {"name": "Gone Mentor", "role_class": "mentor"}, {"programme": [programme.id]})
    for mentor, days in ((programme.people["Mila"], (40, 100)), (gone, (12,))):
        for ago in days:
            new = supervision.NewSession(
                (mentor,), programme.id, today() - timedelta(days=ago), 50, "load", note="Sleeps badly."
            )
            change(graph, ACTOR, lambda c, new=new: supervision.log_session(c, graph, new)[0])
    graph.define("MATCH (p:Person {id: $id}) SET p.state = 'left'", id=gone)
    answer = run("supervision", "--format", "json")
    assert not any(word in answer.stdout for word in ("Mila", "Gone", "Sleeps", '"load"', "minutes"))
    said = json.loads(answer.stdout)
    page = sign_in("supervisor", programme=programme.id, person=sara).get("/mentoring/supervision").text
    lines = {one["ulid"]: one for one in said["mentors"]}
    mila, boris = lines[programme.people["Mila"]], lines[programme.people["Boris"]]
    assert (mila["open"], mila["active"], mila["n"], mila["sessions"]) == (
        1,
        1,
        1,
        [(today() - timedelta(days=40)).isoformat()],
    )
    assert (mila["days_late"], boris["days_late"], boris["n"]) == (10, 170, 0)
    assert f"{len(lines)} mentors: {said['late']} sessions are late" in page
    assert all(f"{one['days_late']} days late" in page for one in lines.values())
    assert (said["n"], said["hidden"]) == (1, {"records": 1, "why": ["mentor_left"]})
    assert json.loads(run("supervision", "--format", "json", "--window", "120").stdout)["n"] == 2
    assert said["window"] == {"from": (today() - timedelta(days=90)).isoformat(), "to": today().isoformat()}
    table = run("supervision").stdout
    assert "days_late" in table
    assert mila["ref"] in table
