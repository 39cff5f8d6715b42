"""Changing a meeting that is planned: its frame, its guests, its agenda, its state, and what guests say to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, render_template, request
from flask_babel import gettext
from flask_login import current_user

from graphdb.errors import ConflictError, MissingError, ReusedKeyError
from graphdb.meetings import agenda, holding
from graphdb.meetings.agenda import ApprovedError, IllegalStepError
from graphdb.records import RefusedError
from graphdb.writes import change
from web.access import actor, allow, granted, viewer
from web.language import code
from web.meetings import staying, why, words
from web.meetings.blueprint import bp
from web.meetings.forms import FrameForm, frame_of
from web.meetings.hold import approved_meanwhile, whole
from web.meetings.merging import settled, settled_set
from web.meetings.texts import guard
from web.once import new_key, once_for, pressed
from web.pages import back_to_here
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.meetings.reading import MeetingView

ANSWERS = ("coming", "deputy", "online", "declined")
FRAME = ("name", "on", "at", "minutes", "place")


@bp.get("/<record>/edit")
@allow("meeting", "edit", record="record", label="Meeting")
def edit(record: str) -> ResponseReturnValue:
    """When, where, and with whom."""
    found = whole(record)
    if found.approved:
        return back_to_here("meetings.show", record=record)
    form = FrameForm(formdata=None, data=frame_of(found))
    return _page(found, form, {guest["id"] for guest in found.guests})


@bp.post("/<record>/edit")
@allow("meeting", "edit", record="record", label="Meeting")
def save(record: str) -> ResponseReturnValue:
    """Keep the frame, unless somebody else was faster; calendars take in the new version."""
    found, form = whole(record), FrameForm()
    invited = list(dict.fromkeys(request.form.getlist("invite")))
    if not form.validate():
        return _page(found, form, set(invited)), 400
    values = {
        "name": form.name.data, "starts_at": form.starts_at(found.zone), "minutes": form.length(), "place": form.place.data,
    }  # fmt: skip
    version = number_in(form.version.data)
    once = once_for(f"meeting.edit.{record}", [values, invited])
    try:
        change(graph, actor(), lambda c: str(agenda.reframe(c, graph, record, version, values, invited)), once=once)
    except ConflictError:
        return _conflict(record, form, set(invited)), 409
    except ApprovedError:
        flash(approved_meanwhile(), "error")
    except (RefusedError, MissingError):
        form.form_errors.append(gettext("Something of this is gone meanwhile. Look it through and save again."))
        return _page(found, form, set(invited)), 400
    except ReusedKeyError:
        flash(gettext("This form was saved already. Here is what is kept; change it once more if you like."), "error")
    else:
        flash(gettext("Saved. Calendars that took the file in need the new one."), "undo")
    return back_to_here("meetings.show", record=record)


@bp.post("/<record>/step")
@allow("meeting", "edit", record="record", label="Meeting")
def step(record: str) -> ResponseReturnValue:
    """Invitations are sent, the meeting is cancelled, or planned again."""
    after = request.form.get("state", "")
    if after not in {"invited", "cancelled", "planned"}:
        abort(400)
    version = number_in(request.form.get("version"))
    try:
        change(
            graph,
            actor(),
            lambda c: str(agenda.step(c, graph, record, version, after)),
            once=pressed(f"meeting.{after}.{record}"),
        )
    except IllegalStepError:
        flash(gettext("A meeting that was held stays held; nothing was changed."), "error")
    except ConflictError:
        flash(gettext("Somebody has changed the meeting since you opened it. Look again, then decide."), "error")
    else:
        flash(_SAID[after](), "undo")
    return back_to_here("meetings.show", record=record)


_SAID = {
    "invited": lambda: gettext("Noted: the invitations are sent."),
    "cancelled": lambda: gettext(
        "The meeting is cancelled; its items come back in the next plan. It can be planned again."
    ),
    "planned": lambda: gettext("The meeting is planned again."),
}


@bp.post("/<record>/propose")
@allow("meeting", "propose", record="record", label="Meeting")
def propose(record: str) -> ResponseReturnValue:
    """A guest proposes an item; the coordinator's own is on the agenda at once."""
    found = whole(record)
    text = " ".join(request.form.get("title", "").split())
    problems: dict[str, str] = {}
    if not text or len(text) > 300:
        problems["title"] = gettext("Say in up to 300 characters what it is about.")
    if found.state not in {"planned", "invited"}:
        problems["title"] = gettext("This meeting is over; propose it for the next one.")
    guard(text, problems, "title")
    if problems:
        return show_page(found, typed=text, problems=problems), 400
    decides = bool(granted(current_user.roles, "meeting", "edit"))
    item = agenda.NewItem(
        text, minutes=10, proposer=_proposer(found), state="accepted" if decides else "proposed",
    )  # fmt: skip
    once = once_for(f"meeting.propose.{record}", text)
    try:
        change(graph, actor(), lambda c: agenda.add_items(c, graph, record, [item])[0], once=once)
    except ReusedKeyError:
        flash(gettext("This proposal was saved already."), "error")
    else:
        flash(gettext("It is on the agenda.") if decides else gettext("Proposed. The coordinator decides."), "undo")
    return back_to_here("meetings.show", record=record)


