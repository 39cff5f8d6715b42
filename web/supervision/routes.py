"""Pages of supervision: mentors with their load and sessions; concerns about safety, told to one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from analytics.supervision import EVERY_DAYS, MOST_PAIRS
from graphdb import concerns, mentoring, supervision
from graphdb.errors import ConflictError, MissingError, ReusedKeyError
from graphdb.records import RefusedError
from graphdb.writes import change
from web.access import actor, allow, viewer
from web.language import code
from web.mentoring.usecases import own_person
from web.once import do_once, once_for, pressed
from web.pages import as_of, today
from web.sessions import graph
from web.supervision.forms import ConcernForm, OutcomeForm, SessionForm
from web.supervision.usecases import lateness
from web.typed import number_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.concerns import ConcernView
    from graphdb.mentoring import PairView

bp = Blueprint("supervision", __name__, url_prefix="/mentoring", template_folder="templates")
LOOKS = {"raised": "absent", "in_hand": "fragile", "closed": "covered"}


@bp.get("/supervision")
@allow("supervision", "overview")
def index() -> ResponseReturnValue:
    """Mentors with their load and their last session; for a mentor the own sessions."""
    return _index()


@bp.post("/supervision")
@allow("supervision", "create")
def log() -> ResponseReturnValue:
    """Keep a session, once."""
    form = _session_form()
    if not form.validate():
        return _index(form), 400
    made = form.sessions()
    once = once_for("supervision.log", repr(made))
    try:
        change(
            graph,
            actor(),
            lambda c: ",".join(each for one in made for each in supervision.log_session(c, graph, one)),
            once=once,
        )
    except RefusedError as refused:
        form.form_errors.extend(gettext(one.message).format(**one.params) for one in refused.problems.values())
        return _index(form), 400
    except ReusedKeyError:
        flash(gettext("This session is saved already. Open the page again for another one."), "error")
    else:
        flash(gettext("Saved."), "undo")
    return redirect(url_for("supervision.index"), 303)


@bp.post("/supervision/<session>/take-back")
@allow("supervision", "edit")
def take_back(session: str) -> ResponseReturnValue:
    """Take a session out that was logged by mistake; one of another programme is not found."""
    eyes = viewer()
    change(
        graph, actor(), lambda c: supervision.take_back(c, eyes, session) or session, once=pressed(f"supervision.{session}")
    )  # fmt: skip
    flash(gettext("The session is taken back."), "undo")
    return redirect(url_for("supervision.index"), 303)


@bp.route("/pairs/<record>/concern", methods=["GET", "POST"])
@allow("concern", "create", record="record", label="Mentorship")
def raise_one(record: str) -> ResponseReturnValue:
    """Tell one named person that somebody may not be safe."""
    pair = _pair(record)
    form, people = ConcernForm(), concerns.tellable(graph, record, viewer(), today())
    form.offer(people)
    if people and form.validate_on_submit():
        made, me = form.concern(record), viewer()
        once = once_for(f"concern.{record}", repr(made))
        try:
            change(graph, actor(), lambda c: concerns.raise_one(c, graph, made, me, today()), once=once)
        except MissingError:
            form.form_errors.append(gettext("This person cannot be told any more. Choose another one."))
        except ReusedKeyError:
            form.form_errors.append(gettext("This was told already. Open the form again to tell something else."))
        else:
            name = next(one.name for one in people if one.id == made.named)
            flash(gettext("Told to %(name)s, who alone can read it.", name=name), "undo")
            return redirect(url_for("supervision.raise_one", record=record), 303)
    return render_template(
        "supervision/raise.html", pair=pair, form=form, raised=concerns.raised(graph, record, viewer()), looks=LOOKS
    ), 400 if form.is_submitted() else 200


@bp.get("/concerns")
@allow("concern", "read")
def told() -> ResponseReturnValue:
    """The concerns told to me."""
    return render_template("supervision/concerns.html", lines=concerns.mine(graph, viewer()), looks=LOOKS)


@bp.get("/concerns/<record>")
@allow("concern", "read", record="record", label="Concern")
def concern(record: str) -> ResponseReturnValue:
    """One concern, for the person named in it."""
    return _concern(_one(record), OutcomeForm(formdata=None))


@bp.post("/concerns/<record>")
@allow("concern", "edit", record="record", label="Concern")
def move(record: str) -> ResponseReturnValue:
    """Take it in hand, or close it."""
    view, form = _one(record), OutcomeForm()
    if not form.validate():
        return _concern(view, form), 400
    to, version, outcome = request.form.get("to", ""), number_in(form.version.data), form.outcome.data or ""
    if to == "closed" and not outcome.strip():
        form.outcome.errors = [gettext("Say in a few words what was done.")]
        return _concern(view, form), 400
    do_once(
        f"concern.{record}", [to, version, outcome],
        lambda c: str(concerns.move(c, graph, record, version, to, outcome, today())),
        gettext("Noted."),
        {
            concerns.ClosedError: gettext("It is in another state by now. Look again."),
            ConflictError: gettext("It was changed since you opened it. Look again."),
            ReusedKeyError: gettext("This form was sent before."),
        },
    )  # fmt: skip
    return redirect(url_for("supervision.concern", record=record), 303)


def _session_form() -> SessionForm:
    form = SessionForm()
    mentors, _ = supervision.overview(graph, viewer(), "", today(), code(), 0)
    form.offer([one for one in mentors if one.programme in viewer().supervised])
    return form


def _index(form: SessionForm | None = None) -> str:
    me = own_person(viewer())
    mentors, sessions = supervision.overview(graph, viewer(), me, as_of(), code())
    late = lateness(mentors, as_of())
    return render_template(
        "supervision/index.html", mentors=sorted(mentors, key=lambda one: (-(late[one.id] or -1), one.name)),
        sessions=sessions, late=late, every=EVERY_DAYS, most=MOST_PAIRS, me=me,
        form=form or (_session_form() if viewer().supervised else None), oversees=bool(viewer().overseen),
    )  # fmt: skip


def _pair(record: str) -> PairView:
    return mentoring.show(graph, record, viewer(), own_person(viewer()), today(), code(), limit=0) or abort(404)


def _one(record: str) -> ConcernView:
    return concerns.show(graph, record, viewer()) or abort(404)


def _concern(view: ConcernView, form: OutcomeForm) -> str:
    form.keyed()
    if not request.form:
        form.version.data = str(view.version)
    return render_template("supervision/concern.html", view=view, form=form, looks=LOOKS)
