"""Forms of case conferences."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from graphdb.catalogue import VOCABULARIES
from graphdb.conferences import NewConference
from web.choices import offered
from web.guard_form import guarded
from web.language import lazy
from web.once import KeyedForm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphdb.conferences import Nameable, Named

NEEDED = lazy("This is needed.")
NO_NAMES = lazy("Only those named can read it. No names, phones, addresses or numbers of papers of the person.")


def _most(characters: int) -> Length:
    return Length(max=characters, message=lazy("This is too long; shorten it."))


class ConveneForm(KeyedForm):
    """When, where, who, and about what."""

    starts_at = DateTimeLocalField(lazy("When"), [InputRequired(NEEDED)], format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])
    place = StringField(lazy("Where, or by which line"), [Optional(), _most(300), guarded])
    participants = SelectMultipleField(
        lazy("Who is named"), [InputRequired(NEEDED)],
        description=lazy("Only they learn that this conference is, and read it. You are named as well."),
    )  # fmt: skip
    basis = SelectField(
        lazy("Who agreed that these people speak about the case"), [InputRequired(NEEDED)],
        choices=offered([("", "–"), *((term.code, lazy(term.word)) for term in VOCABULARIES["conference_basis"])]),
        description=lazy("Ask the person first, and say who will be there."),
    )  # fmt: skip
    agreed = BooleanField(lazy("The person agreed that all those named know the case."))
    question = TextAreaField(
        lazy("What is to be solved?"), [InputRequired(NEEDED), _most(2000), guarded], description=NO_NAMES,
        render_kw={"rows": 5, "maxlength": 2000},
    )  # fmt: skip

    def offer(self, people: Iterable[Nameable], me: str, about: str) -> None:
        """Whom to name; whether the consent of a referral is to be asked about."""
        self.participants.choices = offered((one.id, who(one.title, one.at)) for one in people if one.id != me)
        if not about:
            del self.agreed
        self.keyed()

    def conference(self, zone: str, about: str) -> NewConference:
        """What was typed; the hour is the network's."""
        assert isinstance(self.starts_at.data, datetime)
        return NewConference(
            self.starts_at.data.replace(tzinfo=ZoneInfo(zone)), str(self.place.data or ""), str(self.basis.data),
            str(self.question.data), tuple(self.participants.data or ()), about, bool(self.agreed and self.agreed.data),
        )  # fmt: skip


class PeopleForm(KeyedForm):
    """Who is named from now on."""

    version = HiddenField()
    participants = SelectMultipleField(lazy("Who is named"), [Optional()])
    agreed = BooleanField(lazy("The person agreed that all those named know the case."))

    def offer(self, people: Iterable[Nameable], named: Iterable[Named], me: str, about: bool) -> None:
        """Whom to name: everybody who can be, and those named already."""
        titles = {one.id: who(one.title, one.at) for one in people}
        held = {one["id"]: who(one["title"], one["at"]) for one in named}
        self.participants.choices = offered((each, title) for each, title in {**titles, **held}.items() if each != me)
        if not about:
            del self.agreed
        if not self.is_submitted():
            self.participants.data = list(held)
        self.keyed()


class OutcomeForm(KeyedForm):
    """What came out."""

    version = HiddenField()
    outcome = TextAreaField(
        lazy("What came out"), [InputRequired(NEEDED), _most(4000), guarded], description=NO_NAMES,
        render_kw={"rows": 6, "maxlength": 4000},
    )  # fmt: skip
    review_on = DateField(lazy("Look again on"), [Optional()])


class CaseStepForm(KeyedForm):
    """Who does what next, and by when."""

    text = StringField(lazy("What"), [InputRequired(NEEDED), _most(500), guarded])
    owner = SelectField(lazy("Who does it"), [InputRequired(NEEDED)])
    due = DateField(lazy("By when"), [InputRequired(NEEDED)])

    def offer(self, named: Iterable[Named]) -> None:
        """Only those named take a step."""
        self.owner.choices = offered([("", "–"), *((one["id"], one["title"]) for one in named)])
        self.keyed()


def who(title: str, at: Iterable[str]) -> str:
    """A person to choose, with where they work."""
    places = ", ".join(at)
    return f"{title} ({places})" if places else title
