"""Two programmes, a leader with a mentor in each, a school that is touched and a partner that is not."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from graphdb import issues, mentoring, records
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.writes import change
from web.pages import today

ACTOR = Actor("tester", "command")
CANARY = "the canary waits for a school place"
LABELS = ("CommunityIssue", "Campaign", "Mediation")


def ago(days):
    return today() - timedelta(days=days)


def make(graph, label, values, links=None):
    return change(graph, ACTOR, lambda c: records.create(c, graph, kind_of(label), values, links))


class World:
    """Names to ids; what happens in it."""

    def __init__(self, graph):
        self.graph = graph
        self.ids = {}
        self.place = make(graph, "Place", {"name": "Town", "level": "municipality"})
        for name in ("Home", "Away", "School", "Clinic"):
            kind = "school" if name == "School" else "clinic" if name == "Clinic" else "ngo"
            self.ids[name] = make(graph, "Organisation", {"name": name, "kind": kind}, {"places": [self.place]})
        self.programmes = {
            name: make(
                graph, "Programme", {"name": f"{name} programme", "target": 2}, {"organisation": [self.ids[name]]}
            )
            for name in ("Home", "Away")
        }
        self.communities = {
            name: make(
                graph,
                "Community",
                {"name": f"{name} speakers", "languages": code, "size_band": size},
                {"place": [self.place]},
            )
            for name, code, size in (("Dari", "fa", "50_200"), ("Arabic", "ar", "50_200"), ("Somali", "so", "under_50"))
        }
        self.person("Zahra", "leader", "Home", "Dari", "fa")
        self.person("Mila", "mentor", "Home", None, "fa bg")
        self.person("Omar", "leader", "Away", "Arabic", "ar")
        self.person("Boris", "mentor", "Away", None, "bg")
        self.pairs = {"Zahra": self.pair("Home", "Mila", "Zahra"), "Omar": self.pair("Away", "Boris", "Omar")}

    def person(self, name, role, programme, community, languages):
        links = {
            "programme": [self.programmes[programme]],
            "community": [self.communities[community]] if community else [],
        }
        values = {"name": f"{name} Whole", "alias": f"{name[0]}.", "role_class": role, "languages": languages.split()}
        self.ids[name] = make(self.graph, "Person", values, links)

    def pair(self, programme, mentor, leader):
        new = mentoring.NewPair(
            self.ids[mentor], self.ids[leader], self.programmes[programme], "active", ago(200), 14, "fa"
        )
        return change(self.graph, ACTOR, lambda c: mentoring.make_pair(c, self.graph, new))

    def log(self, leader, days, *organisations):
        touched = tuple(self.ids[name] for name in organisations)
        new = mentoring.NewContact(self.pairs[leader], ago(days), "met", organisations=touched)
        return change(self.graph, ACTOR, lambda c: mentoring.log_contact(c, self.graph, new))

    def begin(self, label="CommunityIssue", leader="Zahra", days=40, said=CANARY, by=None):
        topic = "yard" if label == "Mediation" else "school"
        community = self.communities["Dari" if leader == "Zahra" else "Arabic"]
        new = issues.NewMatter(label, self.ids[leader], topic, community, self.place, ago(days), said)
        return change(self.graph, ACTOR, lambda c: issues.raise_matter(c, self.graph, new, self.ids[by or leader]))

    def step(self, record, days, *organisations, label="CommunityIssue", text="", people=None):
        touched = tuple(self.ids[name] for name in organisations)
        new = issues.NewStep(ago(days), "visit", text, people, organisations=touched)
        return change(self.graph, ACTOR, lambda c: issues.add_step(c, self.graph, label, record, new))

    def move(self, record, to, days, label="CommunityIssue", outcome="so it went", result=""):
        def work(c):
            issues.move(c, self.graph, label, record, self.version(record), to, ago(days), outcome, result)
            return record

        return change(self.graph, ACTOR, work)

    def version(self, record):
        return self.graph.define("MATCH (n:Record {id: $id}) RETURN n.version AS v", id=record)[0]["v"]


@pytest.fixture
def world(graph):
    return World(graph)


@pytest.fixture
def people(sign_in, world):
    """Everybody who might look, by role."""
    us, them = {"programme": world.programmes["Home"]}, {"programme": world.programmes["Away"]}
    return SimpleNamespace(
        leader=sign_in("leader", person=world.ids["Zahra"], **us),
        mentor=sign_in("mentor", person=world.ids["Mila"], **us),
        other_leader=sign_in("leader", person=world.ids["Omar"], **them),
        supervisor=sign_in("supervisor", **us),
        coordinator=sign_in("coordinator", **us),
        stranger=sign_in("coordinator", **them),
        manager=sign_in("manager"),
        school=sign_in("partner", organisation=world.ids["School"]),
        clinic=sign_in("partner", organisation=world.ids["Clinic"]),
        administrator=sign_in("administrator"),
    )
