"""What somebody tries who knows ids and forms but has no right: each attempt changes nothing and tells nothing."""

from __future__ import annotations

import re

import pytest

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.writes import change
from tests.mentoring.conftest import ACTOR, log, make

KIND = kind_of("Person")


@pytest.fixture
def theirs(graph, programme):
    return make(graph, "Programme", {"name": "Elsewhere"}, {"organisation": [programme.home]})


@pytest.fixture
def stranger(sign_in, theirs):
    """The coordinator of another programme."""
    return sign_in("coordinator", programme=theirs)


def person_of(graph, record):
    [row] = graph.define(
        "MATCH (p:Person {id: $id}) RETURN p.name AS name, p.archived_at AS archived,"
        " COLLECT { MATCH (p)-[:IN_PROGRAMME]->(g) RETURN g.id } AS programmes", id=record,
    )  # fmt: skip
    return row


def test_a_leader_of_another_programme_cannot_be_taken_into_the_own_one(graph, programme, theirs, stranger):
    leader = programme.people["Zahra"]
    page = f"/records/people/{leader}"
    before = person_of(graph, leader)
    asked = {"name": "Taken", "alias": "Z.", "role_class": "leader", "programme": [theirs], "version": "1", "key": "k"}
    answers = [
        stranger.get(f"{page}/edit"),
        stranger.post(f"{page}/edit", asked),
        stranger.post(f"{page}/archive", {"key": "a"}),
    ]
    change(graph, ACTOR, lambda c: str(records.update(c, graph, KIND, leader, None, {"alias": "Zz."})))
    answers.append(stranger.post(f"{page}/undo", {"version": "2"}))
    assert [answer.status_code for answer in answers] == [303] * 4
    assert person_of(graph, leader) == before
    assert "Only who knows this leader by the programme" in stranger.get(page).text
    assert "Zahra Leader" not in stranger.get(page).text


def test_the_own_coordinator_changes_the_leader(programme, sign_in, graph):
    ours = sign_in("coordinator", programme=programme.id)
    page = f"/records/people/{programme.people['Zahra']}/edit"
    text = ours.get(page).text
    assert 'value="Zahra Leader"' in text
    form = {
        "name": "Zahra Named",
        "alias": "Z.",
        "role_class": "leader",
        "programme": [programme.id],
        "version": "1",
        "key": "k",
    }
    assert ours.post(page, form).status_code == 303
    assert person_of(graph, programme.people["Zahra"])["name"] == "Zahra Named"


def test_nobody_is_invited_as_somebody_of_another_programme(graph, programme, theirs, stranger, sign_in):
    wanted = {"role": "mentor", "person": programme.people["Mila"], "key": "k"}
    for where in (programme.id, theirs):
        assert stranger.post("/settings/invite", {**wanted, "programme": where}).status_code == 400
    page = stranger.get("/settings/invite").text
    assert programme.people["Mila"] not in page
    assert programme.id not in page
    ours = sign_in("coordinator", programme=programme.id)
    assert ours.post("/settings/invite", {**wanted, "programme": programme.id}).status_code == 200


def test_nobody_is_invited_as_somebody_who_can_sign_in_already(programme, sign_in):
    wanted = {"role": "mentor", "person": programme.people["Mila"], "programme": programme.id, "key": "k"}
    sign_in("mentor", programme=programme.id, person=programme.people["Mila"])
    ours = sign_in("coordinator", programme=programme.id)
    assert ours.post("/settings/invite", wanted).status_code == 400, "the link would read the notes of her pairs"


def test_forms_of_another_pair_change_nothing(graph, programme, sign_in):
    contact = log(graph, programme.pairs["Zahra"], 3, note="Their own words")
    other = sign_in("mentor", programme=programme.id, person=programme.people["Boris"])
    coordinator = sign_in("coordinator", programme=programme.id)
    mine, pair = programme.pairs["Omid"], programme.pairs["Zahra"]
    attempts = (
        (other, "/mentoring/log", {"pair": pair, "channel": "met", "on": "2026-01-05", "key": "1"}, 400),
        (other, f"/mentoring/pairs/{pair}/goals", {"goals": "x", "version": "1", "key": "2"}, 404),
        (other, f"/mentoring/pairs/{pair}/contacts/{contact}/take-back", {"key": "3"}, 404),
        (other, f"/mentoring/pairs/{mine}/contacts/{contact}/take-back", {"key": "4"}, 404),
        (other, f"/mentoring/pairs/{pair}/concern", {"text": "x", "named": "y", "key": "5"}, 404),
        (other, f"/mentoring/pairs/{mine}/step", {"to": "paused", "version": "1"}, 404),
        (coordinator, f"/mentoring/pairs/{pair}/goals", {"goals": "x", "version": "1", "key": "6"}, 404),
        (coordinator, f"/mentoring/pairs/{pair}/contacts/{contact}/take-back", {"key": "7"}, 404),
        (coordinator, "/mentoring/log", {"pair": pair, "channel": "met", "on": "2026-01-05", "key": "8"}, 404),
    )
    before = graph.define("MATCH (n:Mentorship|Contact) RETURN properties(n) AS all ORDER BY n.id")
    for who, url, form, status in attempts:
        assert who.post(url, form).status_code == status, url
    assert graph.define("MATCH (n:Mentorship|Contact) RETURN properties(n) AS all ORDER BY n.id") == before


def test_a_contact_logged_for_an_own_pair_cannot_name_a_goal_of_another(graph, programme, sign_in):
    mentor = sign_in("mentor", programme=programme.id, person=programme.people["Boris"])
    page = mentor.get("/mentoring/log").text
    pair = re.search(r'name="pair"[^>]*value="([^"]+)"', page)
    assert pair
    assert pair[1] == programme.pairs["Omid"]
    form = {"pair": pair[1], "channel": "met", "on": "2026-01-05", "reached": ["0123456789abcdef"], "key": "k"}
    assert mentor.post("/mentoring/log", form).status_code == 400
