"""Actions: whose they are, which are late, and how they went."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask import abort, flash, render_template, request
from flask_babel import gettext
from flask_login import current_user

from graphdb.catalogue import codes, kind_of
from graphdb.errors import ConflictError, ReusedKeyError
from graphdb.meetings import actions as stored
from graphdb.records import RefusedError
from graphdb.writes import change
from web.access import actor, allow, granted, may, viewer
from web.language import code
from web.meetings.blueprint import bp
from web.meetings.texts import taken
from web.once import new_key, once_for
from web.pages import as_of, back_to_here, today
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.meetings.actions import ActionLine

_ACTION = kind_of("ActionPoint")
_SHOWN = {"open": ("open", "in_progress"), "done": ("done",), "all": ()}


@bp.get("/actions")
@allow("meeting", "read")
def actions() -> ResponseReturnValue:
    """What was promised, the longest due first."""
    mine = request.args.get("whose", "mine" if current_user.viewer.organisations else "all") == "mine"
    shown = request.args.get("shown", "open")
    asked = stored.Asked(
        states=_SHOWN.get(shown, _SHOWN["open"]), mine=mine, organisation=request.args.get("organisation", "")[:40],
        after=_after(),
    )  # fmt: skip
    lines, more = stored.actions(
        graph, asked, viewer(), code(), everything="any" in granted(current_user.roles, "meeting", "read")
    )
    late = sum(1 for line in lines if line.state in _SHOWN["open"] and line.due < as_of())
    return render_template("meetings/actions.html", lines=lines, more=more, mine=mine, shown=shown, late=late)


@bp.get("/actions/<record>")
@allow("meeting", "read", record="record", label="ActionPoint")
def action(record: str) -> ResponseReturnValue:
    """One action, and what can be said of it."""
    found = _one(record)
    return _page(found, _typed_of(found))


@bp.post("/actions/<record>")
@allow("meeting", "act", record="record", label="ActionPoint")
def act(record: str) -> ResponseReturnValue:
    """Say how an action goes; the coordinator may change it, too."""
    found = _one(record)
    typed = {**_typed_of(found), **{name: request.form[name] for name in _fields() if name in request.form}}
    version = number_in(request.form.get("version"))
    problems: dict[str, str] = {}
    values: dict[str, object] = {
        name: taken(_ACTION.field(name), typed[name], problems, name, needed=name in {"text", "due", "state"})
        for name in _fields()
    }
    if typed["state"] == "done" and not typed["evidence"].strip():
        problems["evidence"] = gettext("Say how one can see that it is done.")
    if problems:
        return _page(found, typed, problems, version=version), 400
    once = once_for(f"action.{record}", typed)
    try:
        change(graph, actor(), lambda c: str(stored.follow(c, graph, record, version, values, today())), once=once)
    except ConflictError:
        theirs = _one(record)
        return _page(theirs, typed, theirs=theirs), 409
    except RefusedError:
        return _page(found, typed, {"text": gettext("This was refused; look it through.")}, version=version), 400
    except ReusedKeyError:
        flash(gettext("This form was saved already. Here is what is kept; change it once more if you like."), "error")
    else:
        flash(gettext("Kept."), "undo")
    return back_to_here("meetings.action", record=record)


def _fields() -> tuple[str, ...]:
    """What this reader may change of an action."""
    return ("text", "due", "state", "evidence") if may("edit", "meeting") else ("state", "evidence")


def _typed_of(found: ActionLine) -> dict[str, str]:
    return {
        "text": found.text, "due": found.due.isoformat(), "state": found.state, "evidence": found.evidence or "",
    }  # fmt: skip


def _one(record: str) -> ActionLine:
    found = stored.action(graph, record, viewer(), code())
    if found is None:
        abort(404)
    return found


def _page(
    found: ActionLine, typed: dict[str, str], problems: dict[str, str] | None = None, *,
    theirs: ActionLine | None = None, version: int = 0,
) -> str:  # fmt: skip
    own = found.owner is not None and found.owner["id"] in viewer().organisations
    states = codes("action_state") if may("edit", "meeting") else ("open", "in_progress", "done")
    return render_template(
        "meetings/action.html", action=found, typed=typed, problems=problems or {}, theirs=theirs, states=states,
        may_act=may("act", "meeting", own), fields=_fields(), key=new_key(),
        version=version or found.version,
    )  # fmt: skip


def _after() -> tuple[date, str] | None:
    given, record = request.args.get("after", ""), request.args.get("after_id", "")[:40]
    try:
        return (date.fromisoformat(given), record) if given else None
    except ValueError:
        abort(400, gettext("The address is damaged."))
