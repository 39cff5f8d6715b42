"""Trainings: written down, attended by taps, certificates with numbers that stay."""

from __future__ import annotations

from datetime import timedelta

import pytest

from graphdb import erasing
from graphdb.writes import change
from tests.programmes.conftest import ACTOR, make
from web.pages import today


@pytest.fixture
def training(graph, world):
    values = {
        "name": "Leading a group",
        "on": today() - timedelta(days=3),
        "hours": 8,
        "place": "Town hall",
        "state": "held",
    }
    return make(graph, "Training", values, {"programme": [world.programme]})


def parts(graph):
    rows = graph.define(
        "MATCH (n:Person)<-[:ENROLLED]-(e:Enrolment) RETURN n.name AS name, e.id AS id, e.state AS state,"
        " e.certificate AS number, e.states AS states ORDER BY name"
    )
    return {row["name"].split()[0]: row for row in rows}


def tap(one, training, part, to, key):
    return one.post(f"/mentoring/trainings/{training}/mark", {"part": part, "to": to, "key": key})


def test_attendance_and_certificates(who, world, training, graph):
    one, url = who["coordinator"], f"/mentoring/trainings/{training}"
    chosen = [world.people[name] for name in ("Zahra", "Omid", "Aziz")]
    for key in ("k", "k", "other"):
        assert one.post(f"{url}/invite", {"person": chosen, "key": key}).status_code == 303
    assert set(parts(graph)) == {"Zahra", "Omid"}, "who only applied is no member; nobody is on the list twice"
    for name in ("Zahra", "Omid"):
        tap(one, training, parts(graph)[name]["id"], "attended", f"a{name}")
        for _ in range(2):
            tap(one, training, parts(graph)[name]["id"], "certified", f"c{name}")
    numbers = {name: row["number"] for name, row in parts(graph).items()}
    assert len(set(numbers.values())) == 2
    tap(one, training, parts(graph)["Zahra"]["id"], "revoked", "r")
    tap(one, training, parts(graph)["Zahra"]["id"], "certified", "again")
    assert parts(graph)["Zahra"]["number"] == numbers["Zahra"], "a certificate keeps its number"
    tap(one, training, parts(graph)["Zahra"]["id"], "invited", "no")
    assert parts(graph)["Zahra"]["state"] == "certified"
    assert [entry.partition("=")[2] for entry in parts(graph)["Zahra"]["states"]] == [
        "invited", "attended", "certified", "revoked", "certified",
    ]  # fmt: skip
    text = who["leader"].get("/mentoring/mine").text
    assert "Leading a group" in text
    assert str(numbers["Zahra"]) in text
    assert str(numbers["Omid"]) not in text


def test_who_sees_a_training(who, world, training):
    for role, someone in who.items():
        for url in (f"/mentoring/trainings/{training}", f"/mentoring/trainings/{training}/edit"):
            sees = {"coordinator"} if url.endswith("edit") else {"coordinator", "supervisor"}
            assert someone.get(url).status_code == (200 if role in sees else 404), (role, url)
        new = someone.get(f"/mentoring/programmes/{world.programme}/trainings/new").status_code
        assert new == (200 if role == "coordinator" else 404), role


def test_nobody_was_at_what_is_still_to_come(who, world, graph):
    one, tomorrow = who["coordinator"], (today() + timedelta(days=1)).isoformat()
    form = {"name": "Campaigns", "on": tomorrow, "state": "held", "key": "k"}
    new = f"/mentoring/programmes/{world.programme}/trainings/new"
    assert "still to come" in one.post(new, form).text
    evening = make(graph, "PublicDiscussion", {"name": "An open evening", "state": "planned", "on": tomorrow})
    made = one.post(new, {**form, "state": "planned", "discussion": evening})
    assert made.status_code == 303
    assert "An open evening" in one.get(made.location).text
    training = made.location.rpartition("/")[2]
    one.post(f"/mentoring/trainings/{training}/invite", {"person": [world.people["Zahra"]], "key": "k"})
    tap(one, training, parts(graph)["Zahra"]["id"], "attended", "a")
    assert parts(graph)["Zahra"]["state"] == "invited"
    tap(one, training, parts(graph)["Zahra"]["id"], "registered", "b")
    assert parts(graph)["Zahra"]["state"] == "registered"


def test_a_part_of_another_training_is_not_marked_here(who, world, training, graph):
    other = make(graph, "Training", {"name": "Other", "on": today(), "state": "held"}, {"programme": [world.programme]})
    who["coordinator"].post(f"/mentoring/trainings/{other}/invite", {"person": [world.people["Zahra"]], "key": "k"})
    tap(who["coordinator"], training, parts(graph)["Zahra"]["id"], "attended", "a")
    assert parts(graph)["Zahra"]["state"] == "invited"


def test_no_number_is_given_twice(who, world, training, graph):
    one, url = who["coordinator"], f"/mentoring/trainings/{training}"
    one.post(f"{url}/invite", {"person": [world.people["Zahra"], world.people["Omid"]], "key": "k"})
    for name in ("Zahra", "Omid"):
        tap(one, training, parts(graph)[name]["id"], "attended", f"a{name}")
    tap(one, training, parts(graph)["Zahra"]["id"], "certified", "z")
    first = parts(graph)["Zahra"]["number"]
    change(graph, ACTOR, lambda c: erasing.erase(c, graph, world.people["Zahra"], None, today()).ref)
    tap(one, training, parts(graph)["Omid"]["id"], "certified", "o")
    assert first not in {row["number"] for row in parts(graph).values()}
