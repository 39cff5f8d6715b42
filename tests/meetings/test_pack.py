"""The pack of a meeting: a job, a PDF that says what stands in the graph, frozen."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from graphdb import records
from graphdb.catalogue import kind_of
from graphdb.meetings import agenda, packs
from graphdb.meetings.agenda import NewItem, NewMeeting
from graphdb.writes import change
from tests.meetings.world import ACTOR, World, make
from tests.packs.pdf_text import Pdf, squeezed
from web.commands import meetings as command
from web.jobs.work import work_one
from web.meetings.pack import freeze
from web.packs.snapshot import from_json

NOW = datetime.now(UTC).replace(microsecond=0)
TODAY = NOW.date()


@pytest.fixture
def world(graph) -> World:
    return make(graph, TODAY)


@pytest.fixture
def meeting(graph, world) -> str:
    item = NewItem("Own matter", 10, reasons=({"code": "required_member"},))
    gap = NewItem(
        "Legal aid", 15, "coverage", "k", 5, ({"code": "age", "days": 100, "points": 1},), about=(world.absent,)
    )
    new = NewMeeting(
        "Regional meeting", NOW + timedelta(days=9), 90, "Town hall", world.series,
        {world.town: [{"code": "required_member"}], world.clinic: [{"code": "added"}]}, (gap, item),
    )  # fmt: skip
    return change(graph, ACTOR, lambda c: agenda.make(c, graph, new))


def text_of(pdf: bytes) -> str:
    return squeezed(Pdf(pdf).text())


def test_a_pack_is_made_by_a_job_and_read_by_the_invited(sign_in, app, world, meeting, graph):
    coordinator, partner = sign_in("coordinator"), sign_in("partner", organisation=world.town)
    asked = coordinator.post(f"/meetings/{meeting}/packs")
    assert asked.status_code == 303
    with app.test_request_context():
        assert work_one(graph, "worker")
    assert coordinator.get(asked.location).status_code == 200
    job = asked.location.rsplit("/", 1)[-1]
    ready = coordinator.get(f"/meetings/packs/{job}")
    assert ready.status_code == 200
    assert partner.get(f"/meetings/packs/{job}").status_code == 404, "a job is its owner's"
    link = re.search(r'href="(/meetings/[^"]+/packs/[^"]+)"', ready.text)[1]
    answer = partner.get(link)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.data[:4] == b"%PDF"
    text = text_of(answer.data)
    for part in (
        "Regional meeting",
        "Town hall",
        "Nobody offers “Legal aid” in Kamen",
        "Own matter",
        "Clinic <b>",
        "Ask two interpreters",
        "Protocol",
        "5 days late",
    ):
        assert squeezed(part) in text, part
    assert link in partner.get(f"/meetings/{meeting}").text
    stranger = sign_in("partner", organisation=world.office)
    assert stranger.get(link).status_code == 403
    assert partner.get(f"/meetings/{meeting}/packs/nothing").status_code == 404


def test_a_frozen_pack_never_changes(app, world, meeting, graph):
    with app.test_request_context():
        first, pdf = freeze(graph, ACTOR, meeting, "en", TODAY)
        change(
            graph,
            ACTOR,
            lambda c: str(records.update(c, graph, kind_of("Organisation"), world.town, None, {"name": "Renamed"})),
        )
        second, later = freeze(graph, ACTOR, meeting, "en", TODAY)
    assert first != second
    assert packs.pack(graph, meeting, first).file() == pdf
    assert squeezed("Renamed") in text_of(later)
    assert squeezed("Renamed") not in text_of(pdf)


def test_a_pack_speaks_its_language(app, world, meeting, graph):
    with app.test_request_context():
        kept, pdf = freeze(graph, ACTOR, meeting, "bg", TODAY)
    pack = from_json(packs.pack(graph, meeting, kept).body)
    assert pack.language == "bg"
    assert "Община" in [each.organisation for each in pack.invitations]
    assert squeezed("Община") in text_of(pdf)


def test_a_pack_counts_what_it_cannot_say(app, world, meeting, graph):
    """Nothing was searched for or held: no figure is made up, and mentoring stays with its programme."""
    with app.test_request_context():
        kept, _ = freeze(graph, ACTOR, meeting, "en", TODAY)
    pack = from_json(packs.pack(graph, meeting, kept).body)
    assert pack.changes is None
    assert pack.indicators == ()
    assert pack.coverage is None or pack.coverage.denominator == 0
    assert "quiet" not in json.dumps([item.title for item in pack.agenda])


def test_figures_of_the_last_meeting(app, world, meeting, graph):
    new = NewMeeting(
        "Before", NOW - timedelta(days=30), 90, "Hall", world.series, {world.town: [], world.office: []},
        (NewItem("Talked", 5, about=(world.absent,)), NewItem("Put off", 5)),
    )  # fmt: skip
    change(graph, ACTOR, lambda c: agenda.make(c, graph, new))
    graph.define(
        "MATCH (m:Meeting {name: 'Before'})-[:HAS_ITEM]->(i) SET m.state = 'held',"
        " i.state = CASE i.title WHEN 'Talked' THEN 'discussed' ELSE 'postponed' END"
        " WITH m, i WHERE i.title = 'Talked' MATCH (o:Organisation {id: $town})"
        " CREATE (o)-[:ATTENDED {mode: 'present'}]->(m), (i)-[:LED_TO]->(:Decision {id: 'd', text: 'So be it'})",
        town=world.town,
    )
    with app.test_request_context():
        kept, _ = freeze(graph, ACTOR, meeting, "en", TODAY)
    found = {each.label: (each.value, each.n) for each in from_json(packs.pack(graph, meeting, kept).body).indicators}
    assert found["Invited partners who came"] == ("1 of 2", 2)
    assert found["Discussed items that ended in a decision"] == ("1 of 1", 1)
    assert found["Gaps treated then that are closed now"] == ("0 of 1", 1)
    assert found["Median age of items put off"] == ("30 days", 1)


def test_the_command_writes_the_file(app, world, meeting, graph, tmp_path, monkeypatch):
    @contextmanager
    def here():
        yield graph

    monkeypatch.setattr(command, "database", here)
    target, runner = tmp_path / "pack.pdf", app.test_cli_runner()
    with app.app_context():
        run = runner.invoke(args=["meetings", "pack", "MTG-0001", "--to", str(target)])
        assert run.exit_code == 0, run.output
        assert target.read_bytes()[:4] == b"%PDF"
        assert runner.invoke(args=["meetings", "pack", "MTG-9999", "--to", str(target)]).exit_code == 1
        assert (
            runner.invoke(args=["meetings", "pack", "MTG-0001", "--to", str(tmp_path / "no" / "x.pdf")]).exit_code == 1
        )
