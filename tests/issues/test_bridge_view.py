"""The bridge view: every path as an independent query counts it, who is named to whom, who has no bridge."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta

import pytest

from analytics.bridging import Community, Helper, Reach, languages_without, places_without, unreached, without_bridge
from analytics.mentoring_figures import Regularity
from graphdb import ties
from tests.issues.conftest import ago, make
from web.bridges.usecases import Figures, told
from web.pages import today

COUNTED = """
MATCH (o:Organisation)<-[:TOUCHED]-(x:Contact|CommunityStep) WHERE x.archived_at IS NULL AND x.on > $after AND x.on <= $on
OPTIONAL MATCH (x)-[:IN]->(:Mentorship)<-[:MENTEE_IN]-(l1:Person)
OPTIONAL MATCH (x)-[:STEP_OF]->()-[:RAISED_BY]->(l2:Person)
RETURN coalesce(l1.ref, l2.ref) AS leader, o.ref AS organisation, count(*) AS n
"""


@pytest.fixture
def busy(world):
    """Contacts of both pairs, and a step of each kind."""
    world.log("Zahra", 5, "School", "Clinic")
    world.log("Zahra", 30, "School")
    world.log("Omar", 300, "Clinic")
    for label in ("CommunityIssue", "Campaign", "Mediation"):
        world.step(world.begin(label), 12, "School", label=label)
    gone = world.step(world.begin(), 11, "Clinic")
    world.graph.define("MATCH (s:CommunityStep {id: $id}) SET s.archived_at = datetime()", id=gone)
    return world


def run_of(command, *words):
    return json.loads(command("mentoring")("bridges", "--format", "json", *words).stdout)


@pytest.mark.parametrize("window", [20, 180, 400])
def test_the_command_counts_as_an_independent_query_does(busy, command, window):
    said = run_of(command, "--window", str(window))
    found = Counter()
    for line in said["bridges"]:
        found[line["leader"], line["organisation"]] += line["n"]
    rows = busy.graph.define(COUNTED, after=today() - timedelta(days=window), on=today())
    assert found == {(row["leader"], row["organisation"]): row["n"] for row in rows}
    assert said["contacts"] == sum(found.values())
    assert said["window"]["to"] == said["as_of"] == today().isoformat()
    assert "Zahra" not in json.dumps(said)


def test_before_they_happened_there_are_none(busy, command):
    said = run_of(command, "--as-of", ago(301).isoformat())
    assert said["bridges"] == []
    assert len(said["communities_without_bridge"]) == 3


def test_a_step_makes_a_tie_with_its_evidence_from_the_one_who_runs_the_programme(busy):
    found = ties.ties(ties.network(busy.graph), ties.Asked(("bridge",), today(), 20))
    names = {record: name for name, record in busy.ids.items()}
    assert {(names[tie.source], names[tie.target]): (tie.n, tie.last) for tie in found.ties} == {
        ("Home", "School"): (4, ago(5)), ("Home", "Clinic"): (1, ago(5)),
    }  # fmt: skip


def test_a_step_of_nobody_who_leads_or_mentors_is_no_bridge(busy):
    record = busy.begin(days=4)
    busy.step(record, 2, "Away")
    graph = busy.graph
    graph.define("MATCH (n {id: $id})-[r:RAISED_BY|ACCOMPANIED_BY]->() DELETE r", id=record)
    found = ties.ties(ties.network(graph, "", ""), ties.Asked(("bridge",), today(), 20))
    assert busy.ids["Away"] not in {tie.target for tie in found.ties}


def test_who_is_named_to_whom(busy, people):
    for who, someone in vars(people).items():
        page, data = someone.get("/mentoring/bridges/"), someone.get("/mentoring/bridges/data")
        allowed = who != "administrator"
        assert page.status_code == data.status_code == (200 if allowed else 403), who
        knows = who in {"leader", "mentor", "supervisor", "coordinator"}
        for text in (page.text, data.get_data(as_text=True)):
            assert ("Zahra Whole" in text) == knows, who
            assert ("Mila Whole" in text) == knows, who
            assert "Omar Whole" not in text, "not in the last 180 days"
        if allowed:
            assert "School" in page.text, "others see community and institution"


def test_all_time_shows_a_stranger_only_their_own(busy, people):
    text = people.other_leader.get("/mentoring/bridges/?window=all").text
    assert "Omar Whole" in text
    assert "Zahra" not in text
    drawn = json.loads(people.manager.get("/mentoring/bridges/data?window=all").text)
    assert set(drawn["nodes"]["shape"]) == {"hexagon", "square"}


def test_few_leaders_are_held_back_and_what_would_tell_them(busy, people):
    text = people.manager.get("/mentoring/bridges/").text
    assert "held back" in text
    table = people.manager.get("/mentoring/bridges/?format=csv").text
    assert "held back" in table
    assert "Zahra" not in table


def test_communities_without_a_bridge_say_why(busy, people):
    text = people.school.get("/mentoring/bridges/").text
    assert "Arabic speakers" in text
    assert "no contact with an organisation in 180 days" in text
    assert "no leader of this community is known" in text, "the small one, listed apart"


def test_institutions_that_nobody_reached(busy, people):
    make(busy.graph, "Organisation", {"name": "Lonely court", "kind": "court"})
    make(busy.graph, "Organisation", {"name": "Quiet club", "kind": "ngo"})
    text = people.coordinator.get("/mentoring/bridges/").text
    block = text[text.index('id="unreached"') :]
    assert "Lonely court" in block
    assert "Quiet club" not in block, "not one a bridge is meant to reach"


DARI = Community("dari", ("fa",), "50_200", "town", frozenset({"part"}))
ZAHRA, MILA = Helper("z", "leader", "dari", ("fa",)), Helper("m", "mentor", None, ("fa", "bg"), ("part",))


@pytest.mark.parametrize(
    ("helpers", "reaches", "codes"),
    [
        ((), (), ["community_without_leader", "bridge_never"]),
        ((ZAHRA,), (), ["bridge_never"]),
        ((Helper("z", "leader", "dari", end=ago(3)),), (), ["community_leader_not_active", "bridge_never"]),
        ((ZAHRA,), (Reach("o", ago(200), "dari", "z"),), ["bridge_not_in_window"]),
        ((ZAHRA,), (Reach("o", None, "dari", "z"),), ["bridge_undated"]),
        ((ZAHRA, Helper("old", "leader", "dari", end=ago(3))), (Reach("o", ago(9), "dari", "old"),), ["bridge_of_people_gone"]),
        ((ZAHRA, MILA), (Reach("o", ago(9), "dari", None, "m"),), None),
        ((ZAHRA,), (Reach("o", ago(179), "dari", "z"),), None),
        ((ZAHRA,), (Reach("o", ago(180), "dari", "z"),), ["bridge_not_in_window"]),
    ],
)  # fmt: skip
def test_why_a_community_has_no_bridge(helpers, reaches, codes):
    found = without_bridge((DARI,), helpers, reaches, today(), 180)
    assert [[reason.code for reason in each.reasons] for each in found] == ([] if codes is None else [codes])


def test_unknown_size_is_judged_and_a_small_one_is_listed_apart():
    unknown, small = without_bridge((Community("u"), Community("v", size="under_50")), (), (), today(), None)
    assert not unknown.small
    assert unknown.reasons[-1].code == "community_size_unknown"
    assert small.small


def test_languages_and_places_without_a_mentor():
    away = Community("ar", ("ar",), None, "village")
    helpers = (ZAHRA, MILA, Helper("s", "leader", "ar", ("so",)), Helper("g", "mentor", None, ("ar",), end=ago(1)))
    assert languages_without((DARI, away), helpers, today()) == ("ar", "so")
    assert places_without((DARI, away), helpers, today()) == ("village",)


def test_never_reached_comes_before_long_ago():
    found = unreached(("a", "b", "c"), (Reach("b", ago(400)), Reach("c", ago(2))), today(), 180)
    assert [(each.organisation, each.last) for each in found] == [("a", None), ("b", ago(400))]


def test_loads_of_few_mentors_are_held_back():
    of = Figures(Regularity(0, 0, 0, 0), ((0, 2), (2, 7), (4, 6)), 15, 6, 20, None, (), ())
    shown = told(of)
    assert dict(shown.loads)[0] is None
    assert (shown.mentors is None) or sum(n is None for _, n in shown.loads) >= 2
    assert told(of, exact=True).mentors == 15
