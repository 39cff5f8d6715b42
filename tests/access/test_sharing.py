"""Sharing rules: they open the contact persons they name, one way, to the day, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from graphdb import records
from graphdb.actors import Actor
from graphdb.catalogue import kind_of
from graphdb.connection import Graph
from graphdb.records import New
from graphdb.writes import Change, change
from tests.conftest import SignIn

ACTOR = Actor("test", "command")
TODAY = datetime.now(UTC).date()
RULE = kind_of("SharingRule")


@dataclass
class Two:
    """Two organisations, each with a contact person and a leader; nobody agreed to be seen."""

    giver: str
    taker: str
    person: str
    leader: str
    mirror: str


@pytest.fixture
def two(graph: Graph) -> Two:
    made: dict[str, str] = {}

    def work(c: Change) -> str:
        for name in ("giver", "taker"):
            made[name] = records.create(c, graph, kind_of("Organisation"), {"name": name.title(), "kind": "ngo"})
        people = {"person": ("giver", "staff"), "leader": ("giver", "leader"), "mirror": ("taker", "staff")}
        for name, (where, role) in people.items():
            said = {
                "name": f"Name of {name}",
                "role_class": role,
                "phone": "+359 2 123 4567",
                "email": f"{name}@example.org",
            }
            made[name] = records.create(c, graph, kind_of("Person"), said)
            links = {"person": [made[name]], "organisation": [made[where]]}
            records.create_many(
                c, graph, kind_of("Employment"), [New({"position": "Head", "focal_point": "yes"}, links)]
            )
        return "made"

    change(graph, ACTOR, work)
    return Two(**made)


def rule(graph: Graph, two: Two, **values: object) -> str:
    said = {
        "purpose": "Hand-over", "data_class": "contact_persons", "aggregation": "single", "state": "in_force",
        "until": TODAY + timedelta(days=1), **values,
    }  # fmt: skip
    links = {"source": [two.giver], "target": [two.taker]}
    return change(graph, ACTOR, lambda c: records.create(c, graph, RULE, said, links))


def sees(someone: object, two: Two, who: str = "person") -> bool:
    """Whether name and e-mail stand on the person's page and on the partner's."""
    record, where = getattr(two, who), two.taker if who == "mirror" else two.giver
    pages = [someone.get(f"/records/people/{record}").text, someone.get(f"/partners/{where}").text]  # type: ignore[attr-defined]
    shown = [f"Name of {who}" in page and f"{who}@example.org" in page for page in pages]
    hidden = [f"Name of {who}" not in page and f"{who}@example.org" not in page for page in pages]
    assert all(shown) or all(hidden), "one page must not tell what the other hides"
    return all(shown)


def test_a_rule_opens_and_its_end_closes_the_same_day(sign_in: SignIn, graph: Graph, two: Two) -> None:
    taker = sign_in("partner", organisation=two.taker)
    assert not sees(taker, two)
    record = rule(graph, two)
    assert sees(taker, two), "with the next request, without a new sign-in"
    found = taker.get("/search?q=name+of+person").text
    assert "Name of person" in found
    change(graph, ACTOR, lambda c: str(records.update(c, graph, RULE, record, None, {"until": TODAY})))
    assert not sees(taker, two), "until is the first day on which it no longer holds"


@pytest.mark.parametrize(
    "values",
    [
        {"state": "proposed"},
        {"state": "suspended"},
        {"state": "ended"},
        {"since": TODAY + timedelta(days=1)},
        {"aggregation": "totals"},
    ],
)
def test_only_a_rule_in_force_opens(sign_in: SignIn, graph: Graph, two: Two, values: dict[str, object]) -> None:
    rule(graph, two, **values)
    assert not sees(sign_in("partner", organisation=two.taker), two)


def test_an_archived_rule_opens_nothing(sign_in: SignIn, graph: Graph, two: Two) -> None:
    record = rule(graph, two)
    change(graph, ACTOR, lambda c: records.archive(c, RULE, record) or record)
    assert not sees(sign_in("partner", organisation=two.taker), two)


def test_it_works_one_way_and_never_for_leaders(sign_in: SignIn, graph: Graph, two: Two) -> None:
    rule(graph, two)
    assert not sees(sign_in("partner", organisation=two.giver), two, "mirror")
    assert not sees(sign_in("partner", organisation=two.taker), two, "leader")


def test_who_left_either_side_sees_and_shows_nothing(sign_in: SignIn, graph: Graph, two: Two) -> None:
    rule(graph, two)
    taker = sign_in("partner", organisation=two.taker)
    graph.define("MATCH (e:Employment)-[:HOLDER]->(:Person {id: $id}) SET e.valid_to = date()", id=two.person)
    assert not sees(taker, two)
    graph.define("MATCH (e:Employment)-[:HOLDER]->(:Person {id: $id}) REMOVE e.valid_to", id=two.person)
    assert sees(taker, two)
    graph.define("MATCH (:Account {id: $id})-[:HOLDS]->(r) SET r.valid_to = date()", id=taker.account)
    assert "Name of person" not in taker.get(f"/partners/{two.giver}").text


def test_only_parties_and_the_coordinator_know_of_a_rule(sign_in: SignIn, graph: Graph, two: Two) -> None:
    stranger = change(
        graph, ACTOR, lambda c: records.create(c, graph, kind_of("Organisation"), {"name": "S", "kind": "ngo"})
    )
    record = rule(graph, two, purpose="Known to two")
    for organisation, known in ((two.giver, True), (two.taker, True), (stranger, False)):
        someone = sign_in("partner", organisation=organisation)
        assert ("Known to two" in someone.get("/records/sharing-rules").text) == known
        assert ("Known to two" in someone.get("/records/sharing-rules?format=csv").text) == known
        assert (someone.get(f"/records/sharing-rules/{record}").status_code == 200) == known
        assert someone.get("/records/sharing-rules/new").status_code == 403
    assert "Known to two" in sign_in("coordinator").get("/records/sharing-rules").text
    for role in ("manager", "leader", "administrator"):
        assert sign_in(role).get("/records/sharing-rules").status_code == 403
