"""Approving minutes, and opening them again with a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext

from graphdb.errors import ConflictError, ReusedKeyError
from graphdb.meetings import approving
from graphdb.meetings.agenda import IllegalStepError
from web.access import allow
from web.meetings.blueprint import bp
from web.meetings.change import show_page
from web.meetings.hold import whole
from web.meetings.texts import guard
from web.once import do_once
from web.pages import back_to_here
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from graphdb.writes import Change

LONGEST_NOTE = 500


@bp.post("/<record>/approve")
@allow("meeting", "edit", record="record", label="Meeting")
def approve(record: str) -> ResponseReturnValue:
    """From now on nothing of the minutes changes."""
    version = number_in(request.form.get("version"))
    return _done(
        record, "approve", "", lambda c: str(approving.approve(c, graph, record, version)),
        gettext("The minutes are approved. Their papers stay as they are now."),
    )  # fmt: skip


@bp.post("/<record>/reopen")
@allow("meeting", "edit", record="record", label="Meeting")
def reopen(record: str) -> ResponseReturnValue:
    """Open approved minutes again; the note says why and stays."""
    found = whole(record)
    note, problems = " ".join(request.form.get("note", "").split()), {}
    if not note or len(note) > LONGEST_NOTE:
        problems["reopen"] = gettext("Say in up to %(most)s characters why.", most=LONGEST_NOTE)
    guard(note, problems, "reopen")
    if problems:
        return show_page(found, problems=problems, note=request.form.get("note", "")), 400
    version = number_in(request.form.get("version"))
    return _done(
        record, "reopen", note, lambda c: str(approving.reopen(c, graph, record, version, note)),
        gettext("The minutes are a draft again; approve them anew when they are right."),
    )  # fmt: skip


def _done(record: str, verb: str, said: str, work: Callable[[Change], str], text: str) -> ResponseReturnValue:
    again = gettext("This was done already, or there is nothing to approve; nothing was changed.")
    do_once(
        f"meeting.{verb}.{record}", said, work, text,
        {
            ConflictError: gettext("Somebody has changed the meeting since you opened it. Look again, then decide."),
            IllegalStepError: again, ReusedKeyError: again,
        },
    )  # fmt: skip
    return back_to_here("meetings.show", record=record)
