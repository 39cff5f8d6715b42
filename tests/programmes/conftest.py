"""A programme with two mentors and three leaders who hold places, one who has applied, and everybody who may look."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from graphdb import mentoring, records
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.programmes import places
from graphdb.writes import change
from web.pages import today

ACTOR = Actor("tester", "command")


def make(graph, label, values, links=None):
    return change(graph, ACTOR, lambda c: records.create(c, graph, kind_of(label), values, links))


def add_person(graph, name, role, languages, **links):
    return make(
        graph, "Person", {"name": name, "alias": f"Alias {name[0]}", "role_class": role, "languages": languages}, links
    )


def give_place(graph, programme, person, role, state="active", wishes=None, days=100, **values):
    on = today() - timedelta(days=days)
    links = wishes or {}
    return change(graph, ACTOR, lambda c: places.apply(c, graph, programme, person, role, values, links, on, state))


def step(graph, place, to, reason="", days=0):
    on = today() - timedelta(days=days)
    return change(graph, ACTOR, lambda c: places.step(c, place, to, on, reason))


def pair(graph, programme, mentor, leader, state="active"):
    new = mentoring.NewPair(mentor, leader, programme, state, today(), 7, "fa")
    return change(graph, ACTOR, lambda c: mentoring.make_pair(c, graph, new))


@pytest.fixture
def world(graph):
    home = make(graph, "Organisation", {"name": "Home", "kind": "ngo"})
    town = make(graph, "Place", {"name": "Town", "level": "municipality"})
    programme = make(
        graph, "Programme", {"name": "Twenty leaders", "target": 20, "places": 10, "cohorts": "First\nSecond"},
        {"organisation": [home]},
    )  # fmt: skip
    people, held = {}, {}
    for name, role, languages in (
        ("Mila Mentor", "mentor", "bg, fa"), ("Boris Mentor", "mentor", "bg, ar"),
        ("Zahra Leader", "leader", "fa"), ("Omid Leader", "leader", "ar, bg"), ("Rana Leader", "leader", "fa"),
        ("Aziz Leader", "leader", "fa"),
    ):  # fmt: skip
        first = name.split()[0]
        people[first] = add_person(graph, name, role, languages, places=[town])
        state = "applied" if first == "Aziz" else "active"
        held[first] = give_place(graph, programme, people[first], role, state)
    return SimpleNamespace(programme=programme, people=people, places=held, home=home, town=town)


@pytest.fixture
def who(sign_in, world, graph):
    other = make(graph, "Programme", {"name": "Another"}, {"organisation": [world.home]})
    us, them = {"programme": world.programme}, {"programme": other}
    return {
        "mentor": sign_in("mentor", person=world.people["Mila"], **us),
        "leader": sign_in("leader", person=world.people["Zahra"], **us),
        "supervisor": sign_in("supervisor", **us),
        "coordinator": sign_in("coordinator", **us),
        "stranger supervisor": sign_in("supervisor", **them),
        "stranger coordinator": sign_in("coordinator", **them),
        "manager": sign_in("manager"),
        "partner": sign_in("partner", organisation=world.home),
        "administrator": sign_in("administrator"),
    }


@pytest.fixture
def pair_of(world, graph):
    return pair(graph, world.programme, world.people["Mila"], world.people["Zahra"])
