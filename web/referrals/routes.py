"""Pages of referrals."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from graphdb import conferences, referrals
from graphdb.errors import ReusedKeyError
from graphdb.writes import change
from web.access import actor, allow, viewer
from web.language import code
from web.once import once_for
from web.pages import today
from web.referrals import answering, counting, paper, passing, suggesting, usecases
from web.referrals.blueprint import bp
from web.referrals.forms import ReferralForm, StepForm
from web.referrals.stepping import stepped
from web.sessions import graph

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.writes import Change

__all__ = ["answering", "bp", "paper", "passing", "suggesting"]


@bp.get("/")
@allow("referral", "read")
def index() -> ResponseReturnValue:
    """What my organisation has to answer, waits for, works on, has done."""
    board = usecases.board(graph, viewer(), today(), code())
    return render_template("referrals/index.html", board=board)


@bp.get("/counts")
@allow("referral", "counts")
def counts() -> ResponseReturnValue:
    """How referrals go in the network; for the coordinator also the clocks, without case or text."""
    return counting.page()


@bp.get("/new")
@allow("referral", "create")
def new() -> ResponseReturnValue:
    """An empty form; the receiver may be given in the address."""
    form = _form()
    for name in ("receiver", "service", "place", "group", "priority", "language"):
        if request.args.get(name):
            form[name].data = request.args[name]
    return render_template("referrals/new.html", form=form)


@bp.post("/new")
@allow("referral", "create")
def create() -> ResponseReturnValue:
    """Send a case, once; or note that the person does not agree, and send nothing."""
    form = _form()
    if form.complete():
        made = form.referral()
        once = once_for("Referral.new", asdict(made))
        try:
            if made.sender == made.receiver:
                raise SameOrganisationError
            if form.refused:
                change(graph, actor(), lambda c: _note_refusal(c, made), once=once)
                flash(gettext("Noted: the person does not agree. Nothing was sent."), "undo")
                return redirect(url_for("referrals.index"), 303)
            referral = change(graph, actor(), lambda c: referrals.send(c, graph, made), once=once)
        except SameOrganisationError:
            form.receiver.errors = [gettext("Sender and receiver are the same organisation.")]
        except ReusedKeyError:
            form.form_errors.append(gettext("This referral is sent already. Open the form again for another one."))
        else:
            flash(
                gettext(
                    "Sent. The case reference below is the only name of the person here; keep your own list apart."
                ),
                "undo",
            )
            return redirect(url_for("referrals.show", record=referral), 303)
    return render_template("referrals/new.html", form=form), 400


def _note_refusal(c: Change, made: referrals.NewReferral) -> str:
    assert made.consent is not None
    return referrals.record_consent(c, graph, made.sender, (made.receiver,), made.consent)


class SameOrganisationError(Exception):
    """An organisation refers no case to itself."""


@bp.get("/<record>")
@allow("referral", "read", record="record", label="Referral")
def show(record: str) -> ResponseReturnValue:
    """A referral: what it is about, what came of it, what can be done."""
    view = referrals.show(graph, record, viewer(), code(), today()) or abort(404)
    return render_template(
        "referrals/show.html", view=view, steps=usecases.steps(view), phoned=usecases.told_steps(view),
        linkable=usecases.may_link(view), form=StepForm(formdata=None),
        conferences=conferences.of_case(graph, record, viewer()),
    )  # fmt: skip


@bp.post("/<record>/step")
@allow("referral", "edit", record="record", label="Referral")
def step(record: str) -> ResponseReturnValue:
    """Answer, begin, close, withdraw; or enter what a receiver without an account told."""
    form = StepForm()
    kind = form.kind.data or ""
    via = "told" if request.form.get("told") == "yes" else ""
    if via:
        view = referrals.show(graph, record, viewer(), code(), today()) or abort(404)
        if kind not in usecases.told_steps(view):
            flash(
                gettext("Only for a receiver without an account can you enter what it told; nothing was changed."),
                "error",
            )
            return redirect(url_for("referrals.show", record=record), 303)
    stepped(record, referrals.Taken(kind, form.reason.data or "", via=via), form.version.data)
    return redirect(url_for("referrals.show", record=record), 303)


def _form() -> ReferralForm:
    form = ReferralForm()
    if request.args.get("crisis"):
        form.shorten()
    form.offer(referrals.choices(graph, today(), code()), viewer().organisations, today())
    return form
