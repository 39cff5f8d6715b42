"""Comments on a draft: given, worded anew, taken back, decided on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, render_template, request
from flask_babel import gettext

from graphdb.catalogue import codes, kind_of
from graphdb.consultations import reading, writing
from graphdb.errors import ConflictError, MissingError, ReusedKeyError
from graphdb.writes import change
from web.access import actor, allow, may, viewer
from web.consultations import words
from web.consultations.blueprint import bp
from web.consultations.draft import one, page
from web.language import code
from web.meetings.texts import taken
from web.once import do_once, new_key, once_for
from web.pages import back_to_here, today
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flask.typing import ResponseReturnValue

    from graphdb.consultations.reading import CommentView, MeetingOf
    from graphdb.writes import Change

_COMMENT = kind_of("DraftComment")
TYPED = ("part", "text", "proposed", "given", "organisation")
DECIDED = ("decision", "reason")


@bp.post("/<record>/comments")
@allow("consultation", "comment", record="record", label="Consultation")
def give(record: str) -> ResponseReturnValue:
    """Take a comment of an asked organisation; the coordinator enters it for one without an account."""
    found, problems = one(record), dict[str, str]()
    typed = {name: request.form.get(name, "") for name in TYPED}
    values, meeting = _values(typed, found.meetings, problems)
    organisation = typed["organisation"]
    if not _speaks_for(organisation):
        problems["organisation"] = gettext("Say which organisation comments.")
    if problems:
        return page(found, typed=typed, problems=problems), 400
    once = once_for(f"consultation.comment.{record}", typed)
    try:
        change(
            graph, actor(), lambda c: writing.comment(c, graph, record, organisation, values, meeting, today()),
            once=once,
        )  # fmt: skip
    except writing.ClosedError as refused:
        return page(found, typed=typed, problems={"": words.closed(refused)}), 400
    except writing.NotAskedError:
        problems["organisation"] = gettext("This organisation is not asked. The coordinator can add it to the draft.")
        return page(found, typed=typed, problems=problems), 400
    except ReusedKeyError:
        flash(words.saved_already(), "error")
    else:
        flash(gettext("The comment is in the table."), "undo")
    return back_to_here("consultations.show", record=record, _anchor="table")


@bp.post("/<record>/content")
@allow("consultation", "comment", record="record", label="Consultation")
def content(record: str) -> ResponseReturnValue:
    """An asked organisation answers that it has nothing to add."""
    organisation = request.form.get("organisation", "")
    if not _speaks_for(organisation):
        flash(gettext("Say which organisation has nothing to add."), "error")
        return back_to_here("consultations.show", record=record)
    not_asked = gettext("This organisation is not asked. The coordinator can add it to the draft.")
    try:
        do_once(
            f"consultation.content.{record}", organisation,
            lambda c: writing.nothing_to_add(c, graph, record, organisation, today()),
            gettext("Noted: nothing to add."),
            {writing.NotAskedError: not_asked, ReusedKeyError: words.saved_already()},
        )  # fmt: skip
    except writing.ClosedError as refused:
        flash(words.closed(refused), "error")
    return back_to_here("consultations.show", record=record)


@bp.get("/comments/<record>")
@allow("comment", "read", record="record", label="DraftComment")
def comment(record: str) -> ResponseReturnValue:
    """One comment, to word anew or to decide on."""
    return _page(_one(record))


@bp.post("/comments/<record>")
@allow("comment", "edit", record="record", label="DraftComment")
def reword(record: str) -> ResponseReturnValue:
    """Word a comment anew, while the draft is open and nobody has decided on it."""
    found, problems = _one(record), dict[str, str]()
    typed = {name: request.form.get(name, "") for name in TYPED[:4]}
    values, meeting = _values(typed, found.meetings, problems)
    if problems:
        return _page(found, typed, problems), 400
    version = number_in(request.form.get("version"))
    unknown = typed["given"] == "at_meeting" and found.comment["meeting"] is None
    keeps = None if unknown else meeting  # a meeting the reader may not know of stays
    return _done(
        found, "reword", typed, gettext("Kept."),
        lambda c: str(writing.reword(c, graph, record, version, values, keeps, today())),
    )  # fmt: skip


@bp.post("/<record>/withdraw")
@allow("consultation", "comment", record="record", label="Consultation")
def withdraw(record: str) -> ResponseReturnValue:
    """Take a comment back, while the draft is open and nobody has decided on it. It names the draft, which stays there."""
    mine, version = request.form.get("comment", "")[:40], number_in(request.form.get("version"))
    found = reading.comment(graph, mine, viewer(), code())
    if found is None or found.draft != record or not _speaks_for(found.comment["organisation"]["id"]):
        flash(gettext("Choose a comment of your own organisation; nothing was changed."), "error")
        return back_to_here("consultations.show", record=record)
    return _done(
        found, "withdraw", {}, gettext("The comment is taken back; its number is not given again."),
        lambda c: writing.withdraw(c, mine, version, today()),
    )  # fmt: skip


@bp.post("/comments/<record>/decide")
@allow("comment", "decide", record="record", label="DraftComment")
def decide(record: str) -> ResponseReturnValue:
    """Accept, accept in part, not accept or note a comment, and say why."""
    found, problems = _one(record), dict[str, str]()
    typed = {name: request.form.get(name, "").strip() for name in DECIDED}
    taken(_COMMENT.field("decision"), typed["decision"], problems, "decision", needed=True)
    taken(_COMMENT.field("reason"), typed["reason"], problems, "reason")
    if typed["decision"] not in writing.WITHOUT_REASON and not typed["reason"]:
        problems.setdefault("reason", gettext("Say why: whoever made the comment reads it."))
    if problems:
        return _page(found, typed, problems), 400
    version = number_in(request.form.get("version"))
    return _done(
        found, "decide", typed, gettext("Decided."),
        lambda c: str(writing.decide(c, graph, record, version, typed["decision"], typed["reason"], today())),
    )  # fmt: skip


def _done(
    found: CommentView, verb: str, typed: dict[str, str], said: str, work: Callable[[Change], str]
) -> ResponseReturnValue:
    record = found.comment["id"]
    once = once_for(f"comment.{verb}.{record}", typed)
    try:
        change(graph, actor(), work, once=once)
    except ConflictError:
        return _page(_one(record), typed, meanwhile=True), 409
    except writing.ClosedError as refused:
        return _page(found, typed, {"": words.closed(refused)}), 400
    except writing.DecidedError:
        flash(gettext("This comment was decided on meanwhile; it cannot be changed any more."), "error")
    except writing.ReportedError:
        flash(gettext("The table was reported back: its decisions stand. Take the report back first."), "error")
    except (MissingError, ReusedKeyError):
        flash(words.saved_already(), "error")
    else:
        flash(said, "undo")
    return back_to_here("consultations.show", record=found.draft, _anchor="table")


def _values(
    typed: dict[str, str], meetings: Sequence[MeetingOf], problems: dict[str, str]
) -> tuple[dict[str, object], str]:
    """What a comment says, and the id of the meeting it was made at, where one of the draft's is chosen."""
    values: dict[str, object] = {
        name: taken(_COMMENT.field(name), typed[name], problems, name, needed=name == "text")
        for name in ("part", "text", "proposed")
    }
    given = typed["given"] or "in_writing"
    meeting = given if any(each["id"] == given for each in meetings) else ""
    if not meeting and given not in codes("comment_given"):
        problems["given"] = gettext("Say how it was given.")
    return {**values, "given": "at_meeting" if meeting else given}, meeting


