"""A working group: its mandate, whom it needs and has, who joined and left when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, render_template, request
from flask_babel import gettext
from flask_login import current_user

from graphdb import records
from graphdb.errors import MissingError, ReusedKeyError
from graphdb.meetings import groups as stored
from web.access import allow, granted, viewer
from web.language import code
from web.meetings.blueprint import bp
from web.once import do_once, new_key
from web.pages import as_of, back_to_here, today, word
from web.sessions import graph
from web.typed import day_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from graphdb.meetings.groups import GroupView, Member
    from graphdb.writes import Change

MOST = 500


@bp.get("/groups/<record>")
@allow("meeting", "read", record="record", label="MeetingSeries")
def group(record: str) -> ResponseReturnValue:
    """One group: who belongs to it, who is missing."""
    return _page(_one(record))


@bp.post("/groups/<record>/join")
@allow("meeting", "edit", record="record", label="MeetingSeries")
def join(record: str) -> ResponseReturnValue:
    """Take an organisation in, or correct since when it belongs."""
    given, organisation = request.form.get("since", "").strip(), request.form.get("organisation", "")[:40]
    since = day_in(given)
    if (given and since is None) or not organisation:
        text = gettext("Choose an organisation, and write the day as 2026-03-31 or leave it empty.")
        return _page(_one(record), problem=text, typed=(organisation, given)), 400
    return _done(record, "join", [organisation, given], lambda c: stored.join(c, record, organisation, since))


@bp.post("/groups/<record>/leave")
@allow("meeting", "edit", record="record", label="MeetingSeries")
def leave(record: str) -> ResponseReturnValue:
    """End a membership; it stays on record with its days."""
    given, organisation = request.form.get("until", "").strip(), request.form.get("organisation", "")[:40]
    until = day_in(given)
    if until is None:
        return _page(_one(record), problem=gettext("Write the day as 2026-03-31.")), 400
    return _done(record, "leave", [organisation, given], lambda c: stored.leave(c, record, organisation, until))


def _done(record: str, verb: str, said: object, work: Callable[[Change], str]) -> ResponseReturnValue:
    again = gettext("This was saved already, or the organisation is gone; look at the list.")
    never = gettext("That organisation is no member, or joined later than that day; nothing was changed.")
    do_once(
        f"group.{verb}.{record}", said, work, gettext("Noted."),
        {stored.NotThenError: never, MissingError: again, ReusedKeyError: again},
    )  # fmt: skip
    return back_to_here("meetings.group", record=record)


def _one(record: str) -> GroupView:
    found = stored.group(graph, record, code())
    if found is None:
        abort(404)
    return found


def _page(found: GroupView, *, problem: str = "", typed: tuple[str, str] = ("", "")) -> str:
    can_edit = bool(granted(current_user.roles, "meeting", "edit")) and not found.archived
    return render_template(
        "meetings/group.html", group=found, can_edit=can_edit, problem=problem, typed=typed,
        key=new_key(), needs=[*_needs(found, "sector"), *_needs(found, "level")],
        organisations=records.choices(graph, "Organisation", viewer(), limit=MOST, language=code()) if can_edit else [],
        on=today().isoformat(), over=found.valid_to is not None and found.valid_to <= as_of(),
    )  # fmt: skip


def _needs(found: GroupView, vocabulary: str) -> list[tuple[str, list[Member]]]:
    """Each sector or level the group needs, in words, with the members that bring it."""
    required = (found.required_sectors if vocabulary == "sector" else found.required_levels) or []
    return [
        (word(vocabulary, each), [one for one in found.members if each in _brings(one, vocabulary)])
        for each in required
    ]


def _brings(member: Member, vocabulary: str) -> list[str]:
    return (member["sectors"] or []) if vocabulary == "sector" else [member["level"] or ""]
