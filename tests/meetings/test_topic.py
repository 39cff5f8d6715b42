"""The file of a topic: put off at one meeting, decided at the next, read by whoever may read the meetings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from graphdb.actors import Actor
from graphdb.meetings import agenda
from graphdb.meetings.agenda import NewItem, NewMeeting
from graphdb.writes import change
from tests.meetings.world import make

ACTOR = Actor("test", "command")
NOW = datetime.now(UTC)


def meeting(graph, world, days, invited, items):
    new = NewMeeting(
        f"Meeting {days}", NOW + timedelta(days=days), 120, "Hall", world.series, dict.fromkeys(invited, ()), tuple(items)
    )  # fmt: skip
    return change(graph, ACTOR, lambda c: agenda.make(c, graph, new))


def items_of(graph, record):
    rows = graph.define("MATCH (:Meeting {id: $id})-[:HAS_ITEM]->(i) RETURN i.id AS id ORDER BY i.position", id=record)
    return [row["id"] for row in rows]


@pytest.fixture
def told(graph):
    """A topic put off at a meeting of town and office, gone on with at one of town and clinic."""
    world = make(graph, NOW.date())
    first = meeting(graph, world, -60, (world.town, world.office), [NewItem("Transport to Kamen")])
    (old,) = items_of(graph, first)
    graph.define("MATCH (m:Meeting {id: $m})-[:HAS_ITEM]->(i) SET m.state = 'held', i.state = 'postponed'", m=first)
    second = meeting(
        graph, world, -5, (world.town, world.clinic),
        [NewItem("Transport to Kamen", carried=(old,)), NewItem("Another")],
    )  # fmt: skip
    new, other = items_of(graph, second)
    graph.define(
        "MATCH (m:Meeting {id: $m})-[:HAS_ITEM]->(i {id: $i}) MATCH (p:ActionPoint {id: $p})"
        " SET m.state = 'held', i.state = 'discussed' CREATE (i)-[:LED_TO]->(d:Decision {id: 'd', text: 'A bus on Tuesdays',"
        " decided_on: date()})-[:REQUIRES]->(p)",
        m=second, i=new, p=world.action,
    )  # fmt: skip
    return world, (first, old), (second, new), other


def test_from_either_end_the_whole_file_is_there(told, sign_in):
    _, (first, old), (second, new), _ = told
    coordinator = sign_in("coordinator")
    for record, item in ((first, old), (second, new)):
        page = coordinator.get(f"/meetings/{record}/topics/{item}").text
        assert "It was on the agenda of 2 meetings." in page
        turns = page.split('class="waits"')[1]
        assert turns.index("Meeting -60") < turns.index("Meeting -5")
        assert "A bus on Tuesdays" in page
        assert "Ask two interpreters" in page
    assert f"/meetings/{first}/topics/{old}" in coordinator.get(f"/meetings/{first}").text
    assert f"/meetings/{second}/topics/{new}" in coordinator.get(f"/meetings/{second}").text


def test_another_topic_is_not_in_it_and_an_item_of_another_meeting_is_not_here(told, sign_in):
    _, (first, old), (second, _), other = told
    coordinator = sign_in("coordinator")
    page = coordinator.get(f"/meetings/{second}/topics/{other}").text
    assert "It was on the agenda of 1 meeting." in page
    assert "A bus on Tuesdays" not in page
    assert coordinator.get(f"/meetings/{second}/topics/{old}").status_code == 404
    assert coordinator.get(f"/meetings/{first}/topics/nothing").status_code == 404


def test_who_was_at_one_of_them_reads_of_that_one_only(told, sign_in):
    world, (first, old), (second, new), _ = told
    office = sign_in("partner", organisation=world.office)
    page = office.get(f"/meetings/{first}/topics/{old}").text
    assert "It was on the agenda of 1 meeting." in page
    assert "A bus on Tuesdays" not in page
    assert second not in page
    assert office.get(f"/meetings/{second}/topics/{new}").status_code == 403
