"""Forms of community matters: what it is about by a tap, the rest in plain words; a step; what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, IntegerField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from analytics.community_steps import REASONED
from graphdb.catalogue import VOCABULARIES, kind_of
from graphdb.issues import NewMatter, NewStep
from web.choices import offered
from web.guard_form import guarded
from web.issues.words import WORDINGS
from web.language import lazy
from web.once import KeyedForm
from web.pages import today

if TYPE_CHECKING:
    from wtforms import Field as Input

    from graphdb.issues import Beginning, MatterView

NEEDED = lazy("This is needed.")
UNKNOWN = ("", lazy("not said"))
NO_NAMES = lazy("In plain words. No names, phones or numbers of papers.")
LONG = Length(max=2000, message=lazy("At most 2,000 characters."))


def _past(_: FlaskForm, item: Input) -> None:
    if item.data and not today().replace(year=today().year - 10, day=1) <= item.data <= today():
        raise ValidationError(gettext("Choose today or an earlier day."))


def _words(vocabulary: str) -> list[tuple[str, str]]:
    return [(term.code, lazy(term.word)) for term in VOCABULARIES[vocabulary]]


class AboutForm(KeyedForm):
    """What it is about, for which community, in a few words."""

    topic = RadioField(lazy("About"), [InputRequired(NEEDED)])
    community = SelectField(lazy("Community"), [InputRequired(NEEDED)])
    said = TextAreaField(lazy("What is the matter?"), [InputRequired(NEEDED), LONG, guarded], description=NO_NAMES,
                         render_kw={"rows": 4, "maxlength": 2000})  # fmt: skip
    place = SelectField(lazy("Place"), [Optional()])

    def offer(self, label: str, found: Beginning) -> None:
        """What may be chosen."""
        self.topic.choices = offered(_words(WORDINGS[label].topics))
        self.community.choices = offered([("", "–"), *((one["id"], one["name"]) for one in found.communities)])
        self.place.choices = offered([UNKNOWN, *((one["id"], one["name"]) for one in found.places)])
        self.said.label.text = lazy(kind_of(label).field("said").word)


class AgainForm(AboutForm):
    """The same, said better later by who works on it or runs the programme."""

    version = HiddenField()

    def again(self, view: MatterView, found: Beginning) -> AgainForm:
        """Filled with what is kept; a community or place that is no choice any more can stay."""
        self.offer(view.label, found)
        for item, kept in ((self.community, view.community), (self.place, view.place)):
            known = [(str(value), str(title)) for value, title, *_ in item.iter_choices()]
            gone = [(one["id"], one["title"]) for one in kept if one["id"] not in dict(known)]
            item.choices = offered([*known, *gone])
            if not self.is_submitted():
                item.data = kept[0]["id"] if kept else ""
        if not self.is_submitted():
            self.topic.data, self.said.data = view.topic, view.sealed.get("said")
            self.version.data = str(view.version)
        self.keyed()
        return self

    def about(self) -> tuple[dict[str, object], dict[str, list[str]]]:
        """Fields and links of the matter."""
        place = [self.place.data] if self.place.data else []
        return {"topic": self.topic.data, "said": self.said.data}, {
            "community": [str(self.community.data)],
            "place": place,
        }


class MatterForm(AboutForm):
    """What somebody begins: also who raises it, and when."""

    person = RadioField(lazy("Who raises it"), [InputRequired(NEEDED)])
    on = DateField(lazy("When"), [InputRequired(NEEDED), _past])

    def ready(self, label: str, found: Beginning) -> MatterForm:
        """With what may be chosen, and what is likely chosen already."""
        self.offer(label, found)
        self.person.choices = offered((one["id"], one["name"]) for one in found.leaders)
        if not self.is_submitted():
            first = found.leaders[0] if found.leaders else {}
            self.person.data = first.get("id")
            self.community.data = first.get("community") or ""
            here = {one["id"]: one["place"] for one in found.communities}.get(self.community.data) or first.get("place")
            self.place.data = here if here in {one["id"] for one in found.places} else ""
            self.on.data = today()
        self.keyed()
        return self

    def matter(self, label: str) -> NewMatter:
        """What was typed."""
        return NewMatter(
            label=label,
            person=str(self.person.data),
            topic=str(self.topic.data),
            community=str(self.community.data),
            place=self.place.data or "",
            on=self.on.data or today(),
            said=self.said.data or "",
        )


class StepForm(KeyedForm):
    """What was done, with whom, how many came."""

    way = RadioField(lazy("What was done"), [InputRequired(NEEDED)], choices=offered(_words("step_way")))
    on = DateField(lazy("When"), [InputRequired(NEEDED), _past])
    text = TextAreaField(lazy("In a few words"), [LONG, guarded], description=NO_NAMES,
                         render_kw={"rows": 3, "maxlength": 1000})  # fmt: skip
    organisations = SelectMultipleField(
        lazy("Institutions you spoke to"), [Optional()],
        description=lazy("They see that it touched them, and the words of this step."),
    )  # fmt: skip
    people = IntegerField(
        lazy("How many people came"), [Optional(), NumberRange(0, 100_000, lazy("A whole number, 0 or more."))],
        description=lazy("Leave empty when nobody counted."), render_kw={"inputmode": "numeric"},
    )  # fmt: skip
    place = SelectField(lazy("Place"), [Optional()])

    def ready(self, found: Beginning) -> StepForm:
        """With what may be chosen; today where nothing was sent."""
        self.organisations.choices = offered((one["id"], one["name"]) for one in found.organisations)
        self.place.choices = offered(
            [("", lazy("where the matter is")), *((one["id"], one["name"]) for one in found.places)]
        )
        if not self.is_submitted():
            self.on.data = today()
        self.keyed()
        return self

    def step(self) -> NewStep:
        """What was tapped and typed."""
        return NewStep(
            on=self.on.data or today(),
            way=str(self.way.data),
            text=self.text.data or "",
            people=self.people.data,
            place=self.place.data or "",
            organisations=tuple(self.organisations.data or ()),
        )


class MoveForm(KeyedForm):
    """Where the matter stands now, since when, and what came of it."""

    version = HiddenField()
    to = RadioField(lazy("Where does it stand?"), [InputRequired(NEEDED)])
    on = DateField(lazy("As of"), [InputRequired(NEEDED), _past])
    result = SelectField(lazy("How it ended"))
    outcome = TextAreaField(
        lazy("What came of it, or why not"), [LONG, guarded],
        description=lazy("Needed when it is solved, not solved, handed over or ended. No names."), render_kw={"rows": 3, "maxlength": 2000},
    )  # fmt: skip

    def validate_outcome(self, item: Input) -> None:
        """An end wants its reason."""
        if self.to.data in REASONED and not (item.data or "").strip():
            raise ValidationError(gettext("Say in a few words what came of it, or why not."))

    def validate_result(self, item: Input) -> None:
        """Talks end in some way."""
        if self.to.data == "ended" and not item.data:
            raise ValidationError(gettext("Choose how the talks ended."))
