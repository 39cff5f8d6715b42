"""Forms of accounts."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from web.choices import offered
from web.language import LANGUAGES, lazy

NEEDED = InputRequired(lazy("This is needed."))


class SignInForm(FlaskForm):
    """Login and password."""

    login = StringField(
        lazy("Login"),
        [NEEDED, Length(max=120)],
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    password = PasswordField(
        lazy("Password"), [NEEDED, Length(max=256)], render_kw={"autocomplete": "current-password"}
    )


class NewPasswordForm(FlaskForm):
    """A password, twice."""

    password = PasswordField(
        lazy("New password"),
        [NEEDED, Length(max=256)],
        description=lazy("At least 12 characters; four or five words that do not belong together are good."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        lazy("The same again"),
        [NEEDED, EqualTo("password", lazy("The two are not the same."))],
        render_kw={"autocomplete": "new-password"},
    )


class FirstAccountForm(NewPasswordForm):
    """The account a one-time link makes."""

    login = StringField(
        lazy("Login"),
        [NEEDED, Length(min=3, max=120)],
        description=lazy("A short name or your work e-mail."),
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    name = StringField(lazy("Your name"), [NEEDED, Length(max=200)], render_kw={"autocomplete": "name"})
    language = SelectField(lazy("Language"), choices=offered(LANGUAGES.items()))


class ProfileForm(FlaskForm):
    """What one may change of oneself."""

    name = StringField(lazy("Your name"), [NEEDED, Length(max=200)], render_kw={"autocomplete": "name"})
    language = SelectField(lazy("Language"), choices=offered(LANGUAGES.items()))


class ChangePasswordForm(NewPasswordForm):
    """A new password, with the old one."""

    current = PasswordField(
        lazy("Password until now"), [NEEDED, Length(max=256)], render_kw={"autocomplete": "current-password"}
    )
