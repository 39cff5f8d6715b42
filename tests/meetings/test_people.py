"""Who may do what with meetings and actions, and what each sees."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.connection import METER, Meter
from graphdb.meetings import agenda
from graphdb.meetings.agenda import NewItem, NewMeeting
from graphdb.writes import change
from tests.meetings.world import ACTOR, World, make

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def world(graph) -> World:
    return make(graph, NOW.date())


def planned(graph, world: World, name: str, days: int, invited: list[str], items: int = 1) -> str:
    new = NewMeeting(
        name, NOW + timedelta(days=days), 120, "Hall", world.series, {one: [] for one in invited},
        tuple(NewItem(f"Item {n}", 5, points=n) for n in range(items)),
    )  # fmt: skip
    return change(graph, ACTOR, lambda c: agenda.make(c, graph, new))


def test_only_the_invited_read(sign_in, world, graph):
    meeting = planned(graph, world, "Round table", 9, [world.town])
    for role, organisation, status in (
        ("partner", world.town, 200), ("partner", world.clinic, 403), ("leader", world.town, 200),
        ("mentor", world.clinic, 403), ("manager", "", 200), ("coordinator", "", 200), ("administrator", "", 403),
    ):  # fmt: skip
        someone = sign_in(role, organisation=organisation)
        assert someone.get(f"/meetings/{meeting}").status_code == status, role
        assert someone.get(f"/meetings/{meeting}/calendar").status_code == status, role
        listed = someone.get("/meetings/")
        assert listed.status_code == (403 if role == "administrator" else 200)
        assert ("Round table" in listed.text) == (status == 200), role


def test_only_coordinators_change(sign_in, world, graph):
    meeting = planned(graph, world, "Round table", -1, [world.town])
    for role in ("partner", "manager", "leader"):
        someone = sign_in(role, organisation=world.town)
        for path in ("attend", "record", "edit"):
            assert someone.get(f"/meetings/{meeting}/{path}").status_code == 403
            assert someone.post(f"/meetings/{meeting}/{path}", {"version": "1"}).status_code == 403
        for path in ("step", "items", "packs"):
            assert (
                someone.post(f"/meetings/{meeting}/{path}", {"version": "1", "state": "cancelled"}).status_code == 403
            )
    assert graph.define("MATCH (m:Meeting) RETURN m.version AS v")[0]["v"] == 1


def test_a_missing_or_archived_meeting_is_404(sign_in, world, graph):
    coordinator, partner = sign_in("coordinator"), sign_in("partner", organisation=world.town)
    meeting = planned(graph, world, "Gone", 3, [world.town])
    change(graph, ACTOR, lambda c: records.archive(c, kind_of("Meeting"), meeting) or "")
    for path in ("", "/attend", "/record", "/edit", "/calendar"):
        assert coordinator.get(f"/meetings/nothing{path}").status_code == 404
        assert partner.get(f"/meetings/{meeting}{path}").status_code in (403, 404)
    assert coordinator.get(f"/meetings/{meeting}/attend").status_code == 404
    assert coordinator.get("/meetings/actions/nothing").status_code == 404


def test_a_guest_answers_and_proposes(sign_in, world, graph):
    meeting = planned(graph, world, "Round table", 9, [world.town])
    partner = sign_in("partner", organisation=world.town)
    assert (
        partner.post(f"/meetings/{meeting}/answer", {"organisation": world.town, "answer": "deputy"}).status_code == 303
    )
    assert (
        partner.post(f"/meetings/{meeting}/answer", {"organisation": world.office, "answer": "coming"}).status_code
        == 403
    )
    assert (
        partner.post(f"/meetings/{meeting}/answer", {"organisation": world.town, "answer": "maybe"}).status_code == 400
    )
    stranger = sign_in("partner", organisation=world.clinic)
    assert stranger.post(f"/meetings/{meeting}/propose", {"title": "Sneaked in"}).status_code == 403
    for _ in range(2):
        assert (
            partner.post(f"/meetings/{meeting}/propose", {"title": "<u>Buses</u> at night", "key": "p1"}).status_code
            == 303
        )
    page = partner.get(f"/meetings/{meeting}").text
    assert page.count("&lt;u&gt;Buses&lt;/u&gt; at night") == 1
    assert "Proposed by partners" in page
    coordinator = sign_in("coordinator")
    assert "1 of 1 invited have answered, 1 come." in coordinator.get("/meetings/").text
    item = graph.define("MATCH (i:AgendaItem {state: 'proposed'}) RETURN i.id AS id, i.proposer AS p")[0]
    assert item["p"] == world.town
    coordinator.post(f"/meetings/{meeting}/items", {"do": "accept", "item": item["id"], "version": "1"})
    coordinator.post(f"/meetings/{meeting}/items", {"do": "up", "item": item["id"], "version": "2"})
    rows = graph.define("MATCH (i:AgendaItem) RETURN i.title AS t ORDER BY i.position")
    assert [row["t"] for row in rows] == ["<u>Buses</u> at night", "Item 0"]


def test_a_refused_proposal_keeps_what_was_typed(sign_in, world, graph):
    meeting = planned(graph, world, "Round table", 9, [world.town])
    partner = sign_in("partner", organisation=world.town)
    answer = partner.post(f"/meetings/{meeting}/propose", {"title": "Call +359 88 123 4567 about it"})
    assert answer.status_code == 400
    assert "Call +359 88 123 4567 about it" in answer.text
    assert partner.post(f"/meetings/{meeting}/propose", {"title": "x" * 400}).status_code == 400


def test_an_owner_says_how_an_action_goes(sign_in, world, graph):
    owner, other = sign_in("partner", organisation=world.office), sign_in("partner", organisation=world.town)
    assert "Ask two interpreters" in owner.get("/meetings/actions").text
    assert "Ask two interpreters" not in other.get("/meetings/actions").text
    assert other.get(f"/meetings/actions/{world.action}").status_code == 403
    assert (
        other.post(f"/meetings/actions/{world.action}", {"state": "done", "evidence": "no", "version": "1"}).status_code
        == 403
    )
    refused = owner.post(f"/meetings/actions/{world.action}", {"state": "done", "evidence": "", "version": "1"})
    assert refused.status_code == 400
    form = {
        "state": "done",
        "evidence": "Both are on the list",
        "version": "1",
        "key": "e1",
        "text": "Changed",
        "due": "2030-01-01",
    }
    assert owner.post(f"/meetings/actions/{world.action}", form).status_code == 303
    assert owner.post(f"/meetings/actions/{world.action}", form).status_code == 303, "sent twice, kept once"
    row = graph.define(
        "MATCH (p:ActionPoint {id: $id}) RETURN p.text AS text, p.state AS state, p.done_on AS d, p.version AS v",
        id=world.action,
    )[0]
    assert (row["text"], row["state"], row["v"]) == ("Ask two interpreters", "done", 2), (
        "an owner changes neither text nor day"
    )
    assert row["d"].to_native() == NOW.date()
    late = owner.post(
        f"/meetings/actions/{world.action}", {"state": "open", "evidence": "Mine", "version": "1", "key": "e2"}
    )
    assert late.status_code == 409
    assert "Both are on the list" in late.text
    assert "Mine" in late.text


def test_calendars_take_the_change_in(sign_in, world, graph):
    meeting = planned(graph, world, "Round table", 9, [world.town])
    coordinator = sign_in("coordinator")
    first = coordinator.get(f"/meetings/{meeting}/calendar")
    assert first.headers["Content-Type"].startswith("text/calendar")
    assert f"UID:{meeting}@mrezha" in first.text
    assert "SEQUENCE:1" in first.text
    form = {
        "name": "Round table",
        "on": "2031-05-06",
        "at": "09:30",
        "minutes": "90",
        "place": "Hall 2",
        "version": "1",
        "invite": [world.town, world.clinic],
    }
    assert coordinator.post(f"/meetings/{meeting}/edit", form).status_code == 303
    second = coordinator.get(f"/meetings/{meeting}/calendar").text
    assert "SEQUENCE:2" in second
    assert "DTSTART;TZID=Europe/Sofia:20310506T093000" in second
    conflict = coordinator.post(f"/meetings/{meeting}/edit", {**form, "name": "Mine", "key": "other"})
    assert conflict.status_code == 409
    assert "Mine" in conflict.text
    coordinator.post(f"/meetings/{meeting}/step", {"state": "cancelled", "version": "2"})
    assert "STATUS:CANCELLED" in coordinator.get(f"/meetings/{meeting}/calendar").text


def test_pages_stay_within_their_statements(sign_in, world, graph):
    for n in range(30):
        planned(graph, world, f"Held {n}", -n - 1, [world.town, world.office], items=8)
    coming = planned(graph, world, "Next", 5, [world.town, world.office, world.clinic], items=20)
    graph.define("MATCH (m:Meeting) WHERE m.starts_at < datetime() SET m.state = 'held'")
    coordinator = sign_in("coordinator")
    paths = (
        "",
        f"plan?series={world.series}&on=2031-05-06",
        coming,
        f"{coming}/attend",
        f"{coming}/record",
        f"{coming}/edit",
        "actions",
        f"actions/{world.action}",
    )
    for path in paths:
        assert coordinator.get(f"/meetings/{path}").status_code == 200, path
        meter = Meter()
        token = METER.set(meter)
        coordinator.get(f"/meetings/{path}")
        METER.reset(token)
        assert meter.statements <= 1 + 3, path
        assert meter.records <= 300, path


def test_earlier_meetings_are_a_page_away(sign_in, world, graph):
    for n in range(30):
        planned(graph, world, f"Held {n:02}", -n - 1, [world.town])
    graph.define("MATCH (m:Meeting) SET m.state = 'held'")
    partner = sign_in("partner", organisation=world.town)
    first = partner.get("/meetings/").text
    assert "Held 00" in first
    assert "Held 29" not in first
    following = unescape(re.search(r'rel="next" href="([^"]+)"', first)[1])
    second = partner.get(following).text
    assert "Held 29" in second
    assert "Held 00" not in second
    assert partner.get("/meetings/?after=yesterday").status_code == 400
