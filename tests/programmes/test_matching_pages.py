"""Matching through the door a browser uses: proposals, decisions that are kept, what if a mentor leaves."""

from __future__ import annotations

import re

import pytest

from graphdb.actors import OWNER
from graphdb.connection import METER, Meter
from graphdb.programmes import cohort
from tests.programmes.conftest import add_person, give_place, pair, step
from web.pages import today


@pytest.fixture
def page(world):
    return f"/mentoring/programmes/{world.programme}/matching"


def stored(graph):
    return graph.define(
        "MATCH (d:MatchDecision) OPTIONAL MATCH (d)-[:MADE_PAIR]->(m:Mentorship)"
        " RETURN d.decision AS decision, d.reason AS reason, d.points AS points, m.state AS state ORDER BY d.id"
    )


def test_who_may_match(who, page):
    for role, someone in who.items():
        assert someone.get(page).status_code == (200 if role in {"coordinator", "supervisor"} else 404), role
        runs = role in {"coordinator", "supervisor", "stranger coordinator", "stranger supervisor"}
        assert someone.get("/mentoring/matching").status_code == (303 if runs else 404), role
    assert 'value="accept"' in who["coordinator"].get(page).text
    assert 'value="accept"' not in who["supervisor"].get(page).text, "a supervisor reads"


def test_a_proposal_is_accepted_once(who, world, page, graph):
    text = who["coordinator"].get(page).text
    assert "3 pairs are proposed" in text
    assert "both speak Persian" in text
    assert "Aziz" not in text, "who only applied is not matched"
    form = {"leader": world.people["Zahra"], "proposed": world.people["Mila"], "do": "accept", "key": "k"}
    for _ in range(2):
        assert who["coordinator"].post(page, form).status_code == 303
    assert [(row["decision"], row["state"]) for row in stored(graph)] == [("accepted", "proposed")]
    assert "2 leaders are without a mentor" in who["coordinator"].get(page).text
    again = {**form, "key": "other"}
    who["coordinator"].post(page, again)
    assert "has a mentor meanwhile" in who["coordinator"].get(page).text
    assert len(stored(graph)) == 1


def test_a_refused_pair_is_not_proposed_again(who, world, page, graph):
    form = {"leader": world.people["Omid"], "proposed": world.people["Boris"], "do": "refuse", "key": "k"}
    who["coordinator"].post(page, form)
    assert "Say why" in who["coordinator"].get(page).text
    who["coordinator"].post(page, {**form, "reason": "known", "key": "l"})
    assert [row["reason"] for row in stored(graph)] == ["known"]
    text = who["coordinator"].get(page).text
    assert "Omid Leader · Boris Mentor</h2>" not in text
    assert "Omid Leader · Mila Mentor</h2>" in text


def test_another_one_is_chosen_but_not_an_impossible_one(who, world, page, graph):
    form = {"leader": world.people["Omid"], "proposed": world.people["Boris"], "do": "choose", "key": "k"}
    who["coordinator"].post(page, {**form, "mentor": world.people["Mila"]})
    assert [row["decision"] for row in stored(graph)] == ["chosen"]
    silent = {
        "leader": world.people["Zahra"],
        "proposed": "",
        "mentor": world.people["Boris"],
        "do": "choose",
        "key": "n",
    }
    who["coordinator"].post(page, silent)
    assert "not possible" in who["coordinator"].get(page).text, "no common language"
    assert len(stored(graph)) == 1


def test_three_are_the_most(who, world, page, graph):
    for n in range(3):
        leader = add_person(graph, f"L{n}", "leader", "fa")
        give_place(graph, world.programme, leader, "leader")
        pair(graph, world.programme, world.people["Mila"], leader)
    form = {"leader": world.people["Zahra"], "proposed": world.people["Mila"], "do": "accept", "key": "k"}
    who["coordinator"].post(page, form)
    assert not stored(graph)
    assert "2 mentors have no room" not in who["coordinator"].get(page).text
    assert "1 mentor has no room" in who["coordinator"].get(page).text


def test_what_if_a_mentor_leaves(who, world, page, graph):
    pair(graph, world.programme, world.people["Mila"], world.people["Omid"])
    pair(graph, world.programme, world.people["Mila"], world.people["Zahra"])
    text = who["supervisor"].get(f"{page}?without={world.people['Mila']}").text
    assert "2 leaders would need a new mentor" in text
    assert "nobody could take over" in text, "nobody else speaks Persian"
    assert "Boris Mentor (" in text
    assert who["supervisor"].get(f"{page}?without=nobody").status_code == 200


def test_the_first_page_sends_the_coordinator_to_who_waits(who, world, pair_of, graph):
    def said(role):
        return re.search(r"(\d+) leaders? waits? for a mentor", who[role].get("/").text)

    waiting = len(cohort.cohort(graph, world.programme, OWNER, today(), "en").waiting)
    assert int(said("coordinator")[1]) == waiting == 2
    assert 'href="/mentoring/matching"' in who["coordinator"].get("/").text
    for role in ("mentor", "leader", "stranger coordinator", "manager", "partner", "administrator"):
        assert said(role) is None, role
    step(graph, world.places["Omid"], "paused")
    assert int(said("coordinator")[1]) == 1, "who pauses does not wait"
    step(graph, world.places["Rana"], "left", "moved")
    assert said("coordinator") is None


def test_pages_stay_within_their_statements(who, world, page, graph):
    for n in range(25):
        leader = add_person(graph, f"L{n}", "leader", "fa")
        give_place(graph, world.programme, leader, "leader", "applied" if n % 2 else "active")
    for url in (page, f"/mentoring/programmes/{world.programme}", f"/mentoring/places/{world.places['Zahra']}",
                f"/mentoring/places/{world.places['Zahra']}/edit", "/mentoring/mine",
                f"/mentoring/programmes/{world.programme}/places/new"):  # fmt: skip
        who["coordinator"].get(url)
        meter = Meter()
        token = METER.set(meter)
        assert who["coordinator"].get(url).status_code == 200
        METER.reset(token)
        assert meter.statements <= 1 + 3, url
        assert meter.records <= 300, url


def test_a_leader_whose_mentor_left_is_handed_over(who, world, page, graph):
    old = pair(graph, world.programme, world.people["Boris"], world.people["Omid"])
    assert "2 leaders are without a mentor" in who["coordinator"].get(page).text
    step(graph, world.places["Boris"], "left", "work")
    text = who["coordinator"].get(f"/mentoring/programmes/{world.programme}").text
    assert "Pairs that need a new mentor" in text
    assert f"without={world.people['Boris']}" in text
    assert "3 leaders are without a mentor" in who["coordinator"].get(page).text
    form = {"leader": world.people["Omid"], "proposed": world.people["Mila"], "do": "accept", "key": "k"}
    who["coordinator"].post(page, form)
    states = graph.define(
        "MATCH (m:Mentorship) RETURN m.id = $old AS old, m.state AS state, m.languages AS languages ORDER BY m.ref",
        old=old,
    )
    assert [(row["old"], row["state"]) for row in states] == [(True, "ended_early"), (False, "proposed")]
    assert states[1]["languages"] == ["bg"], "the languages both speak"
    assert "Pairs that need a new mentor" not in who["coordinator"].get(f"/mentoring/programmes/{world.programme}").text
