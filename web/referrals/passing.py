"""Passing a case on, correcting it, reopening it: steps that need more than a tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext

from analytics.referral_steps import STEPS, IllegalStepError
from graphdb import referrals
from graphdb.errors import ConflictError
from graphdb.writes import change
from web.access import actor, allow, viewer
from web.language import code
from web.once import pressed
from web.pages import today
from web.referrals.blueprint import bp
from web.referrals.forms import NoteForm, PassOnForm
from web.referrals.stepping import moved, not_from, stepped
from web.sessions import graph
from web.typed import number_in

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.writes import Change


@bp.route("/<record>/note/<kind>", methods=["GET", "POST"])
@allow("referral", "edit", record="record", label="Referral")
def noted(record: str, kind: str) -> ResponseReturnValue:
    """Correct or reopen, with a text that says what and why."""
    view = _view(record)
    if kind not in STEPS or not STEPS[kind].noted:
        abort(404)
    form = NoteForm(version=str(view.version))
    if form.validate_on_submit():
        stepped(record, referrals.Taken(kind, note=form.note.data or ""), form.version.data)
        return redirect(url_for("referrals.show", record=record), 303)
    return render_template("referrals/noted.html", view=view, kind=kind, form=form), 400 if form.is_submitted() else 200


@bp.route("/<record>/pass-on", methods=["GET", "POST"])
@allow("referral", "edit", record="record", label="Referral")
def pass_on(record: str) -> ResponseReturnValue:
    """To another partner, under the same consent; a case that comes back is asked about first."""
    view = _view(record)
    form = PassOnForm(version=str(view.version))
    form.offer(referrals.choices(graph, today(), code()), (view.sender["id"], view.receiver["id"]))
    if form.validate_on_submit():
        try:
            once = pressed(f"pass on.{record}", [form.receiver.data, form.agreed.data])
            onward = change(graph, actor(), lambda c: _pass_on(c, view, form), once=once)
        except referrals.ConsentError:
            form.agreed.errors = [_not_agreed(view)]
        except IllegalStepError as illegal:
            form.form_errors.append(not_from(illegal.state))
        except ConflictError:
            form.form_errors.append(moved())
        else:
            flash(gettext("Passed on. The first sender sees where the case is now."), "undo")
            return redirect(url_for("referrals.show", record=onward), 303)
    return render_template("referrals/pass_on.html", view=view, form=form), 400 if form.is_submitted() else 200


def _not_agreed(view: referrals.ReferralView) -> str:
    if view.consent is None:
        return gettext(
            "This case came from a list; what the person agreed to is with the sender, outside the program. Nothing was "
            "passed on: ask the sender to refer the person anew, with a consent."
        )
    return gettext("The consent does not name this organisation. Ask the person, or the sender, first.")


def _pass_on(c: Change, view: referrals.ReferralView, form: PassOnForm) -> str:
    receiver = form.receiver.data or ""
    if form.agreed.data and view.consent is not None:
        referrals.allow_onward(c, view.consent.id, receiver)
    return referrals.pass_on(c, graph, view.id, receiver, viewer().organisations, number_in(form.version.data))


def _view(record: str) -> referrals.ReferralView:
    view = referrals.show(graph, record, viewer(), code(), today())
    if view is None:
        abort(404)
    return view