@bp.post("/<record>/answer")
@allow("meeting", "answer", record="record", label="Meeting")
def answer(record: str) -> ResponseReturnValue:
    """An invited organisation says whether it comes."""
    organisation, said = request.form.get("organisation", ""), request.form.get("answer", "")
    if said not in ANSWERS:
        abort(400)
    anybody = "any" in granted(current_user.roles, "meeting", "answer")
    if not anybody and organisation not in viewer().organisations:
        abort(403)
    once = pressed(f"meeting.answer.{record}", [organisation, said])
    change(graph, actor(), lambda c: agenda.answer(c, record, organisation, said) or record, once=once)
    flash(gettext("Noted, thank you."), "undo")
    return back_to_here("meetings.show", record=record)


@bp.post("/<record>/items")
@allow("meeting", "edit", record="record", label="Meeting")
def arrange_items(record: str) -> ResponseReturnValue:
    """Take a proposed item, drop one, or move one a place."""
    found = whole(record)
    wanted, item = request.form.get("do", ""), request.form.get("item", "")
    if found.state not in {"planned", "invited"}:
        flash(gettext("The agenda of a meeting that is over stays as it is; write the minutes instead."), "error")
        return back_to_here("meetings.show", record=record)
    try:
        change(
            graph,
            actor(),
            lambda c: agenda.arrange(c, graph, record, number_in(request.form.get("version")), item, wanted),
            once=pressed(f"meeting.items.{record}", [item, wanted]),
        )
    except ConflictError:
        flash(gettext("Somebody has changed the meeting since you opened it. Look again, then decide."), "error")
    return back_to_here("meetings.show", record=record, _anchor="agenda")


def show_page(found: MeetingView, *, typed: str = "", note: str = "", problems: dict[str, str] | None = None) -> str:
    """The page of a meeting, with what was typed for a proposal, or a note, where it was refused."""
    own = set(viewer().organisations)
    return render_template(
        "meetings/show.html", meeting=found, typed=typed, problems=problems or {}, answers=ANSWERS,
        called=why.names(), mine=[guest for guest in found.guests if guest["id"] in own], figures=words.figures_of(found),
        staying=staying.staying(found), note=note,
        can_edit=bool(granted(current_user.roles, "meeting", "edit")), key=new_key(),
    )  # fmt: skip


def _conflict(record: str, form: FrameForm, invited: set[str]) -> str:
    """The form with what the other saved beside it, where both changed the same; other changes of theirs taken in."""
    found = whole(record)
    stored = frame_of(found)
    theirs: dict[str, str] = {}
    for name in FRAME:
        value = settled(request.form.get(f"was-{name}"), str(form[name].data or ""), stored[name])
        form[name].data = value.value
        if value.theirs is not None:
            theirs[name] = value.theirs
    form.version.data = stored["version"]
    ticks = settled_set(set(request.form.getlist("was-invite")), invited, {guest["id"] for guest in found.guests})
    return _page(found, form, ticks, theirs)


def _proposer(found: MeetingView) -> str | None:
    own = set(viewer().organisations)
    return next((guest["id"] for guest in found.guests if guest["id"] in own), None)


def _page(found: MeetingView, form: FrameForm, invited: set[str], theirs: dict[str, str] | None = None) -> str:
    """The form; `theirs` is what somebody else saved meanwhile, by field: None where nobody did."""
    form.keyed()
    resent = request.method == "POST" and theirs is None  # refused: what it was opened with stays what it was
    stored = {name: request.form.get(f"was-{name}", "") for name in FRAME} if resent else frame_of(found)
    was_invited = request.form.getlist("was-invite") if resent else [guest["id"] for guest in found.guests]
    everybody = holding.room(graph, words.local(found.starts_at, found.zone).date(), viewer(), code())
    return render_template(
        "meetings/edit.html", meeting=found, form=form, invited=invited, organisations=everybody.organisations,
        theirs=theirs, stored=stored, was_invited=was_invited,
    )  # fmt: skip
