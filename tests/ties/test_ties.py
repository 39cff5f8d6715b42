"""Ties follow from dated records: by kind, day and window; the stored ones are a cache that a rebuild reproduces."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from analytics.ties import MAKERS
from graphdb import jobs, records, ties
from graphdb.catalogue import TIES, kind_of
from graphdb.connection import METER, Meter
from graphdb.ties import Asked
from graphdb.writes import change
from tests.ties.world import ITEM, TESTER, TODAY, World, ago
from web.jobs import work

ALL = tuple(MAKERS)


@pytest.fixture
def world(graph):
    made = World(graph)
    made.organisations("a", "b", "c", "d")
    return made


def found(world, *kinds, days=None, as_of=TODAY, relation=None):
    names = {record: name for name, record in world.ids.items()}
    answer = ties.ties(ties.network(world.graph), Asked(kinds or ALL, as_of, days, relation))
    return [(tie.kind, names[tie.source], names[tie.target], tie) for tie in answer.ties], answer


def plain(world, *kinds, **options):
    return {(kind, source, target) for kind, source, target, _ in found(world, *kinds, **options)[0]}


def test_every_tie_of_the_catalogue_is_made_and_no_other():
    assert set(MAKERS) == {tie.code for tie in TIES}


def test_a_referral_counts_from_the_day_after_the_window_opens_to_the_day_itself(world):
    world.referral("a", "b", ago(180))
    assert plain(world, days=180) == set(), "(t - W, t]: the first day is out"
    assert plain(world, days=181) == {("referral", "a", "b")}
    assert plain(world, days=1, as_of=ago(180)) == {("referral", "a", "b")}
    assert plain(world, as_of=ago(181)) == set(), "what came later is not known yet"
    world.referral("b", "a", ago(1), state="draft")
    assert plain(world, "referral") == {("referral", "a", "b")}, "a draft is no fact"


def test_undated_referrals_count_for_all_time_and_are_said_to_be_left_out_of_a_window(world):
    world.referral("a", "b", None)
    world.referral("a", "b", ago(3))
    [(_, _, _, tie)], answer = found(world)
    assert (tie.n, tie.undated, tie.first, tie.last) == (2, 1, ago(3), ago(3))
    assert answer.hidden == {}
    [(_, _, _, tie)], answer = found(world, days=30)
    assert (tie.n, answer.hidden) == (1, {"without_a_date": 1})


def test_a_meeting_weighs_one_over_the_others_present(world):
    world.meeting(ago(10), "a", "b", "c", absent=("d",))
    world.meeting(ago(5), "a", "b")
    world.meeting(ago(4), "d")
    world.meeting(ago(4), "c", "d", state="planned")
    rows, answer = found(world, "meeting")
    assert {(source, target): (tie.n, tie.weight) for _, source, target, tie in rows} == {
        ("a", "b"): (2, 1.5), ("a", "c"): (1, 0.5), ("b", "c"): (1, 0.5),
    }  # fmt: skip
    assert not answer.directed


def test_actions_tie_those_who_aim_at_the_same_gap_or_item(world):
    world.make("Gap", "gap", key="k", cls="absent", state="detected")
    gap = world.make("Gap", "other gap", key="k2", cls="absent", state="detected")
    owned = {
        owner: world.make(
            "ActionPoint",
            f"of {owner}",
            links={"owner": owner, "gap": gap},
            text="do",
            due=TODAY,
            state="open",
            agreed_on=on,
        )
        for owner, on in (("a", ago(40)), ("b", ago(20)))
    }
    free = world.make("ActionPoint", "of c", links={"owner": "c"}, text="do", due=TODAY, state="open", agreed_on=ago(9))
    assert plain(world, "action") == {("action", "a", "b")}
    assert plain(world, "action", days=21) == {("action", "a", "b")}, "dated by the day the second began"
    assert plain(world, "action", days=20) == set()
    world.write("AgendaItem", "item", ITEM, id="item", actions=[owned["a"], free])
    assert plain(world, "action") == {("action", "a", "b"), ("action", "a", "c")}


def test_a_contact_of_a_pair_bridges_from_the_employer_of_that_day(world):
    world.make("Programme", "programme", links={"organisation": "d"})
    world.make("Person", "mentor", role_class="mentor")
    world.make("Person", "leader", role_class="leader")
    world.make(
        "Employment",
        links={"person": "mentor", "organisation": "a"},
        position="x",
        valid_from=ago(100),
        valid_to=ago(50),
    )
    links = {"mentor": "mentor", "leader": "leader", "programme": "programme"}
    world.make("Mentorship", "pair", links=links, state="active")
    for days in (60, 50, 10):
        world.make("Contact", links={"pair": "pair", "organisations": ["b", "d"]}, on=ago(days), channel="met")
    rows, answer = found(world, "bridge")
    assert {(source, target): tie.n for _, source, target, tie in rows} == {("a", "b"): 1, ("a", "d"): 1, ("d", "b"): 2}
    assert answer.directed
    assert all(node.kind != "mentor" for node in answer.nodes), "leaders and mentors are no nodes"


def test_agreements_projects_and_statements_hold_on_the_day_whatever_the_window(world):
    world.make(
        "Agreement", "paper", links={"parties": ["a", "b", "c"]}, kind="mou", valid_from=ago(900), valid_to=ago(0)
    )
    world.make("Project", "idea", links={"partners": ["a", "d"]}, state="idea")
    world.make("Project", "project", links={"partners": ["c", "d"]}, state="running")
    world.declared("d", "a", valid_from=ago(10), status="confirmed")
    assert plain(world, "agreement") == set(), "the day of its end is out"
    before = {("agreement", "a", "b"), ("agreement", "a", "c"), ("agreement", "b", "c")}
    assert plain(world, "agreement", as_of=ago(1), days=5) == before
    [(_, _, _, project)], _ = found(world, "project")
    assert (project.undated, project.until, project.first) == (1, None, None)
    [(_, source, target, said)], _ = found(world, "declared", days=5)
    assert (source, target, said.confirmed, said.undirected) == ("d", "a", True, False)
    assert plain(world, "declared", as_of=ago(11)) == set()


def test_a_disputed_statement_is_no_tie_and_said_to_be_left_out(world):
    world.declared("a", "b", status="disputed")
    rows, answer = found(world, "declared")
    assert (rows, answer.hidden) == ([], {"disputed": 1})


def test_the_word_of_an_imported_file_asks_for_its_ties(world):
    world.declared("a", "b", relation="visits", undirected=True)
    world.declared("b", "c", relation="phones", on=ago(40))
    whole = ties.network(world.graph)
    assert ties.relations(whole) == ["phones", "visits"]
    visits = ties.ties(whole, ties.asked_for(whole, "visits", TODAY))
    assert (len(visits.ties), visits.directed) == (1, False)
    phones = ties.ties(whole, ties.asked_for(whole, "phones", TODAY))
    assert (len(phones.ties), phones.directed) == (1, True)
    assert ties.ties(whole, ties.asked_for(whole, "phones", TODAY, 30)).ties == (), "an event counts in its window"
    assert not ties.ties(whole, ties.asked_for(whole, "declared", TODAY)).directed
    with pytest.raises(KeyError):
        ties.asked_for(whole, "nobody says this", TODAY)


def test_ties_of_people_are_lifted_to_whom_they_worked_for(world):
    for name, place in (("p", "a"), ("q", "b")):
        world.make("Person", name, role_class="staff")
        world.make("Employment", links={"person": name, "organisation": place}, position="x", valid_to=ago(30))
    world.make("Employment", links={"person": "q", "organisation": "c"}, position="x", valid_from=ago(30))
    links = {"source_person": "p", "target_person": "q"}
    world.make("PersonTie", links=links, topic="works_with", status="declared")
    assert plain(world, "declared", as_of=ago(31)) == {("declared", "a", "b")}
    assert plain(world, "declared") == set(), "nobody knows where p works now"
    whole = ties.people_network(world.graph)
    assert len(whole.nodes) == 2
    assert len(ties.ties(whole, Asked(("declared",), TODAY)).ties) == 1


def test_archived_and_departed_organisations_are_left_out_and_counted(world):
    world.organisations("gone", valid_to=ago(5))
    world.referral("a", "b", ago(10))
    world.referral("a", "gone", ago(10))
    change(world.graph, TESTER, lambda c: records.archive(c, kind_of("Organisation"), world["b"]) or "")
    rows, answer = found(world)
    assert rows == []
    assert answer.hidden == {"archived": 1, "not_in_the_network_on_that_day": 1, "ties_with_an_end_outside": 2}
    assert len(answer.nodes) == 3


def test_a_protected_organisation_is_placed_by_its_municipality(world):
    for name, level, above in (
        ("region", "region", None),
        ("town", "municipality", "region"),
        ("street", "site", "town"),
    ):
        world.make("Place", name, links={"parent": above} if above else {}, level=level)
    for name, protected in (("shelter", True), ("open", False)):
        world.make("Organisation", name, kind="ngo", protected=protected, links={"places": "street"})
    names = {record: name for name, record in world.ids.items()}
    shown = {node.name: [names[place] for place in node.places] for node in ties.network(world.graph).nodes}
    assert shown["open"] == ["street", "town", "region"]
    assert shown["shelter"] == ["town", "region"]


def test_the_snapshot_is_read_by_few_statements_and_kept_until_something_changes(world):
    world.referral("a", "b", ago(1))
    meter = Meter()
    token = METER.set(meter)
    try:
        first = ties.network(world.graph)
        assert (meter.statements, meter.records) == (5, 5), "two data stamps, what is observed, members, what is stated"
        assert ties.network(world.graph) is first
        world.organisations("new")
        assert len(ties.network(world.graph).nodes) == 5
    finally:
        METER.reset(token)


def test_the_stored_ties_are_what_a_rebuild_writes_and_an_edit_is_noticed(world):
    test_a_meeting_weighs_one_over_the_others_present(world)
    world.referral("a", "b", ago(3))
    world.declared("c", "d")
    assert not ties.is_current(world.graph, TODAY)
    assert ties.rebuild(world.graph, TODAY) == 5
    assert ties.is_current(world.graph, TODAY)
    assert ties.rebuild(world.graph, TODAY) == 5, "again, not twice"
    world.graph.define("MATCH ()-[r:REFERS_TO]->() SET r.n = 7")
    assert not ties.is_current(world.graph, TODAY)
    ties.rebuild(world.graph, TODAY)
    assert ties.is_current(world.graph, TODAY)
    assert not ties.is_current(world.graph, TODAY + timedelta(days=400)), "another day has another window"


def test_the_stored_ties_keep_themselves(world):
    world.referral("a", "b", datetime.now(UTC).date())
    for written in (1, None):
        assert jobs.tick(world.graph, "ties", timedelta(0))
        assert work.work_one(world.graph, "w")
        [done] = world.graph.fetch(jobs.MINE, owner="", everybody=True, limit=9)
        assert (done.state, done.answer()) == ("done", {"written": written})
    assert ties.is_current(world.graph, datetime.now(UTC).date())
