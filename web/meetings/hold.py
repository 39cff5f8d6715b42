"""Holding a meeting: the quick entry of who is there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import abort, flash, render_template, request
from flask_babel import gettext

from graphdb.catalogue import codes
from graphdb.errors import ConflictError, MissingError, ReusedKeyError
from graphdb.meetings import holding, reading
from graphdb.meetings.agenda import IllegalStepError
from graphdb.meetings.holding import Presence
from graphdb.tokens import new_token
from graphdb.writes import Once, change
from web.access import actor, allow, viewer
from web.language import code
from web.meetings import words
from web.meetings.blueprint import bp
from web.pages import back_to_here, today
from web.sessions import graph

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.meetings.reading import MeetingView


_REST = {"rest_present": "present", "rest_absent": "absent"}


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation of the attendance list; `theirs` is what somebody else has saved meanwhile, where it differs."""

    id: str
    title: str
    answer: str | None
    mode: str
    person: str
    people: list[tuple[str, str]]
    theirs: str = ""


@bp.get("/<record>/attend")
@allow("meeting", "edit", record="record", label="Meeting")
def attend(record: str) -> ResponseReturnValue:
    """The list of those invited, with one tap each."""
    found = whole(record)
    presences = [
        Presence(each["id"], each["mode"] or "", each["person"]["id"] if each["person"] else "")
        for each in [*found.guests, *found.others]
    ]
    return _page(found, presences, found.version)


@bp.post("/<record>/attend")
@allow("meeting", "edit", record="record", label="Meeting")
def note_attendance(record: str) -> ResponseReturnValue:
    """Add a row, or keep who was there."""
    found = whole(record)
    presences = _typed()
    key, version = request.form.get("key", ""), number(request.form.get("version"))
    if request.form.get("do") == "add":
        return _page(found, [*presences, *_added(presences)], version)
    if (rest := _REST.get(request.form.get("do", ""))) is not None:
        return _page(found, [one if one.mode else replace(one, mode=rest) for one in presences], version)
    if refused := refuses(found):
        return _page(found, presences, version, problem=refused), 400
    once = Once.bound(actor(), f"meeting.attend.{record}", key, [repr(one) for one in presences])
    try:
        change(graph, actor(), lambda c: str(holding.attend(c, graph, record, version, presences)), once=once)
    except ConflictError:
        theirs = whole(record)
        text = gettext("Somebody else has saved the attendance meanwhile. Yours is kept here; compare and save again.")
        return _page(theirs, presences, theirs.version, problem=text, compare=True), 409
    except ReusedKeyError:
        flash(gettext("This form was saved already. Here is what is kept; change it once more if you like."), "error")
    except (MissingError, IllegalStepError):
        text = gettext("Something of the list is gone meanwhile. Look it through and save again.")
        return _page(found, presences, version, problem=text), 400
    else:
        flash(gettext("The attendance is kept."), "undo")
    return back_to_here("meetings.show", record=record)


def whole(record: str) -> MeetingView:
    """A meeting, or 404."""
    found = reading.meeting(graph, record, viewer(), code())
    if found is None or found.archived:
        abort(404)
    return found


def number(text: str | None) -> int:
    """A version as a form carries it; 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def refuses(found: MeetingView) -> str:
    """Why nothing can be noted of a meeting yet; empty where it can."""
    if found.state == "cancelled":
        return gettext("This meeting was cancelled. Plan it again first, then note who came.")
    if words.local(found.starts_at, found.zone).date() > today():
        return gettext("This meeting has not begun. What you typed is kept on this page only.")
    return ""


def _typed() -> list[Presence]:
    """The rows of the form, each organisation once."""
    known = set(codes("attendance_mode"))
    return [
        Presence(one, mode if (mode := request.form.get(f"mode-{one}", "")) in known else "",
                 request.form.get(f"person-{one}", "")[:40])
        for one in dict.fromkeys(request.form.getlist("row"))
    ]  # fmt: skip


def _added(presences: list[Presence]) -> list[Presence]:
    one = request.form.get("add", "")[:40]
    return [Presence(one, "present")] if one and all(each.organisation != one for each in presences) else []


def _page(
    found: MeetingView, presences: list[Presence], version: int, *, problem: str = "", compare: bool = False
) -> str:
    everybody = holding.room(graph, words.local(found.starts_at, found.zone).date(), viewer(), code())
    names = {each["id"]: each["title"] for each in everybody.organisations}
    people: dict[str, list[tuple[str, str]]] = {}
    for one in everybody.people:
        people.setdefault(one["organisation"], []).append((one["id"], one["title"]))
    guests = {each["id"]: each for each in [*found.guests, *found.others]}
    rows: list[Row] = []
    for each in presences:
        guest = guests.get(each.organisation)
        stored = (guest["mode"] if guest else None) or ""
        title = guest["title"] if guest else names.get(each.organisation, "")
        if title:
            rows.append(
                Row(each.organisation, title, guest["answer"] if guest else None, each.mode, each.person,
                    people.get(each.organisation, []), stored if compare and stored != each.mode else "")
            )  # fmt: skip
    there = {row.id for row in rows}
    return render_template(
        "meetings/attend.html", meeting=found, version=version, rows=rows, problem=problem, key=new_token("form").plain,
        others=[each for each in everybody.organisations if each["id"] not in there], modes=codes("attendance_mode"),
        refused=refuses(found),
    )  # fmt: skip
