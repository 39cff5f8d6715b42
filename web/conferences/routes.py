"""Case conferences: mine, a new one, one of them with what came out and who does what."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from graphdb import conferences, referrals
from graphdb.catalogue import kind_of
from graphdb.conferences import ClosedError, NotAgreedError
from graphdb.errors import ConflictError, MissingError, ReusedKeyError
from graphdb.network import USUAL_ZONE, network
from graphdb.writes import change
from web.access import actor, allow, viewer
from web.conferences.forms import CaseStepForm, ConveneForm, OutcomeForm, PeopleForm
from web.files import attachment
from web.language import code
from web.once import do_once, new_key, once_for
from web.packs.calendar import CalendarMeeting, calendar_file
from web.pages import back_to_here, today
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.typing import ResponseReturnValue

    from graphdb.conferences import ConferenceView
    from graphdb.writes import Change

bp = Blueprint("conferences", __name__, url_prefix="/conferences", template_folder="templates")

LOOKS = {
    "planned": "unverified",
    "held": "covered",
    "closed": "covered",
    "cancelled": "not_assessed",
    "erased": "not_assessed",
}
STEP_LOOKS = {"open": "fragile", "in_progress": "fragile", "done": "covered", "cancelled": "not_assessed"}
HOURS = 1


@bp.context_processor
def furniture() -> dict[str, object]:
    """What the templates of conferences word things with."""
    return {"looks": LOOKS, "step_looks": STEP_LOOKS, "kind": kind_of("CaseConference")}


@bp.get("/")
@allow("conference", "read")
def index() -> ResponseReturnValue:
    """The conferences I am named in."""
    return render_template("conferences/index.html", lines=conferences.mine(graph, viewer()))


@bp.route("/new", methods=["GET", "POST"])
@allow("conference", "create")
def new() -> ResponseReturnValue:
    """Call a conference, about a referral or about a case that came another way."""
    about, me = request.args.get("referral", "")[:40], viewer().person
    if not me:
        return render_template("conferences/new.html", form=None)
    case = referrals.show(graph, about, viewer(), code(), today()) if about else None
    form = ConveneForm()
    form.offer(conferences.people(graph, viewer(), today(), code()), me, case.id if case else "")
    if form.validate_on_submit():
        made = form.conference(network(graph).time_zone, case.id if case else "")
        once = once_for("conference.new", repr(made))
        try:
            record = change(graph, actor(), lambda c: conferences.convene(c, graph, made, me), once=once)
        except NotAgreedError as outside:
            form.participants.errors = [_outside(outside, form)]
        except ReusedKeyError:
            form.form_errors.append(gettext("This conference is called already. Open the form again for another one."))
        else:
            flash(gettext("The conference is called. Those named see it when they sign in."), "undo")
            return redirect(url_for("conferences.show", record=record), 303)
    return render_template("conferences/new.html", form=form, case=case), 400 if form.is_submitted() else 200


@bp.get("/<record>")
@allow("conference", "read", record="record", label="CaseConference")
def show(record: str) -> ResponseReturnValue:
    """One conference."""
    return _page(_one(record))


@bp.post("/<record>/people")
@allow("conference", "lead", record="record", label="CaseConference")
def name_people(record: str) -> ResponseReturnValue:
    """Name somebody more, or take somebody out; it holds at once."""
    view = _one(record)
    form = PeopleForm()
    form.offer(conferences.people(graph, viewer(), today(), code()), view.named, viewer().person, bool(view.about))
    if not form.validate():
        return _page(view, people=form), 400
    agreed, chosen = bool(form.agreed and form.agreed.data), list(form.participants.data or [])
    try:
        return _saved(
            record, "people", [chosen, agreed, form.version.data],
            lambda c: str(conferences.name_people(c, graph, record, number_in(form.version.data), chosen, agreed=agreed)),
            gettext("Saved. Who is no longer named cannot open it any more."),
        )  # fmt: skip
    except NotAgreedError as outside:
        form.participants.errors = [_outside(outside, form)]
        return _page(view, people=form), 400


@bp.post("/<record>/outcome")
@allow("conference", "edit", record="record", label="CaseConference")
def note_outcome(record: str) -> ResponseReturnValue:
    """What came out; of two who write at once, the slower sees both texts."""
    view, form = _one(record), OutcomeForm()
    if not form.validate():
        return _page(view, outcome=form), 400
    text, again = str(form.outcome.data), form.review_on.data
    once = once_for(f"conference.outcome.{record}", [text, str(again), form.version.data])
    try:
        change(
            graph, actor(),
            lambda c: str(conferences.note_outcome(c, graph, record, number_in(form.version.data), text, again)), once=once,
        )  # fmt: skip
    except ConflictError:
        form.outcome.errors = [
            gettext(
                "Somebody else has written meanwhile: their text stands above. Yours is kept here; join the two, then save."
            )
        ]
        form.version.data = str(_one(record).version)
        form.key.data = new_key()
        return _page(_one(record), outcome=form), 409
    except (ClosedError, MissingError, ReusedKeyError):
        flash(_closed(), "error")
    else:
        flash(gettext("Saved."), "undo")
    return back_to_here("conferences.show", record=record)


@bp.post("/<record>/steps")
@allow("conference", "edit", record="record", label="CaseConference")
def add_step(record: str) -> ResponseReturnValue:
    """Who does what next."""
    view, form = _one(record), CaseStepForm()
    form.offer(view.named)
    if not form.validate():
        return _page(view, step=form), 400
    text, owner, due = str(form.text.data), str(form.owner.data), form.due.data
    assert due is not None
    return _saved(
        record, "step", [text, owner, str(due)],
        lambda c: conferences.add_step(c, graph, record, text, due, owner), gettext("Noted."),
    )  # fmt: skip


@bp.post("/<record>/steps/<step>")
@allow("conference", "edit", record="record", label="CaseConference")
def end_step(record: str, step: str) -> ResponseReturnValue:
    """A step is done, or not needed any more."""
    _one(record)
    state = "done" if request.form.get("state") == "done" else "cancelled"
    version = number_in(request.form.get("version"))
    return _saved(
        record, f"step.{step}", [state, version],
        lambda c: str(conferences.end_step(c, graph, record, step, version, state, today())), gettext("Noted."),
    )  # fmt: skip


@bp.post("/<record>/end")
@allow("conference", "lead", record="record", label="CaseConference")
def end(record: str) -> ResponseReturnValue:
    """Close it, or cancel it before it was held."""
    _one(record)
    state = "cancelled" if request.form.get("state") == "cancelled" else "closed"
    version = number_in(request.form.get("version"))
    return _saved(
        record, "end", [state, version],
        lambda c: str(conferences.end(c, graph, record, version, state)), gettext("Noted."),
    )  # fmt: skip


@bp.post("/<record>/erase")
@allow("conference", "lead", record="record", label="CaseConference")
def erase(record: str) -> ResponseReturnValue:
    """Make its texts unreadable for good, in every copy."""
    _one(record)
    version = number_in(request.form.get("version"))
    return _saved(
        record, "erase", [version],
        lambda c: str(conferences.erase(c, graph, record, version)),
        gettext("The texts are erased for good."),
    )  # fmt: skip


@bp.get("/<record>/calendar.ics")
@allow("conference", "read", record="record", label="CaseConference")
def ics(record: str) -> ResponseReturnValue:
    """For a calendar: when, where and the reference; nothing of the case."""
    view = _one(record)
    entry = CalendarMeeting(
        key=view.id, title=gettext("Conference %(reference)s", reference=view.case_ref), start=view.starts_at,
        end=view.starts_at + timedelta(hours=HOURS), changed=view.changed_at, organiser="Mrezha", place=view.place or "",
        url=url_for("conferences.show", record=record, _external=True), sequence=view.version - 1,
        cancelled=view.state == "cancelled",
    )  # fmt: skip
    return attachment(view.case_ref, "ics", calendar_file(entry, view.zone))


def _saved(record: str, verb: str, said: object, work: Callable[[Change], str], text: str) -> ResponseReturnValue:
    """Do it once and say so, or say why it was not done. Raises NotAgreedError."""
    closed = _closed()
    moved = gettext("Somebody has changed it since you opened it; nothing was saved. Look again, then decide.")
    unless: dict[type[Exception], str] = {
        ConflictError: moved,
        ClosedError: closed,
        MissingError: closed,
        ReusedKeyError: closed,
    }
    do_once(f"conference.{verb}.{record}", said, work, text, unless)
    return back_to_here("conferences.show", record=record)


def _one(record: str) -> ConferenceView:
    return conferences.show(graph, record, viewer(), today(), code(), USUAL_ZONE) or abort(404)


def _page(
    view: ConferenceView,
    people: PeopleForm | None = None,
    outcome: OutcomeForm | None = None,
    step: CaseStepForm | None = None,
) -> str:
    """The page, with a form that was not right as it was typed."""
    running = view.state in {"planned", "held"} and not view.revoked
    if running and view.leads and people is None:
        people = PeopleForm(formdata=None, version=str(view.version))
        people.offer(
            conferences.people(graph, viewer(), today(), code()), view.named, viewer().person, bool(view.about)
        )
    if running and outcome is None:
        outcome = OutcomeForm(formdata=None, version=str(view.version), outcome=view.outcome, review_on=view.review_on)
        outcome.keyed()
    if running and step is None:
        step = CaseStepForm(formdata=None)
        step.offer(view.named)
    return render_template(
        "conferences/show.html", view=view, running=running, people=people, outcome=outcome, step=step,
        key=new_key(),
    )  # fmt: skip


def _outside(outside: NotAgreedError, form: ConveneForm | PeopleForm) -> str:
    chosen = {str(one[0]): str(one[1]) for one in form.participants.iter_choices()}
    names = "; ".join(chosen.get(one, gettext("you")) for one in outside.people)
    return gettext(
        "The consent does not name these people's organisations: %(names)s. Ask the person first, then tick that they agreed.",
        names=names,
    )


def _closed() -> str:
    return gettext("This is closed, or was saved already; nothing was changed. Here is what is kept.")
