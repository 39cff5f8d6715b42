"""Working groups: whom they need, who belongs to them and since when."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from graphdb import collaboration, records
from graphdb.catalogue import kind_of
from graphdb.writes import change
from tests.meetings.world import ACTOR, World, make

TODAY = datetime.now(UTC).date()


@pytest.fixture
def world(graph) -> World:
    return make(graph, TODAY)


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]


def of_series(graph, world) -> dict[str, tuple[date | None, date | None]]:
    facts = collaboration.known(graph).facts.series_members
    return {each.organisation: (each.start, each.end) for each in facts if each.series == world.series}


def test_the_group_says_who_is_missing(sign_in, graph, world):
    needs = {"required_sectors": ["health", "legal"], "required_levels": ["local"], "mandate": "Decides on housing"}
    change(graph, ACTOR, lambda c: str(records.update(c, graph, kind_of("MeetingSeries"), world.series, None, needs)))
    brings = {"sectors": ["health"], "level": "local"}
    change(graph, ACTOR, lambda c: str(records.update(c, graph, kind_of("Organisation"), world.town, None, brings)))
    page = sign_in("coordinator").get(f"/meetings/groups/{world.series}").text
    assert "Missing: Legal help." in page
    assert "Decides on housing" in page
    assert "2 members" in page


def test_members_come_and_go_with_their_days(sign_in, graph, world):
    coordinator = sign_in("coordinator")
    page = coordinator.get(f"/meetings/groups/{world.series}").text
    since, until = TODAY - timedelta(days=40), TODAY - timedelta(days=10)
    joins = {"key": hidden(page, "key"), "organisation": world.clinic, "since": since.isoformat()}
    assert [coordinator.post(f"/meetings/groups/{world.series}/join", joins).status_code for _ in range(2)] == [
        303,
        303,
    ]
    assert of_series(graph, world)[world.clinic] == (since, None)
    early = {"key": "e", "organisation": world.clinic, "until": since.isoformat()}
    coordinator.post(f"/meetings/groups/{world.series}/leave", early)
    assert of_series(graph, world)[world.clinic] == (since, None), "nobody leaves before joining"
    leaves = {"key": "l", "organisation": world.clinic, "until": until.isoformat()}
    assert [coordinator.post(f"/meetings/groups/{world.series}/leave", leaves).status_code for _ in range(2)] == [
        303,
        303,
    ]
    assert of_series(graph, world)[world.clinic] == (since, until), "the membership stays on record"
    page = coordinator.get(f"/meetings/groups/{world.series}").text
    assert "1 was a member before" in page
    assert graph.define("MATCH (:Organisation)-[r:MEMBER_OF]->(:MeetingSeries) RETURN count(r) AS n")[0]["n"] == 2


def test_the_form_of_the_group_leaves_its_members_alone(sign_in, graph, world):
    coordinator = sign_in("coordinator")
    url = f"/records/series/{world.series}"
    page = coordinator.get(f"{url}/edit").text
    assert 'name="members"' not in page
    assert 'name="members"' in coordinator.get("/records/series/new").text, "a new group may begin with some"
    said = {"key": hidden(page, "key"), "version": hidden(page, "version"), "name": "Renamed", "members": world.shy}
    assert coordinator.post(f"{url}/edit", said).status_code == 303
    assert set(of_series(graph, world)) == {world.town, world.office}
    joins = {"key": "j", "organisation": world.clinic}
    coordinator.post(f"/meetings/groups/{world.series}/join", joins)
    coordinator.post(f"{url}/undo", {"version": "2"})
    page = coordinator.get(f"/meetings/groups/{world.series}").text
    assert "Regional meeting" in page
    assert set(of_series(graph, world)) == {world.town, world.office, world.clinic}, "who joined since stays"


def test_a_day_that_is_none_is_refused_and_kept(sign_in, graph, world):
    answer = sign_in("coordinator").post(
        f"/meetings/groups/{world.series}/join", {"key": "k", "organisation": world.clinic, "since": "soon"}
    )
    assert answer.status_code == 400
    assert 'value="soon"' in answer.text
    assert f'value="{world.clinic}" selected' in answer.text


def test_members_read_and_only_the_coordinator_writes(sign_in, graph, world):
    member = sign_in("partner", organisation=world.town)
    assert member.get(f"/meetings/groups/{world.series}").status_code == 200
    assert sign_in("partner", organisation=world.clinic).get(f"/meetings/groups/{world.series}").status_code == 403
    said = {"key": "k", "organisation": world.town, "until": TODAY.isoformat()}
    assert member.post(f"/meetings/groups/{world.series}/leave", said).status_code == 403
