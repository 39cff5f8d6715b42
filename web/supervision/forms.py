"""Forms of supervision: a session with a mentor, a concern, what became of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from graphdb.catalogue import VOCABULARIES
from graphdb.concerns import NewConcern
from graphdb.supervision import NewSession
from web.choices import offered
from web.guard_form import guarded
from web.language import lazy
from web.mentoring.forms import NEEDED, past_day
from web.once import KeyedForm
from web.pages import today

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphdb.concerns import Told
    from graphdb.supervision import Supervised

LONGEST = Length(max=2000, message=lazy("At most 2,000 characters."))


class SessionForm(KeyedForm):
    """With whom, when, how long, mostly about what; the note is for the mentor and the supervisors."""

    mentors = SelectMultipleField(lazy("With whom"), [InputRequired(NEEDED)])
    on = DateField(lazy("When"), [InputRequired(NEEDED), past_day])
    minutes = IntegerField(
        lazy("Minutes"), [Optional(), NumberRange(1, 1440, message=lazy("Type a number of minutes, from 1 to 1,440."))]
    )
    topic = SelectField(
        lazy("Mostly about"), [Optional()],
        choices=offered([("", "–"), *((term.code, lazy(term.word)) for term in VOCABULARIES["supervision_topic"])]),
    )  # fmt: skip
    next_on = DateField(lazy("Next time"), [Optional()])
    note = TextAreaField(
        lazy("Note"), [LONGEST, guarded],
        description=lazy("For the mentor and the supervisors only. No names, phones or numbers of papers."),
        render_kw={"rows": 3, "maxlength": 2000},
    )  # fmt: skip

    def offer(self, mentors: Sequence[Supervised]) -> None:
        """Who can be chosen; a mentor of two programmes is named with each."""
        several = len({one.programme for one in mentors}) > 1
        self.mentors.choices = offered(
            (f"{one.programme}.{one.id}", f"{one.name} ({one.programme_name})" if several else one.name)
            for one in mentors
        )
        if not self.is_submitted():
            self.on.data = today()
            self.next_on.data = today() + timedelta(days=30)
        self.keyed()

    def sessions(self) -> list[NewSession]:
        """What was typed, one for each programme."""
        assert isinstance(self.on.data, date)
        by_programme: dict[str, list[str]] = {}
        for chosen in self.mentors.data or []:
            programme, _, mentor = str(chosen).partition(".")
            by_programme.setdefault(programme, []).append(mentor)
        return [
            NewSession(
                tuple(mentors), programme, self.on.data, self.minutes.data, self.topic.data or None, self.next_on.data,
                self.note.data or "",
            )
            for programme, mentors in by_programme.items()
        ]  # fmt: skip


class ConcernForm(KeyedForm):
    """What worries somebody, and who is told."""

    named = RadioField(lazy("Who is told"), [InputRequired(NEEDED)])
    urgent = BooleanField(lazy("Somebody may be in danger now"))
    text = TextAreaField(
        lazy("What worries you"), [InputRequired(NEEDED), LONGEST, guarded],
        description=lazy("Only the person you choose can read it. No names, phones or numbers of papers."),
        render_kw={"rows": 5, "maxlength": 2000},
    )  # fmt: skip

    def offer(self, people: Sequence[Told]) -> None:
        """Who can be told."""
        self.named.choices = offered((one.id, one.name) for one in people)
        if not self.is_submitted() and len(people) == 1:
            self.named.data = people[0].id
        self.keyed()

    def concern(self, pair: str) -> NewConcern:
        """What was typed."""
        return NewConcern(pair, str(self.named.data), self.text.data or "", bool(self.urgent.data))


class OutcomeForm(KeyedForm):
    """Take a concern in hand, or close it with what was done."""

    version = HiddenField()
    outcome = TextAreaField(
        lazy("What was done"), [LONGEST, guarded],
        description=lazy("Only you can read it. No names, phones or numbers of papers."),
        render_kw={"rows": 3, "maxlength": 2000},
    )  # fmt: skip
