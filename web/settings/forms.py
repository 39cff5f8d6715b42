"""Forms of settings."""

from __future__ import annotations

from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, Regexp

from web.language import lazy

NEEDED = InputRequired(lazy("This is needed."))


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


class InviteForm(FlaskForm):
    """The role of a new account, and for what."""

    role = SelectField(lazy("Role"), [NEEDED])
    organisation = SelectField(
        lazy("Organisation"), description=lazy("For a partner: whom the person speaks for."), default=""
    )
    programme = SelectField(
        lazy("Mentoring programme"), description=lazy("For a leader, a mentor or a supervisor of mentors."), default=""
    )
    person = SelectField(
        lazy("Person"), description=lazy("For a leader or a mentor: who it is in the registry."), default=""
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
