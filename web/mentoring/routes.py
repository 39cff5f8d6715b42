"""Pages of mentoring."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from graphdb import audit, bridges, issues, mentoring, records
from graphdb.catalogue import kind_of
from graphdb.errors import ConflictError, ReusedKeyError
from graphdb.records import RefusedError
from graphdb.writes import change
from web.access import actor, allow, granted, viewer
from web.bridges.usecases import figures, told
from web.choices import offered
from web.guard_form import CONFIRMED
from web.issues.usecases import outcome, sort
from web.language import code
from web.mentoring import usecases
from web.mentoring.forms import ContactForm, PairForm, StepForm
from web.mentoring.words import STEP_DONE, STEP_WORDS
from web.once import once_for, pressed
from web.pages import as_of, today, word
from web.records.forms import form_for
from web.sessions import graph
from web.typed import number_in
from web.words import because

if TYPE_CHECKING:
    from datetime import datetime

    from flask.typing import ResponseReturnValue

    from graphdb.mentoring import Pair

bp = Blueprint("mentoring", __name__, url_prefix="/mentoring", template_folder="templates")
PAIR = kind_of("Mentorship")
AGREED = ("mentor_agreed_on", "leader_agreed_on")
TERMS = ("goals", "state", "valid_from", "valid_to", "mentor", "leader", "programme")
GOALS = tuple(part.name for part in (*PAIR.fields, *PAIR.links) if part.name != "goals")


def person() -> str:
    """The person whose pairs are the reader's own."""
    return usecases.own_person(viewer())


@bp.get("/")
@allow("mentorship", "overview")
def index() -> ResponseReturnValue:
    """My pairs, and the pairs of my programmes; for a manager the counts."""
    if not granted(current_user.roles, "mentorship", "read"):
        return _counts()
    network = mentoring.network(graph, viewer(), person(), as_of(), code())
    found = usecases.overview(network, as_of())
    return render_template(
        "mentoring/index.html", found=found, me=person(), why=because, oversees=bool(viewer().overseen), **_beside()
    )


def _beside() -> dict[str, object]:
    """For who runs programmes how they go; for a leader or mentor their issues and who can help near them."""
    if viewer().overseen:
        facts = bridges.bridging(graph, viewer(), person(), as_of(), code())
        goes = figures(facts, as_of(), usecases.RECENT_DAYS, viewer().overseen)
        matters = [one for one in issues.figures(graph, as_of()) if one[2] in viewer().overseen]
        return {"goes": told(goes, exact=True), "outcome": outcome(matters, as_of(), exact=True), "names": facts.names}
    mine = issues.listed(graph, viewer(), person(), as_of(), code())
    return {"matters": sort(mine.lines, as_of()), "here": mine.here}


@bp.get("/counts")
@allow("mentorship", "counts")
def counts() -> ResponseReturnValue:
    """How many pairs there are and how they go, of all programmes, naming nobody."""
    return _counts()


def _counts() -> str:
    network = mentoring.network(graph, viewer(), "", as_of(), code(), everything=True)
    found = usecases.overview(network, as_of())
    facts = bridges.bridging(graph, viewer(), "", as_of(), code())
    return render_template(
        "mentoring/counts.html", counts=usecases.counts(found), goes=told(figures(facts, as_of(), usecases.RECENT_DAYS)),
        outcome=outcome(issues.figures(graph, as_of()), as_of()), names=facts.names,
    )  # fmt: skip


@bp.get("/log")
@allow("mentoring_note", "create")
def log() -> ResponseReturnValue:
    """The form for the phone; `?pair=` chooses one."""
    form, _ = _contact_form()
    if request.args.get("pair"):
        form.pair.data = request.args["pair"]
    return _log_page(form)


