"""The chain of a gap on its page: every step in its order, each only for who may read it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from graphdb import gaps
from graphdb.actors import OWNER
from tests.meetings.world import held_meeting, make
from web.gaps import chain

TODAY = datetime.now(UTC).date()
HELD = TODAY - timedelta(days=60)


def ago(days):
    return TODAY - timedelta(days=days)


@pytest.fixture
def world(graph):
    made = make(graph, TODAY)
    held_meeting(graph, made, TODAY)
    graph.define(
        "MATCH (g:Gap {id: $apart}) SET g.first_seen = $since, g.last_seen = $last",
        apart=made.apart,
        since=ago(100),
        last=ago(10),
    )
    graph.define(
        "MATCH (s:Organisation {id: $shy}) MATCH (g:Gap {id: $gap})-[:FOR_PLACE]->(p) MATCH (g)-[:FOR_SERVICE]->(t)"
        " CREATE (s)-[:PROVIDES]->(x:Record:Service {id: 'service', ref: 'SRV-1', status: 'active', states: ['=active'], valid_from: $on, assured: [$sure]})-[:OF_TYPE]->(t)"
        " CREATE (x)-[:COVERS_AREA]->(p)",
        shy=made.shy, gap=made.absent, on=ago(25), sure=ago(20),
    )  # fmt: skip
    return made


def told(app, graph, gap, viewer=OWNER):
    with app.test_request_context():
        kept = gaps.show(graph, viewer, "en", TODAY, record=gap)
        return [(step.on, step.kind) for step in chain.steps(graph, kept, viewer, "en", TODAY)]


def without_turns(steps):
    """Without what the world's own making left in the audit trail today."""
    return [step for step in steps if step[0] != TODAY]


def test_from_detection_to_closure_in_order(app, graph, world):
    assert without_turns(told(app, graph, world.absent)) == [
        (ago(100), "found"), (HELD, "agenda"), (HELD, "decided"), (ago(30), "promised"), (ago(30), "promised"),
        (ago(30), "done"), (ago(30), "overdue"), (ago(25), "seen"), (ago(20), "seen"), (ago(15), "measured"), (ago(15), "closed"),
    ]  # fmt: skip


def test_a_pair_shows_the_first_tie_that_was_seen_of_it(app, graph, world):
    steps = without_turns(told(app, graph, world.apart))
    assert steps == [(ago(100), "found"), (HELD, "agenda"), (ago(40), "seen"), (ago(10), "measured")]


def test_a_meeting_after_midnight_stands_on_its_day_in_the_network_s_time_zone(app, graph, world):
    night = datetime.combine(HELD, datetime.min.time(), UTC) - timedelta(hours=1)  # already HELD in Sofia
    graph.define("MATCH (m:Meeting) WHERE m.name = 'Held' SET m.starts_at = $night", night=night)
    graph.define(
        "MATCH (m:Meeting {name: 'Held'}) MATCH (o:Organisation {id: $clinic}) CREATE (o)-[:ATTENDED {mode: 'present'}]->(m)",
        clinic=world.clinic,
    )
    assert (HELD, "agenda") in told(app, graph, world.absent)
    assert {(HELD, "agenda"), (HELD, "seen")} <= set(told(app, graph, world.apart))


def test_days_never_go_back(app, graph, world):
    for gap in (world.absent, world.apart):
        days = [on for on, _ in told(app, graph, gap)]
        assert days == sorted(days)


def test_each_step_is_for_who_may_read_it(sign_in, graph, world):
    url = f"/gaps/{world.absent}"
    whole = sign_in("coordinator").get(url).text
    for text in ("Discussed in “Held”", "Ask the bar", "Town hall promised: one", "Not done by its day: two", "begins to offer it",
                 "Measured again: gone.", "it is closed"):  # fmt: skip
        assert text in whole, text
    assert re.search(r'<ol class="chain">', whole)
    invited = sign_in("partner", organisation=world.office).get(url).text
    assert "Discussed in “Held”" in invited
    assert "Town hall promised: one" not in invited, "actions of others are not its own"
    outside = sign_in("partner", organisation=world.shy).get(url).text
    assert "Discussed in" not in outside
    assert "Ask the bar" not in outside
    assert "The records show it for the first time." in outside


def test_how_many_asked_for_it_is_said_only_of_enough_people(sign_in, graph, world):
    def asked(n):
        graph.define(
            "MATCH (g:Gap {id: $gap})-[:FOR_PLACE]->(p) MATCH (g)-[:FOR_SERVICE]->(t) UNWIND range(1, $n) AS number"
            " CREATE (r:Record:Referral {id: 'asked' + number + '-' + $n, state: 'sent', sent_on: $on})-[:FOR_PLACE]->(p)"
            " CREATE (r)-[:FOR_SERVICE]->(t)", gap=world.absent, n=n, on=ago(50),
        )  # fmt: skip

    url = f"/gaps/{world.absent}"
    asked(3)
    assert "3 referrals asked for it" in sign_in("coordinator").get(url).text
    assert "asked for it since" not in sign_in("manager").get(url).text
    asked(4)
    assert "7 referrals asked for it" in sign_in("manager").get(url).text
