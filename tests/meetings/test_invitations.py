"""Invitations by mail: to whom, once, changed and taken back; and what a second program reads in them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest
import vobject

from graphdb import jobs, records
from graphdb.catalogue import kind_of
from graphdb.meetings import agenda
from graphdb.meetings.agenda import NewItem, NewMeeting
from graphdb.outbox import Letter
from graphdb.records import New
from graphdb.settings import MailServer
from graphdb.writes import Change, change
from tests.meetings.world import ACTOR, World, make
from web import mail
from web.jobs import work
from web.meetings import inviting
from web.packs.calendar import CalendarMeeting, calendar_file

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def world(graph) -> World:
    return make(graph, NOW.date())


@pytest.fixture
def post(app, monkeypatch) -> list[Letter]:
    """A mail server that takes everything; what a worker would hand over."""
    taken: list[Letter] = []
    server = MailServer("127.0.0.1", 25, "network@example.org")
    app.config["MREZHA"] = app.config["MREZHA"].__class__(**{**vars(app.config["MREZHA"]), "mail": server})
    monkeypatch.setenv("MREZHA_SMTP", "smtp://127.0.0.1:25")
    monkeypatch.setenv("MREZHA_MAIL_FROM", "network@example.org")
    monkeypatch.setattr(mail, "send", lambda _server, letter, _job: taken.append(letter))
    return taken


@pytest.fixture
def meeting(graph, world) -> str:
    """A meeting of next week: the town has a focal point, the office an address, the shy one wants no letters."""

    def work_(c: Change) -> str:
        person = records.create(
            c, graph, kind_of("Person"), {"name": "Ana Ilieva", "role_class": "staff", "email": "ana@town.example"}
        )
        links = {"person": [person], "organisation": [world.town]}
        records.create_many(c, graph, kind_of("Employment"), [New({"position": "Head", "focal_point": "yes"}, links)])
        records.update(c, graph, kind_of("Organisation"), world.office, None, {"email": "office@youth.example"})
        invited = {one: [] for one in (world.town, world.office, world.clinic, world.shy)}
        items = (NewItem("Secret matter of the agenda", 15),)
        return agenda.make(
            c,
            graph,
            NewMeeting("Среща; в залата", NOW + timedelta(days=7), 60, "Hall, 2", world.series, invited, items),
        )

    return change(graph, ACTOR, work_)


def press(coordinator, meeting: str):
    page = coordinator.get(f"/meetings/{meeting}/invitations").text
    form = (
        {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("version", "key")}
        if "Send" in page
        else {}
    )
    return coordinator.post(f"/meetings/{meeting}/invitations", form or {"version": "1", "key": "x"})


def delivered(graph, post: list[Letter]) -> list[Letter]:
    post.clear()
    while work.work_one(graph, "w"):
        pass
    return list(post)


def read(letter: Letter):
    return vobject.readOne(letter.calendar)


def test_guests_are_invited_once_told_of_changes_and_of_the_end(sign_in, graph, world, meeting, post):
    coordinator = sign_in("coordinator")
    page = coordinator.get(f"/meetings/{meeting}/invitations").text
    assert "2 letters wait" in page
    assert "asked not to be contacted" in page
    assert "no e-mail of a focal point" in page
    assert press(coordinator, meeting).status_code == 303
    first = {letter.to: letter for letter in delivered(graph, post)}
    assert set(first) == {"ana@town.example", "office@youth.example"}
    assert graph.define("MATCH (m:Meeting {id: $id}) RETURN m.state AS s", id=meeting)[0]["s"] == "invited"
    assert (
        "Every calendar that can be reached is up to date" in coordinator.get(f"/meetings/{meeting}/invitations").text
    )
    press(coordinator, meeting)
    assert delivered(graph, post) == [], "nobody is told twice"

    asked = read(first["ana@town.example"])
    assert asked.method.value == "REQUEST"
    event = asked.vevent
    assert event.summary.value == "Среща; в залата"
    assert event.location.value == "Hall, 2"
    assert event.attendee.value == "mailto:ana@town.example"
    assert event.organizer.value == "mailto:network@example.org"
    assert event.dtstart.value.astimezone(UTC) == NOW + timedelta(days=7)

    moved = {"starts_at": NOW + timedelta(days=8), "place": "Library"}
    version = graph.define("MATCH (m:Meeting {id: $id}) RETURN m.version AS v", id=meeting)[0]["v"]
    guests = [world.town, world.clinic]
    change(graph, ACTOR, lambda c: str(agenda.reframe(c, graph, meeting, version, moved, guests)))
    press(coordinator, meeting)
    second = {letter.to: letter for letter in delivered(graph, post)}
    assert {to: read(letter).method.value for to, letter in second.items()} == {
        "ana@town.example": "REQUEST", "office@youth.example": "CANCEL",
    }  # fmt: skip
    again = read(second["ana@town.example"]).vevent
    assert again.uid.value == event.uid.value
    assert int(again.sequence.value) > int(event.sequence.value)
    assert again.location.value == "Library"

    page = coordinator.get(f"/meetings/{meeting}").text
    coordinator.post(f"/meetings/{meeting}/step", {"state": "cancelled", "version": version + 1, "key": "c"})
    press(coordinator, meeting)
    last = delivered(graph, post)
    assert [letter.to for letter in last] == ["ana@town.example"]
    gone = read(last[0])
    assert (gone.method.value, gone.vevent.status.value) == ("CANCEL", "CANCELLED")
    assert gone.vevent.uid.value == event.uid.value
    assert int(gone.vevent.sequence.value) > int(again.sequence.value)
    shown = coordinator.get(f"/meetings/{meeting}/invitations").text
    for text in ("invitation,", "change,", "cancellation,", "handed to the mail server", "Ana Ilieva"):
        assert text in shown, text


def test_two_who_press_at_once_send_one_letter_each(sign_in, graph, world, meeting, post):
    graph.define("MATCH (m:Meeting {id: $id}) SET m.state = 'invited'", id=meeting)
    one, two = sign_in("coordinator"), sign_in("coordinator")
    pages = [who.get(f"/meetings/{meeting}/invitations").text for who in (one, two)]
    letters: list[object] = []

    def hold(found, server, line, due=inviting._due):
        """The second one has looked before the first one sent."""
        letters.append(line)
        return due(found, server, line)

    forms = [
        {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("version", "key")} for page in pages
    ]
    lines = inviting._lines
    with pytest.MonkeyPatch.context() as patch:
        kept: dict[str, object] = {}
        patch.setattr(inviting, "_lines", lambda found: kept.setdefault("lines", lines(found)))
        patch.setattr(inviting, "_due", hold)
        for who, form in zip((one, two), forms, strict=True):
            assert who.post(f"/meetings/{meeting}/invitations", form).status_code == 303
    assert len(letters) == 4, "both wanted to send two"
    assert len(delivered(graph, post)) == 2


def test_a_letter_carries_no_content_and_no_address_lies_readable(sign_in, graph, world, meeting, post):
    coordinator = sign_in("coordinator")
    press(coordinator, meeting)
    stored = str(graph.define("MATCH (n) WHERE n:Job OR n:Dispatch RETURN properties(n) AS p"))
    assert "ana@town" not in stored
    letters = delivered(graph, post)
    assert letters
    for letter in letters:
        assert "Secret matter" not in letter.text + letter.calendar + letter.subject
        assert f"/meetings/{meeting}" in letter.text


def test_without_a_mail_server_nothing_is_sent(sign_in, graph, world, meeting):
    coordinator = sign_in("coordinator")
    assert "no mail server" in coordinator.get(f"/meetings/{meeting}/invitations").text
    assert press(coordinator, meeting).status_code == 303
    assert graph.define("MATCH (d:Dispatch) RETURN count(d) AS n")[0]["n"] == 0
    assert sign_in("partner", organisation=world.town).get(f"/meetings/{meeting}/invitations").status_code == 403


def test_a_letter_not_delivered_may_be_sent_again(sign_in, graph, world, meeting, post):
    coordinator = sign_in("coordinator")
    press(coordinator, meeting)
    graph.define("MATCH (j:Job {kind: 'mail'}) SET j.state = 'failed', j.error = 'no_address'")
    page = coordinator.get(f"/meetings/{meeting}/invitations").text
    assert "no such address" in page
    assert "2 letters wait" in page


def test_a_guest_answers(sign_in, graph, world, meeting):
    partner = sign_in("partner", organisation=world.town)
    for said in ("coming", "deputy", "declined"):
        assert (
            partner.post(f"/meetings/{meeting}/answer", {"organisation": world.town, "answer": said}).status_code == 303
        )
        kept = graph.define("MATCH (:Organisation {id: $o})-[v:INVITED]->() RETURN v.answer AS a", o=world.town)
        assert kept[0]["a"] == said
    other = partner.post(f"/meetings/{meeting}/answer", {"organisation": world.office, "answer": "coming"})
    assert other.status_code == 403


def test_the_mail_is_one_message_in_two_forms(monkeypatch):
    """RFC 6047: the calendar part says its method, in UTF-8, with whole lines."""
    start = datetime(2026, 12, 1, 10, tzinfo=ZoneInfo("Europe/Riga"))
    meeting = CalendarMeeting(
        key="k", title="Sanāksme „Ģ“ " * 9, start=start, end=start + timedelta(hours=1), changed=NOW, organiser="N",
        mailbox="n@example.org", method="REQUEST", guest=("Ģilde: \"x\"", "g@example.org"), sequence=4,
    )  # fmt: skip
    sent: list[bytes] = []

    class Line:
        def __enter__(self):
            return self

        def __exit__(self, *_: object):
            return None

        def send_message(self, message):
            sent.append(message.as_bytes())

    monkeypatch.setattr(mail, "_line", lambda *_: Line())
    job = jobs.Job("j", "mail", "{}", "running", "o", NOW, 1, 0, 0, None, None, None)
    letter = Letter("g@example.org", "Subject", "Text ā", calendar_file(meeting, "Europe/Riga").decode(), "REQUEST")
    mail.send(MailServer("127.0.0.1", 25, "n@example.org"), letter, job)
    message = message_from_bytes(sent[0], policy=policy.default)
    assert message.get_content_type() == "multipart/alternative"
    plain, calendar = message.iter_parts()
    assert plain.get_content().strip() == "Text ā"
    assert (calendar.get_content_type(), calendar.get_param("method")) == ("text/calendar", "REQUEST")
    assert calendar.get_content_charset() == "utf-8"
    body = calendar.get_payload(decode=True)
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    event = vobject.readOne(body.decode()).vevent
    assert event.summary.value == " ".join(meeting.title.split())
    assert event.attendee.params["RSVP"] == ["FALSE"]
    assert event.dtstart.value.astimezone(UTC) == start.astimezone(UTC)


@pytest.mark.parametrize("zone", ["Europe/Sofia", "Europe/Riga", "Europe/Belgrade", "UTC"])
@pytest.mark.parametrize("month", [1, 7])
def test_a_second_library_reads_the_hours_right(zone, month):
    start = datetime(2026, month, 15, 10, tzinfo=ZoneInfo(zone))
    meeting = CalendarMeeting(
        key="k", title="T", start=start, end=start + timedelta(hours=2), changed=NOW, organiser="N"
    )
    event = vobject.readOne(calendar_file(meeting, zone).decode()).vevent
    assert event.dtstart.value.astimezone(UTC) == start.astimezone(UTC)
    assert event.dtend.value - event.dtstart.value == timedelta(hours=2)


@pytest.mark.parametrize(
    ("method", "guest", "mailbox"), [("REQUEST", "", "n@x"), ("PUBLISH", "g@x", "n@x"), ("CANCEL", "g@x", "")]
)
def test_a_letter_goes_from_a_mailbox_to_one_guest(method, guest, mailbox):
    start = datetime(2026, 1, 1, 10, tzinfo=UTC)
    meeting = CalendarMeeting(
        "k", "T", start, start + timedelta(hours=1), NOW, "N", mailbox=mailbox, method=method, guest=("G", guest)
    )
    with pytest.raises(ValueError, match="letter"):
        calendar_file(meeting, "UTC")