@bp.post("/log")
@allow("mentoring_note", "create")
def save_contact() -> ResponseReturnValue:
    """Keep a contact of one of my pairs, once; one that looks like another is asked about."""
    form, pairs = _contact_form()
    if not form.validate():
        return _log_page(form), 400
    new, sure = form.contact(), frozenset(request.form.getlist("sure"))
    once = once_for("Contact.log", asdict(new))
    try:
        change(graph, actor(), lambda c: mentoring.log_own(c, graph, new, person(), sure), once=once)
    except mentoring.NotKeptError as stopped:
        if stopped.why == "alike":
            return _log_page(form, stopped.at), 409
        form.form_errors.append(gettext("This pair is no longer yours or has ended. Nothing was kept."))
    except RefusedError as refused:
        form.form_errors.extend(gettext(one.message).format(**one.params) for one in refused.problems.values())
    except ReusedKeyError:
        form.form_errors.append(gettext("This contact is saved already. Open the form again for another one."))
    else:
        flash(gettext("Saved: your contact with %(name)s.", name=pairs[new.pair].with_whom(person())), "undo")
        return redirect(url_for("mentoring.show", record=new.pair), 303)
    return _log_page(form), 400


def _log_page(form: ContactForm, alike: datetime | None = None) -> str:
    """The form; `alike`: when a contact was saved that this one looks like."""
    confirmed = request.form.get(CONFIRMED) == "yes"
    return render_template("mentoring/log.html", form=form, alike=alike, confirmed=confirmed)


@bp.get("/pairs/new")
@allow("mentorship", "create")
def new() -> ResponseReturnValue:
    """The form of a new pair."""
    return render_template("mentoring/new.html", form=_pair_form())


@bp.post("/pairs/new")
@allow("mentorship", "create")
def create() -> ResponseReturnValue:
    """Bring two together."""
    form = _pair_form()
    if form.validate():
        made = form.pair()
        once = once_for("Mentorship.new", asdict(made))
        try:
            pair = change(graph, actor(), lambda c: mentoring.make_pair(c, graph, made), once=once)
        except mentoring.AlreadyPairedError:
            form.form_errors.append(gettext("These two are a pair already. End that pair before you make a new one."))
        except ReusedKeyError:
            form.form_errors.append(gettext("This pair is saved already."))
        else:
            flash(gettext("Saved."), "undo")
            return redirect(url_for("mentoring.show", record=pair), 303)
    return render_template("mentoring/new.html", form=form), 400


@bp.get("/pairs/<record>")
@allow("mentorship", "read", record="record", label="Mentorship")
def show(record: str) -> ResponseReturnValue:
    """A pair: who, since when, its contacts."""
    view = mentoring.show(graph, record, viewer(), person(), as_of(), code()) or abort(404)
    history = graph.fetch(audit.HISTORY, record=record, limit=20)
    step = StepForm(formdata=None, on=today(), version=view.version)
    return render_template(
        "mentoring/show.html", view=view, step=step, history=history, me=person(),
        moves=mentoring.MOVES[view.state], step_words=STEP_WORDS,
    )  # fmt: skip


@bp.post("/pairs/<record>/step")
@allow("mentorship", "edit", record="record", label="Mentorship")
def step(record: str) -> ResponseReturnValue:
    """Start, pause, resume or end a pair."""
    form = StepForm()
    to = form.to.data or ""
    if not form.validate() or to not in STEP_WORDS:
        flash(
            " ".join(str(error) for error in form.on.errors) or gettext("This step is not known. Nothing was changed."),
            "error",
        )
        return redirect(url_for("mentoring.show", record=record), 303)
    on = form.on.data or today()
    try:
        change(graph, actor(), lambda c: mentoring.move_pair(c, record, to, on, number_in(form.version.data)) or record)
        flash(str(STEP_DONE[to]), "undo")
    except mentoring.IllegalStepError as illegal:
        state = word("mentorship_state", illegal.state)
        flash(gettext("The pair is in the state “%(state)s”; this step does not follow from it.", state=state), "error")
    except ConflictError:
        flash(
            gettext("Somebody else has changed this pair since you opened it; nothing was changed. Look again."),
            "error",
        )
    return redirect(url_for("mentoring.show", record=record), 303)


