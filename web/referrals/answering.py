"""A partner without an account answers one referral through a one-time link.

The secret stands in the fragment of the address, which no server, log or mail scanner sees; it is posted, to look and to
answer. Looking spends nothing, answering does.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from analytics.referral_steps import IllegalStepError
from graphdb import referrals
from graphdb.actors import Actor
from graphdb.errors import ConflictError, MissingError
from graphdb.records import RefusedError
from graphdb.referrals import links
from graphdb.tokens import hash_token, new_token
from graphdb.writes import change
from web.access import actor, allow, public, viewer
from web.language import code
from web.pages import today
from web.referrals import usecases
from web.referrals.blueprint import bp
from web.referrals.forms import StepForm
from web.referrals.stepping import not_from
from web.sessions import graph

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.writes import Change

HOLDER = Actor("link", "link")


@bp.post("/<record>/link")
@allow("referral", "edit", record="record", label="Referral")
def link(record: str) -> ResponseReturnValue:
    """Make a one-time link for the receiver; it is shown once, an earlier one stops working."""
    view = referrals.show(graph, record, viewer(), code(), today()) or abort(404)
    if not usecases.may_link(view):
        flash(gettext("A link is for a receiver without an account, while an answer is open; none was made."), "error")
        return redirect(url_for("referrals.show", record=record), 303)
    token = new_token(links.PURPOSE)
    expires = change(graph, actor(), lambda c: links.make(c, record, token.stored).isoformat())
    url = url_for("referrals.answer", _external=True, _anchor=token.plain)
    return render_template("referrals/link.html", view=view, url=url, expires=datetime.fromisoformat(expires))


@bp.get("/answer")
@public
def answer() -> ResponseReturnValue:
    """Landing page of a link: it shows nothing yet and spends nothing."""
    return render_template("referrals/answer.html", asked=None, form=StepForm(formdata=None), secret="")


@bp.post("/answer")
@public
def answered() -> ResponseReturnValue:
    """Look at what is asked; with a step, answer it and spend the link."""
    secret = request.form.get("secret", "")
    stored = hash_token(links.PURPOSE, secret)
    asked = links.asked(graph, stored, datetime.now(UTC), code())
    if asked is None:
        return render_template("referrals/link_gone.html"), 404
    kind = request.form.get("kind", "")
    form = StepForm()
    if not kind:
        return render_template(
            "referrals/answer.html", asked=asked, steps=usecases.answers(asked.state), form=form, secret=secret
        )
    try:
        change(graph, HOLDER, lambda c: _answer(c, stored, asked, kind, form.reason.data or ""))
    except MissingError:
        return render_template("referrals/link_gone.html"), 404
    except RefusedError:
        flash(gettext("Choose a reason; nothing was changed."), "error")
    except IllegalStepError as illegal:
        flash(not_from(illegal.state), "error")
    except ConflictError:
        return render_template("referrals/link_gone.html"), 409
    else:
        return render_template("referrals/answered.html", asked=asked, kind=kind)
    return render_template(
        "referrals/answer.html", asked=asked, steps=usecases.answers(asked.state), form=form, secret=secret
    ), 400


def _answer(c: Change, stored: str, asked: links.Asked, kind: str, reason: str) -> str:
    if kind not in usecases.answers(asked.state):
        raise IllegalStepError(asked.state, kind)
    record = links.spend(c, stored)
    taken = referrals.Taken(kind, reason, via="link")
    return referrals.take_step(c, graph, record, taken, (asked.receiver_id,), asked.version)
