"""Minutes approved and opened again; two people at one form; forms sent twice."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from docx import Document

from graphdb.meetings import agenda
from graphdb.meetings.agenda import NewItem, NewMeeting
from graphdb.writes import change
from tests.meetings.world import ACTOR, World, make

NOW = datetime.now(UTC).replace(microsecond=0)
DUE = (NOW.date() + timedelta(days=30)).isoformat()


@pytest.fixture
def world(graph) -> World:
    return make(graph, NOW.date())


def meet(graph, world, *, hours: int = -1, name: str = "Regional meeting") -> str:
    items = (NewItem("First", 15), NewItem("Second", 10))
    new = NewMeeting(
        name, NOW + timedelta(hours=hours), 60, "Hall", world.series, {world.town: [], world.office: []}, items
    )
    return change(graph, ACTOR, lambda c: agenda.make(c, graph, new))


@pytest.fixture
def meeting(graph, world) -> str:
    return meet(graph, world)


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)[1]


def opened(page: str) -> dict[str, str]:
    """The minutes as a browser would send them back untouched."""
    form = {"version": hidden(page, "version"), "key": hidden(page, "key"), "note": "", "was-note": ""}
    for item in re.findall(r'name="decision-([^"]+)"', page):
        text = re.search(rf'name="decision-{item}"[^>]*>([^<]*)<', page)[1]
        form |= {f"state-{item}": "discussed", f"was-state-{item}": "discussed"}
        form |= {f"decision-{item}": text, f"was-decision-{item}": text}
    form["note"] = form["was-note"] = re.search(r'id="note"[^>]*>([^<]*)<', page)[1]
    return form


def items_of(page: str) -> list[str]:
    return re.findall(r'name="decision-([^"]+)"', page)


def written(coordinator, meeting: str, **said: str) -> None:
    page = coordinator.get(f"/meetings/{meeting}/record").text
    first = items_of(page)[0]
    said = {name.replace("FIRST", first): value for name, value in said.items()}
    assert coordinator.post(f"/meetings/{meeting}/record", opened(page) | said).status_code == 303


def approve(coordinator, meeting: str):
    page = coordinator.get(f"/meetings/{meeting}").text
    return coordinator.post(
        f"/meetings/{meeting}/approve", {"version": hidden(page, "version"), "key": hidden(page, "key")}
    )


def test_approved_minutes_do_not_change(sign_in, world, meeting, graph):
    coordinator = sign_in("coordinator")
    written(coordinator, meeting, **{"text-FIRST": "Do it", "owner-FIRST": world.town, "due-FIRST": DUE})
    stale_minutes = opened(coordinator.get(f"/meetings/{meeting}/record").text)
    stale_roll = hidden(coordinator.get(f"/meetings/{meeting}/attend").text, "version")
    stale_frame = coordinator.get(f"/meetings/{meeting}/edit").text
    assert approve(coordinator, meeting).status_code == 303
    shown = coordinator.get(f"/meetings/{meeting}").text
    assert "Coordinator" in re.search(r"Approved on[^<]*", shown)[0], "who approved them is said"
    version = hidden(shown, "version")
    stale_minutes |= {"version": version, "key": "other", "note": "smuggled"}
    assert coordinator.post(f"/meetings/{meeting}/record", stale_minutes).status_code == 400
    roll = {"version": version, "key": "r", "do": "save", "row": world.town, f"mode-{world.town}": "present"}
    assert coordinator.post(f"/meetings/{meeting}/attend", roll).status_code == 400
    frame = {name: hidden(stale_frame, name) for name in ("name", "on", "at", "minutes")}
    coordinator.post(f"/meetings/{meeting}/edit", {**frame, "name": "Smuggled", "version": version, "key": "f"})
    stored = graph.define("MATCH (m:Meeting {id: $id}) RETURN m.name AS name, m.note AS note", id=meeting)[0]
    assert (stored["name"], stored["note"] or "") == ("Regional meeting", "")
    assert not graph.define("MATCH ()-[t:ATTENDED]->() RETURN t")
    assert coordinator.get(f"/meetings/{meeting}/record").status_code == 303
    assert stale_roll


def test_a_promise_stays_in_approved_minutes_as_it_was(sign_in, world, meeting, graph):
    coordinator = sign_in("coordinator")
    written(coordinator, meeting, **{"text-FIRST": "Do it", "owner-FIRST": world.town, "due-FIRST": DUE})
    approve(coordinator, meeting)
    graph.define("MATCH (p:ActionPoint {text: 'Do it'}) SET p.text = 'Changed later'")

    def paper() -> str:
        data = coordinator.get(f"/meetings/{meeting}/minutes/docx").data
        return "\n".join(cell.text for table in Document(io.BytesIO(data)).tables for cell in table._cells)

    assert "Do it" in paper()
    assert "Changed later" in coordinator.get(f"/meetings/{meeting}").text, "the page shows how it goes now"
    page = coordinator.get(f"/meetings/{meeting}").text
    form = {"version": hidden(page, "version"), "key": hidden(page, "key"), "note": ""}
    assert coordinator.post(f"/meetings/{meeting}/reopen", form).status_code == 400, "a note is needed"
    form["note"] = "A name was misspelt"
    assert coordinator.post(f"/meetings/{meeting}/reopen", form).status_code == 303
    assert "A name was misspelt" in coordinator.get(f"/meetings/{meeting}").text
    assert "Changed later" in paper()
    states = graph.define("MATCH (:Meeting)-[:HAS_EVENT]->(v:Event) RETURN v.to_state AS s ORDER BY v.at, v.id")
    cached = graph.define("MATCH (m:Meeting {id: $id}) RETURN m.minutes_state AS s", id=meeting)[0]["s"]
    assert [row["s"] for row in states] == ["minutes_approved", "minutes_draft"]
    assert states[-1]["s"] == cached


def test_nothing_is_approved_before_the_meeting_was_held_and_by_nobody_else(sign_in, world, meeting, graph):
    approve(sign_in("coordinator"), meeting)
    assert graph.define("MATCH (m:Meeting {id: $id}) RETURN m.minutes_state AS s", id=meeting)[0]["s"] is None
    partner = sign_in("partner", organisation=world.town)
    assert partner.post(f"/meetings/{meeting}/approve", {"version": "1", "key": "x"}).status_code == 403


def test_the_person_who_does_it_is_chosen_from_the_list(sign_in, world, meeting, graph):
    graph.define(
        "MATCH (o:Organisation {id: $id}) CREATE (o)<-[:AT_ORGANISATION]-(:Record:Employment {id: 'e', version: 1})"
        "-[:HOLDER]->(:Record:Person {id: 'p', name: 'Ana Ilieva', ref: 'PER-1', version: 1, role_class: 'staff'})",
        id=world.town,
    )
    coordinator = sign_in("coordinator")
    page = coordinator.get(f"/meetings/{meeting}/record").text
    assert '<option value="Ana Ilieva, Town hall">' in page
    first = items_of(page)[0]
    said = {
        f"text-{first}": "Do it",
        f"owner-{first}": world.office,
        f"due-{first}": DUE,
        f"who-{first}": "Ana Ilieva, Town hall",
    }
    refused = coordinator.post(f"/meetings/{meeting}/record", opened(page) | said)
    assert refused.status_code == 400
    assert "Choose somebody of that organisation" in refused.text
    said[f"owner-{first}"] = world.town
    assert coordinator.post(f"/meetings/{meeting}/record", opened(page) | said).status_code == 303
    assert graph.define("MATCH (:ActionPoint)-[:DONE_BY]->(p:Person) RETURN p.id AS id")[0]["id"] == "p"
    assert "Ana Ilieva" in coordinator.get(f"/meetings/{meeting}").text


def test_what_only_the_other_wrote_is_taken_in_and_what_both_wrote_is_shown(sign_in, world, meeting):
    one, two = sign_in("coordinator"), sign_in("coordinator")
    mine = opened(two.get(f"/meetings/{meeting}/record").text)
    page = one.get(f"/meetings/{meeting}/record").text
    first, second = items_of(page)
    theirs = opened(page) | {f"decision-{first}": "Theirs on the first", f"decision-{second}": "Theirs on the second"}
    theirs |= {"note": "Their note", f"state-{first}": "postponed"}
    assert one.post(f"/meetings/{meeting}/record", theirs).status_code == 303
    answer = two.post(f"/meetings/{meeting}/record", mine | {f"decision-{second}": "Mine on the second"})
    assert answer.status_code == 409
    shown = opened(answer.text)
    assert shown[f"decision-{first}"] == "Theirs on the first", "untouched by me: theirs stands in the form"
    assert shown["note"] == "Their note"
    assert shown[f"decision-{second}"] == "Mine on the second"
    assert "Theirs on the second" in answer.text, "both wrote: the other's is shown beside"
    assert re.search(rf'name="state-{first}" value="postponed" checked', answer.text)
    again = shown | {f"state-{first}": "postponed"}
    assert two.post(f"/meetings/{meeting}/record", again).status_code == 303
    kept = one.get(f"/meetings/{meeting}").text
    for text in ("Theirs on the first", "Mine on the second", "Their note"):
        assert text in kept, text


def test_two_edit_the_frame(sign_in, world, graph):
    later = meet(graph, world, hours=200, name="Later")
    one, two = sign_in("coordinator"), sign_in("coordinator")

    def frame(who) -> dict[str, object]:
        page = who.get(f"/meetings/{later}/edit").text
        names = ("version", "key", "name", "on", "at", "minutes", "place")
        form: dict[str, object] = {name: re.search(rf'name="{name}"[^>]*?value="([^"]*)"', page)[1] for name in names}
        form |= {f"was-{name}": form[name] for name in names[2:]}
        return form | {"invite": [world.town, world.office], "was-invite": [world.town, world.office]}

    first, second = frame(one), frame(two)
    first |= {"place": "Their hall", "name": "Their title", "invite": [world.town, world.office, world.clinic]}
    assert one.post(f"/meetings/{later}/edit", first).status_code == 303
    answer = two.post(f"/meetings/{later}/edit", second | {"name": "My title", "invite": [world.town]})
    assert answer.status_code == 409
    assert 'value="My title"' in answer.text
    assert "Their title" in answer.text
    assert 'value="Their hall"' in answer.text, "what only the other changed is taken in"
    ticked = set(re.findall(r'name="invite" value="([^"]+)"[^>]*checked', answer.text))
    assert ticked == {world.town, world.clinic}, "theirs added, mine taken away"


def test_two_lists_at_the_door_lose_nobody(sign_in, world, meeting):
    one, two = sign_in("coordinator"), sign_in("coordinator")
    stale = hidden(two.get(f"/meetings/{meeting}/attend").text, "version")
    blank = {f"was-{name}": "|" for name in (world.town, world.office)}
    theirs = {"version": stale, "key": "1", "do": "save", "row": [world.town, world.office, world.clinic]}
    theirs |= {f"mode-{world.town}": "present", f"mode-{world.clinic}": "online", **blank}
    assert one.post(f"/meetings/{meeting}/attend", theirs).status_code == 303
    mine = {
        "version": stale,
        "key": "2",
        "do": "save",
        "row": [world.town, world.office],
        f"mode-{world.office}": "excused",
    }
    answer = two.post(f"/meetings/{meeting}/attend", mine | blank)
    assert answer.status_code == 409
    checked = dict(re.findall(r'name="mode-([^"]+)" value="([a-z]*)" checked', answer.text))
    assert checked == {world.town: "present", world.office: "excused", world.clinic: "online"}


def test_the_paper_sheet_is_taken_in_by_its_numbers(sign_in, world, meeting):
    coordinator = sign_in("coordinator")
    form = {"version": "1", "do": "signed", "numbers": "1–2, 7, x", "row": [world.town, world.office, world.clinic]}
    answer = coordinator.post(f"/meetings/{meeting}/attend", form | {f"mode-{world.office}": "deputy"})
    checked = dict(re.findall(r'name="mode-([^"]+)" value="([a-z]*)" checked', answer.text))
    assert checked == {world.town: "present", world.office: "deputy", world.clinic: ""}
    assert "2 signatures taken in" in answer.text
    assert "x, 7" in answer.text


def test_a_filter_keeps_what_is_out_of_sight(sign_in, world, meeting, graph):
    coordinator = sign_in("coordinator")
    rows = [world.town, world.office, world.clinic]
    form = {"version": "1", "do": "find", "find": "youth", "row": rows, f"mode-{world.town}": "present"}
    answer = coordinator.post(f"/meetings/{meeting}/attend", form)
    assert 'aria-labelledby="who-2"' in answer.text
    assert 'aria-labelledby="who-1"' not in answer.text
    assert f'<input type="hidden" name="mode-{world.town}" value="present">' in answer.text


def test_a_meeting_to_come_is_no_error(sign_in, world, graph):
    later = meet(graph, world, hours=200)
    page = sign_in("coordinator").get(f"/meetings/{later}/attend").text
    assert "has not begun" in page
    assert "notice-error" not in page
    assert 'role="alert"' not in page


PRESSED = {
    "step": {"state": "invited"},
    "answer": {"answer": "coming"},
    "items": {"do": "down"},
    "propose": {"title": "Once only"},
    "packs": {},
}


@pytest.mark.parametrize("form", PRESSED)
def test_a_button_pressed_twice_acts_once(sign_in, world, graph, form):
    later = meet(graph, world, hours=200)
    coordinator = sign_in("coordinator")
    page = coordinator.get(f"/meetings/{later}").text
    said = {"version": hidden(page, "version"), "key": hidden(page, "key"), "organisation": world.town, **PRESSED[form]}
    said["item"] = graph.define("MATCH (i:AgendaItem {title: 'First'}) RETURN i.id AS id")[0]["id"]
    answers = [coordinator.post(f"/meetings/{later}/{form}", said) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert "Somebody has changed" not in coordinator.get(f"/meetings/{later}").text
    count = (
        "MATCH (n:AuditEntry) WHERE n.verb IN ['agenda', 'answer', 'update'] AND n.record = $id RETURN count(n) AS n"
    )
    if form == "packs":
        assert graph.define("MATCH (j:Job {kind: 'pack'}) RETURN count(j) AS n")[0]["n"] == 1
    elif form == "items":
        order = graph.define("MATCH (i:AgendaItem) RETURN i.title AS t ORDER BY i.position")
        assert [row["t"] for row in order] == ["Second", "First"]
    elif form == "propose":
        assert graph.define("MATCH (i:AgendaItem {title: 'Once only'}) RETURN count(i) AS n")[0]["n"] == 1
    else:
        assert graph.define(count, id=later)[0]["n"] <= 2


def test_whether_the_same_people_come(sign_in, world, graph):
    for n in (3, 2, 1):
        held = meet(graph, world, hours=-24 * n)
        graph.define(
            "MATCH (m:Meeting {id: $id}), (o:Organisation {id: $town}) SET m.state = 'held'"
            " CREATE (o)-[:ATTENDED {mode: 'present', person: $person}]->(m)",
            id=held, town=world.town, person="p" if n > 1 else "q",
        )  # fmt: skip
    graph.define(
        "UNWIND ['p', 'q'] AS id CREATE (:Record:Person {id: id, name: 'Who ' + id, ref: id, role_class: 'staff'})"
    )
    page = sign_in("coordinator").get(f"/meetings/{held}").text
    part = re.search(r'id="continuity".*?</section>', page, re.DOTALL)[0]
    for text in ("came", "same person", "another person", "Who q", "not there", "0 of 1"):
        assert text in part, text
    sheet = sign_in("coordinator").get(f"/meetings/{held}/sign-in")
    assert sheet.status_code == 200
    assert sheet.data.startswith(b"%PDF")
