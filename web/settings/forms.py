"""Forms of settings."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, Regexp, ValidationError

from graphdb.agreements.reminding import parsed
from web.language import lazy

_ADDRESS = re.compile(r"https?://(?:[^\W_][\w.-]*|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?(?:/[\w.~%!$&'()*+,;=:@/-]*)?")

NEEDED = InputRequired(lazy("This is needed."))


def some_days(_: FlaskForm, item: StringField) -> None:
    """Days before an agreement's end: whole numbers."""
    try:
        parsed(item.data or "")
    except ValueError:
        raise ValidationError(gettext("Write days from 1 to 730, such as 90, 30.")) from None


def an_address(_: FlaskForm, item: StringField) -> None:
    """Where a browser finds the network: no name, no question, no place in a page."""
    found = _ADDRESS.fullmatch((item.data or "").strip())
    if found is None or int(found[1] or 1) > 65535:
        raise ValidationError(gettext("Write it as https://mrezha.example.org, with nothing after the path."))


class NetworkForm(FlaskForm):
    """What the network says of itself."""

    name = StringField(lazy("Name of the network"), [Length(max=200)])
    emergency_hours = IntegerField(lazy("Hours to answer an emergency"), [Optional(), NumberRange(1, 720)])
    urgent_hours = IntegerField(lazy("Hours to answer an urgent referral"), [Optional(), NumberRange(1, 2160)])
    normal_days = IntegerField(lazy("Days to answer a normal referral"), [Optional(), NumberRange(1, 365)])
    time_zone = StringField(
        lazy("Time zone"),
        [NEEDED, AnyOf(available_timezones(), lazy("This is no time zone; write one such as Europe/Sofia."))],
        description=lazy("Such as Europe/Sofia, Europe/Riga, Europe/Belgrade."),
    )
    address = StringField(
        lazy("Address at which people open Mrezha"),
        [Optional(), Length(max=200), an_address],
        description=lazy("Such as https://mrezha.example.org. Reminders by mail carry it; empty: they carry no link."),
    )
    agreement_days = StringField(
        lazy("Remind of agreements so many days before they lapse"),
        [Optional(), some_days],
        description=lazy("Such as 90, 30: by mail to who looks after them and to the parties' focal points."),
    )


class InviteForm(FlaskForm):
    """The role of a new account, and for what."""

    role = SelectField(lazy("Role in the network"), [NEEDED])
    organisation = SelectField(
        lazy("Organisation"), description=lazy("For a partner: whom the person speaks for."), default=""
    )
    programme = SelectField(
        lazy("Mentoring programme"), description=lazy("For a leader, a mentor or a supervisor of mentors."), default=""
    )
    person = SelectField(
        lazy("Person"),
        description=lazy(
            "Who it is in the registry. Needed for leaders and mentors, and for whoever is to be named in a case conference."
        ),
        default="",
    )
    mail = StringField(
        lazy("Send the link to"),
        [
            Optional(),
            Length(max=254),
            Regexp(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+$", message=lazy("Write one e-mail address.")),
        ],
        description=lazy("An e-mail address that only this person reads. Empty: the link is shown to you."),
    )
