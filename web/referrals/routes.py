"""Pages of referrals."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from analytics.referral_steps import STEPS, IllegalStepError, open_steps
from graphdb import referrals
from graphdb.errors import ConflictError, ReusedKeyError
from graphdb.records import RefusedError
from graphdb.writes import Once, change
from web.access import actor, allow, viewer
from web.language import code
from web.pages import as_of, today, word
from web.referrals import usecases
from web.referrals.forms import ReferralForm, StepForm
from web.referrals.words import DONE, LOOKS, TO_DO
from web.sessions import graph

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("referrals", __name__, url_prefix="/referrals", template_folder="templates")


@bp.context_processor
def furniture() -> dict[str, object]:
    """What the templates of referrals word things with."""
    return {"looks": LOOKS, "step_words": TO_DO, "done_words": DONE}


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
    exact = "coordinator" in current_user.roles
    found = usecases.counted(graph, as_of(), exact=exact)
    clocks = graph.fetch(referrals.CLOCKS, states=["sent"], limit=100, lang=code()) if exact else []
    return render_template(
        "referrals/counts.html", found=found, clocks=usecases.late_clocks(clocks, as_of()), exact=exact,
        window=usecases.WINDOW,
    )  # fmt: skip


@bp.get("/new")
@allow("referral", "create")
def new() -> ResponseReturnValue:
    """An empty form; the receiver may be given in the address."""
    form = _form()
    for name in ("receiver", "service", "place", "group"):
        if request.args.get(name):
            form[name].data = request.args[name]
    return render_template("referrals/new.html", form=form)


@bp.post("/new")
@allow("referral", "create")
def create() -> ResponseReturnValue:
    """Send a case, once."""
    form = _form()
    if form.validate():
        made = form.referral()
        once = Once.bound(actor(), "Referral.new", form.key.data or "", asdict(made))
        try:
            if made.sender == made.receiver:
                raise SameOrganisationError
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


class SameOrganisationError(Exception):
    """An organisation refers no case to itself."""


@bp.get("/<record>")
@allow("referral", "read", record="record", label="Referral")
def show(record: str) -> ResponseReturnValue:
    """A referral: what it is about, what came of it, what can be done."""
    view = referrals.show(graph, record, viewer(), code()) or abort(404)
    return render_template("referrals/show.html", view=view, steps=_steps(view), form=StepForm(formdata=None))


@bp.post("/<record>/step")
@allow("referral", "edit", record="record", label="Referral")
def step(record: str) -> ResponseReturnValue:
    """Answer, begin, close or withdraw."""
    form = StepForm()
    kind, version = form.kind.data or "", _number(form.version.data)
    try:
        if kind not in STEPS:
            raise IllegalStepError("", kind)
        change(
            graph, actor(),
            lambda c: referrals.take_step(c, record, kind, viewer().organisations, form.reason.data or "", version),
        )  # fmt: skip
        flash(gettext("Noted: %(step)s.", step=DONE[kind]), "undo")
    except RefusedError:
        flash(gettext("Choose a reason; nothing was changed."), "error")
    except IllegalStepError as illegal:
        state = word("referral_state", illegal.state)
        flash(
            gettext("This step does not follow from the state “%(state)s”; nothing was changed.", state=state), "error"
        )
    except ConflictError:
        flash(
            gettext("Somebody else has moved this referral since you opened it; nothing was changed. Look again."),
            "error",
        )
    return redirect(url_for("referrals.show", record=record), 303)


def _form() -> ReferralForm:
    form = ReferralForm()
    form.offer(referrals.choices(graph, today(), code()), viewer().organisations)
    return form


def _steps(view: referrals.ReferralView) -> list[str]:
    sent = open_steps(view.state, "sender") if view.sends else []
    received = open_steps(view.state, "receiver") if view.receives else []
    return [step.kind for step in (*received, *sent)]


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 10 else 0
