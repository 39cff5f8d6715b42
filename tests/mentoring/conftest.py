"""A small programme: two mentors, three leaders, two pairs, everybody who may look at them."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from graphdb import mentoring, records
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.writes import change
from web.pages import today

ACTOR = Actor("tester", "command")


def make(graph, label, values, links=None):
    return change(graph, ACTOR, lambda c: records.create(c, graph, kind_of(label), values, links))


def add_pair(graph, programme, mentor, leader, state="active", since=None):
    new = mentoring.NewPair(mentor, leader, programme, state, since, 7, "fa, bg")
    return change(graph, ACTOR, lambda c: mentoring.make_pair(c, graph, new))


def log(graph, pair, days_ago=0, note="", **more):
    new = mentoring.NewContact(pair, today() - timedelta(days=days_ago), "met", 45, "school", note=note, **more)
    return change(graph, ACTOR, lambda c: mentoring.log_contact(c, graph, new))


@pytest.fixture
def programme(graph):
    home = make(graph, "Organisation", {"name": "Home", "kind": "ngo"})
    made = make(graph, "Programme", {"name": "Twenty leaders"}, {"organisation": [home]})
    people = {}
    for name, role in (
        ("Mila Mentor", "mentor"), ("Boris Mentor", "mentor"),
        ("Zahra Leader", "leader"), ("Omid Leader", "leader"), ("Rana Leader", "leader"),
    ):  # fmt: skip
        people[name.split()[0]] = make(
            graph, "Person", {"name": name, "alias": f"{name[0]}.", "role_class": role}, {"programme": [made]}
        )
    since = today() - timedelta(days=200)
    pairs = {
        "Zahra": add_pair(graph, made, people["Mila"], people["Zahra"], since=since),
        "Omid": add_pair(graph, made, people["Boris"], people["Omid"], since=since),
    }
    return SimpleNamespace(id=made, people=people, pairs=pairs, home=home)
