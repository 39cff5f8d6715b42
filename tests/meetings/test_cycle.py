"""A whole cycle: planned, held, written down, and the next plan that says what became of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from graphdb.meetings import agenda
from graphdb.meetings.agenda import NewItem, NewMeeting
from graphdb.writes import change
from tests.meetings.world import ACTOR, World, make

NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = NOW.date()
DUE = (TODAY + timedelta(days=30)).isoformat()


@pytest.fixture
def world(graph) -> World:
    return make(graph, TODAY)


@pytest.fixture
def meeting(graph, world) -> str:
    """A meeting of an hour ago with four items, town and office invited."""
    items = (
        NewItem("Legal aid", 15, "coverage", "coverage:kamen:legal:women", 5, about=(world.absent,)),
        NewItem("Apart", 10, "collaboration", "C6:a:b", 2, about=(world.apart,)),
        NewItem("Own matter", 10),
        NewItem("Never reached", 5),
    )
    new = NewMeeting(
        "Regional meeting",
        NOW - timedelta(hours=1),
        120,
        "Hall",
        world.series,
        {world.town: [], world.office: []},
        items,
    )
    return change(graph, ACTOR, lambda c: agenda.make(c, graph, new))


def version(page: str) -> str:
    return re.search(r'name="version"[^>]*value="(\d+)"', page)[1]


def items_on(page: str) -> list[str]:
    return re.findall(r'name="decision-([^"]+)"', page)


def minutes_of(page: str, **said: str) -> dict[str, str]:
    """The form as it stands: everything discussed, nothing decided; `said` by input name."""
    form = {"version": version(page), "key": re.search(r'name="key"[^>]*value="([^"]+)"', page)[1]}
    form |= {f"state-{item}": "discussed" for item in items_on(page)}
    return form | said


def test_what_was_promised_comes_back(sign_in, world, meeting, graph):
    coordinator = sign_in("coordinator")
    attend = coordinator.get(f"/meetings/{meeting}/attend").text
    kept = coordinator.post(
        f"/meetings/{meeting}/attend",
        {
            "version": version(attend), "key": "a1", "do": "save", "row": [world.town, world.office, world.clinic],
            f"mode-{world.town}": "present", f"mode-{world.office}": "excused", f"mode-{world.clinic}": "online",
        },
    )  # fmt: skip
    assert kept.status_code == 303, kept.text
    page = coordinator.get(f"/meetings/{meeting}/record").text
    legal, apart, own, never = items_on(page)
    written = coordinator.post(
        f"/meetings/{meeting}/record",
        minutes_of(
            page, **{
                f"decision-{legal}": "Town hall finds a lawyer <b>soon</b>", f"text-{legal}": "Ask the bar association",
                f"owner-{legal}": world.town, f"due-{legal}": DUE, f"state-{apart}": "dropped",
                f"text-{own}": "Send the list", f"owner-{own}": world.office, f"due-{own}": DUE,
                f"state-{never}": "postponed", "note": "The hall was cold.",
            },
        ),
    )  # fmt: skip
    assert written.status_code == 303, written.text
    shown = coordinator.get(f"/meetings/{meeting}").text
    for text in (
        "Town hall finds a lawyer &lt;b&gt;soon&lt;/b&gt;",
        "Ask the bar association",
        "The hall was cold.",
        "1 of 2",
        "2 of 2",
    ):
        assert text in shown, text
    assert "<b>soon" not in shown
    states = graph.define(
        "MATCH (g:Gap) WHERE g.id IN $ids RETURN g.id AS id, g.state AS state", ids=[world.absent, world.apart]
    )
    assert {row["id"]: row["state"] for row in states} == {world.absent: "in_action", world.apart: "confirmed"}
    aims = graph.define("MATCH (p:ActionPoint {text: 'Ask the bar association'})-[:AIMS_AT]->(g) RETURN g.id AS id")
    assert aims[0]["id"] == world.absent
    assert (
        graph.define("MATCH (d:Decision)-[:REQUIRES]->(p {text: 'Send the list'}) RETURN d.text AS t")[0]["t"]
        == "Send the list"
    )
    again = coordinator.get(f"/meetings/plan?series={world.series}", follow_redirects=True).text
    assert "What became of the last meeting?" in again
    assert "Town hall finds a lawyer" in again
    assert "Never reached" in again, "what was put off is proposed again"
    assert "put off by the last meeting" in again or "left over from the last meeting" in again
    assert "The gap now: In action" in again


def test_the_slower_writer_loses_nothing(sign_in, world, meeting):
    one, two = sign_in("coordinator"), sign_in("coordinator")
    page = one.get(f"/meetings/{meeting}/record").text
    first = items_on(page)[0]
    one.post(f"/meetings/{meeting}/record", minutes_of(page, **{f"decision-{first}": "Theirs stands"}))
    form = minutes_of(page, **{f"decision-{first}": "Mine is typed", "note": "My note", "key": "k2"})
    answer = two.post(f"/meetings/{meeting}/record", form)
    assert answer.status_code == 409
    for text in ("Theirs stands", "Mine is typed", "My note"):
        assert text in answer.text
    form["version"] = version(answer.text)
    assert two.post(f"/meetings/{meeting}/record", form).status_code == 303
    assert "Mine is typed" in one.get(f"/meetings/{meeting}").text


def test_sent_twice_acts_once(sign_in, world, meeting, graph):
    coordinator = sign_in("coordinator")
    page = coordinator.get(f"/meetings/{meeting}/record").text
    first = items_on(page)[0]
    form = minutes_of(page, **{f"text-{first}": "Once only", f"owner-{first}": world.town, f"due-{first}": DUE})
    for _ in range(2):
        assert coordinator.post(f"/meetings/{meeting}/record", form).status_code == 303
    assert graph.define("MATCH (p:ActionPoint {text: 'Once only'}) RETURN count(p) AS n")[0]["n"] == 1


def test_refused_minutes_keep_what_was_typed(sign_in, world, meeting, graph):
    coordinator = sign_in("coordinator")
    page = coordinator.get(f"/meetings/{meeting}/record").text
    first = items_on(page)[0]
    form = minutes_of(
        page,
        **{f"decision-{first}": "Call +359 88 123 4567", f"text-{first}": "Half an action", f"due-{first}": "soonish"},
    )
    answer = coordinator.post(f"/meetings/{meeting}/record", form)
    assert answer.status_code == 400
    for kept in ("Call +359 88 123 4567", "Half an action", "soonish", "Say which organisation does it."):
        assert kept in answer.text, kept
    assert graph.define("MATCH (d:Decision) RETURN count(d) AS n")[0]["n"] == 0


def test_a_decision_with_actions_cannot_be_blanked(sign_in, world, meeting):
    coordinator = sign_in("coordinator")
    page = coordinator.get(f"/meetings/{meeting}/record").text
    first, second = items_on(page)[:2]
    said = {
        f"decision-{second}": "Short-lived",
        f"text-{first}": "Do it",
        f"owner-{first}": world.town,
        f"due-{first}": DUE,
    }
    coordinator.post(f"/meetings/{meeting}/record", minutes_of(page, **said))
    page = coordinator.get(f"/meetings/{meeting}/record").text
    answer = coordinator.post(f"/meetings/{meeting}/record", minutes_of(page))
    assert answer.status_code == 400
    page = coordinator.get(f"/meetings/{meeting}/record").text
    assert (
        coordinator.post(f"/meetings/{meeting}/record", minutes_of(page, **{f"decision-{first}": "Do it"})).status_code
        == 303
    )
    assert "Short-lived" not in coordinator.get(f"/meetings/{meeting}").text


def test_an_uninvited_guest_is_added_without_losing_taps(sign_in, world, meeting):
    coordinator = sign_in("coordinator")
    answer = coordinator.post(
        f"/meetings/{meeting}/attend",
        {"version": "1", "do": "add", "add": world.clinic, "row": [world.town, world.office], f"mode-{world.town}": "deputy"},
    )  # fmt: skip
    assert answer.status_code == 200
    assert re.search(rf'name="mode-{world.town}" value="deputy" checked', answer.text)
    assert re.search(rf'name="mode-{world.clinic}" value="present" checked', answer.text)


def test_two_lists_at_the_door(sign_in, world, meeting):
    coordinator = sign_in("coordinator")
    stale = version(coordinator.get(f"/meetings/{meeting}/attend").text)
    form = {"version": stale, "do": "save", "row": [world.town, world.office]}
    assert (
        coordinator.post(
            f"/meetings/{meeting}/attend", {**form, "key": "1", f"mode-{world.town}": "present"}
        ).status_code
        == 303
    )
    answer = coordinator.post(f"/meetings/{meeting}/attend", {**form, "key": "2", f"mode-{world.town}": "absent"})
    assert answer.status_code == 409
    assert "Saved by the other: Present" in answer.text
    assert re.search(rf'name="mode-{world.town}" value="absent" checked', answer.text)


def test_nothing_is_noted_of_a_meeting_to_come_or_cancelled(sign_in, world, graph):
    coordinator = sign_in("coordinator")
    new = NewMeeting("Later", NOW + timedelta(days=9), 60, "", None, {world.town: []}, ())
    later = change(graph, ACTOR, lambda c: agenda.make(c, graph, new))
    answer = coordinator.post(
        f"/meetings/{later}/attend", {"version": "1", "do": "save", "row": world.town, f"mode-{world.town}": "present"}
    )
    assert answer.status_code == 400
    assert "has not begun" in answer.text
    assert coordinator.post(f"/meetings/{later}/step", {"state": "cancelled", "version": "1"}).status_code == 303
    assert coordinator.post(f"/meetings/{later}/record", {"version": "2", "note": "x"}).status_code == 400
    assert coordinator.post(f"/meetings/{later}/step", {"state": "planned", "version": "2"}).status_code == 303
    assert graph.define("MATCH (m:Meeting {id: $id}) RETURN m.state AS s", id=later)[0]["s"] == "planned"


def test_items_of_a_cancelled_meeting_come_back(sign_in, world, graph):
    new = NewMeeting("Fell through", NOW - timedelta(days=1), 60, "", world.series, {}, (NewItem("Still matters", 5),))
    fell = change(graph, ACTOR, lambda c: agenda.make(c, graph, new))
    coordinator = sign_in("coordinator")
    coordinator.post(f"/meetings/{fell}/step", {"state": "cancelled", "version": "1"})
    page = coordinator.get(f"/meetings/plan?series={world.series}", follow_redirects=True).text
    assert "Still matters" in page
