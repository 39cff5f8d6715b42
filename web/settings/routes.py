"""Pages of settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, current_app, flash, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from graphdb import accounts, records
from graphdb.agreements import reminding
from graphdb.network import Network, network, say
from graphdb.outbox import Letter
from graphdb.writes import change
from web.access import actor, allow, viewer
from web.language import code, lazy
from web.once import pressed
from web.pages import back_to_here, today, word
from web.sessions import graph
from web.settings import usecases
from web.settings.forms import InviteForm, NetworkForm

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

bp = Blueprint("settings", __name__, url_prefix="/settings", template_folder="templates")

MISSING = {
    "organisation": lazy("A partner speaks for an organisation: choose it."),
    "programme": lazy("This role belongs to a mentoring programme: choose it."),
    "person": lazy("Choose the person, so that the account finds its own records."),
}


@bp.get("/")
@allow("account", "read")
def index() -> ResponseReturnValue:
    """Who has an account, with which roles."""
    found = graph.fetch(accounts.ACCOUNTS, today=today(), limit=usecases.LISTED)
    return render_template("settings/index.html", accounts=found, locked=sum(not a.active for a in found))


@bp.route("/network", methods=["GET", "POST"])
@allow("settings", "edit")
def name() -> ResponseReturnValue:
    """Name, time zone, clocks and address of the network."""
    now = network(graph)
    days = ", ".join(str(each) for each in reminding.days(graph))
    form = NetworkForm(
        name=now.name, time_zone=now.time_zone, address=now.address, agreement_days=days,
        **usecases.told_limits(now.limits),
    )  # fmt: skip
    if form.validate_on_submit():
        limits = usecases.limits(form.emergency_hours.data, form.urgent_hours.data, form.normal_days.data)
        address = (form.address.data or "").strip().rstrip("/")
        told = Network((form.name.data or "").strip(), form.time_zone.data or now.time_zone, limits, address)
        reminded = reminding.parsed(form.agreement_days.data or days)
        change(
            graph, actor(), lambda c: say(c, told) or reminding.say_days(c, reminded) or "network",
            once=pressed("network", form.data),
        )  # fmt: skip
        flash(gettext("Saved."), "undo")
        return back_to_here("settings.index")
    return render_template("settings/network.html", form=form), 400 if form.is_submitted() else 200


@bp.route("/invite", methods=["GET", "POST"])
@allow("account", "invite")
def invite() -> ResponseReturnValue:
    """Make a one-time link with a role; it is shown on this answer and never again."""
    form = _invite_form()
    if form.validate_on_submit():
        wanted = usecases.Wanted(
            form.role.data, form.organisation.data or "", form.programme.data or "", form.person.data or ""
        )
        if missing := wanted.missing():
            form[missing].errors = [str(MISSING[missing])]
        else:
            mail = (form.mail.data or "").strip() if form.mail else ""
            secret = usecases.invite(
                graph, actor(), wanted, current_user.roles, (lambda plain: _letter(mail, plain)) if mail else None,
                pressed("invite", form.data),
            )  # fmt: skip
            return render_template("settings/link.html", link=_welcome(secret), role=wanted.role, mail=mail)
    return render_template("settings/invite.html", form=form), 400 if form.is_submitted() else 200


@bp.post("/accounts/<account>/roles/<given>/end")
@allow("account", "edit")
def end_role(account: str, given: str) -> ResponseReturnValue:
    """End a role; the account's sessions end with it."""
    try:
        usecases.end_role(graph, actor(), account, given, today(), pressed(f"end role.{given}"))
        flash(gettext("The role has ended, and the account was signed out everywhere."), "undo")
    except usecases.LastAdministratorError:
        _say_last()
    return back_to_here("settings.index")


@bp.post("/accounts/<account>/lock")
@allow("account", "edit")
def lock(account: str) -> ResponseReturnValue:
    """Lock an account, or open it again (`open=1`)."""
    opening = request.form.get("open") == "1"
    try:
        usecases.set_active(
            graph, actor(), account, today(), active=opening, once=pressed(f"lock.{account}", opening)
        )  # fmt: skip
        flash(gettext("The account can sign in again.") if opening else gettext("The account is locked."), "undo")
    except usecases.LastAdministratorError:
        _say_last()
    return back_to_here("settings.index")


def _welcome(secret: str) -> str:
    return url_for("accounts.welcome", _external=True, _anchor=secret)


def _letter(mail: str, secret: str) -> Letter:
    """What tells somebody that they are invited."""
    text = gettext(
        "You are invited to Mrezha, the registry of your network. This link makes your account. It works once, within three days:"
    )
    return Letter(mail, gettext("Your invitation"), f"{text}\n\n{_welcome(secret)}\n")


def _say_last() -> None:
    flash(gettext("Nothing was changed: nobody else could administer this network."), "error")


def _invite_form() -> InviteForm:
    form = InviteForm()
    if current_app.config["MREZHA"].mail is None:
        del form.mail
    form.role.choices = [(role, word("role", role)) for role in usecases.may_give(current_user.roles)]
    for field, label in ((form.organisation, "Organisation"), (form.programme, "Programme"), (form.person, "Person")):
        found = records.choices(graph, label, viewer(), language=code())  # who may not see names sees pseudonyms
        may = usecases.invitable(graph, viewer(), label, [choice.id for choice in found], today())
        field.choices = [("", "–"), *((one.id, f"{one.title} ({one.ref})") for one in found if one.id in may)]
    return form
