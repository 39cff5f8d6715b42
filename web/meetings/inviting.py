"""Invitations by mail: who gets what, who got what, and sending it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from flask import current_app, flash, render_template, request, url_for
from flask_babel import gettext, ngettext

from graphdb.addresses import contacts
from graphdb.errors import ConflictError, MissingError, ReusedKeyError
from graphdb.meetings import inviting
from graphdb.meetings.inviting import Due
from graphdb.outbox import Letter
from web.access import allow, viewer
from web.jobs.routes import ERRORS
from web.language import code
from web.meetings import words
from web.meetings.blueprint import bp
from web.meetings.hold import whole
from web.once import do_once, new_key
from web.packs.calendar import CalendarMeeting, calendar_file
from web.pages import back_to_here
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask.typing import ResponseReturnValue

    from graphdb.addresses import Contact
    from graphdb.meetings.inviting import Reached, Sent
    from graphdb.meetings.reading import MeetingView
    from graphdb.settings import MailServer

Wish = Literal["", "invite", "update", "cancel"]


@dataclass(frozen=True, slots=True)
class Line:
    """One guest: what would be sent now (nothing where it is up to date), why nothing can be, what was sent.

    Letters go to the contact, or to the address of the office where nobody is named.
    """

    one: Reached
    contact: Contact | None
    address: str
    wish: Wish
    hindered: str
    sent: list[tuple[Sent, str, str]]


@bp.get("/<record>/invitations")
@allow("meeting", "edit", record="record", label="Meeting")
def invitations(record: str) -> ResponseReturnValue:
    """Who was sent what, and what waits to be sent."""
    return _page(whole(record))


@bp.post("/<record>/invitations")
@allow("meeting", "edit", record="record", label="Meeting")
def send_invitations(record: str) -> ResponseReturnValue:
    """Invite those not invited yet, tell the others what changed, and take back what no longer holds."""
    found, server = whole(record), _server()
    if server is None:
        flash(
            gettext("This network has no mail server: nothing was sent. Hand out the calendar file instead."), "error"
        )
        return back_to_here("meetings.invitations", record=record)
    version = number_in(request.form.get("version"))
    letters = [_due(found, server, line) for line in _lines(found) if line.wish and not line.hindered]
    if not letters:
        flash(gettext("Every calendar that can be reached is up to date."), "undo")
        return back_to_here("meetings.invitations", record=record)
    again = gettext("This was sent already, or a guest is gone; look below at who got what.")
    do_once(
        f"meeting.invite.{record}", version, lambda c: str(inviting.send(c, graph, record, version, letters)),
        ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", len(letters)),
        {
            ConflictError: gettext("Somebody has changed the meeting since you opened it. Look again, then send."),
            MissingError: again, ReusedKeyError: again,
        },
    )  # fmt: skip
    return back_to_here("meetings.invitations", record=record)


def _page(found: MeetingView) -> str:
    lines = _lines(found)
    return render_template(
        "meetings/invitations.html", meeting=found, lines=lines, mail=_server(), key=new_key(),
        waiting=[line for line in lines if line.wish and not line.hindered],
    )  # fmt: skip


def _server() -> MailServer | None:
    return current_app.config["MREZHA"].mail


def _lines(found: MeetingView) -> list[Line]:
    on = words.local(found.starts_at, found.zone).date()
    guests = inviting.reached(graph, found.id, viewer(), code())
    known = contacts(graph, [one.id for one in guests], on, viewer=viewer(), language=code())
    first = {each.organisation: each for each in reversed(known)}
    return [_line(found, one, first.get(one.id)) for one in guests]


def _line(found: MeetingView, one: Reached, contact: Contact | None) -> Line:
    address = contact.mail if contact else one.office or ""
    wish = wish_of(said_by(found), found.state, one)
    hindered = ""
    if wish and one.do_not_contact:
        hindered = gettext("asked not to be contacted")
    elif wish and not address:
        hindered = gettext("no e-mail of a focal point or of the office")
    sent = [(each, _what(one.sent, n), _became(each)) for n, each in enumerate(one.sent)]
    return Line(one, contact, address, wish, hindered, sent)


def said_by(found: MeetingView) -> str:
    """What a calendar is told of a meeting: a new letter goes out when this differs from the last one's."""
    return json.dumps([found.name, found.starts_at.isoformat(), found.minutes, found.place or ""], ensure_ascii=False)


def wish_of(said: str, state: str, one: Reached) -> Wish:
    """What a guest should be sent now: nothing where its calendar is right already, or the meeting is over."""
    last = next((sent for sent in one.sent if sent["state"] not in {"failed", "cancelled"}), None)
    expects = last is not None and last["method"] == "REQUEST"
    if state == "held":
        return ""
    if state == "cancelled" or not one.invited:
        return "cancel" if expects else ""
    if last is None or not expects:
        return "invite"
    return "update" if last["said"] != said else ""


def _due(found: MeetingView, server: MailServer, line: Line) -> Due:
    method: Literal["REQUEST", "CANCEL"] = "CANCEL" if line.wish == "cancel" else "REQUEST"
    link = url_for("meetings.show", record=found.id, _external=True, as_of="")
    text, subject = _text(found, line.wish, link), _subject(found, line.wish)
    start = words.local(found.starts_at, found.zone)

    def write(sequence: int) -> Letter:
        meeting = CalendarMeeting(
            key=found.id, title=found.title, start=start, end=start + timedelta(minutes=found.minutes or 120),
            changed=found.changed_at, organiser=found.network or "Mrezha", mailbox=server.sender, place=found.place or "",
            url=link, sequence=sequence, method=method, guest=(line.one.title, line.address), written=datetime.now(UTC),
        )  # fmt: skip
        return Letter(line.address, subject, text, calendar_file(meeting, found.zone).decode(), method)

    return Due(line.one.id, line.contact.person if line.contact else None, method, said_by(found), write)


def _subject(found: MeetingView, wish: Wish) -> str:
    title = " ".join(found.title.split())
    if wish == "cancel":
        return gettext("Cancelled: %(title)s", title=title)
    return (
        gettext("Changed: %(title)s", title=title)
        if wish == "update"
        else gettext("Invitation: %(title)s", title=title)
    )


def _text(found: MeetingView, wish: Wish, link: str) -> str:
    """Title, time, place and where to answer: of the agenda nothing, since a mail is read on the way."""
    told = "\n".join(part for part in (found.title, words.when(found.starts_at, found.zone), found.place or "") if part)
    if wish == "cancel":
        gone = gettext("This meeting does not take place, or your organisation is no longer invited:")
        return f"{gone}\n\n{told}\n"
    head = gettext("The meeting was changed:") if wish == "update" else gettext("You are invited to a meeting:")
    answer = gettext("Sign in to see the agenda and to say whether you come:")
    return f"{head}\n\n{told}\n\n{answer}\n{link}\n"


def _what(sent: Sequence[Sent], n: int) -> str:
    if sent[n]["method"] == "CANCEL":
        return gettext("cancellation")
    earlier = sent[n + 1 :]
    return gettext("change") if earlier and earlier[0]["method"] == "REQUEST" else gettext("invitation")


def _became(sent: Sent) -> str:
    """What became of a letter, in words."""
    if sent["state"] == "failed":
        return gettext("not delivered: %(why)s", why=ERRORS.get(sent["error"] or "", sent["error"] or ""))
    return gettext("on its way") if sent["state"] in {"queued", "running"} else gettext("handed to the mail server")
