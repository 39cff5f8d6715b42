"""What a meeting brought about: by hand on a small network, and the same through the command and the page."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.collaboration.facts import Agreement, Meeting, Referral
from analytics.derived import Statement
from analytics.meeting_effect import Turn, closed_by, gained, outcome, side_by_side
from analytics.meetings import Promise
from analytics.ties import TieFacts
from tests.meetings.world import World, held_meeting, make, meet

NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = NOW.date()
HELD, NEXT = TODAY - timedelta(days=60), TODAY - timedelta(days=10)


def ago(days):
    return TODAY - timedelta(days=days)


# --- pure ---


def test_outcomes_of_promises():
    due = ago(10)
    assert outcome(Promise(due, due, "done"), TODAY) == "kept"
    assert outcome(Promise(due, ago(9), "done"), TODAY) == "late"
    assert outcome(Promise(due, None, "done"), TODAY) == "done_undated"
    assert outcome(Promise(due), TODAY) == "overdue"
    assert outcome(Promise(TODAY), TODAY) == "open"
    assert outcome(Promise(due, None, "cancelled"), TODAY) == "cancelled"
    assert outcome(Promise(due, ago(1), "done"), ago(5)) == "overdue", "done later than the day of asking"


def test_a_gap_is_closed_on_a_day_between_its_turns():
    turns = [Turn(True, ago(30)), Turn(False, ago(20))]
    assert closed_by(turns, None, False, ago(25))
    assert not closed_by(turns, None, False, ago(15))
    assert not closed_by(turns, None, False, ago(31))
    assert closed_by([], ago(12), True, ago(10))
    assert not closed_by([], ago(12), True, ago(13))
    assert not closed_by([], None, False, TODAY)


def test_a_tie_is_gained_once_seen_after_and_not_before():
    facts = TieFacts(
        referrals=(
            Referral("1", "a", "b", ago(300)), Referral("2", "a", "b", ago(50)),  # too long ago to count as before
            Referral("3", "a", "c", ago(100)), Referral("4", "a", "c", ago(50)),  # was there before
            Referral("5", "b", "a", ago(5)),  # after the next meeting
            Referral("6", "a", "x", ago(50)),  # x is not among them
        ),
        meetings=(Meeting("m", HELD, ("a", "c")), Meeting("n", NEXT, ("a", "c", "b"))),
    )  # fmt: skip
    found = gained(facts, {"a", "b", "c"}, HELD, NEXT, 180)
    assert {(one.tie.kind, one.tie.source, one.tie.target, one.first) for one in found} == {
        ("referral", "a", "b", True), ("meeting", "a", "b", True), ("meeting", "b", "c", True),
    }  # fmt: skip
    assert gained(facts, {"a", "b", "c"}, HELD, HELD, 180) == []


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), st.integers(0, 300)), max_size=20))
def test_gained_is_what_a_slow_look_finds(sent):
    cases = tuple(Referral(str(n), one, other, ago(days)) for n, (one, other, days) in enumerate(sent) if one != other)
    found = {(one.tie.source, one.tie.target) for one in gained(TieFacts(referrals=cases), set("ab"), HELD, NEXT, 90)}
    slow = set()
    for case in cases:
        before = [each for each in cases if (each.source, each.target) == (case.source, case.target)
                  and HELD - timedelta(days=90) < each.sent <= HELD]  # fmt: skip
        if HELD < case.sent <= NEXT and not before and {case.source, case.target} <= set("ab"):
            slow.add((case.source, case.target))
    assert found == slow


def test_ties_side_by_side():
    facts = TieFacts(
        statements=(Statement("s", "a", "b", ago(400), None),),
        agreements=(Agreement("g", ("b", "c"), ago(400), None),),
        referrals=(Referral("1", "a", "b", ago(100)), Referral("2", "c", "b", ago(20))),
    )
    pairs = [frozenset("ab"), frozenset("bc"), frozenset("a")]
    ab, bc = side_by_side(facts, pairs, HELD, NEXT, 180)
    assert (ab.declared, ab.confirmed, ab.before, ab.after) == (True, False, ("referral",), ())
    assert (bc.declared, bc.confirmed, bc.before, bc.after) == (False, True, (), ("referral",))


# --- through the database ---


@pytest.fixture
def world(graph) -> World:
    return make(graph, TODAY)


@pytest.fixture
def meeting(graph, world) -> str:
    return held_meeting(graph, world, TODAY)


@pytest.fixture
def run(command):
    return partial(command("meetings"), "effect")


def test_the_command_tells_what_came_of_it(run, graph, meeting, world):
    done = run(meeting, "--format", "json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["window"] == {"from": (HELD + timedelta(days=1)).isoformat(), "to": NEXT.isoformat()}
    assert (told["previous"]["on"], told["next"]["on"]) == (ago(120).isoformat(), NEXT.isoformat())
    assert told["figures"] == {
        "gap_closure": {"value": 0.5, "n": 2},
        "follow_up_rate": {"value": 0.5, "n": 2},
        "decision_rate": {"value": 0.5, "n": 2},
        "attendance_rate": {"value": 2 / 3, "n": 3},
        "continuity": {"value": 0.5, "n": 2},
        "representation": {"value": 0.5, "n": 2},
        "carry_over_age_days": {"value": 50, "n": 1},
    }  # fmt: skip
    assert {(gap["class"], gap["closed_by_then"]) for gap in told["gaps"]} == {("absent", True), ("C6", False)}
    assert [(tie["kind"], tie["new_pair"]) for tie in told["ties"]] == [("referral", True)]
    assert [(each["ref"], each["outcome"]) for each in told["actions"]] == [("ACT-one", "kept"), ("ACT-two", "overdue")]
    (pair,) = told["pairs"]
    assert (pair["observed_before"], pair["observed_after"]) == ([], ["referral"])


def test_an_earlier_day_knows_less(run, graph, meeting):
    told = json.loads(run(meeting, "--as-of", ago(45).isoformat(), "--format", "json").stdout)
    assert told["next"] is None
    assert told["figures"]["gap_closure"] == {"value": 0, "n": 2}
    assert told["figures"]["follow_up_rate"] == {"value": None, "n": 0}
    assert told["ties"] == []


def test_a_gap_closed_and_opened_again_counts_as_it_stood_then(run, graph, meeting, world):
    # what detection leaves behind: closed fifteen days ago, seen again ten days later
    graph.define("MATCH (g:Gap {id: $gap}) SET g.gone_on = null, g.state = 'reopened'", gap=world.absent)
    for n, (verb, days) in enumerate((("close", 15), ("reopen", 5)), 1_000_000):
        graph.define(
            "CREATE (:AuditEntry {record: $gap, kind: 'Gap', verb: $verb, n: $n, at: datetime($at)})",
            gap=world.absent, verb=verb, n=n, at=f"{ago(days)}T10:00:00Z",
        )  # fmt: skip
    told = json.loads(run(meeting, "--format", "json").stdout)
    assert told["figures"]["gap_closure"] == {"value": 0.5, "n": 2}


def test_csv_and_an_unknown_meeting(run, graph, meeting):
    rows = {row["figure"]: row for row in csv.DictReader(io.StringIO(run(meeting, "--format", "csv").stdout))}
    assert (rows["gap_closure"]["value"], rows["gap_closure"]["n"]) == ("0.5", "2")
    assert rows["ties_gained"]["value"] == "1"
    assert run("MTG-9999").exit_code == 1


def test_the_page_is_for_who_may_read_the_meeting(sign_in, graph, world, meeting):
    for role, scope, status in (
        ("coordinator", {}, 200), ("manager", {}, 200), ("partner", {"organisation": world.town}, 200),
        ("partner", {"organisation": world.shy}, 403), ("administrator", {}, 403),
    ):  # fmt: skip
        assert sign_in(role, **scope).get(f"/meetings/{meeting}/effect").status_code == status, (role, scope)
    page = sign_in("coordinator").get(f"/meetings/{meeting}/effect").text
    for text in ("1 of 2", "Clinic &lt;b&gt;", "the first seen of these two", "overdue", "Closed and checked"):
        assert text in page, text
    assert "<b> –" not in page
    coordinator = sign_in("coordinator")
    assert f"/meetings/{meeting}/effect" in coordinator.get(f"/meetings/{meeting}").text
    assert f"/meetings/{meeting}/effect" in coordinator.get("/meetings/").text


def test_a_meeting_to_come_has_no_effect_yet(sign_in, graph, world):
    record = meet(graph, world, "To come", date.fromordinal(TODAY.toordinal() + 9))
    answer = sign_in("coordinator").get(f"/meetings/{record}/effect")
    assert (answer.status_code, answer.location) == (302, f"/meetings/{record}")