def _speaks_for(organisation: str) -> bool:
    """Whether the reader may answer for that organisation."""
    return bool(organisation) and (may("edit", "consultation") or organisation in viewer().organisations)


def _one(record: str) -> CommentView:
    found = reading.comment(graph, record, viewer(), code())
    if found is None:
        abort(404)
    return found


def _page(
    found: CommentView, typed: dict[str, str] | None = None, problems: dict[str, str] | None = None, *,
    meanwhile: bool = False,
) -> str:  # fmt: skip
    stored = found.comment
    own = stored["organisation"]["id"] in viewer().organisations
    given = stored["meeting"]["id"] if stored["meeting"] else stored["given"]
    kept = {name: str(stored[name] or "") for name in ("part", "text", "proposed", "decision", "reason")}
    open_ = found.state == "open" and today() <= found.until and stored["decision"] == "open" and not found.archived
    return render_template(
        "consultations/comment.html", found=found, comment=stored, typed={**kept, "given": given, **(typed or {})},
        problems=problems or {}, meanwhile=meanwhile, may_edit=may("edit", "comment", own) and open_,
        may_decide=may("decide", "comment") and not found.archived and found.state != "reported",
        key=new_key(), kind=_COMMENT, decisions=codes("comment_decision"),
    )  # fmt: skip
