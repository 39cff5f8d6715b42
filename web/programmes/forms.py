"""Forms of programmes: an application, what somebody wishes, a training."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from graphdb.catalogue import VOCABULARIES, kind_of
from graphdb.records import BadValueError, coerce
from web.choices import offered
from web.language import lazy
from web.once import KeyedForm
from web.pages import today, tongues
from web.tongues import TonguesField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wtforms import Field as Input

PLACE, PERSON, TRAINING = kind_of("Participation"), kind_of("Person"), kind_of("Training")
NEEDED = lazy("This is needed.")
CODES = lazy("Names or codes, such as: Arabic, Persian, bg.")
NOTHING = ("", "–")
COMMON = ("ar", "bg", "en", "fa", "fr", "ku", "ps", "ru", "so", "ti", "tr", "uk", "ur")
"""Languages that are offered by name; another one is written down by who runs the programme."""


def words(vocabulary: str, *, none: bool = False) -> list[tuple[str, object]]:
    """The terms of a vocabulary as choices."""
    found: list[tuple[str, object]] = [(term.code, lazy(term.word)) for term in VOCABULARIES[vocabulary]]
    return [NOTHING, *found] if none else found


def past(_: FlaskForm, item: Input) -> None:
    """Not in the future, not long ago."""
    if item.data and not today() - timedelta(days=3660) <= item.data <= today():
        raise ValidationError(gettext("Choose today or an earlier day."))


def _gate(label: str, name: str):  # noqa: ANN202 - a WTForms validator
    def check(_: FlaskForm, item: Input) -> None:
        try:
            coerce(kind_of(label).field(name), item.data)
        except BadValueError as problem:
            raise ValidationError(gettext(problem.message).format(**problem.params)) from None

    return check


class Versioned(KeyedForm):
    """A form that says at which version of a record it was opened."""

    version = HiddenField()

    def opened(self, version: int = 0) -> None:
        """Give it a key, and the version it was opened at."""
        self.keyed()
        if not self.is_submitted():
            self.version.data = str(version)


class Suits(Versioned):
    """What suits somebody: the wishes that they say themselves or that are written down for them."""

    topics = SelectMultipleField(
        lazy("Topics"), [Optional()], choices=offered(words("contact_topic")),
        description=lazy("What a leader asks for, what a mentor offers."),
    )  # fmt: skip
    interpreter = BooleanField(lazy("May speak through an interpreter"))
    most_pairs = SelectField(
        lazy("Most pairs at a time"), [Optional()], choices=offered([NOTHING, ("1", "1"), ("2", "2"), ("3", "3")]),
        description=lazy("For a mentor: 1 to 3; three where nothing is said."),
    )  # fmt: skip
    times = SelectMultipleField(lazy("When it suits them"), [Optional()], choices=offered(words("meeting_time")))

    def suiting(self) -> dict[str, object]:
        """The fields of the place that say it."""
        return {
            "topics": self.topics.data or [], "interpreter": bool(self.interpreter.data), "times": self.times.data or [],
            "most_pairs": int(self.most_pairs.data) if self.most_pairs.data else None,
        }  # fmt: skip


class OwnWishForm(Suits):
    """What a leader or mentor says of themselves, by taps; languages that are kept already can always be kept."""

    meet_at = SelectMultipleField(lazy("Where I like to meet"), [Optional()])
    languages = SelectMultipleField(lazy("Languages I speak"), [Optional()])
    wished_languages = SelectMultipleField(lazy("Languages I would like to speak with my mentor"), [Optional()])

    def offer(self, kept: Iterable[str], places: Iterable[tuple[str, str]]) -> None:
        """Languages by their names, those `kept` among them, and places."""
        known = sorted({*COMMON, *kept}, key=lambda one: (one not in COMMON, tongues([one]).casefold()))
        self.languages.choices = self.wished_languages.choices = offered((one, tongues([one])) for one in known)
        self.meet_at.choices, self.times.label.text = offered(places), gettext("When it suits me")

    def wishes(self, role: str) -> dict[str, object]:
        """The fields of the place; what only the other role is asked stays as it is."""
        if role == "mentor":
            return {name: value for name, value in self.suiting().items() if name != "interpreter"}
        asked = {name: value for name, value in self.suiting().items() if name != "most_pairs"}
        return {**asked, "wished_languages": ", ".join(self.wished_languages.data or ())}


class WishForm(Suits):
    """What somebody asks for or offers, as those who run the programme write it down."""

    cohort = SelectField(lazy("Cohort"), [Optional()])
    wished_languages = TonguesField(
        lazy("Languages wished for"), [_gate("Participation", "wished_languages")], description=CODES
    )
    wished = SelectMultipleField(lazy("Wished"), [Optional()], description=lazy("Would gladly be with them."))
    unwished = SelectMultipleField(
        lazy("Not wished"),
        [Optional()],
        description=lazy("Is never proposed. Only those who run the programme see it."),
    )

    def values(self) -> dict[str, object]:
        """The fields of the place."""
        return {
            **self.suiting(), "cohort": self.cohort.data or None, "wished_languages": self.wished_languages.data or "",
        }  # fmt: skip

    def links(self) -> dict[str, list[str]]:
        """Whom they wish for and whom not."""
        return {"wished": list(self.wished.data or ()), "unwished": list(self.unwished.data or ())}


class ApplicationForm(WishForm):
    """Somebody applies: one whom the network knows, or somebody new."""

    # who has got a place is no choice any more, but the same form sent twice is no error
    person = SelectField(
        lazy("Who"), [Optional()], description=lazy("Or write somebody new below."), validate_choice=False
    )
    role = SelectField(lazy("As what"), [InputRequired(NEEDED)], choices=offered(words("place_role")))
    name = StringField(lazy("Name of somebody new"), [Length(max=300)])
    alias = StringField(
        lazy("Name shown to other organisations"), [Length(max=300)], description=lazy("For a leader: a pseudonym.")
    )
    languages = TonguesField(lazy("Languages they speak"), [_gate("Person", "languages")], description=CODES)
    on = DateField(lazy("Applied on"), [InputRequired(NEEDED), past])

    def ask_who(self) -> bool:
        """Whether it says who applies; else says what is missing."""
        if self.person.data or (self.name.data or "").strip():
            return True
        self.person.errors = [gettext("Choose somebody, or write the name of somebody new.")]
        return False

    def told(self) -> dict[str, object]:
        """All it says, to tell a second sending from another form."""
        return {**self.values(), **self.links(), **self.somebody_new(), "person": self.person.data, "on": self.on.data}

    def somebody_new(self) -> dict[str, object]:
        """The fields of a person who is not known yet."""
        return {
            "name": (self.name.data or "").strip(), "alias": self.alias.data or "", "role_class": self.role.data,
            "languages": self.languages.data or "",
        }  # fmt: skip


class StepForm(Versioned):
    """A step of a place on a day, with its reason where one is needed."""

    to = HiddenField()
    on = DateField(lazy("As of"), [InputRequired(NEEDED), past])
    reason = SelectField(
        lazy("Why"), [Optional()], choices=offered(words("leaving_reason", none=True)),
        description=lazy("Needed where somebody leaves or is not accepted; counted, never shown with a name to others."),
    )  # fmt: skip


class TrainingForm(Versioned):
    """A training of the programme."""

    name = StringField(lazy("Topic"), [InputRequired(NEEDED), Length(max=300)])
    on = DateField(lazy("Day"), [InputRequired(NEEDED)])
    hours = StringField(lazy("Hours"), [_gate("Training", "hours")], render_kw={"type": "number", "min": "1"})
    place = StringField(lazy("Where"), [Length(max=300)])
    state = SelectField(lazy("State"), [InputRequired(NEEDED)], choices=offered(words("training_state")))
    discussion = SelectField(lazy("Held as a public discussion"), [Optional()])
    meeting = SelectField(lazy("Held at a meeting"), [Optional()])

    def values(self) -> dict[str, object]:
        """The fields of the training."""
        return {"name": self.name.data, "on": self.on.data, "hours": self.hours.data or "", "place": self.place.data or "",
                "state": self.state.data}  # fmt: skip

    def links(self) -> dict[str, list[str]]:
        """The event it was held as."""
        return {name: [chosen] if (chosen := self[name].data) else [] for name in ("discussion", "meeting")}

    def ahead(self) -> bool:
        """Whether it says that a day to come is over."""
        on = self.on.data
        return isinstance(on, date) and on > today() and self.state.data == "held"
