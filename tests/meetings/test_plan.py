"""The plan of a meeting, through the door a browser uses."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.meetings.world import World, make

TODAY = datetime.now(UTC).date()
SOON = TODAY + timedelta(days=14)


@pytest.fixture
def world(graph) -> World:
    return make(graph, TODAY)


def test_the_empty_page_teaches(sign_in):
    page = sign_in("coordinator").get("/meetings/").text
    assert "No meeting yet" in page
    assert "/meetings/plan" in page


def test_the_proposal_says_why(sign_in, world):
    page = sign_in("coordinator").get(f"/meetings/plan?series={world.series}", follow_redirects=True).text
    for text in (
        "Nobody offers “Legal aid” in Kamen, for: Women alone",
        "it has been so for",
        "Ask two interpreters",
        "it was due on",
        "“Protocol” lapses",
    ):
        assert text in page, text
    assert "does not want to be contacted" in page
    assert "belongs to the series" in page
    assert "coverage:closed" not in page
    assert "Clinic <b>" not in page
    assert "Clinic &lt;b&gt;" in page


def test_what_the_series_needs_is_in_the_room_or_said_to_be_missing(sign_in, world, graph):
    graph.define(
        "MATCH (s:MeetingSeries {id: $series}) SET s.required_sectors = ['health', 'education'], s.required_levels = ['local']",
        series=world.series,
    )
    graph.define(
        "MATCH (o:Organisation {id: $clinic}) SET o.sectors = ['health'], o.level = 'local'", clinic=world.clinic
    )
    page = sign_in("coordinator").get(f"/meetings/plan?series={world.series}", follow_redirects=True).text
    assert page.count("brings what the series needs: Health") == 1
    assert page.count("brings what the series needs: Local") == 1
    assert re.search(r"nobody brings: Education", page)
    clinic = page.split(f'id="invite-{world.clinic}"')[1]
    assert clinic.split(">")[0].strip() == "checked"


def test_referrals_that_wait_are_proposed_without_a_case(sign_in, world, graph):
    graph.define(
        "MATCH (t:ServiceType {code: 'legal'}) MATCH (a:Organisation {id: $town}) MATCH (b:Organisation {id: $clinic})"
        " CREATE (a)-[:SENT]->(r:Record:Referral {id: 'r', version: 1, case_ref: 'ZZZZ-ZZZZ-ZZZZ-Z', state: 'sent',"
        " sent_on: date() - duration('P40D'), escalated_at: datetime()})-[:TO]->(b), (r)-[:FOR_SERVICE]->(t)",
        town=world.town, clinic=world.clinic,
    )  # fmt: skip
    page = sign_in("coordinator").get(f"/meetings/plan?series={world.series}", follow_redirects=True).text
    assert "Referrals without an answer" in page
    assert "some referrals have waited for more than twice their time (2 points)" in page
    assert "ZZZZ-ZZZZ" not in page


def frame(world: World, **more: object) -> dict[str, object]:
    return {
        "series": world.series, "name": "Regional meeting", "on": SOON.isoformat(), "at": "10:00", "minutes": "120",
        "place": "Hall 2", "key": "k1", **more,
    }  # fmt: skip


def lines_on(page: str) -> list[str]:
    return re.findall(r'name="line" value="([^"]+)"', page)


def test_a_confirmed_plan_is_one_meeting(sign_in, world, graph):
    coordinator = sign_in("coordinator")
    page = coordinator.get(f"/meetings/plan?series={world.series}", follow_redirects=True).text
    keys = lines_on(page)
    assert "coverage:kamen:legal:women" in keys
    said = frame(
        world, line=keys, take=["C6:a:b", "coverage:kamen:legal:women", world.action, "own:News & <i>notes</i>"],
        invite=[world.town, world.clinic], offered=[world.town, world.office, world.clinic, world.shy], do="confirm",
    )  # fmt: skip
    said["line"] = [*keys, "own:News & <i>notes</i>"]
    said["position"] = [str(len(keys) - n) for n in range(len(keys))] + ["99"]
    said["length"] = ["7"] * (len(keys) + 1)
    made = coordinator.post("/meetings/plan", said)
    assert made.status_code == 303, made.text
    again = coordinator.post("/meetings/plan", said)
    assert again.location == made.location, "a double click makes one meeting"
    shown = coordinator.get(made.location).text
    assert "Nobody offers “Legal aid” in Kamen, for: Women alone" in shown
    assert "News &amp; &lt;i&gt;notes&lt;/i&gt;" in shown
    assert "Clinic &lt;b&gt;" in shown
    assert "Youth office</a>" not in shown.split("Who is invited?")[1]
    rows = graph.define(
        "MATCH (m:Meeting)-[:HAS_ITEM]->(i) OPTIONAL MATCH (i)-[:ABOUT]->(a)"
        " RETURN i.key AS key, i.minutes AS minutes, a.id AS about, a.state AS state ORDER BY i.position"
    )
    taken = {row["key"]: row for row in rows}
    assert [row["minutes"] for row in rows] == [7] * 4
    assert taken["coverage:kamen:legal:women"]["about"] == world.absent
    assert taken["coverage:kamen:legal:women"]["state"] == "on_agenda"
    assert taken["C6:a:b"]["state"] == "on_agenda"
    assert taken[world.action]["about"] == world.action
    assert graph.define("MATCH (m:Meeting) RETURN count(m) AS n")[0]["n"] == 1


def test_ticks_order_and_texts_are_kept(sign_in, world):
    coordinator = sign_in("coordinator")
    keys = lines_on(coordinator.get(f"/meetings/plan?series={world.series}", follow_redirects=True).text)
    before, last = keys[-2:]
    offered = [world.town, world.office, world.clinic, world.shy]
    answer = coordinator.post(
        "/meetings/plan",
        frame(world, line=keys, take=keys[:1], up=last, own="My own matter", invite=[world.shy], offered=offered, name="Кръгла маса"),
    )  # fmt: skip
    assert answer.status_code == 200
    page = answer.text
    assert lines_on(page).index(last) < lines_on(page).index(before)
    assert "own:My own matter" in lines_on(page)
    assert "Кръгла маса" in page
    assert re.search(rf'value="{world.shy}"[^>]* checked', page), "an organisation ticked by hand stays ticked"
    assert not re.search(rf'value="{world.office}"[^>]* checked', page), "and one unticked stays unticked"


def test_a_refused_plan_keeps_what_was_typed(sign_in, world, graph):
    coordinator = sign_in("coordinator")
    keys = lines_on(coordinator.get(f"/meetings/plan?series={world.series}", follow_redirects=True).text)
    answer = coordinator.post(
        "/meetings/plan",
        frame(world, line=keys, take=keys, own="Typed by me", on="tomorrow", minutes="lots", at="25:99", do="confirm"),
    )  # fmt: skip
    assert answer.status_code == 400
    for kept in ("tomorrow", "lots", "25:99", "Typed by me", "Hall 2"):
        assert kept in answer.text, kept
    assert graph.define("MATCH (m:Meeting) RETURN count(m) AS n")[0]["n"] == 0


def test_only_coordinators_plan(sign_in, world):
    for role in ("partner", "leader", "mentor", "supervisor", "manager", "administrator"):
        someone = sign_in(role, organisation=world.town)
        assert someone.get("/meetings/plan").status_code == 403
        assert someone.post("/meetings/plan", frame(world, do="confirm")).status_code == 403


def test_a_planned_meeting_gets_its_agenda(sign_in, world, graph):
    coordinator = sign_in("coordinator")
    keys = lines_on(coordinator.get(f"/meetings/plan?series={world.series}", follow_redirects=True).text)
    gap = "coverage:kamen:legal:women"
    first = frame(
        world, line=keys, take=[world.action], invite=[world.town], offered=[world.town, world.office], do="confirm"
    )
    shown = coordinator.post("/meetings/plan", first).location
    meeting = shown.rsplit("/", 1)[-1]
    page = coordinator.get(f"/meetings/plan?meeting={meeting}").text
    lines = lines_on(page)
    item = next(line for line in lines if line.startswith("item:"))
    assert world.action not in lines, "what is on the agenda is not proposed again"
    assert gap in lines
    said = frame(
        world, meeting=meeting, version=re.search(r'name="version"[^>]*value="(\d+)"', page)[1], key="k2", place="Elsewhere",
        line=[gap, item], take=[gap, item], length=["20", "5"], invite=[world.town, world.office], offered=[world.town], do="confirm",
    )  # fmt: skip
    assert coordinator.post("/meetings/plan", said).location == shown
    rows = graph.define(
        "MATCH (m:Meeting)-[:HAS_ITEM]->(i) RETURN i.key AS key, i.minutes AS n, m.place AS place ORDER BY i.position"
    )
    assert [(row["key"], row["n"], row["place"]) for row in rows] == [
        (gap, 20, "Elsewhere"),
        (world.action, 5, "Elsewhere"),
    ]
    invited = graph.define("MATCH (o)-[:INVITED]->(:Meeting) RETURN o.id AS id")
    assert {row["id"] for row in invited} == {world.town, world.office}
    stale = coordinator.post("/meetings/plan", {**said, "key": "k3", "own": "Typed late"})
    assert stale.status_code == 409
    assert "Typed late" in stale.text
    page = coordinator.get(f"/meetings/plan?meeting={meeting}").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)[1]
    dropped = frame(
        world,
        meeting=meeting,
        version=version,
        key="k4",
        line=lines_on(page),
        take=[item],
        invite=[world.town],
        do="confirm",
    )
    assert coordinator.post("/meetings/plan", dropped).status_code == 303
    states = graph.define("MATCH (i:AgendaItem)-[:ABOUT]->(a) RETURN a.id AS id, i.state AS item, a.state AS state")
    assert {row["id"]: (row["item"], row["state"]) for row in states}[world.absent] == ("dropped", "confirmed")
