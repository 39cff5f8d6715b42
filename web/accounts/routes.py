"""Pages of accounts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext
from flask_login import current_user

from graphdb import accounts, phones
from graphdb.errors import MissingError, TakenError
from graphdb.password_rules import refuse
from graphdb.passwords import Passwords
from graphdb.tokens import hash_token
from graphdb.writes import change
from web.access import actor, allow, public
from web.accounts import usecases
from web.accounts.forms import ChangePasswordForm, FirstAccountForm, NewPasswordForm, ProfileForm, SignInForm
from web.language import lazy
from web.once import pressed
from web.pages import back_to_here, inside
from web.phone import cookie
from web.sessions import ServerSession, begin, end, graph

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from graphdb.writes import Change

PASSWORD_REFUSED = {
    "too_short": lazy("This is too short: at least 12 characters."),
    "too_long": lazy("This is too long: at most 256 characters."),
    "not_text": lazy("This holds characters that are no text."),
    "guessable": lazy("This is easy to guess; take more words, or words that do not belong together."),
    "has_context": lazy("This is mostly your login or the network's name; take other words."),
}

bp = Blueprint("accounts", __name__, url_prefix="/account", template_folder="templates")


def passwords() -> Passwords:
    """The hasher of this home."""
    return Passwords(current_app.config["MREZHA"].home / "run")


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Ask for login and password."""
    form = SignInForm()
    if form.validate_on_submit():
        knock = usecases.Knock(form.login.data or "", form.password.data or "", request.remote_addr or "")
        result = usecases.sign_in(graph, passwords(), knock)
        if isinstance(result, str):
            begin(graph, cast("ServerSession", session), result, request.user_agent.string)
            return redirect(inside(request.args.get("next", "")), 303)
        if result is usecases.Refusal.TOO_MANY:
            abort(429)
        form.form_errors.append(gettext("Login or password is not right."))
    return render_template("accounts/sign_in.html", form=form), 400 if form.is_submitted() else 200


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the session everywhere this cookie was copied to, forget this phone, and clear what the browser kept."""
    cookie.forget_here()
    end(graph, cast("ServerSession", session))
    answer = current_app.make_response(redirect(url_for("accounts.sign_in"), 303))
    cookie.take_away(answer)
    return answer


@bp.route("/welcome", methods=["GET"])
@public
def welcome() -> ResponseReturnValue:
    """Landing page of a one-time link. The secret is in the fragment: no server and no mail scanner sees it."""
    return render_template("accounts/welcome.html", form=FirstAccountForm())


@bp.post("/welcome")
@public
def accept() -> ResponseReturnValue:
    """Spend the link: make the account and sign it in."""
    secret = request.form.get("secret", "")
    link = accounts.invitation(graph, usecases.INVITATION, hash_token(usecases.INVITATION, secret), datetime.now(UTC))
    if link is None:
        return render_template("accounts/link_gone.html"), 404
    form = FirstAccountForm() if not link.account else NewPasswordForm()
    if form.validate_on_submit() and _good_password(form, link.login or request.form.get("login", "")):
        try:
            account = usecases.accept(
                graph, secret, request.form.get("login", ""), request.form.get("name", ""),
                passwords().hash(form.password.data or ""), request.form.get("language", "en"),
            )  # fmt: skip
        except MissingError:
            return render_template("accounts/link_gone.html"), 404
        except TakenError:
            form["login"].errors = [gettext("This login is used already; choose another.")]
        else:
            begin(graph, cast("ServerSession", session), account, request.user_agent.string)
            return back_to_here("home.index")
    return render_template("accounts/welcome.html", form=form, secret=secret), 400


@bp.route("/", methods=["GET", "POST"])
@allow("profile", "read")
def profile() -> ResponseReturnValue:
    """My name and language; what I may see."""
    form = ProfileForm(name=current_user.name, language=current_user.signed_in.language)
    if form.validate_on_submit():

        def work(open_change: Change) -> str:
            open_change.run(accounts.SET_PROFILE, id=current_user.id, name=form.name.data, language=form.language.data)
            open_change.did("profile", "Account", current_user.id, ("language", "name"))
            return current_user.id

        change(graph, actor(), work, once=pressed("profile", form.data))
        session.pop("language", None)
        flash(gettext("Saved."), "undo")
        return back_to_here("accounts.profile")
    listed = phones.phones_of(graph, current_user.id, datetime.now(UTC))
    return render_template("accounts/profile.html", form=form, listed=listed), 400 if form.is_submitted() else 200


@bp.route("/password", methods=["GET", "POST"])
@allow("profile", "edit")
def password() -> ResponseReturnValue:
    """A new password; every session of the account ends, this one begins anew."""
    form = ChangePasswordForm()
    if form.validate_on_submit() and _good_password(form, current_user.signed_in.login):
        secret = graph.one(accounts.SECRET_OF, login=current_user.signed_in.login)
        if secret and passwords().verify(secret.hash, form.current.data or ""):
            account, hashed = current_user.id, passwords().hash(form.password.data or "")
            change(graph, actor(), lambda c: accounts.set_password(c, account, hashed) or account)
            begin(graph, cast("ServerSession", session), account, request.user_agent.string)
            flash(gettext("The password is changed. Other devices were signed out."), "undo")
            return back_to_here("accounts.profile")
        form.current.errors = [gettext("This is not your password.")]
    return render_template("accounts/password.html", form=form), 400 if form.is_submitted() else 200


def _good_password(form: NewPasswordForm, login: str) -> bool:
    refused = refuse(form.password.data or "", (login, "mrezha", "мрежа"))
    if refused:
        form.password.errors = [str(PASSWORD_REFUSED[refused])]
    return refused is None