@bp.route("/pairs/<record>/edit", methods=["GET", "POST"])
@allow("mentorship", "edit", record="record", label="Mentorship")
def edit(record: str) -> ResponseReturnValue:
    """How often they mean to speak, in which languages, until when; and that both agreed on paper."""
    return _fields(record, TERMS, gettext("How often, in which languages, until when"))


@bp.route("/pairs/<record>/goals", methods=["GET", "POST"])
@allow("mentoring_note", "create", record="record", label="Mentorship")
def goals(record: str) -> ResponseReturnValue:
    """What the two want to reach."""
    return _fields(record, GOALS, gettext("What do the two of you want to reach?"))


@bp.post("/pairs/<record>/contacts/<contact>/take-back")
@allow("mentoring_note", "create", record="record", label="Mentorship")
def take_back(record: str, contact: str) -> ResponseReturnValue:
    """Take a contact out that was logged by mistake."""
    change(
        graph,
        actor(),
        lambda c: mentoring.take_back_contact(c, record, contact) or record,
        once=pressed(f"contact.{contact}"),
    )
    flash(gettext("The contact is taken back."), "undo")
    return redirect(url_for("mentoring.show", record=record), 303)


def _fields(record: str, without: tuple[str, ...], title: str) -> ResponseReturnValue:
    view = mentoring.show(graph, record, viewer(), person(), as_of(), code(), limit=0) or abort(404)
    agreed = {name: getattr(view, name) for name in ("every_days", "languages", "agreed_until", *AGREED)}
    values = {**agreed, **view.goals, "version": view.version}
    form = form_for(PAIR, values, without=without)
    if form.validate_on_submit():
        typed = form.typed(PAIR)
        once = once_for(f"Mentorship.edit.{record}", typed)
        version = number_in(form.version.data)
        try:
            change(graph, actor(), lambda c: str(records.update(c, graph, PAIR, record, version, typed)), once=once)
        except (ConflictError, ReusedKeyError):
            form.form_errors.append(gettext("Somebody else has changed this pair since you opened it. Open it again."))
        else:
            flash(gettext("Saved."), "undo")
            return redirect(url_for("mentoring.show", record=record), 303)
    return render_template(
        "mentoring/fields.html", form=form, view=view, title=title
    ), 400 if form.is_submitted() else 200


def _contact_form() -> tuple[ContactForm, dict[str, Pair]]:
    """The form with my own open pairs; nobody else's can be chosen."""
    network = mentoring.network(graph, viewer(), person(), today(), code())
    lines = usecases.overview(network, today()).own
    pairs = {line.pair.id: line.pair for line in reversed(lines) if line.state in mentoring.OPEN}
    form = ContactForm()
    latest = sorted(pairs.values(), key=lambda pair: pair.contacts[-1:], reverse=True)
    form.pair.choices = offered((pair.id, pair.with_whom(person())) for pair in latest)
    found = records.choices(graph, "Organisation", viewer(), language=code())
    form.organisations.choices = offered((one.id, one.title) for one in found)
    goals = mentoring.own_goals(graph, person()) if pairs else {}
    return form.ready(usecases.likely(list(pairs.values()), today()), goals), pairs


def _pair_form() -> PairForm:
    found = mentoring.candidates(graph, viewer(), code())
    form = PairForm()
    none = ("", "–")
    form.programme.choices = offered([none, *((one["id"], one["name"]) for one in found.programmes)])
    form.mentor.choices = offered([none, *((one["id"], f"{one['name']} ({one['load']})") for one in found.mentors)])
    form.leader.choices = offered([none, *((one["id"], one["name"]) for one in found.leaders)])
    if len(found.programmes) == 1 and not form.programme.data:
        form.programme.data = found.programmes[0]["id"]
    form.keyed()
    return form
