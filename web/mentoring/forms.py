"""Forms of mentoring: a contact by thumb, a new pair, a step of a pair."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from graphdb.catalogue import VOCABULARIES, kind_of
from graphdb.mentoring import NewContact, NewPair
from graphdb.records import BadValueError, coerce
from web.choices import offered
from web.guard_form import guarded
from web.language import lazy
from web.once import KeyedForm
from web.pages import today
from web.tongues import TonguesField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wtforms import Field as Input

    from graphdb.mentoring import Goal

MINUTES = [("15", lazy("15 min")), ("45", lazy("45 min")), ("90", lazy("longer"))]
NEXT = [("7", lazy("in a week")), ("14", lazy("in two weeks")), ("28", lazy("in four weeks"))]
NEEDED = lazy("This is needed.")
NOTHING = ("", "–")


def past_day(_: FlaskForm, item: Input) -> None:
    """A day that has been, and in these ten years."""
    if item.data and not today() - timedelta(days=3660) <= item.data <= today():
        raise ValidationError(gettext("Choose today or an earlier day."))


def mark(pair: str, goal: str) -> str:
    """What stands for a goal in a form: the same as long as it is worded the same."""
    return sha256(f"{pair} {goal}".encode()).hexdigest()[:16]


def words_of(vocabulary: str) -> list[tuple[str, str]]:
    """Codes of a vocabulary with their words, to choose from."""
    return [(term.code, lazy(term.word)) for term in VOCABULARIES[vocabulary]]


class ContactForm(KeyedForm):
    """With whom, how, how long, about what: one tap each; the rest may stay closed."""

    pair = RadioField(lazy("With whom"), [InputRequired(NEEDED)])
    channel = RadioField(lazy("How"), [InputRequired(NEEDED)], choices=offered(words_of("channel")))
    minutes = RadioField(lazy("How long"), [Optional()], choices=offered(MINUTES))
    topic = RadioField(lazy("About"), [Optional()], choices=offered(words_of("contact_topic")))
    next = RadioField(lazy("Next time"), [Optional()], choices=offered(NEXT))
    reached = SelectMultipleField(lazy("Reached today"), [Optional()])
    on = DateField(lazy("When"), [InputRequired(NEEDED), past_day])
    note = TextAreaField(
        lazy("Note"), [Length(max=2000, message=lazy("At most 2,000 characters.")), guarded],
        description=lazy("For the two of you and the supervisor only. No names, phones or numbers of papers."),
        render_kw={"rows": 3, "maxlength": 2000},
    )  # fmt: skip
    organisations = SelectMultipleField(lazy("Institutions you met or called"), [Optional()], render_kw={"size": 5})
    next_on = DateField(lazy("Next time, on another day"), [Optional()])

    def ready(self, likely: str, goals: Mapping[str, Sequence[Goal]]) -> ContactForm:
        """Filled with what is likely, where nothing was sent: today, and the pair. `goals`: by pair.

        Goals that are reached are taken, too, and not offered: a form sent twice is answered twice.
        """
        self.goals = {mark(pair, goal.text): (pair, goal) for pair, listed in goals.items() for goal in listed}
        self.reached.choices = offered((key, goal.text) for key, (_, goal) in self.goals.items())
        if not self.is_submitted():
            self.on.data = today()
            self.pair.data = likely or None
        self.keyed()
        return self

    def goals_of(self, pair: str) -> list[tuple[str, str]]:
        """Open goals of a pair, with what stands for them."""
        return [(key, goal.text) for key, (whose, goal) in self.goals.items() if whose == pair and not goal.reached_on]

    def validate_reached(self, item: Input) -> None:
        """Goals of the chosen pair only."""
        if any(key not in self.goals or self.goals[key][0] != self.pair.data for key in item.data or ()):
            raise ValidationError(gettext("This is a goal of another pair."))

    def contact(self) -> NewContact:
        """What was tapped."""
        assert isinstance(self.on.data, date)
        return NewContact(
            pair=str(self.pair.data),
            on=self.on.data,
            channel=str(self.channel.data),
            minutes=int(self.minutes.data) if self.minutes.data else None,
            topic=self.topic.data or None,
            next_on=self.next_on.data or (self.on.data + timedelta(int(self.next.data)) if self.next.data else None),
            note=self.note.data or "",
            organisations=tuple(self.organisations.data or ()),
            reached=tuple(self.goals[key][1].text for key in self.reached.data or ()),
        )


def _catalogue(name: str):  # noqa: ANN202 - a WTForms validator
    def check(_: FlaskForm, item: Input) -> None:
        try:
            coerce(kind_of("Mentorship").field(name), item.data)
        except BadValueError as problem:
            raise ValidationError(gettext(problem.message).format(**problem.params)) from None

    return check


class PairForm(KeyedForm):
    """Who accompanies whom, since when, how often they mean to speak."""

    programme = SelectField(lazy("Programme"), [InputRequired(NEEDED)])
    mentor = SelectField(
        lazy("Mentor"), [InputRequired(NEEDED)], description=lazy("In brackets: pairs the mentor has now; three are enough.")
    )  # fmt: skip
    leader = SelectField(lazy("Leader"), [InputRequired(NEEDED)])
    state = SelectField(lazy("State"), choices=offered(words_of("mentorship_state")[:3]), default="active")
    since = DateField(lazy("Since"), [Optional()], description=lazy("Leave empty when unknown."))
    every_days = StringField(
        lazy("A contact every how many days"), [_catalogue("every_days")], render_kw={"type": "number", "min": "1"}
    )
    languages = TonguesField(
        lazy("Languages"), [_catalogue("languages")], description=lazy("Names or codes, such as: Arabic, Persian, bg.")
    )

    def pair(self) -> NewPair:
        """What was typed."""
        return NewPair(
            mentor=str(self.mentor.data),
            leader=str(self.leader.data),
            programme=str(self.programme.data),
            state=str(self.state.data),
            since=self.since.data,
            every_days=int(self.every_days.data) if self.every_days.data else None,
            languages=self.languages.data or "",
        )


class StepForm(FlaskForm):
    """A step of a pair on a day."""

    to = HiddenField()
    version = HiddenField()
    on = DateField(lazy("As of"), [InputRequired(NEEDED), past_day])
