"""Forms of referrals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from graphdb.catalogue import VOCABULARIES
from graphdb.referrals import NewConsent, NewReferral
from web.choices import offered
from web.guard_form import guarded
from web.language import lazy
from web.once import KeyedForm
from web.pages import tongues

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from graphdb.referrals import Choices

NEEDED = lazy("This is needed.")
NOTHING = ("", "–")
REFUSED = "refused"
USUAL_DAYS = 90
USUAL_PURPOSE = "follow_up"
USUAL_ITEMS = ["reach", "needs", "language"]
TONGUES = ("ar", "fa", "ps", "uk", "ru", "ku", "tr", "so", "fr", "en", "bg", "lv", "sr")
LONGEST = Length(max=2000, message=lazy("At most 2,000 characters."))


def terms(vocabulary: str) -> list[tuple[str, Any]]:
    """The words of a vocabulary to choose from."""
    return [(term.code, lazy(term.word)) for term in VOCABULARIES[vocabulary]]


def spoken() -> list[tuple[str, str]]:
    """The languages to choose from, by their names in the reader's."""
    return sorted(((tag, tongues([tag])) for tag in TONGUES), key=lambda one: one[1].casefold())


class ReferralForm(KeyedForm):
    """Who sends whom a case for what, and what the person agreed to; never who the person is."""

    sender = SelectField(lazy("From"), [InputRequired(NEEDED)])
    receiver = SelectField(lazy("To"), [InputRequired(NEEDED)])
    service = SelectField(lazy("For which service"), [InputRequired(NEEDED)])
    priority = SelectField(lazy("Priority"), choices=offered(terms("priority")), default="normal")
    group = SelectField(lazy("Group"), [Optional()])
    place = SelectField(lazy("Place"), [Optional()])
    age_band = SelectField(lazy("Age"), [Optional()], choices=offered([NOTHING, *terms("age_band")]))
    language = SelectField(
        lazy("Language of the person"),
        [Optional()],
        description=lazy("In which you asked, and an interpreter may be needed."),
    )
    agreed = SelectField(
        lazy("Who agreed that this is sent"), [InputRequired(NEEDED)],
        choices=offered([NOTHING, *terms("consent_basis"), (REFUSED, lazy("Nobody: the person does not agree"))]),
        description=lazy("Ask first. A refusal is a good answer too: it is noted, and nothing is sent."),
    )  # fmt: skip
    items = SelectMultipleField(
        lazy("What may be told"), [Optional()], choices=offered(terms("consent_item")), default=USUAL_ITEMS
    )
    purpose = SelectField(
        lazy("For what"), [Optional()], choices=offered(terms("consent_purpose")), default=USUAL_PURPOSE
    )
    until = DateField(lazy("Holds until"), [Optional()])
    note = TextAreaField(
        lazy("Note for the receiver"), [LONGEST, guarded],
        description=lazy("Only the two organisations can read it. No names, phones, addresses or numbers of papers: the case reference stands for the person."),
        render_kw={"rows": 4, "maxlength": 2000},
    )  # fmt: skip

    def offer(self, choices: Choices, own: tuple[str, ...], today: date) -> None:
        """Give the fields their choices; the senders are the reader's own organisations."""
        self.today = today
        mine = [one for one in choices.organisations if one[0] in own]
        self.sender.choices = offered(_pairs(mine))
        self.receiver.choices = offered([NOTHING, *_pairs(choices.organisations)])
        self.service.choices = offered([NOTHING, *_pairs(choices.services)])
        self.group.choices = offered([NOTHING, *_pairs(choices.groups)])
        self.place.choices = offered([NOTHING, *_pairs(choices.places)])
        self.language.choices = offered([NOTHING, *spoken()])
        self.keyed()
        if not self.is_submitted() and self.until:
            self.until.data = today + timedelta(days=USUAL_DAYS)

    def shorten(self) -> None:
        """For a crisis: no text, the usual purpose and time; who, what, where and who agreed are enough."""
        del self.note
        del self.age_band
        del self.purpose
        del self.until

    def complete(self) -> bool:
        """Whether the form is valid; a consent says what may be told, and until when."""
        good = self.validate_on_submit()
        if self.agreed.data in {"person", "guardian"}:
            if not self.items.data:
                self.items.errors = [gettext("Tick what may be told.")]
                good = False
            if self.until and self.until.data is not None and self.until.data <= self.today:
                self.until.errors = [gettext("This day is over: choose a later one, or leave it empty.")]
                good = False
        return good

    @property
    def refused(self) -> bool:
        """Whether the person does not agree."""
        return self.agreed.data == REFUSED

    def consent(self) -> NewConsent:
        """What the person said."""
        if self.refused:
            return NewConsent("", (), "", None, str(self.language.data or ""), self.today)
        return NewConsent(
            str(self.agreed.data), tuple(self.items.data or ()),
            str(self.purpose.data or "") if self.purpose else USUAL_PURPOSE,
            self.until.data if self.until else self.today + timedelta(days=USUAL_DAYS), str(self.language.data or ""), self.today,
        )  # fmt: skip

    def referral(self) -> NewReferral:
        """What was typed."""
        fields = (self.sender, self.receiver, self.service, self.group, self.place, self.priority)
        return NewReferral(
            *(str(field.data or "") for field in fields),
            note=(self.note.data or "") if self.note else "",
            consent=self.consent(),
            age_band=str(self.age_band.data or "") if self.age_band else "",
            language=str(self.language.data or ""),
        )


class StepForm(FlaskForm):
    """One step of a referral."""

    kind = HiddenField()
    version = HiddenField()
    reason = SelectField(lazy("Reason"), [Optional()], choices=offered([NOTHING, *terms("decline_reason")]))


class NoteForm(FlaskForm):
    """Why a referral is corrected or reopened."""

    version = HiddenField()
    note = TextAreaField(
        lazy("What and why"), [InputRequired(NEEDED), LONGEST, guarded],
        description=lazy("Only the two organisations can read it. No names, phones, addresses or numbers of papers."),
        render_kw={"rows": 3, "maxlength": 2000},
    )  # fmt: skip


class PassOnForm(FlaskForm):
    """To whom a case is passed on."""

    version = HiddenField()
    receiver = SelectField(lazy("Pass on to"), [InputRequired(NEEDED)])
    agreed = BooleanField(lazy("The person agreed that this organisation gets the case."))

    def offer(self, choices: Choices, but: tuple[str, ...]) -> None:
        """Everybody but the two organisations that have the case."""
        self.receiver.choices = offered([NOTHING, *_pairs(one for one in choices.organisations if one[0] not in but)])


def _pairs(entries: Iterable[list[str]]) -> list[tuple[str, str]]:
    return [(record, title) for record, title in entries]
