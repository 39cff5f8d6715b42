"""The pages of drafts under discussion: the list, and one draft with its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, render_template, request
from flask_babel import gettext, ngettext

from graphdb.catalogue import codes, kind_of
from graphdb.consultations import discussions as public
from graphdb.consultations import reading, writing
from graphdb.errors import ConflictError, ReusedKeyError
from graphdb.writes import change
from web.access import actor, allow, viewer
from web.consultations import comments, discussions, papers, questions, words
from web.consultations.blueprint import bp
from web.consultations.draft import one, page
from web.language import code
from web.meetings.texts import guard, taken
from web.meetings.words import local, title_of
from web.once import once_for
from web.pages import back_to_here, today
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

__all__ = ["bp", "comments", "discussions", "papers", "questions"]

_DRAFT = kind_of("Consultation")
MOST_NOTE = 500


@bp.context_processor
def furniture() -> dict[str, object]:
    """What the templates word things with."""
    return {"looks": words.LOOKS, "local": local, "title_of": title_of}


@bp.get("/")
@allow("consultation", "read")
def index() -> ResponseReturnValue:
    """Which drafts wait for a word, and which public discussions there were and will be."""
    drafts = reading.consultations(graph, viewer(), code())
    evenings = public.discussions(graph, code())
    return render_template("consultations/index.html", drafts=drafts, evenings=evenings, kind=_DRAFT)


@bp.get("/<record>")
@allow("consultation", "read", record="record", label="Consultation")
def show(record: str) -> ResponseReturnValue:
    """One draft: who said what, what became of it, who has not answered."""
    return page(one(record))


@bp.post("/<record>/step")
@allow("consultation", "edit", record="record", label="Consultation")
def step(record: str) -> ResponseReturnValue:
    """Open it for comments, close it, report back."""
    state, version = request.form.get("state", ""), number_in(request.form.get("version"))
    if state not in codes("consultation_state"):
        abort(400)
    once = once_for(f"consultation.step.{record}.{state}", "")
    try:
        change(graph, actor(), lambda c: str(writing.step(c, graph, record, version, state)), once=once)
    except writing.UndecidedError as waiting:
        text = ngettext(
            "%(num)s comment is not decided yet. Decide, then report back; nothing was changed.",
            "%(num)s comments are not decided yet. Decide, then report back; nothing was changed.",
            waiting.n,
        )
        flash(text, "error")
    except (ConflictError, writing.StepError):
        flash(gettext("Somebody has changed the draft since you opened it. Look again, then decide."), "error")
    else:
        flash(words.STEPPED[state](), "undo")
    return back_to_here("consultations.show", record=record)


@bp.post("/<record>/edition")
@allow("consultation", "edit", record="record", label="Consultation")
def new_edition(record: str) -> ResponseReturnValue:
    """The draft goes on in a new version; every comment stays with the one it was made on."""
    found, problems = one(record), dict[str, str]()
    typed = {name: request.form.get(name, "").strip() for name in ("edition", "edition_link", "note")}
    edition = taken(_DRAFT.field("edition"), typed["edition"], problems, "edition", needed=True)
    link = taken(_DRAFT.field("link"), typed["edition_link"], problems, "edition_link")
    if len(typed["note"]) > MOST_NOTE:
        problems["note"] = gettext("This is longer than %(limit)s characters.", limit=MOST_NOTE)
    guard(typed["note"], problems, "note")
    if problems:
        return page(found, typed=typed, problems=problems), 400
    said = (str(edition), str(link or ""), typed["note"], today())
    version = number_in(request.form.get("version"))
    once = once_for(f"consultation.edition.{record}", said[:3])
    try:
        change(graph, actor(), lambda c: str(writing.new_edition(c, graph, record, version, *said)), once=once)
    except writing.SameEditionError:
        problems["edition"] = gettext("There is a version that is called so. Give the new one another name.")
        return page(found, typed=typed, problems=problems), 400
    except ConflictError:
        flash(gettext("Somebody has changed the draft since you opened it. Look again, then decide."), "error")
    except ReusedKeyError:
        flash(words.saved_already(), "error")
    else:
        flash(gettext("The new version is noted. Comments keep the version they were made on."), "undo")
    return back_to_here("consultations.show", record=record)
