"""The papers of a meeting: its calendar file, sign-in sheet, minutes and packs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from flask import abort, flash, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from graphdb import jobs
from graphdb.bulk import MARK
from graphdb.jobs import enqueue
from graphdb.meetings import packs
from graphdb.writes import change
from web.access import actor, allow
from web.files import attachment
from web.language import code
from web.meetings import paper, staying, words
from web.meetings.blueprint import bp
from web.meetings.hold import whole
from web.once import once_for
from web.packs.calendar import CalendarMeeting, calendar_file
from web.packs.render import MINUTES, SIGN_IN, print_sheet
from web.packs.word import minutes_file as minutes_docx
from web.pages import back_to_here, today
from web.sessions import graph

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@bp.get("/<record>/calendar")
@allow("meeting", "read", record="record", label="Meeting")
def ics(record: str) -> ResponseReturnValue:
    """The meeting for a calendar; taken in again after a change, it replaces the earlier entry."""
    found = whole(record)
    name = graph.one(MARK, key="network_name")
    titles = [
        f"{n}. {words.title_of(item['kind'], item['about'], item['title'])}"
        for n, item in enumerate((one for one in found.items if one["state"] == "accepted"), 1)
    ]
    start = words.local(found.starts_at, found.zone)
    meeting = CalendarMeeting(
        key=found.id, title=found.title, start=start, end=start + timedelta(minutes=found.minutes or 120),
        changed=found.changed_at, organiser=name.value if name else "Mrezha", place=found.place or "",
        description="\n".join(titles), url=url_for("meetings.show", record=record, _external=True, as_of=""),
        sequence=found.version, cancelled=found.state == "cancelled",
    )  # fmt: skip
    return attachment(found.ref, "ics", calendar_file(meeting, found.zone))


@bp.get("/<record>/minutes/<form>")
@allow("meeting", "read", record="record", label="Meeting")
def minutes_file(record: str, form: str) -> ResponseReturnValue:
    """The minutes to edit (docx) or to print (pdf), in the reader's language and with the reader's eyes."""
    found = whole(record)
    if form not in {"docx", "pdf"}:
        abort(404)
    if found.state != "held":
        flash(gettext("There are no minutes of this meeting yet."), "error")
        return back_to_here("meetings.show", record=record)
    sheet = paper.minutes(found)
    name = f"{found.ref}-{'' if found.approved else 'draft-'}{code()}"
    if form == "docx":
        return attachment(name, form, minutes_docx(sheet, code(), datetime.now(UTC)))
    return attachment(name, form, print_sheet(paper.printable(sheet), MINUTES))


@bp.get("/<record>/sign-in")
@allow("meeting", "edit", record="record", label="Meeting")
def sign_in_sheet(record: str) -> ResponseReturnValue:
    """The list to sign at the door; whoever came last for an organisation stands in it."""
    found = whole(record)
    before = staying.names_before(found)
    return attachment(
        f"{found.ref}-sign-in", "pdf", print_sheet(paper.printable(paper.sign_in(found, before)), SIGN_IN)
    )


@bp.post("/<record>/packs")
@allow("meeting", "edit", record="record", label="Meeting")
def make_pack(record: str) -> ResponseReturnValue:
    """Have the pack made, in the reader's language; the page of the job shows how far it is."""
    whole(record)
    asked = {"meeting": record, "language": code(), "on": today().isoformat()}
    once = once_for(f"meeting.pack.{record}", asked)
    job = change(graph, actor(), lambda c: enqueue(c, "pack", asked), once=once if request.form.get("key") else None)
    return back_to_here("jobs.show", job=job)


@bp.get("/packs/<job>")
@allow("meeting", "read")
def packed(job: str) -> ResponseReturnValue:
    """The result of a job: the pack, to download."""
    found = graph.one(jobs.ONE, id=job)
    if found is None or found.owner != current_user.id or found.kind != "pack" or not found.answer():
        abort(404)
    answer = found.answer()
    return render_template("meetings/packed.html", meeting=answer["meeting"], pack=answer["pack"], kb=answer["kb"])


@bp.get("/<record>/packs/<pack>")
@allow("meeting", "read", record="record", label="Meeting")
def pack_file(record: str, pack: str) -> ResponseReturnValue:
    """A kept pack, as it was that day."""
    found = packs.pack(graph, record, pack)
    if found is None:
        abort(404, gettext("There is no such pack."))
    return attachment(f"{found.ref}-{found.as_of.isoformat()}-{found.language}", "pdf", found.file())
